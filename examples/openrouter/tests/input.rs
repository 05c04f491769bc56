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
            "`getWorkspace` cannot be sent: the input is not an object",
        ),
        (
            "getWorkspace",
            json!({"cookie": {}}),
            "the input has `cookie`, but only `path`, `query`, `headers`, `cookies` and `body`",
        ),
        (
            "getWorkspace",
            json!({"path": {"ID": "w"}}),
            "the path parameter `ID` is not declared: the nearest is `id`",
        ),
        (
            "getWorkspace",
            json!({"path": 7}),
            "`path` of the input is not an object",
        ),
        (
            "getWorkspace",
            json!({}),
            "the path parameter `id` is missing",
        ),
        (
            "getWorkspace",
            json!({"path": {"id": "w"}, "body": {}}),
            "the operation has no body",
        ),
        (
            "listWorkspaces",
            json!({"query": {"limit": 1.5}}),
            "the query parameter `limit` is not an integer, or not one that is allowed here",
        ),
        (
            "createWorkspace",
            json!({"body": {"name": "w", "slug": "w", "colour": 1}}),
            "the member of the body `colour` is not declared",
        ),
        (
            send,
            json!({"body": {"model": "m"}}),
            "missing field `messages`",
        ),
        (
            send,
            chat(&json!({"modle": "m"})),
            "the member of the body `modle` is not declared: the nearest is `model`",
        ),
        (
            send,
            chat(&json!({"modle": null})),
            "the member of the body `modle` is not declared: the nearest is `model`",
        ),
        (
            send,
            chat(&json!({"model": null})),
            "the member of the body `model` cannot be `null`: leave it out",
        ),
        (
            "createKeys",
            json!({"body": {"nme": "k"}}),
            "the member of the body `nme` is not declared: the nearest is `name`",
        ),
        (
            send,
            // Of a union, which is read from a value, no names are known.
            chat(&json!({"provider": {"sort": {"by": "price", "partitoin": "none"}}})),
            "the member of the body `provider.sort.partitoin` is not declared",
        ),
        (
            send,
            chat(
                &json!({"tools": [{"type": "function", "function": {"name": "f", "strct": true}}]}),
            ),
            "the member of the body `tools[0].function.strct` is not declared",
        ),
    ];
    for (operation, input, expected) in cases {
        let error = build(&client(), operation, &input).unwrap_err().to_string();
        assert!(error.contains(expected), "{error}\n{expected}");
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
fn what_the_api_describes_is_sent_as_it_is() {
    let message = json!({
        "type": "message", "id": "msg_1", "role": "assistant", "status": "completed",
        "content": [{"type": "output_text", "text": "hi", "annotations": []}]
    });
    for body in [
        json!({"input": [message]}),
        json!({"input": [{"role": "user", "content": "hi", "phase": null}]}),
        json!({"input": "hi", "previous_response_id": null}),
    ] {
        for operation in ["createResponses", "createPresetsResponses"] {
            let path = match operation {
                "createResponses" => json!({}),
                _ => json!({"slug": "p"}),
            };
            let input = json!({"path": path, "body": body});
            let http = build(&client(), operation, &input).unwrap();
            let sent: Value = serde_json::from_slice(http.body().as_bytes().unwrap()).unwrap();
            assert_eq!(sent, body);
        }
    }
}

#[test]
fn a_parameter_or_field_has_a_value_of_its_list() {
    let sort = "`getModels` cannot be sent: the query parameter `sort` does not fit the declared type: `bogus` is not one of `most-popular`, `newest`, ";
    let reset = "`createKeys` cannot be sent: the member of the body `limit_reset` does not fit the declared type: `bogus` is not one of `daily`, `weekly`, `monthly`";
    for (operation, input, expected) in [
        ("getModels", json!({"query": {"sort": "bogus"}}), sort),
        (
            "createKeys",
            json!({"body": {"name": "k", "limit_reset": "bogus"}}),
            reset,
        ),
        (
            "getWorkspaceBudget",
            json!({"path": {"id": "w", "interval": "hourly"}}),
            "`getWorkspaceBudget` cannot be sent: the path parameter `interval` does not fit the declared type: `hourly` is not one of `daily`, ",
        ),
        (
            "createAudioTranscriptions",
            json!({"body": {
                "file": {"$file": {"filename": "a", "bytes_b64": ""}},
                "model": "m", "timestamp_granularities[]": ["word", "letter"]
            }}),
            "`createAudioTranscriptions` cannot be sent: the member of the body `timestamp_granularities[]` does not fit the declared type: `letter` is not one of `word`, ",
        ),
    ] {
        let error = build(&client(), operation, &input).unwrap_err().to_string();
        assert!(error.starts_with(expected), "{error}");
    }
    // Providers come and go.
    let input = json!({"body": {"provider": "new-provider", "key": "k"}});
    build(&client(), "createBYOKKey", &input).unwrap();
}

#[test]
fn a_day_or_time_is_one() {
    let day = |name: &str, value: &str| json!({"query": {name: value}});
    let time = |value: &str| json!({"body": {"name": "k", "expires_at": value}});
    for (operation, input) in [
        ("getUserActivity", day("date", "tomorrow")),
        ("getUserActivity", day("date", "2026-02-30")),
        ("getAppRankings", day("start_date", "2026-1-1")),
        ("getRankingsDaily", day("end_date", "2026-01-01T00:00:00Z")),
        ("createKeys", time("tomorrow")),
        ("createKeys", time("2027-01-31")),
        (
            "createAuthKeysCode",
            json!({"body": {"callback_url": "https://a", "expires_at": "soon"}}),
        ),
        (
            "queryAnalytics",
            json!({"body": {"metrics": [], "time_range": {"start": "then", "end": "2027-01-31T00:00:00Z"}}}),
        ),
    ] {
        let error = build(&client(), operation, &input).unwrap_err().to_string();
        assert!(error.contains(": write it like `2"), "{error}");
    }
    build(&client(), "createKeys", &time("2027-01-31T00:00:00+01:00")).unwrap();
    build(&client(), "getUserActivity", &day("date", "2026-11-27")).unwrap();
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
