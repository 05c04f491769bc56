//! Outside of a body, serde's attributes mean the same.
use api_request::ApiRequest;
use std::collections::BTreeMap;

mod hex {
    pub fn serialize<S: serde::Serializer>(value: &u8, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(&format!("{value:x}"))
    }
}

fn is_four(value: &u8) -> bool {
    *value == 4
}

#[derive(ApiRequest)]
#[api(method = GET, path = "/{keyId}/{0}", fields = query)]
#[serde(rename_all(serialize = "camelCase"), default, deny_unknown_fields, bound = "")]
struct Request {
    #[serde(rename = "keyId")]
    id: u8,
    #[serde(with = "hex")]
    #[api(path = "0")]
    zero: u8,
    page_size: u8,
    #[serde(with = "hex", default, alias = "x", skip_deserializing)]
    hex_size: u8,
    #[serde(rename = "other-name")]
    other: u8,
    #[serde(skip)]
    _skipped: fn(),
    #[serde(skip_serializing)]
    _skipped_too: u8,
    #[serde(skip_serializing_if = "Option::is_none")]
    none: Option<u8>,
    #[serde(skip_serializing_if = "is_four")]
    power: u8,
    #[serde(flatten)]
    rest: BTreeMap<String, u8>,
    #[serde(rename = "X-Own")]
    #[api(header)]
    own: u8,
    #[serde(serialize_with = "hex::serialize")]
    #[api(header)]
    in_hex: u8,
    #[serde(rename = "c")]
    #[api(cookie)]
    cookie_name: u8,
    #[serde(anything, skip)]
    #[api(skip)]
    _ours: u8,
}

fn main() {
    let request = Request {
        id: 1,
        zero: 255,
        page_size: 2,
        hex_size: 254,
        other: 3,
        _skipped: main,
        _skipped_too: 0,
        none: None,
        power: 4,
        rest: BTreeMap::from([("k".into(), 5)]),
        own: 6,
        in_hex: 253,
        cookie_name: 7,
        _ours: 8,
    };
    let request = request.to_http(&"https://example.com".parse().unwrap()).unwrap();
    let target = request.uri().path_and_query().unwrap();
    assert_eq!(target, "/1/ff?pageSize=2&hexSize=fe&other-name=3&k=5");
    assert_eq!(request.headers()["x-own"], "6");
    assert_eq!(request.headers()["in-hex"], "fd");
    assert_eq!(request.headers()["cookie"], "c=7");
}
