//! What groups may have, and how requests use them: the twins of `ui/fail/groups`.
#![deny(warnings)]
#![allow(dead_code)]

use std::collections::BTreeMap;

use api_request::{ApiGroup, ApiRequest, Client, ErrorBody, Secret, operations};

/// All keys.
#[derive(Clone, ApiGroup)]
#[api(path = "/accounts/{account}", error = ErrorBody, auth = optional, rename_all = "camelCase")]
#[api(fields = query, header("X-Version" = "2"), query("beta" = "1", "debug"), crate = ::api_request)]
struct Account<'a, T: Clone + serde::Serialize, const N: usize> {
    account: &'a str,
    of_type: T,
    #[api(style = brackets)]
    list: Vec<u8>,
    #[api(header = "X-Key")]
    key: Secret<String>,
    #[api(cookie)]
    r#type: Option<u8>,
    #[api(query(flatten))]
    rest: BTreeMap<String, u8>,
    #[api(skip)]
    local: [u8; N],
    #[serde(skip)]
    cached: u8,
}

#[derive(Clone, ApiGroup)]
struct Empty;

#[derive(Clone, ApiGroup)]
struct Tuple(#[api(query = "limit")] Option<u32>, #[api(header = "X-Trace", secret)] String);

#[derive(Clone, ApiRequest)]
#[api(in = Account<'static, u8, 2>, method = GET, path = "/keys", error = ErrorBody)]
struct InGeneric {
    /// A header of both.
    #[api(header = "x-key")]
    key: Option<String>,
    #[api(flatten)]
    empty: Empty,
    #[api(flatten)]
    tuple: Tuple,
}

#[derive(ApiRequest)]
#[api(in = Account<'static, T, 1>, method = POST, path = "", fields = json)]
struct Generic<'r, T: Clone + serde::Serialize + 'static, G> {
    member: &'r T,
    #[api(flatten)]
    group: G,
}

#[derive(ApiRequest)]
#[api(method = GET, path = "/keys/{id}")]
struct Lent<'r> {
    id: &'r str,
    #[api(flatten)]
    account: Named<'r>,
}

#[derive(ApiGroup)]
#[api(fields = header)]
struct Named<'r> {
    name: &'r str,
}

operations! { pub(crate) static OPERATIONS: [InGeneric, Generic<'static, u8, Tuple>, Lent<'static>] }

async fn run(client: Client, request: &InGeneric, group: Account<'static, u8, 2>) -> Result<(), api_request::Error> {
    client.call(request).group(group).send().await
}

fn main() {
    assert_eq!(OPERATIONS.len(), 3);
    assert_eq!(OPERATIONS[1].operation().path(), "/accounts/{account}");
    let _ = run;
}
