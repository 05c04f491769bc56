//! What goes wrong is told in one line, and by the exit code.

use std::net::TcpListener;

use crate::{Ended, program, run, run_with};

#[test]
fn each_kind_of_failure_has_its_exit_code() {
    for (arguments, code, message) in [
        (
            &["keys", "creat"][..],
            2,
            "error: unrecognized subcommand 'creat'; tip: a similar subcommand exists: 'create'; see `--help`\n",
        ),
        (
            &[
                "keys",
                "create",
                "--name",
                "x",
                "--limit",
                "much",
                "--dry-run",
            ][..],
            2,
            "error: `createKeys` cannot be sent: the member of the body `limit` does not fit the declared type: invalid type: string \"much\", expected f64\n",
        ),
        (
            &["call", "getKey", "--input", "/does/not/exist"],
            1,
            "error: `/does/not/exist`: No such file or directory (os error 2)\n",
        ),
        (
            &["files", "upload", "--file", "a.txt", "--offline"],
            1,
            "error: `a.txt`: No such file or directory (os error 2)\n",
        ),
        (
            &["keys", "list", "--offline", "--api-key", "sk-wrong"],
            3,
            "error: `list`: 401 Unauthorized: there is no such key\n",
        ),
        (
            &["keys", "get", "f00d", "--offline"],
            4,
            "error: `getKey`: 404 Not Found: there is no key `f00d`\n",
        ),
    ] {
        let ended = run(arguments);
        assert_eq!(
            (ended.code, &*ended.errors),
            (code, message),
            "{arguments:?}"
        );
        assert_eq!(ended.output, "");
    }
}

#[test]
fn a_file_that_cannot_be_written_is_a_failure_of_this_machine() {
    let ended = run(&[
        "speech",
        "create",
        "--offline",
        "--input",
        "hi",
        "--model",
        "mistralai/voxtral-mini-tts-2603",
        "--output",
        "/does/not/exist",
    ]);
    assert_eq!(ended.code, 1, "{ended:?}");
    assert!(
        ended.errors.contains("`/does/not/exist` cannot be written"),
        "{ended:?}"
    );
}

/// Arguments by which a program asks where nobody is: a request that is sent ends with the exit code 6.
fn nowhere(arguments: &[&str]) -> Vec<String> {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let base = format!("--base-url=http://{address}");
    let arguments = arguments.iter().map(|argument| (*argument).to_owned());
    arguments.chain([base]).collect()
}

fn run_nowhere(arguments: &[&str]) -> Ended {
    let arguments = nowhere(arguments);
    run(&arguments.iter().map(String::as_str).collect::<Vec<_>>())
}

#[test]
fn an_output_that_cannot_be_written_is_noticed_before_the_request() {
    let speech = ["speech", "create", "--input", "hi", "--model", "m"];
    let body = r#"{"body": {"input": "hi", "model": "m"}}"#;
    let file = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("speech.json");
    std::fs::write(&file, body).unwrap();
    let call = [
        "call",
        "createAudioSpeech",
        "--input",
        file.to_str().unwrap(),
    ];
    for (path, reason) in [
        ("/does/not/exist", "No such file or directory (os error 2)"),
        ("/", "is a directory"),
    ] {
        for arguments in [&speech[..], &call] {
            let more = ["--api-key", "sk", "--output", path];
            let ended = run_nowhere(&[arguments, &more].concat());
            let message = format!("error: `{path}` cannot be written: {reason}\n");
            assert_eq!((ended.code, &*ended.errors), (1, &*message));
        }
    }
    let wrong = ["call", "list", "--output", "keys.json", "--api-key", "sk"];
    let ended = run_nowhere(&wrong);
    let message = "error: `--output` is for an answer of bytes, and that to `list` is JSON\n";
    assert_eq!((ended.code, &*ended.errors), (2, message));
}

#[test]
fn a_missing_key_is_asked_for_before_the_request() {
    let reason = "there is no API key: set OPENROUTER_API_KEY, give `--api-key`, or get a key by `openrouter auth login`";
    for (arguments, operation) in [
        (&["keys", "list"][..], "list"),
        (&["keys", "list", "--api-key", ""], "list"),
        (&["call", "list"], "list"),
        (&["chat", "send", "hi"], "sendChatCompletionRequest"),
    ] {
        let ended = run_nowhere(arguments);
        let message = format!("error: `{operation}`: {reason}\n");
        assert_eq!((ended.code, &*ended.errors), (3, &*message));
    }
    let arguments = nowhere(&["call", "list", "--batch"]);
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let line = run_with(&mut program(&arguments), "{}\n").json();
    assert_eq!(line["error"], format!("`list`: {reason}"));
    // It gives one to those who have none.
    let exchange = ["auth", "exchange-code", "--code", "c"];
    assert_eq!(run_nowhere(&exchange).code, 6);
}

#[test]
fn nobody_at_the_other_end_is_no_answer() {
    // A port that nobody listens at any more.
    let port = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .port();
    let base = format!("http://127.0.0.1:{port}");
    let ended = run(&["keys", "list", "--base-url", &base, "--api-key", "sk"]);
    assert_eq!(ended.code, 6);
    let begin = format!("error: `list`: cannot connect to {base}: ");
    assert!(ended.errors.starts_with(&begin), "{ended:?}");
    assert_eq!(ended.errors.lines().count(), 1);
}

#[test]
fn a_secret_that_cannot_be_sent_is_not_shown() {
    let ended = run_with(
        program(&["keys", "list"]).env("OPENROUTER_API_KEY", "sk-\u{1}secret"),
        "",
    );
    assert_eq!(ended.code, 2);
    assert!(!ended.errors.contains("secret"), "{ended:?}");
}

#[test]
fn the_help_is_shown_where_nothing_is_asked_for() {
    for arguments in [&[][..], &["keys"]] {
        let ended = run(arguments);
        assert_eq!((ended.code, &*ended.output), (2, ""));
        assert!(ended.errors.contains("\nCommands:\n"), "{ended:?}");
    }
}

#[test]
fn a_reader_that_has_enough_is_no_failure_to_tell_of() {
    let mut running = program(&["completions", "bash"]).spawn().unwrap();
    drop(running.stdout.take());
    let output = running.wait_with_output().unwrap();
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
}
