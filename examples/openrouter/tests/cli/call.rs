//! `call`: any operation from JSON.

use serde_json::{Value, json};

use crate::{program, run, run_with};

fn dry(operation: &str, input: &Value) -> Value {
    let arguments = ["call", operation, "--input", "-", "--dry-run"];
    run_with(&mut program(&arguments), &input.to_string()).json()
}

#[test]
fn a_dry_run_is_the_request() {
    let input = json!({
        "path": {"id": "a/b"},
        "headers": {"x-openrouter-title": "App"},
        "body": {"name": "new", "description": null}
    });
    let mut line = dry("updateWorkspace", &input);
    assert!(line["headers"]["user-agent"].take().is_string());
    let expected = json!({
        "method": "PATCH",
        "target": "/api/v1/workspaces/a%2Fb",
        "headers": {
            "accept": "application/json", "content-type": "application/json",
            "x-openrouter-title": "App", "user-agent": null
        },
        "body_json": {"name": "new", "description": null},
    });
    assert_eq!(line, expected);
}

#[test]
fn a_dry_run_shows_the_parts_of_a_form() {
    let file = json!({"$file": {"filename": "a.mp3", "bytes_b64": "AP8=", "type": "audio/mpeg"}});
    let line = dry(
        "createAudioTranscriptions",
        &json!({"body": {"file": file, "model": "m"}}),
    );
    let parts = line["body_multipart"].as_array().unwrap();
    let file = json!({
        "name": "file", "filename": "a.mp3", "content_type": "audio/mpeg", "content_b64": "AP8=",
        "content_disposition": "form-data; name=\"file\"; filename=\"a.mp3\""
    });
    assert_eq!(parts[0], file);
    assert_eq!(parts[1]["text"], "m");
}

#[test]
fn the_stream_is_asked_for_by_option_or_body() {
    let mut body = json!({"model": "m", "messages": [{"role": "user", "content": "hi"}]});
    let input = json!({"body": body}).to_string();
    let mut command = program(&[
        "call",
        "sendChatCompletionRequest",
        "--dry-run",
        "--events",
        "--input",
        "-",
    ]);
    let by_option = run_with(&mut command, &input).json();
    body["stream"] = true.into();
    let by_body = dry("sendChatCompletionRequest", &json!({"body": body}));
    assert_eq!(by_option, by_body);
    assert_eq!(by_body["headers"]["accept"], "text/event-stream");
    assert_eq!(by_body["body_json"]["stream"], true);
}

#[test]
fn a_batch_has_a_line_for_each_line() {
    let lines = [
        json!({"operation": "listWorkspaces", "query": {"limit": 2}, "client": {"api_key": "sk-1", "app_title": "T"}}),
        json!({"operation": "getKey"}),
        json!({"operation": "nothing"}),
        json!({"query": {}}),
        json!({"operation": "getCredits", "client": {"api_key": ""}}),
    ];
    let lines = lines.map(|line| line.to_string()).join("\n");
    let mut command = program(&[
        "call",
        "--batch",
        "--dry-run",
        "--input",
        "-",
        "--api-key",
        "sk-0",
    ]);
    let ended = run_with(&mut command, &format!("{lines}\n{{\n"));
    let lines = ended.text().lines();
    let lines: Vec<Value> = lines
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(lines[0]["target"], "/api/v1/workspaces?limit=2");
    assert_eq!(lines[0]["headers"]["authorization"], "Bearer sk-1");
    assert_eq!(lines[0]["headers"]["x-openrouter-title"], "T");
    assert_eq!(
        lines[1]["error"],
        "`getKey` cannot be sent: the path parameter `hash` is missing"
    );
    let unknown = lines[2]["error"].as_str().unwrap();
    assert!(unknown.starts_with("there is no operation `nothing`; "));
    assert_eq!(lines[3]["error"], "the input names no `operation`");
    assert_eq!(lines[4]["headers"].get("authorization"), None);
    assert!(
        lines[5]["error"]
            .as_str()
            .unwrap()
            .starts_with("the input: ")
    );
    assert_eq!(lines.len(), 6);
}

#[test]
fn the_file_of_a_batch_stands_behind_either_option() {
    let path = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("batch.jsonl");
    std::fs::write(&path, r#"{"path": {"hash": "a"}}"#).unwrap();
    let file = path.to_str().unwrap();
    for arguments in [
        &["call", "getKey", "--dry-run", "--batch", file][..],
        &["call", "getKey", "--dry-run", "--batch", "--input", file],
        &["call", "--dry-run", "--batch", "getKey", "--input", file],
    ] {
        assert_eq!(
            run(arguments).json()["target"],
            "/api/v1/keys/a",
            "{arguments:?}"
        );
    }
}

#[test]
fn a_batch_that_is_sent_is_answered_line_by_line() {
    let key = |name: &str| json!({"operation": "createKeys", "body": {"name": name}}).to_string();
    let all = json!({"operation": "list"}).to_string();
    let lines = [key("a"), key("b"), all].join("\n");
    let ended = run_with(
        &mut program(&["call", "--offline", "--batch", "--input", "-"]),
        &lines,
    );
    let last: Value = serde_json::from_str(ended.text().lines().last().unwrap()).unwrap();
    assert_eq!(last["data"][2]["name"], "b");
}

#[test]
fn a_key_of_the_environment_is_not_shown() {
    let arguments = ["call", "getCredits", "--dry-run"];
    let ended = run_with(program(&arguments).env("OPENROUTER_API_KEY", "sk-env"), "");
    assert_eq!(ended.json()["headers"]["authorization"], "Bearer (hidden)");
    let shown = run_with(
        program(&["call", "getCredits", "--dry-run", "--show-secrets"])
            .env("OPENROUTER_API_KEY", "sk-env"),
        "",
    );
    assert_eq!(shown.json()["headers"]["authorization"], "Bearer sk-env");
    let help = run_with(
        program(&["call", "--help"]).env("OPENROUTER_API_KEY", "sk-env"),
        "",
    );
    assert!(!help.text().contains("sk-env"));
    let given = run(&["call", "getCredits", "--dry-run", "--api-key", "sk-given"]);
    assert_eq!(given.json()["headers"]["authorization"], "Bearer sk-given");
}

#[test]
fn an_operation_that_is_not_there_is_told_before_the_input_is_read() {
    for arguments in [
        &["call", "getKeys", "--input", "/does/not/exist"][..],
        &["call", "getKeys", "--batch", "/does/not/exist"],
    ] {
        let ended = run(arguments);
        assert_eq!(ended.code, 2, "{ended:?}");
        let message = "error: there is no operation `getKeys`; the nearest are `getKey`, ";
        assert!(ended.errors.starts_with(message), "{ended:?}");
    }
}

#[test]
fn secrets_of_a_body_are_variables_unless_they_are_to_be_shown() {
    let tool = |token: &str, header: &str| {
        json!({
            "type": "mcp", "server_label": "s", "authorization": token, "headers": {"X-Key": header}
        })
    };
    let config = json!({"apiKey": "hunter2"});
    for (input, hidden) in [
        (
            json!({"operation": "createBYOKKey", "body": {"provider": "openai", "key": "hunter2"}}),
            json!({"provider": "openai", "key": "$KEY"}),
        ),
        (
            json!({"operation": "exchangeAuthCodeForAPIKey", "body": {"code": "hunter2"}}),
            json!({"code": "$CODE"}),
        ),
        (
            json!({"operation": "updateBYOKKey", "path": {"id": "a"}, "body": {"name": "key"}}),
            json!({"name": "key"}),
        ),
        (
            json!({"operation": "createObservabilityDestination", "body": {
                "type": "langfuse", "name": "n", "config": config
            }}),
            json!({"type": "langfuse", "name": "n", "config": "$CONFIG"}),
        ),
        (
            json!({"operation": "createResponses", "body": {
                "input": "hi", "tools": [tool("hunter2", "hunter3")]
            }}),
            json!({"input": "hi", "tools": [tool("$AUTHORIZATION", "$X_KEY")]}),
        ),
    ] {
        let mut command = program(&["call", "--batch", "--dry-run"]);
        let line = run_with(&mut command, &input.to_string()).json();
        assert_eq!(line["body_json"], hidden);
        let mut command = program(&["call", "--batch", "--dry-run", "--show-secrets"]);
        let line = run_with(&mut command, &input.to_string()).json();
        assert_eq!(line["body_json"], input["body"]);
    }
}
