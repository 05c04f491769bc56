//! What serde's attributes on a request mean in each location: the same as in a body of serde's own.

#![allow(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde calls its functions with references"
)]

use std::collections::BTreeMap;

use api_request::{ApiRequest, Body};
use serde::{Serialize, Serializer};

use crate::wire::{body, header, http, target};

mod hex {
    use super::Serializer;

    pub(super) fn serialize<S: Serializer>(value: &u8, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&format!("{value:x}"))
    }
}

/// Each letter of a word as a member.
fn letters<S: Serializer>(word: &str, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(word.chars().map(|letter| (letter, 1)))
}

fn is_zero(value: &u8) -> bool {
    *value == 0
}

macro_rules! in_each_location {
    ($($location:ident)*) => {$(
        mod $location {
            use super::*;

            #[derive(Default, ApiRequest)]
            #[api(method = POST, path = "/", fields = $location)]
            #[serde(rename_all = "SCREAMING_SNAKE_CASE")]
            pub(super) struct Fields {
                #[serde(rename = "own-name")]
                pub(super) renamed: u8,
                #[serde(rename(serialize = "sent", deserialize = "read"), alias = "other", default)]
                pub(super) one_way: u8,
                pub(super) by_rule: u8,
                #[api(name = "explicit")]
                pub(super) by_name: u8,
                #[serde(with = "hex")]
                pub(super) with: u8,
                #[serde(serialize_with = "hex::serialize")]
                pub(super) serialize_with: u8,
                #[serde(skip_serializing_if = "is_zero")]
                pub(super) absent: u8,
                #[serde(skip_serializing_if = "is_zero")]
                pub(super) present: u8,
                #[serde(with = "hex", skip_serializing_if = "is_zero")]
                pub(super) both: u8,
                #[serde(skip)]
                pub(super) _skipped: u8,
                #[serde(skip_serializing)]
                pub(super) _not_sent: u8,
                #[serde(skip_deserializing)]
                pub(super) sent_only: u8,
            }

            pub(super) fn fields() -> Fields {
                Fields { with: 255, serialize_with: 254, present: 1, both: 253, ..Fields::default() }
            }
        }
    )*};
}

in_each_location! { query header cookie json form part }

#[test]
fn names_functions_and_absence_are_honored_in_each_location() {
    const NAMES: [&str; 9] = [
        "own-name",
        "sent",
        "BY_RULE",
        "explicit",
        "WITH",
        "SERIALIZE_WITH",
        "PRESENT",
        "BOTH",
        "SENT_ONLY",
    ];
    const VALUES: [&str; 9] = ["0", "0", "0", "0", "ff", "fe", "1", "fd", "0"];
    let pairs = || NAMES.into_iter().zip(VALUES);
    let joined = |between: &str| {
        let pairs: Vec<String> = pairs()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        pairs.join(between)
    };

    assert_eq!(target(&query::fields()), Ok(format!("/?{}", joined("&"))));
    assert_eq!(header(&cookie::fields(), "cookie"), Ok(Some(joined("; "))));
    assert_eq!(body(&form::fields()).unwrap().unwrap().1, joined("&"));
    assert_eq!(
        body(&json::fields()).unwrap().unwrap().1,
        r#"{"own-name":0,"sent":0,"BY_RULE":0,"explicit":0,"WITH":"ff","SERIALIZE_WITH":"fe","PRESENT":1,"BOTH":"fd","SENT_ONLY":0}"#,
    );

    let (_, parts) = body(&part::fields()).unwrap().unwrap();
    let parts: Vec<(&str, &str)> = parts
        .split("name=\"")
        .skip(1)
        .filter_map(|part| part.split_once('"'))
        .map(|(name, rest)| (name, rest.trim_start().lines().next().unwrap()))
        .collect();
    assert_eq!(parts, pairs().collect::<Vec<_>>());

    // The names of headers have a rule of their own.
    let http = http(&header::fields()).unwrap();
    let names = http
        .headers()
        .iter()
        .map(|(name, value)| (name.as_str(), value.to_str().unwrap()));
    let names: Vec<_> = names.filter(|(name, _)| *name != "accept").collect();
    let expected = pairs().map(|(name, value)| (name.to_lowercase().replace('_', "-"), value));
    let expected: Vec<_> = expected.collect();
    assert_eq!(names.len(), expected.len());
    for (name, value) in expected {
        assert!(names.contains(&(&name, value)), "{name}");
    }
}

#[test]
fn a_field_that_may_be_skipped_is_not_required() {
    let required = |name: &str| {
        let mut params = query::Fields::OPERATION.params();
        params
            .find(|param| param.name() == name)
            .map(api_request::Param::required)
    };
    assert_eq!(required("PRESENT"), Some(false));
    assert_eq!(required("WITH"), Some(true));
    assert_eq!(required("SKIPPED"), None);
}

#[test]
fn a_path_takes_names_and_functions() {
    #[derive(ApiRequest)]
    #[api(method = GET, path = "/{keyId}/{user}")]
    #[serde(rename_all = "UPPERCASE")]
    struct Request {
        #[serde(rename = "keyId", with = "hex")]
        id: u8,
        user: u8,
    }
    assert_eq!(target(&Request { id: 255, user: 7 }), Ok("/ff/7".into()));
}

#[test]
fn flattened_fields_take_functions_and_may_be_skipped() {
    macro_rules! flattened {
        ($location:ident) => {{
            #[derive(ApiRequest)]
            #[api(method = POST, path = "/", fields = $location)]
            struct Request {
                #[serde(flatten)]
                map: BTreeMap<&'static str, u8>,
                #[serde(flatten, serialize_with = "letters")]
                word: &'static str,
                #[serde(flatten, skip_serializing_if = "BTreeMap::is_empty")]
                empty: BTreeMap<&'static str, u8>,
                #[serde(skip_serializing_if = "BTreeMap::is_empty")]
                #[api(flatten)]
                ours: BTreeMap<&'static str, u8>,
            }
            Request {
                map: [("a", 1)].into(),
                word: "bc",
                empty: BTreeMap::new(),
                ours: [("d", 1)].into(),
            }
        }};
    }
    assert_eq!(target(&flattened!(query)), Ok("/?a=1&b=1&c=1&d=1".into()));
    assert_eq!(
        body(&flattened!(form)).unwrap().unwrap().1,
        "a=1&b=1&c=1&d=1"
    );
    for name in ["a", "b", "c", "d"] {
        assert_eq!(header(&flattened!(header), name), Ok(Some("1".into())));
    }
}

#[derive(Clone, Copy, Serialize)]
struct Point {
    x: u8,
}

fn is_origin(point: &Point) -> bool {
    point.x == 0
}

fn doubled<S: Serializer>(point: &Point, serializer: S) -> Result<S::Ok, S::Error> {
    Point { x: point.x * 2 }.serialize(serializer)
}

fn as_number<S: Serializer>(point: &Point, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_u8(point.x)
}

#[test]
fn a_whole_body_takes_functions_and_may_be_skipped() {
    macro_rules! whole {
        ($kind:ident, $function:literal) => {{
            #[derive(ApiRequest)]
            #[api(method = POST, path = "/")]
            struct Request {
                #[serde(serialize_with = $function, skip_serializing_if = "is_origin")]
                #[api(body = $kind)]
                point: Point,
            }
            assert!(!Request::OPERATION.content().unwrap().required());
            let origin = body(&Request {
                point: Point { x: 0 },
            });
            assert_eq!(origin, Ok(None));
            body(&Request {
                point: Point { x: 2 },
            })
            .unwrap()
            .unwrap()
            .1
        }};
    }
    assert_eq!(whole!(json, "doubled"), r#"{"x":4}"#);
    assert_eq!(whole!(form, "doubled"), "x=4");
    assert_eq!(whole!(text, "as_number"), "2");
}

#[test]
fn a_whole_body_that_is_skipped_is_left_out() {
    #[derive(ApiRequest)]
    #[api(method = POST, path = "/")]
    struct Raw {
        #[serde(skip_serializing_if = "Vec::is_empty")]
        #[api(body = bytes)]
        bytes: Vec<u8>,
    }
    #[derive(ApiRequest)]
    #[api(method = POST, path = "/")]
    struct Skipped {
        #[serde(skip)]
        #[api(body = stream)]
        _stream: Option<Body>,
    }
    assert_eq!(body(&Raw { bytes: Vec::new() }), Ok(None));
    assert_eq!(body(&Raw { bytes: b"a".into() }).unwrap().unwrap().1, "a");
    assert_eq!(body(&Skipped { _stream: None }), Ok(None));
    assert!(Skipped::OPERATION.content().is_none());
}
