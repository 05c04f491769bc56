//! `to_curl` gives a command that a shell runs: here with a `curl` that prints its arguments.

use std::process::Command;

use api_request::{ApiRequest, Secret};

use crate::wire::base;

/// The arguments that `command` gives to curl, and what it gives on standard input.
fn arguments(command: &str) -> Vec<String> {
    let script = format!(
        "curl() {{ for a in \"$@\"; do printf '%s\\0' \"$a\"; done; case \" $* \" in *' @- '*) cat;; esac; }}\n{command}"
    );
    let output = Command::new("sh")
        .arg("-c")
        .arg(script)
        .env("KEY", "k e'y")
        .output()
        .unwrap();
    assert!(output.status.success(), "{command}");
    let text = String::from_utf8(output.stdout).unwrap();
    text.split('\0').map(str::to_owned).collect()
}

#[derive(ApiRequest)]
#[api(method = PUT, path = "/{id}")]
struct Put<T> {
    id: &'static str,
    #[api(header)]
    note: &'static str,
    #[api(header)]
    key: Option<Secret<String>>,
    #[api(body = bytes)]
    body: T,
}

#[test]
fn a_shell_gets_exactly_what_was_declared() {
    let request = Put {
        id: "it's $HOME",
        note: "`id` $(id) \"quoted\" it's \\ \u{e9}",
        key: Some("s".into()),
        body: b"line\n'end'".as_slice(),
    };
    let given = arguments(&request.to_curl(&base()).unwrap());
    let expected = [
        "-X",
        "PUT",
        "https://api.example.com/it%27s%20%24HOME",
        "-H",
        "note: `id` $(id) \"quoted\" it's \\ \u{e9}",
        "-H",
        "key: k e'y",
        "-H",
        "accept: */*",
        "-H",
        "content-type: application/octet-stream",
        "--data-raw",
        "line\n'end'",
        "",
    ];
    assert_eq!(given, expected);
}

#[test]
fn bytes_that_are_no_text_go_through_standard_input() {
    let request = Put {
        id: "x",
        note: "",
        key: None,
        body: b"\0'%\\\n\x01".as_slice(),
    };
    let given = arguments(&request.to_curl(&base()).unwrap());
    assert_eq!(given[3..5], ["-H", "note;"]);
    assert_eq!(given[given.len() - 3..], ["@-", "", "'%\\\n\u{1}"]);
}

#[test]
fn a_request_without_a_body_has_no_data() {
    #[derive(ApiRequest)]
    #[api(method = HEAD, path = "/a")]
    struct Head;
    let command = Head.to_curl(&base()).unwrap();
    assert_eq!(
        command,
        "curl --head 'https://api.example.com/a' \\\n  -H 'accept: */*'"
    );
}

#[test]
fn secrets_of_one_name_are_told_apart_and_nothing_passes_for_one() {
    #[derive(serde::Serialize)]
    struct User {
        home: Secret<String>,
    }
    #[derive(ApiRequest)]
    #[api(method = POST, path = "/", fields = json)]
    struct Request {
        keys: Vec<Secret<String>>,
        users: [User; 2],
        note: &'static str,
    }
    let user = || User { home: "s".into() };
    let request = Request {
        keys: vec!["s".into(), "t".into()],
        users: [user(), user()],
        note: "secret.0000000000000000.HOME.t",
    };
    let curl = request.to_curl(&base()).unwrap();
    let json = concat!(
        r#"'{"keys":["'"$KEYS"'","'"$KEYS_2"'"],"users":[{"home":"'"$HOME_"'"},{"home":"'"$HOME__2"'"}],"#,
        r#""note":"secret.0000000000000000.HOME.t"}'"#
    );
    assert!(curl.ends_with(json), "{curl}");
}
