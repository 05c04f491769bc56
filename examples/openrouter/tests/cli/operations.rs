//! A command for each operation.

use openrouter::any_operations;
use serde_json::json;

use crate::{program, run, run_with};

#[test]
fn every_operation_has_a_command_with_help() {
    let help = run(&["--help"]);
    for any in any_operations() {
        assert!(
            help.text().contains(&format!("\n  {} ", any.resource())),
            "{}",
            any.resource()
        );
    }
    for any in any_operations()
        .iter()
        .filter(|any| any.resource() == "keys")
    {
        let help = run(&["keys", any.verb(), "--help"]);
        let operation = any.operation();
        let first = operation.doc().lines().next().unwrap();
        assert!(
            help.text().starts_with(first.trim_end_matches('.')),
            "{help:?}"
        );
        for param in operation
            .params()
            .filter(|param| param.location() == api_request::Location::Query)
        {
            assert!(
                help.text().contains(&param.name().replace('_', "-")),
                "{}",
                param.name()
            );
            assert!(
                help.text().contains(param.doc().trim_end_matches('.')),
                "{}",
                param.doc()
            );
        }
    }
}

#[test]
fn arguments_are_read_as_what_is_declared() {
    let arguments = [
        "keys",
        "create",
        "--dry-run",
        "--name",
        "5",
        "--limit",
        "5",
        "--limit-reset",
        "monthly",
        "--include-byok-in-limit",
        "true",
        "--expires-at",
        "null",
    ];
    let body = json!({
        "name": "5", "limit": 5.0, "limit_reset": "monthly", "include_byok_in_limit": true, "expires_at": null
    });
    assert_eq!(run(&arguments).json()["body_json"], body);
}

#[test]
fn a_file_is_the_value_of_an_argument() {
    let mut command = program(&[
        "presets",
        "create-from-chat",
        "p",
        "--dry-run",
        "--body",
        "@-",
    ]);
    let chat = json!({"model": "m", "messages": [{"role": "user", "content": "hi"}]});
    let line = run_with(&mut command, &chat.to_string()).json();
    assert_eq!(line["body_json"], chat);
    let path = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("clip.mp3");
    std::fs::write(&path, [0, 255]).unwrap();
    // A file in any case, so `@` can be left out.
    for file in [format!("@{}", path.display()), path.display().to_string()] {
        let line = run(&[
            "transcriptions",
            "create-from-file",
            "--dry-run",
            "--model",
            "m",
            "--file",
            &file,
        ])
        .json();
        let part = &line["body_multipart"][0];
        assert_eq!(
            (
                &part["filename"],
                &part["content_type"],
                &part["content_b64"]
            ),
            (&json!("clip.mp3"), &json!("audio/mpeg"), &json!("AP8="))
        );
    }
}

#[test]
fn the_last_line_break_of_a_file_is_no_part_of_the_value() {
    let mut command = program(&[
        "byok",
        "create",
        "--dry-run",
        "--provider",
        "openai",
        "--key",
        "@-",
        "--show-secrets",
    ]);
    let line = run_with(&mut command, "sk-1\n").json();
    assert_eq!(line["body_json"]["key"], "sk-1");
}

#[test]
fn a_value_can_begin_with_an_at_sign() {
    let line = run(&["keys", "create", "--dry-run", "--name", "@@home"]).json();
    assert_eq!(line["body_json"]["name"], "@home");
}

#[test]
fn members_of_a_body_are_set_over_it() {
    let set = [
        "rerank",
        "run",
        "--dry-run",
        "--set",
        "model=m",
        "--set",
        "query=1",
        "--set",
        r#"documents=["a"]"#,
    ];
    let ended = run(&set);
    assert_eq!(ended.code, 2);
    assert!(ended.errors.contains("expected a string"), "{ended:?}");
    let more = [
        "--set",
        r#"query="1""#,
        "--body",
        r#"{"model": "other", "top_n": 2}"#,
    ];
    let body = json!({"model": "m", "query": "1", "documents": ["a"], "top_n": 2});
    assert_eq!(run(&[&set[..], &more].concat()).json()["body_json"], body);
    let none = run(&["rerank", "run", "--dry-run"]);
    assert!(none.errors.starts_with("error: the following required arguments were not provided: <--body <BODY>|--set <MEMBER=VALUE>>"), "{none:?}");
}

#[test]
fn a_list_is_a_table_or_json() {
    let table = run(&["keys", "list", "--offline"]);
    let mut lines = table.text().lines();
    assert!(lines.next().unwrap().contains("HASH"));
    assert!(lines.next().unwrap().contains("sk-or-v1-off...ine"));
    assert_eq!(lines.next(), None);
    let items = run(&["keys", "list", "--offline", "--json"]).json();
    assert_eq!(items[0]["disabled"], false);
    let body = r#"{"model": "openai/text-embedding-3-small", "input": "x", "dimensions": 2}"#;
    let made = run(&["embeddings", "create", "--offline", "--body", body]).json();
    assert_eq!(made["data"][0]["embedding"].as_array().unwrap().len(), 2);
    let none = run(&["presets", "list", "--offline"]);
    assert_eq!((none.text(), &*none.errors), ("", "the list is empty\n"));
}

#[test]
fn completions_know_the_operations() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = run(&["completions", shell]);
        assert!(script.text().contains("get-current"), "{shell}");
    }
}

#[test]
fn a_member_that_is_not_declared_is_refused_with_the_nearest_name() {
    let chat = r#"{"messages": [], "temprature": 0}"#;
    let temperature =
        "the member of the body `temprature` is not declared: the nearest is `temperature`";
    let from_chat = ["presets", "create-from-chat", "p", "--dry-run"];
    let speech = ["speech", "create", "--dry-run", "--model", "m", "--input"];
    for (arguments, expected) in [
        ([&from_chat[..], &["--body", chat]].concat(), temperature),
        (
            [
                &from_chat[..],
                &["--set", "messages=[]", "--set", "temprature=0"],
            ]
            .concat(),
            temperature,
        ),
        (
            [
                &speech[..],
                &["{\"a\": 1}", "--provider", r#"{"optoins": {}}"#],
            ]
            .concat(),
            "the member of the body `provider.optoins` is not declared: the nearest is `provider.options`",
        ),
    ] {
        let ended = run(&arguments);
        assert_eq!(ended.code, 2, "{ended:?}");
        assert!(ended.errors.contains(expected), "{ended:?}");
    }
    let line = run(&[&speech[..], &["{\"a\": 1}"]].concat()).json();
    assert_eq!(line["body_json"]["input"], "{\"a\": 1}");
}

#[test]
fn values_of_a_list_are_in_the_help_and_no_others_are_taken() {
    let help = run(&["models", "list", "--help"]);
    let values = "[possible values: most-popular, newest, ";
    let text = help.text().split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(text.contains(values), "{text}");
    for (arguments, expected) in [
        (
            &["models", "list", "--sort", "bogus", "--offline"][..],
            "`getModels` cannot be sent: the query parameter `sort` does not fit the declared type: `bogus` is not one of `most-popular`, ",
        ),
        (
            &["workspaces", "get-budget", "w", "hourly", "--offline"],
            "`getWorkspaceBudget` cannot be sent: the path parameter `interval` does not fit the declared type: `hourly` is not one of `daily`, ",
        ),
        (
            &["keys", "create", "--name", "k", "--expires-at", "tomorrow"],
            "`createKeys` cannot be sent: the member of the body `expires_at` does not fit the declared type: invalid value: string \"tomorrow\", expected an RFC 3339 time: write it like `2",
        ),
        (
            &["analytics", "get-activity", "--date", "tomorrow"],
            "`getUserActivity` cannot be sent: the query parameter `date` does not fit the declared type: invalid value: string \"tomorrow\", expected a day: write it like `2",
        ),
    ] {
        let ended = run(&[arguments, &["--api-key", "sk"]].concat());
        assert_eq!(ended.code, 2, "{ended:?}");
        let message = format!("error: {expected}");
        assert!(ended.errors.starts_with(&message), "{ended:?}");
    }
    for (name, value) in [("--limit-reset", "weekly"), ("--limit-reset", "null")] {
        let dry = run(&["keys", "create", "--dry-run", "--name", "k", name, value]);
        dry.json();
    }
}
