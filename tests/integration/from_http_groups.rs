//! Groups, read with the requests that have them.

use std::collections::BTreeMap;

use api_request::{ApiGroup, ApiRequest, FromHttp};
use bytes::Bytes;

use crate::wire::base;

#[derive(Debug, Clone, PartialEq, ApiGroup, FromHttp)]
#[api(path = "/accounts/{account}", header("X-Version" = "2"), query("beta" = "true"))]
struct Tenant {
    account: u8,
    #[api(header = "X-Trace")]
    trace: Option<String>,
    #[api(query)]
    region: String,
}

#[derive(Debug, Clone, Default, PartialEq, ApiGroup, FromHttp)]
#[api(fields = query, rename_all = "camelCase")]
struct Paging {
    start_at: Option<u64>,
    limit: Option<u32>,
}

#[derive(Debug, PartialEq, ApiRequest, FromHttp)]
#[api(in = Tenant, method = POST, path = "/keys/{hash}", fields = form)]
struct List {
    hash: String,
    #[api(flatten)]
    paging: Paging,
    #[api(flatten)]
    rest: BTreeMap<String, String>,
    #[api(query(flatten))]
    query: BTreeMap<String, String>,
}

#[test]
fn groups_of_both_kinds() {
    let group = Tenant {
        account: 7,
        trace: Some("t".to_owned()),
        region: "eu".to_owned(),
    };
    let map = |name: &str| BTreeMap::from([(name.to_owned(), "1".to_owned())]);
    let list = List {
        hash: "a/b".to_owned(),
        paging: Paging {
            start_at: Some(3),
            limit: None,
        },
        rest: map("form"),
        query: map("query"),
    };
    let http = || {
        let request = list.to_http_in(&base(), &group).unwrap();
        request.map(|body| body.as_bytes().cloned().unwrap())
    };
    assert_eq!(List::from_http(http()).unwrap(), list);
    assert_eq!(List::from_http_in(http()).unwrap(), (list, group));
}

#[test]
fn a_refusal_names_the_field_of_a_group() {
    let request = |target: &str| {
        let request =
            http::Request::post(target).header("content-type", "application/x-www-form-urlencoded");
        request.body(Bytes::new()).unwrap()
    };
    let refusal = List::from_http_in(request("/accounts/x/keys/h?region=eu")).unwrap_err();
    assert_eq!(refusal.field(), Some("account"));
    let refusal = List::from_http_in(request("/accounts/1/keys/h")).unwrap_err();
    assert_eq!(refusal.field(), Some("region"));
    let refusal = List::from_http(request("/accounts/1/keys/h?startAt=x")).unwrap_err();
    assert_eq!(refusal.field(), Some("start_at"));
    // Without the group, its fields are not read.
    assert!(List::from_http(request("/accounts/x/keys/h")).is_ok());
}
