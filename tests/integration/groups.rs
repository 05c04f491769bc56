//! What operations share: groups that are flattened, and groups that a request is in.

#![allow(
    clippy::struct_field_names,
    reason = "a group may have the name of its parameter"
)]

use std::collections::BTreeMap;

use api_request::{ApiGroup, ApiRequest, BaseUrl, Client, Param, Secret};
use serde::Serialize;

fn base() -> BaseUrl {
    "https://api.example.com/v1".parse().expect("a base URL")
}

#[derive(Debug, Clone, Default, ApiGroup)]
#[api(path = "/accounts/{account}", header("X-Version" = "2"), query("beta" = "1"))]
struct Account {
    account: String,
    #[api(header = "HTTP-Referer")]
    referer: Option<String>,
    #[api(cookie = "sid")]
    session: Option<Secret<String>>,
    #[api(query)]
    trace: Option<u8>,
}

/// Where a listing starts.
#[derive(Debug, Clone, Default, Serialize, ApiGroup)]
#[api(fields = query)]
struct Paging {
    /// How many to skip.
    offset: Option<u64>,
    limit: Option<u32>,
    #[api(header = "X-Page")]
    page: Option<u8>,
}

#[derive(ApiRequest)]
#[api(in = Account, method = GET, path = "/keys/{hash}")]
struct GetKey {
    #[api(query)]
    first: u8,
    hash: String,
    #[api(flatten)]
    paging: Paging,
    #[api(query)]
    last: Option<u8>,
}

#[test]
fn a_request_in_a_group() {
    let request = GetKey {
        first: 1,
        hash: "a/b".to_owned(),
        paging: Paging {
            offset: Some(3),
            limit: None,
            page: Some(7),
        },
        last: Some(2),
    };
    let group = Account {
        account: "é".to_owned(),
        referer: Some("https://example.com".to_owned()),
        session: Some(Secret::new("s3cret".to_owned())),
        trace: Some(9),
    };
    let http = request.to_http_in(&base(), &group).expect("it is valid");
    assert_eq!(
        http.uri(),
        "https://api.example.com/v1/accounts/%C3%A9/keys/a%2Fb?beta=1&trace=9&first=1&offset=3&last=2"
    );
    assert_eq!(http.headers()["x-version"], "2");
    assert_eq!(http.headers()["http-referer"], "https://example.com");
    assert_eq!(http.headers()["x-page"], "7");
    assert_eq!(http.headers()["cookie"], "sid=s3cret");
    assert!(http.headers()["cookie"].is_sensitive());
    assert_eq!(GetKey::OPERATION.path(), "/accounts/{account}/keys/{hash}");
    let params: Vec<_> = GetKey::OPERATION.params().map(Param::name).collect();
    assert_eq!(
        params,
        [
            "account",
            "HTTP-Referer",
            "sid",
            "trace",
            "first",
            "hash",
            "offset",
            "limit",
            "X-Page",
            "last"
        ]
    );
    let client = Client::builder(base())
        .group(group)
        .build()
        .expect("it is valid");
    let built = client.call(&request).build().expect("it is valid");
    assert_eq!(built.uri(), http.uri());
    let error = request.to_http(&base()).expect_err("it has no account");
    assert_eq!(
        error.to_string(),
        "`GetKey` cannot be sent: it is in the group `Account`, and there is no value of it: give one by `ClientBuilder::group`, `Call::group` or `to_http_in`"
    );
}

#[derive(ApiRequest)]
#[api(method = GET, path = "/", fields = query)]
struct Either {
    a: u8,
    #[api(flatten)]
    paging: Paging,
    #[api(flatten)]
    rest: BTreeMap<String, u8>,
}

#[test]
fn only_the_type_says() {
    let request = Either {
        a: 1,
        paging: Paging {
            limit: Some(2),
            page: Some(3),
            ..Default::default()
        },
        rest: [("z".to_owned(), 1)].into(),
    };
    let http = request.to_http(&base()).expect("it is valid");
    assert_eq!(http.uri(), "https://api.example.com/v1/?a=1&limit=2&z=1");
    assert_eq!(http.headers()["x-page"], "3");
}

#[derive(ApiRequest)]
#[api(method = POST, path = "/", fields = form)]
struct EitherForm {
    a: u8,
    #[api(flatten)]
    paging: Paging,
    #[api(flatten)]
    rest: BTreeMap<String, u8>,
}

#[test]
fn only_the_type_says_in_a_form() {
    let request = EitherForm {
        a: 1,
        paging: Paging {
            limit: Some(2),
            page: Some(3),
            ..Default::default()
        },
        rest: [("z".to_owned(), 1)].into(),
    };
    let http = request.to_http(&base()).expect("it is valid");
    assert_eq!(http.uri(), "https://api.example.com/v1/?limit=2");
    assert_eq!(http.body().as_bytes().map(|b| &**b), Some(&b"a=1&z=1"[..]));
}
