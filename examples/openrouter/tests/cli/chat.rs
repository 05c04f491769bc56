//! `chat send`: the answer as it comes.

use serde_json::{Value, json};

use crate::{program, run, run_with};

const CHAT: [&str; 6] = [
    "chat",
    "send",
    "--offline",
    "--model",
    "openai/gpt-4o",
    "hello world",
];

fn with(more: &[&'static str]) -> Vec<&'static str> {
    [&CHAT, more].concat()
}

#[test]
fn the_text_is_printed_streamed_or_whole() {
    assert_eq!(run(&CHAT).text(), "hello world\n");
    assert_eq!(run(&with(&["--no-stream"])).text(), "hello world\n");
}

#[test]
fn the_pieces_are_lines_of_json() {
    let ended = run(&with(&["--json"]));
    let pieces = ended.text().lines();
    let pieces: Vec<Value> = pieces
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let said = pieces
        .iter()
        .filter_map(|piece| piece["choices"][0]["delta"]["content"].as_str());
    assert_eq!(said.collect::<Vec<_>>().concat(), "hello world");
    assert!(pieces.len() > 2);
}

#[test]
fn options_stand_over_the_body_and_the_message_behind_it() {
    let arguments = with(&[
        "--dry-run",
        "--system",
        "Be brief.",
        "--max-tokens",
        "9",
        "--body",
        "@-",
    ]);
    let body =
        json!({"model": "other", "seed": 1, "messages": [{"role": "user", "content": "before"}]});
    let line = run_with(&mut program(&arguments), &body.to_string()).json();
    let expected = json!({
        "model": "openai/gpt-4o", "seed": 1, "max_tokens": 9, "stream": true,
        "messages": [
            {"role": "system", "content": "Be brief."},
            {"role": "user", "content": "before"},
            {"role": "user", "content": "hello world"}
        ]
    });
    assert_eq!(line["body_json"], expected);
}

#[test]
fn the_message_can_come_from_standard_input() {
    let mut command = program(&["chat", "send", "--offline", "--model", "openai/gpt-4o", "-"]);
    assert_eq!(run_with(&mut command, "from afar").text(), "from afar\n");
}

#[test]
fn a_model_that_is_not_there_is_a_failure() {
    let ended = run(&["chat", "send", "--offline", "--model", "no/such", "hi"]);
    assert_eq!(ended.code, 4, "{ended:?}");
    assert_eq!(ended.errors.lines().count(), 1);
}

#[test]
fn what_came_before_a_failure_is_a_line_of_its_own() {
    let ended = run(&[
        "chat",
        "send",
        "--offline",
        "--model",
        "openai/gpt-4o",
        "fail in the stream",
    ]);
    assert_eq!((ended.code, &*ended.output), (5, "fail\n"));
    assert_eq!(ended.errors.lines().count(), 1);
}

#[test]
fn a_member_that_is_not_declared_is_refused() {
    let ended = run(&with(&["--body", r#"{"temprature": 0}"#]));
    let message = "error: `sendChatCompletionRequest` cannot be sent: the member of the body `temprature` is not declared: the nearest is `temperature`\n";
    assert_eq!((ended.code, &*ended.errors), (2, message));
}
