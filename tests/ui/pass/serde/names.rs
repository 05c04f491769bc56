//! serde's names, absent members and flattened ones.
use api_request::ApiRequest;
use std::collections::BTreeMap;

#[derive(ApiRequest)]
#[api(method = POST, path = "/", fields = json)]
struct Members {
    #[serde(rename = "aa")]
    a: u8,
    #[serde(rename(serialize = "bb", deserialize = "x"), default, alias = "y")]
    b: u8,
    #[serde(skip_serializing_if = "Option::is_none")]
    c: Option<u8>,
    #[serde(flatten)]
    d: BTreeMap<String, u8>,
    #[serde(skip)]
    _e: u8,
}

fn main() {
    let request = Members { a: 1, b: 2, c: None, d: BTreeMap::from([("k".into(), 1)]), _e: 0 };
    let request = request.to_http(&"https://example.com".parse().unwrap()).unwrap();
    assert_eq!(request.body().as_bytes().unwrap(), r#"{"aa":1,"bb":2,"k":1}"#);
}
