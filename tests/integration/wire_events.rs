//! The request that asks for events: its `Accept`, and the flag in its body.

use std::collections::BTreeMap;

use api_request::{ApiRequest, EventRequest};
use http::Request;
use serde::Serialize;

use crate::{
    values::Failing,
    wire::{base, body},
};

fn events<R: EventRequest>(request: &R) -> Result<Request<api_request::Body>, String> {
    request
        .events_to_http(&base())
        .map_err(|error| format!("{}: {}", error.field().unwrap_or("-"), error.reason()))
}

/// The body of the request that asks for events.
fn asking<R: EventRequest>(request: &R) -> Result<String, String> {
    let request = events(request)?;
    assert_eq!(request.headers()["content-type"], "application/json");
    let bytes = request.body().as_bytes().unwrap();
    Ok(String::from_utf8(bytes.to_vec()).unwrap())
}

#[derive(ApiRequest)]
#[api(method = POST, path = "/", events(item = u8, flag = "stream"))]
struct Whole<T: Serialize> {
    #[api(body)]
    value: T,
}

#[test]
fn the_answer_is_asked_for_in_accept() {
    #[derive(ApiRequest)]
    #[api(method = GET, path = "/", response = u8, events = u8)]
    struct Plain;

    #[derive(ApiRequest)]
    #[api(method = GET, path = "/", events = u8, header("Accept" = "text/event-stream, */*"))]
    struct Declared;

    let request = events(&Plain).unwrap();
    assert_eq!(request.headers()["accept"], "text/event-stream");
    assert!(request.body().as_bytes().unwrap().is_empty());
    let request = Plain.to_http(&base()).unwrap();
    assert_eq!(request.headers()["accept"], "application/json");
    let request = events(&Declared).unwrap();
    assert_eq!(request.headers()["accept"], "text/event-stream, */*");
}

#[test]
fn a_flag_is_the_last_member_of_a_whole_body() {
    #[derive(Serialize)]
    struct Newtype<T>(T);

    let map = |pairs: &[(&'static str, u8)]| pairs.iter().copied().collect::<BTreeMap<_, _>>();
    let inside = serde_json::json!({ "a": { "stream": 0 }, "b": ",\"stream\":0" });
    let cases = [
        (
            asking(&Whole {
                value: map(&[("a", 1), ("b", 2)]),
            }),
            r#"{"a":1,"b":2,"stream":true}"#,
        ),
        (asking(&Whole { value: map(&[]) }), r#"{"stream":true}"#),
        (
            asking(&Whole {
                value: Newtype(map(&[("a", 1)])),
            }),
            r#"{"a":1,"stream":true}"#,
        ),
        (
            asking(&Whole {
                value: Some(map(&[("a", 1)])),
            }),
            r#"{"a":1,"stream":true}"#,
        ),
        (asking(&Whole { value: None::<u8> }), r#"{"stream":true}"#),
        // A name in a string or further inside is no member.
        (
            asking(&Whole { value: inside }),
            r#"{"a":{"stream":0},"b":",\"stream\":0","stream":true}"#,
        ),
    ];
    for (asking, expected) in cases {
        assert_eq!(asking.as_deref(), Ok(expected));
    }
    let without = body(&Whole {
        value: map(&[("a", 1)]),
    });
    assert_eq!(without.unwrap().unwrap().1, r#"{"a":1}"#);
    assert_eq!(body(&Whole { value: None::<u8> }), Ok(None));
}

#[test]
fn a_body_may_say_so_itself_and_nothing_else() {
    let value = serde_json::json!({ "a": 1, "stream": true, "z": 2 });
    let expected = value.to_string();
    assert_eq!(asking(&Whole { value }).unwrap(), expected);

    for value in [
        serde_json::json!(false),
        serde_json::json!(null),
        serde_json::json!("true"),
    ] {
        let error = asking(&Whole {
            value: serde_json::json!({ "stream": value }),
        })
        .unwrap_err();
        assert_eq!(
            error,
            "value: has the member `stream` with another value than `true`"
        );
    }
    let escaped = serde_json::from_str::<serde_json::Value>(r#"{"stre\u0061m": 0}"#).unwrap();
    assert!(asking(&Whole { value: escaped }).is_err());
}

#[test]
fn a_body_that_is_no_object_cannot_have_a_flag() {
    let reason = "value: is not a struct or map, so it cannot have the member `stream`";
    assert_eq!(asking(&Whole { value: 7 }).unwrap_err(), reason);
    assert_eq!(asking(&Whole { value: "{}" }).unwrap_err(), reason);
    assert_eq!(asking(&Whole { value: [1] }).unwrap_err(), reason);
    assert_eq!(asking(&Whole { value: () }).unwrap_err(), reason);
    let error = asking(&Whole {
        value: Failing("no"),
    })
    .unwrap_err();
    assert!(
        error.starts_with("value: cannot be serialized: "),
        "{error}"
    );
}

#[test]
fn a_flag_is_the_last_of_the_members() {
    #[derive(ApiRequest)]
    #[api(method = POST, path = "/", fields = json, events(item = u8, flag = "a\"b"))]
    struct Members {
        a: Option<u8>,
        #[serde(skip_serializing_if = "Option::is_none")]
        b: Option<u8>,
    }

    let cases = [
        (Some(1), Some(2), r#"{"a":1,"b":2,"a\"b":true}"#),
        (Some(1), None, r#"{"a":1,"a\"b":true}"#),
        (None, None, r#"{"a\"b":true}"#),
    ];
    for (a, b, expected) in cases {
        assert_eq!(asking(&Members { a, b }).unwrap(), expected);
    }
}

#[test]
fn a_flattened_member_may_bring_the_flag_if_it_is_true() {
    #[derive(ApiRequest)]
    #[api(method = POST, path = "/", fields = json, events(item = u8, flag = "stream"))]
    struct Flattened {
        a: u8,
        #[serde(flatten)]
        more: BTreeMap<&'static str, bool>,
    }

    let asking = |more: &[(&'static str, bool)]| {
        asking(&Flattened {
            a: 1,
            more: more.iter().copied().collect(),
        })
    };
    assert_eq!(asking(&[]).unwrap(), r#"{"a":1,"stream":true}"#);
    assert_eq!(
        asking(&[("b", false)]).unwrap(),
        r#"{"a":1,"b":false,"stream":true}"#
    );
    assert_eq!(
        asking(&[("stream", true)]).unwrap(),
        r#"{"a":1,"stream":true}"#
    );
    let error = asking(&[("stream", false)]).unwrap_err();
    assert_eq!(
        error,
        "more: has the member `stream` with another value than `true`"
    );
}
