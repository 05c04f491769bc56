//! What goes wrong is told in one line, and by the exit code.

use std::net::TcpListener;

use crate::{program, run, run_with};

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
            "error: `createKeys`: `limit`: the value is no number\n",
        ),
        (
            &["call", "getKey", "--input", "/does/not/exist"],
            1,
            "error: `/does/not/exist`: No such file or directory (os error 2)\n",
        ),
        (
            &["files", "upload", "--file", "a.txt", "--offline"],
            2,
            "error: `uploadFile`: `file`: invalid type: string \"a.txt\", expected a file: `{\"$file\": …}` in JSON, `@FILE` on a command line\n",
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

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_missing_key_is_asked_for() {
    let fake = openrouter::fake::Fake::start().await.unwrap();
    let ended = run(&["keys", "list", "--base-url", &fake.base_url()]);
    assert_eq!(ended.code, 3);
    let asked = "error: `list`: 401 Unauthorized: the request has no key; set OPENROUTER_API_KEY, or give `--api-key`\n";
    assert_eq!(ended.errors, asked);
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
    let ended = run(&["keys", "list", "--base-url", &base]);
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
