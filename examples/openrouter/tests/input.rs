//! Requests from JSON: each place, and what is refused.
#![allow(
    clippy::unwrap_used,
    reason = "a helper of a test may panic like the test"
)]

use api_request::Client;
use openrouter::{BASE_URL, build};
use serde_json::{Value, json};

fn client() -> Client {
    Client::new(BASE_URL).unwrap()
}

#[test]
fn every_place_is_read() {
    let input = json!({
        "path": {"id": "a/b"},
        "headers": {"x-openrouter-title": "App"},
        "body": {"name": "new", "description": null}
    });
    let http = build(&client(), "updateWorkspace", &input).unwrap();
    assert_eq!(http.method(), "PATCH");
    assert_eq!(http.uri().path(), "/api/v1/workspaces/a%2Fb");
    assert_eq!(http.headers()["x-openrouter-title"], "App");
    let body = http.body().as_bytes().unwrap();
    assert_eq!(body, r#"{"description":null,"name":"new"}"#);
}

#[test]
fn what_is_no_request_is_refused_with_its_name() {
    let chat = |more: &Value| {
        let mut body = json!({"messages": [{"role": "user", "content": "hi"}]});
        let members = body.as_object_mut().unwrap();
        members.extend(more.as_object().unwrap().clone());
        json!({"body": body})
    };
    let send = "sendChatCompletionRequest";
    let cases = [
        ("nothing", json!({}), "there is no operation `nothing`"),
        (
            "getWorkspace",
            json!([]),
            "`getWorkspace`: the input is no object",
        ),
        (
            "getWorkspace",
            json!({"cookie": {}}),
            "`getWorkspace`: there is no place `cookie`",
        ),
        (
            "getWorkspace",
            json!({"path": {"ID": "w"}}),
            "`getWorkspace`: there is no `ID` in `path`",
        ),
        (
            "getWorkspace",
            json!({"path": 7}),
            "`getWorkspace`: `path` is no object",
        ),
        (
            "getWorkspace",
            json!({}),
            "`getWorkspace`: missing field `id`",
        ),
        (
            "getWorkspace",
            json!({"path": {"id": "w"}, "body": {}}),
            "`getWorkspace`: it has no body",
        ),
        (
            "listWorkspaces",
            json!({"query": {"limit": 1.5}}),
            "`listWorkspaces`: `limit`: invalid type: floating point `1.5`, expected u32",
        ),
        (
            "createWorkspace",
            json!({"body": {"name": "w", "slug": "w", "colour": 1}}),
            "`createWorkspace`: the body has no `colour`",
        ),
        (
            send,
            json!({"body": {"model": "m"}}),
            "missing field `messages`",
        ),
        (
            send,
            chat(&json!({"modle": "m"})),
            "the body has no `modle`",
        ),
        (
            send,
            chat(&json!({"provider": {"sort": {"by": "price", "partitoin": "none"}}})),
            "the body has no `provider.sort.partitoin`",
        ),
        (
            send,
            chat(
                &json!({"tools": [{"type": "function", "function": {"name": "f", "strct": true}}]}),
            ),
            "the body has no `tools.0.function.strct`",
        ),
    ];
    for (operation, input, expected) in cases {
        let error = build(&client(), operation, &input).unwrap_err().to_string();
        assert!(error.ends_with(expected), "{error}\n{expected}");
    }
}

#[test]
fn what_a_later_version_of_the_api_may_take_goes_along() {
    let body = json!({
        "messages": [
            {"role": "user", "content": [{"type": "hologram", "data": [1, null]}]},
            {"role": "narrator", "content": "once"}
        ],
        "provider": {"order": ["New Provider"], "sort": "karma"}
    });
    let http = build(
        &client(),
        "sendChatCompletionRequest",
        &json!({"body": body}),
    )
    .unwrap();
    let sent: Value = serde_json::from_slice(http.body().as_bytes().unwrap()).unwrap();
    assert_eq!(sent, body);
}

#[test]
fn a_member_is_left_out_null_or_a_value() {
    for body in [json!({}), json!({"limit": null}), json!({"limit": 5.5})] {
        let input = json!({"path": {"hash": "h"}, "body": body});
        let http = build(&client(), "updateKeys", &input).unwrap();
        let sent: Value = serde_json::from_slice(http.body().as_bytes().unwrap()).unwrap();
        assert_eq!(sent, body);
    }
}
