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

#[test]
fn secrets_of_json_are_the_json_that_is_sent() {
    use std::collections::BTreeMap;

    #[derive(ApiRequest)]
    #[api(method = POST, path = "/", fields = json)]
    struct Request {
        text: Secret<String>,
        #[api(secret)]
        word: &'static str,
        number: Secret<u32>,
        #[api(secret)]
        count: u32,
        #[api(secret)]
        on: bool,
        #[api(secret)]
        list: Vec<u8>,
        #[api(secret)]
        map: BTreeMap<&'static str, Secret<u32>>,
        both: Option<Secret<Vec<u8>>>,
        #[api(json(null, secret))]
        null: Option<u8>,
    }
    let request = Request {
        text: "s".into(),
        word: "s",
        number: 1.into(),
        count: 2,
        on: true,
        list: vec![3],
        map: [("k", 4.into())].into(),
        both: Some(vec![5].into()),
        null: None,
    };
    let curl = request.to_curl(&base()).unwrap();
    let json = concat!(
        r#"'{"text":"'"$TEXT"'","word":"'"$WORD"'","number":'"$NUMBER"',"count":'"$COUNT"',"#,
        r#""on":'"$ON"',"list":'"$LIST"',"map":'"$MAP"',"both":'"$BOTH"',"null":null}'"#
    );
    assert!(curl.ends_with(json), "{curl}");
}

#[test]
fn members_of_a_flattened_secret_are_variables() {
    use std::collections::BTreeMap;

    type Map = BTreeMap<&'static str, &'static str>;

    #[derive(ApiRequest)]
    #[api(method = POST, path = "/", fields = form)]
    struct Form {
        #[api(query(flatten, secret))]
        query: Map,
        #[api(header(flatten, secret))]
        headers: Map,
        #[api(flatten, secret)]
        members: Map,
    }
    #[derive(ApiRequest)]
    #[api(method = POST, path = "/", fields = json)]
    struct Json {
        a: u8,
        #[api(secret)]
        #[serde(flatten)]
        members: serde_json::Value,
    }
    let request = Form {
        query: Map::from([("q-a", "canary"), ("q b", "canary")]),
        headers: Map::from([("X-A", "canary"), ("X-B", "canary")]),
        members: Map::from([("f", "canary")]),
    };
    let expected = r#"curl -X POST 'https://api.example.com/?q%20b='"$Q_20B"'&q-a='"$Q_A" \
  -H 'x-a: '"$X_A" \
  -H 'x-b: '"$X_B" \
  -H 'accept: */*' \
  -H 'content-type: application/x-www-form-urlencoded' \
  --data-raw 'f='"$F""#;
    assert_eq!(request.to_curl(&base()).unwrap(), expected);
    let headers = crate::wire::http(&request).unwrap();
    assert!(headers.headers()["x-a"].is_sensitive());

    let members = serde_json::json!({"s": "canary", "n": 1, "o": {"k": "canary"}, "z": null});
    let curl = Json { a: 1, members }.to_curl(&base()).unwrap();
    let json = r#"--data-raw '{"a":1,"n":'"$N"',"o":'"$O"',"s":"'"$S"'","z":null}'"#;
    assert!(curl.ends_with(json), "{curl}");
}

#[test]
fn a_whole_secret_body_is_the_json_that_is_sent() {
    #[derive(ApiRequest)]
    #[api(method = POST, path = "/")]
    struct Request<T> {
        #[api(body(secret))]
        body: T,
    }
    let curl = Request { body: [1, 2] }.to_curl(&base()).unwrap();
    assert!(curl.ends_with("--data-raw \"$BODY\""), "{curl}");
    let curl = Request { body: "s" }.to_curl(&base()).unwrap();
    assert!(curl.ends_with("--data-raw '\"'\"$BODY\"'\"'"), "{curl}");
}

#[test]
fn a_secret_part_of_json_is_the_json_that_is_sent() {
    #[derive(ApiRequest)]
    #[api(method = POST, path = "/", fields = part)]
    struct Request {
        #[api(content_type = "application/json", secret)]
        text: &'static str,
        #[api(content_type = "application/json")]
        number: Secret<u32>,
        #[api(secret)]
        plain: &'static str,
    }
    let request = Request {
        text: "s",
        number: 1.into(),
        plain: "p",
    };
    let curl = request.to_curl(&base()).unwrap();
    for part in [
        r#"\r\n\r\n"%s"\r\n--"#,
        r#"name="number"\r\nContent-Type: application/json\r\n\r\n%s\r\n--"#,
        r#"name="plain"\r\n\r\n%s\r\n--"#,
    ] {
        assert!(curl.contains(part), "{curl}");
    }
    assert!(
        curl.contains(r#"' "$TEXT" "$NUMBER" "$PLAIN"; }"#),
        "{curl}"
    );
}

#[test]
fn authorization_is_a_secret_wherever_it_comes_from() {
    use std::collections::BTreeMap;

    #[derive(ApiRequest)]
    #[api(method = GET, path = "/", header("Authorization" = "Bearer canary"))]
    struct Constant;
    #[derive(ApiRequest)]
    #[api(method = GET, path = "/")]
    struct Flattened {
        #[api(header(flatten))]
        headers: BTreeMap<&'static str, &'static str>,
    }
    #[derive(ApiRequest)]
    #[api(method = GET, path = "/")]
    struct Declared {
        #[api(header = "Proxy-Authorization")]
        value: &'static str,
    }
    let flattened = |name| Flattened {
        headers: BTreeMap::from([(name, "Bearer canary"), ("x-shown", "plain")]),
    };
    let requests = [
        (
            Constant.to_curl(&base()),
            crate::wire::http(&Constant),
            "authorization",
        ),
        (
            flattened("Authorization").to_curl(&base()),
            crate::wire::http(&flattened("Authorization")),
            "authorization",
        ),
        (
            flattened("Proxy-Authorization").to_curl(&base()),
            crate::wire::http(&flattened("Proxy-Authorization")),
            "proxy-authorization",
        ),
        (
            Declared {
                value: "Bearer canary",
            }
            .to_curl(&base()),
            crate::wire::http(&Declared {
                value: "Bearer canary",
            }),
            "proxy-authorization",
        ),
    ];
    for (curl, http, name) in requests {
        let curl = curl.unwrap();
        let variable = name.to_ascii_uppercase().replace('-', "_");
        let header = format!("-H '{name}: '\"${variable}\"");
        assert!(curl.contains(&header) && !curl.contains("canary"), "{curl}");
        let headers = http.unwrap().headers().clone();
        assert!(headers[name].is_sensitive());
        if headers.contains_key("x-shown") {
            assert!(!headers["x-shown"].is_sensitive() && curl.contains("x-shown: plain"));
        }
    }
    let operation = Declared::OPERATION;
    assert!(operation.params().all(api_request::Param::secret));
}

#[test]
fn a_secret_stream_is_a_variable() {
    #[derive(ApiRequest)]
    #[api(method = POST, path = "/")]
    struct Upload {
        #[api(body(stream, secret))]
        body: api_request::Body,
    }
    let curl = |body| Upload { body }.to_curl(&base()).unwrap();
    let known = curl(api_request::Body::from("canary"));
    assert!(known.ends_with("--data-raw \"$BODY\""), "{known}");
    // What is not in memory is read where it is.
    let file = curl(api_request::Body::file("key.pem"));
    assert!(file.ends_with("--data-binary '@key.pem'"), "{file}");
}
