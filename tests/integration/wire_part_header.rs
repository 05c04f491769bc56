//! The headers of a part, and the index of an item in its name.

use api_request::{ApiRequest, Part, Secret};

use crate::wire::{base, http, refused};

#[derive(ApiRequest)]
#[api(method = POST, path = "/")]
struct One {
    #[api(part = "a")]
    value: Part,
}

/// The body, with `--B` for each boundary.
fn parts<R: ApiRequest>(request: &R) -> Result<String, String> {
    let http = http(request)?;
    let body = String::from_utf8(http.body().as_bytes().unwrap().to_vec()).unwrap();
    let boundary = body.lines().next().unwrap().to_owned();
    Ok(body.replace(&boundary, "--B"))
}

#[test]
fn headers_of_a_part_come_after_its_content_type_in_their_order() {
    let value = Part::text("x")
        .header("X-B", "2\té")
        .content_type("text/html")
        .header("Content-ID", "<1@example.com>")
        .header("x-empty", "");
    let expected = "--B\r\nContent-Disposition: form-data; name=\"a\"\r\nContent-Type: text/html\r\n\
        X-B: 2\té\r\nContent-ID: <1@example.com>\r\nx-empty: \r\n\r\nx\r\n--B--\r\n";
    assert_eq!(parts(&One { value }), Ok(expected.to_owned()));
}

#[test]
fn a_header_that_would_frame_or_break_the_part_is_an_error() {
    for (name, value, words) in [
        ("Content-Disposition", "a", "write `Part::filename`"),
        ("content-type", "text/plain", "write `Part::content_type`"),
        ("Content-Transfer-Encoding", "base64", "leave it out"),
        ("X-A", "1", "a header `X-A`: the part has it already"),
        ("a b", "1", "a header `a b`, whose name is not a token"),
        ("", "1", "whose name is not a token"),
        (
            "a\r\nb",
            "1",
            "a header `a\\r\\nb`, whose name is not a token",
        ),
        ("X-B", "1\r\nX-C: 2", "whose value has a control character"),
        ("X-B", "1\0", "whose value has a control character"),
        ("X-B", " 1", "white space at an end"),
        ("X-B", "1\t", "white space at an end"),
    ] {
        let value = Part::text("x").header("x-a", "0").header(name, value);
        refused(parts(&One { value }), words);
    }
}

#[test]
fn the_value_of_a_credential_is_shown_on_the_wire_alone() {
    let value = Part::text("x")
        .header("X-Api-Key", "hunter2")
        .header("X-A", "1");
    let debug = format!("{value:?}");
    assert!(
        debug.contains(r#"headers: {"X-Api-Key": "(hidden)", "X-A": "1"}"#),
        "{debug}"
    );
    let request = One { value };
    assert!(
        parts(&request)
            .unwrap()
            .contains("\r\nX-Api-Key: hunter2\r\n")
    );
    let curl = request.to_curl(&base()).unwrap();
    let words = r"X-Api-Key: %s\r\nX-A: 1\r\n\r\nx\r\n";
    assert!(
        curl.contains(words) && curl.contains("\"$X_API_KEY\""),
        "{curl}"
    );
    assert!(!curl.contains("hunter2"), "{curl}");
}

#[derive(ApiRequest)]
#[api(method = POST, path = "/", fields = part)]
struct Message<T> {
    payload_json: &'static str,
    #[api(name = "files[{n}]", filename = "a.txt")]
    value: T,
    #[api(part(name = "more-{n}.\"x\"", secret))]
    more: Vec<&'static str>,
}

fn names<T: serde::Serialize>(value: T) -> Vec<String> {
    let more = vec!["b", "c"];
    let body = parts(&Message {
        payload_json: "{}",
        value,
        more,
    });
    let body = body.unwrap();
    let names = body.split("; name=\"").skip(1);
    names
        .map(|rest| rest.split(['"', ';']).next().unwrap().to_owned())
        .collect()
}

#[test]
fn the_name_of_a_part_has_the_index_of_the_item() {
    let more = ["more-0.%22x%22", "more-1.%22x%22"];
    let expect = |files: &[&'static str]| [&["payload_json"], files, &more].concat();
    let part = || Part::text("x");
    assert_eq!(names([part(), part()]), expect(&["files[0]", "files[1]"]));
    assert_eq!(names(Vec::<Part>::new()), expect(&[]));
    // What is not a list is the first item.
    assert_eq!(names(part()), expect(&["files[0]"]));
    assert_eq!(names(Some("x")), expect(&["files[0]"]));
    assert_eq!(names(None::<Part>), expect(&[]));
    assert_eq!(
        names([Secret::<String>::from("x"), Secret::from("y")]),
        expect(&["files[0]", "files[1]"])
    );
    let content = Message::<Part>::OPERATION.content().unwrap();
    let name = content.members().nth(1).unwrap().name();
    assert_eq!(name, "files[{n}]");
}

#[test]
fn a_secret_list_is_one_part_in_a_command() {
    let message = Message {
        payload_json: "{}",
        value: "x",
        more: vec!["b", "c"],
    };
    let curl = message.to_curl(&base()).unwrap();
    assert!(
        curl.contains(r#"name="more-0.%%22x%%22"\r\n\r\n%s\r\n"#),
        "{curl}"
    );
    assert!(!curl.contains("more-1"), "{curl}");
}
