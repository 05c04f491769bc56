//! Members of a JSON body as fields of a response type: where they are, and why one does not fit.

use std::collections::BTreeMap;

use api_request::{ApiRequest, ApiResponse};
use bytes::Bytes;
use http::Response;
use serde::{Deserialize, Deserializer};
use serde_json::Value;

#[derive(Debug, ApiResponse)]
#[api(fields = json)]
struct Made {
    #[serde(alias = "key_id")]
    id: u64,
    label: Option<String>,
    #[serde(default)]
    uses: Vec<Use>,
    #[serde(deserialize_with = "yes")]
    active: bool,
    #[api(header)]
    etag: Option<String>,
    #[serde(flatten)]
    rest: BTreeMap<String, Value>,
}

#[derive(Debug, Deserialize)]
struct Use {
    at: u32,
}

fn yes<'de, D: Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error> {
    match String::deserialize(deserializer)?.as_str() {
        "yes" => Ok(true),
        "no" => Ok(false),
        other => Err(serde::de::Error::custom(format!(
            "`{other}` is not an answer"
        ))),
    }
}

#[derive(ApiRequest)]
#[api(method = POST, path = "/keys", response = Made)]
struct Make;

fn made(json: &'static str) -> Result<Made, String> {
    let made = Make::decode(Response::new(Bytes::from_static(json.as_bytes())));
    made.map_err(|error| {
        assert!(error.is_decode() && error.body().unwrap() == json);
        let message = error.to_string();
        assert!(
            !format!("{message} {error:?}").contains("c4n4ry"),
            "{message}"
        );
        let start = "`Make`: 200 OK, but the body is not of the declared type: ";
        message.strip_prefix(start).unwrap().to_owned()
    })
}

#[test]
fn a_member_is_found_by_its_names() {
    let whole = r#" {"id": 7, "a": [{"id": 8}, "}\""], "label": "x", "uses": [{"at": 1}], "active": "yes"} "#;
    let made = |json| made(json).unwrap();
    let first = made(whole);
    assert_eq!(
        (first.id, first.label.as_deref(), first.active),
        (7, Some("x"), true)
    );
    assert_eq!(first.uses[0].at, 1);
    assert_eq!(Value::from_iter(first.rest)["a"][0]["id"], 8);

    let short = made("\u{feff}{\"active\":\"no\",\"k\\u0065y_id\":7,\"label\":null}");
    assert_eq!((short.id, short.label, short.active), (7, None, false));
    assert!(short.uses.is_empty() && short.rest.is_empty() && short.etag.is_none());
}

#[test]
fn an_error_says_where_it_is_in_the_whole_body() {
    let table = [
        ("", "the body is empty"),
        (
            "[1]",
            "invalid type: sequence, expected a map at line 1 column 0",
        ),
        (r#"{"active": "yes"}"#, "missing field `id`"),
        (r#"{"id": 7}"#, "missing field `active`"),
        (r#"{"id": 7, "key_id": 7}"#, "duplicate field `id`"),
        (
            "{\n  \"id\": \"c4n4ry\"}",
            "id: invalid type: string, expected u64 at line 2 column 16",
        ),
        (
            r#"{"id": 7, "uses": [{"at": 1}, {"at": "c4n4ry"}], "active": "yes"}"#,
            "uses[1].at: invalid type: string, expected u32 at line 1 column 45",
        ),
        (r#"{"id": 7, "active": "c4n4ry"}"#, "active: invalid value"),
        (
            r#"{"id": 7, "active": "yes", "x": }"#,
            "*: expected value at line 1 column 33",
        ),
        (
            r#"{"id": 7, "active": "yes",}"#,
            "trailing comma at line 1 column 27",
        ),
        (r#"{"id": 7} 8"#, "trailing characters at line 1 column 11"),
        (
            r#"{"id": 7 "active": 8}"#,
            "expected `,` or `}` at line 1 column 10",
        ),
        (r#"{"id" 7}"#, "*: expected `:` at line 1 column 7"),
        ("{", "EOF while parsing an object at line 1 column 1"),
    ];
    for (json, expected) in table {
        assert_eq!(made(json).unwrap_err(), expected, "{json}");
    }
}

#[derive(Debug, ApiResponse)]
#[api(fields = json)]
struct Nested {
    name: Option<String>,
    #[serde(flatten)]
    rest: Rest,
}

#[derive(Debug, Deserialize)]
struct Rest {
    size: Size,
}

#[derive(Debug, Deserialize)]
struct Size {
    bytes: u64,
}

#[derive(ApiRequest)]
#[api(method = GET, path = "/n", response = Nested)]
struct GetNested;

#[test]
fn what_is_left_may_be_a_struct() {
    let get = |json: &'static str| GetNested::decode(Response::new(json.into()));
    let nested = get(r#"{"size": {"bytes": 9}, "name": "a"}"#).unwrap();
    assert_eq!(
        (nested.name.as_deref(), nested.rest.size.bytes),
        (Some("a"), 9)
    );
    let table = [
        (
            r#"{"size": {"bytes": "c4n4ry"}}"#,
            "size.bytes: invalid type: string, expected u64",
        ),
        (r#"{"name": "a"}"#, "missing field `size`"),
    ];
    for (json, expected) in table {
        let error = get(json).unwrap_err().to_string();
        assert!(
            error.ends_with(&format!("declared type: {expected}")),
            "{error}"
        );
    }
}

#[derive(Debug, ApiResponse)]
#[api(fields = json)]
struct All {
    #[serde(flatten)]
    members: BTreeMap<String, Value>,
}

#[derive(ApiRequest)]
#[api(method = GET, path = "/n", response = All)]
struct GetAll;

#[test]
fn members_are_those_that_serde_json_finds() {
    let whole = br#" {"a": [1, -2.5e3, "\\\"}"], "b\u00e9": {"c": null, "}": {}}, "d": true ,"d":"\\", "": 0} "#;
    let bytes = b"{}[]\",: \\u0e1-.\n\xff";
    let mut random = fastrand::Rng::with_seed(7);
    let mut found = 0;
    for _ in 0..20_000 {
        let mut json = whole.to_vec();
        for _ in 0..random.usize(0..3) {
            let at = random.usize(0..json.len());
            let byte = bytes[random.usize(0..bytes.len())];
            match random.u8(0..3) {
                0 => json[at] = byte,
                1 => json.insert(at, byte),
                _ => drop(json.remove(at)),
            }
        }
        let expected = serde_json::from_slice::<BTreeMap<String, Value>>(&json).ok();
        let all = GetAll::decode(Response::new(json.clone().into())).ok();
        let text = String::from_utf8_lossy(&json);
        assert_eq!(all.map(|all| all.members), expected, "{text}");
        found += u32::from(expected.is_some());
    }
    assert!(found > 1_000, "{found} of all are valid");
}
