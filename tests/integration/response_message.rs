//! The message of an API, wherever it puts it.

use api_request::ApiRequest;

use crate::response_decoding::{GetFailing, ListKeys, answer};

#[test]
fn the_message_of_the_api_is_found_where_apis_put_it() {
    let cases = [
        (r#"{"errors":[{"message":"no"}]}"#, true),
        (r#"{"errors":[{"detail":"no","title":"other"}]}"#, true),
        (r#"{"errors":[{"title":"no"}]}"#, true),
        (r#"{"errors":["no","other"]}"#, true),
        (r#"{"errorMessages":["no"],"errors":{}}"#, true),
        (r#"[{"message":"no","errorCode":"X"}]"#, true),
        (
            r#"{"detail":[{"loc":["body"],"msg":"no","type":"x"}]}"#,
            true,
        ),
        (r#"{"detail":["no"]}"#, true),
        (r#"{"Message":"no"}"#, true),
        (r#"{"msg":"no"}"#, true),
        (r#"{"error":{"reason":"no"}}"#, true),
        (r#"{"fault":{"faultstring":"no"}}"#, true),
        (r#"{"message":"no","errors":[{"message":"other"}]}"#, true),
        (r#"{"error":{"reason":"other","message":"no"}}"#, true),
        (r#"{"errors":[]}"#, false),
        (r#"{"errors":{"message":"no"}}"#, false),
        (r#"[["no"]]"#, false),
        (r#"{"reason":"no"}"#, false),
    ];
    for (json, is_found) in cases {
        let error = ListKeys::decode(answer(400, &[], json)).unwrap_err();
        let expected = if is_found {
            "`ListKeys`: 400 Bad Request: no"
        } else {
            "`ListKeys`: 400 Bad Request"
        };
        assert_eq!(error.to_string(), expected, "{json}");
    }
    let envelope = answer(200, &[], r#"{"failure":[{"code":1,"message":"no"}]}"#);
    let error = GetFailing::decode(envelope).unwrap_err();
    assert_eq!(error.to_string(), "`GetFailing`: 200 OK: no");
}

#[test]
fn one_line_of_plain_text_is_the_message() {
    let plain = |content_type: &str, body: &str| {
        let answer = answer(503, &[("content-type", content_type)], body.to_owned());
        let message = ListKeys::decode(answer).unwrap_err().to_string();
        message
            .strip_prefix("`ListKeys`: 503 Service Unavailable")
            .unwrap()
            .to_owned()
    };
    assert_eq!(
        plain("text/plain", "down for maintenance\n"),
        ": down for maintenance"
    );
    assert_eq!(plain("Text/Plain; charset=utf-8", " down "), ": down");
    assert_eq!(plain("text/plain", r#"{"message":"down"}"#), ": down");
    for (content_type, body) in [
        ("text/plain", "down\nfor maintenance"),
        ("text/plain", " \n"),
        ("text/plain", r#"{"other":"down"}"#),
        ("text/plain", r#"["down"]"#),
        ("text/html", "down"),
        ("application/json", "down"),
        ("", "down"),
    ] {
        assert_eq!(plain(content_type, body), "", "{content_type} {body}");
    }
}
