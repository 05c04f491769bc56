//! Multipart bodies on the wire: what is a part, how it is described, and what has no form as one.

use std::collections::BTreeMap;

use api_request::{ApiRequest, Part, Secret};
use bytes::Bytes;
use serde::Serialize;

use crate::{
    values::{COLORS, Data, Failing, Newtype, RGB, Raw, Shown, Unit, map},
    wire::{base, header, http, refused},
};

/// The header section and the content of each part of a body in memory.
pub fn parts<R: ApiRequest>(request: &R) -> Result<Vec<(String, String)>, String> {
    let request = http(request)?;
    let content_type = request.headers()["content-type"].to_str().unwrap();
    let boundary = content_type.strip_prefix("multipart/form-data; boundary=");
    let body = String::from_utf8(request.body().as_bytes().unwrap().to_vec()).unwrap();
    Ok(split(&body, boundary.unwrap()))
}

pub fn split(body: &str, boundary: &str) -> Vec<(String, String)> {
    let body = body.strip_suffix(&format!("--{boundary}--\r\n")).unwrap();
    let delimiter = format!("--{boundary}\r\n");
    let mut parts = body.split(&delimiter);
    assert_eq!(parts.next(), Some(""));
    let part = |part: &str| {
        let (head, content) = part.split_once("\r\n\r\n").unwrap();
        let content = content.strip_suffix("\r\n").unwrap();
        (head.to_owned(), content.to_owned())
    };
    parts.map(part).collect()
}

macro_rules! fields {
    ($($name:ident: $options:tt,)*) => {
        $(
            fn $name<T: Serialize>(value: T) -> Result<Vec<(String, String)>, String> {
                #[derive(ApiRequest)]
                #[api(method = POST, path = "/")]
                struct Field<T> {
                    #[api $options]
                    value: T,
                }
                parts(&Field { value })
            }
        )*
    };
}

fields! {
    plain: (part),
    json: (part(content_type = "application/json")),
    png: (part(filename = "a.png")),
    described: (part(filename = "a.png", content_type = "text/x-declared")),
}

const NAMED: &str = "Content-Disposition: form-data; name=\"value\"";

/// Parts called `value`, with this after the name.
#[expect(clippy::unnecessary_wraps, reason = "it is compared with results")]
fn values(more: &str, contents: &[&str]) -> Result<Vec<(String, String)>, String> {
    let part = |content: &&str| (format!("{NAMED}{more}"), (*content).to_owned());
    Ok(contents.iter().map(part).collect())
}

#[test]
fn a_scalar_is_text_without_a_content_type() {
    for (written, content) in [
        (plain("a \r\n\n\"\u{e9}\""), "a \r\n\n\"\u{e9}\""),
        (plain(""), ""),
        (plain(-7), "-7"),
        (plain(1.0), "1"),
        (plain(true), "true"),
        (plain('x'), "x"),
        (plain(Unit::CliAgent), "cli-agent"),
        (plain(Newtype(5)), "5"),
        (plain(Shown("2026-01-01")), "2026-01-01"),
        (plain(Some(&Box::new(1))), "1"),
        (plain(Secret::from("s")), "s"),
    ] {
        assert_eq!(written, values("", &[content]));
    }
}

#[test]
fn none_and_an_empty_list_add_no_part() {
    for written in [
        plain(None::<u8>),
        plain(Some(None::<u8>)),
        plain(None::<Part>),
        plain(None::<Vec<Part>>),
        plain(Vec::<Part>::new()),
        plain([0; 0]),
        json(None::<u8>),
        json(Vec::<u8>::new()),
    ] {
        assert_eq!(written, Ok(vec![]));
    }
}

#[test]
fn a_list_repeats_the_part() {
    assert_eq!(plain(COLORS), values("", &["blue", "black", "brown"]));
    assert_eq!(plain((1, "a")), values("", &["1", "a"]));
    let named = "; filename=\"a.png\"\r\nContent-Type: image/png";
    assert_eq!(png(vec!["x", "y"]), values(named, &["x", "y"]));
    let list = [Part::bytes("x"), Part::text("y")];
    assert_eq!(png(list.as_slice()), values(named, &["x", "y"]));
    assert_eq!(png(Some(list.to_vec())), values(named, &["x", "y"]));
}

#[test]
fn json_has_a_part_for_each_item() {
    let written = |contents: &[&str]| values("\r\nContent-Type: application/json", contents);
    let rgb = r#"{"R":100,"G":200,"B":150}"#;
    assert_eq!(json(RGB), written(&[rgb]));
    assert_eq!(json(vec![RGB, RGB]), written(&[rgb, rgb]));
    assert_eq!(json(map([("k", [1, 2])])), written(&[r#"{"k":[1,2]}"#]));
    assert_eq!(json([[1], [2]]), written(&["[1]", "[2]"]));
    assert_eq!(json([(1, 'a')]), written(&[r#"[1,"a"]"#]));
    assert_eq!(json("a\"b"), written(&[r#""a\"b""#]));
    assert_eq!(json(Shown("d")), written(&[r#""d""#]));
    assert_eq!(json(1.0), written(&["1.0"]));
    assert_eq!(json([None, Some(1)]), written(&["null", "1"]));
    assert_eq!(json(()), written(&["null"]));
    assert_eq!(json(Unit::CliAgent), written(&[r#""cli-agent""#]));
    assert_eq!(json(Data::Newtype(1)), written(&[r#"{"Newtype":1}"#]));
    assert_eq!(json(Data::Tuple(1, 2)), written(&[r#"{"Tuple":[1,2]}"#]));
    assert_eq!(
        json(Data::Struct { a: 1 }),
        written(&[r#"{"Struct":{"a":1}}"#])
    );
    assert_eq!(json(Part::text("{}")), written(&["{}"]));
    assert_eq!(json(Bytes::from("[1]")), written(&["[1]"]));
}

#[test]
fn json_goes_by_many_content_types() {
    macro_rules! is_json {
        ($content_type:literal) => {{
            #[derive(ApiRequest)]
            #[api(method = POST, path = "/")]
            struct Field(#[api(part(name = "value", content_type = $content_type))] &'static str);
            parts(&Field("x")).unwrap()[0].1 == "\"x\""
        }};
    }
    assert!(is_json!("Application/JSON"));
    assert!(is_json!("application/json; charset=utf-8"));
    assert!(is_json!("application/vnd.api+json"));
    assert!(is_json!("application/vnd.api+JSON ;v=1"));
    assert!(!is_json!("application/jsonl"));
    assert!(!is_json!("text/plain; a=+json"));
}

#[test]
fn bytes_are_octets() {
    let octets = "\r\nContent-Type: application/octet-stream";
    assert_eq!(plain(Bytes::from("b")), values(octets, &["b"]));
    assert_eq!(plain(Some(Raw)), values(octets, &["raw"]));
    assert_eq!(plain(vec![Raw, Raw]), values(octets, &["raw", "raw"]));
}

#[test]
fn what_a_part_says_beats_the_attribute() {
    let png = "; filename=\"a.png\"\r\nContent-Type: text/x-declared";
    assert_eq!(described("x"), values(png, &["x"]));
    assert_eq!(described(Part::text("x")), values(png, &["x"]));
    let part = || Part::text("x").filename("b.gif");
    let gif = "; filename=\"b.gif\"\r\nContent-Type: text/x-declared";
    assert_eq!(described(part()), values(gif, &["x"]));
    let own = "; filename=\"b.gif\"\r\nContent-Type: text/x-own; a=b";
    let part = part().content_type("text/x-own; a=b");
    assert_eq!(described(part), values(own, &["x"]));
}

#[test]
fn the_content_type_goes_with_the_filename() {
    for (part, more) in [
        (Part::text("x"), ""),
        (
            Part::bytes("x"),
            "\r\nContent-Type: application/octet-stream",
        ),
        (
            Part::text("x").filename("a.CSV"),
            "; filename=\"a.CSV\"\r\nContent-Type: text/csv",
        ),
        (
            Part::bytes("x").filename("a/b.tar.gz"),
            "; filename=\"a/b.tar.gz\"\r\nContent-Type: application/gzip",
        ),
        (
            Part::bytes("x").filename("a.unheard-of"),
            "; filename=\"a.unheard-of\"\r\nContent-Type: application/octet-stream",
        ),
        (
            Part::text("x").filename("png"),
            "; filename=\"png\"\r\nContent-Type: application/octet-stream",
        ),
        (
            Part::body("x").filename(""),
            "; filename=\"\"\r\nContent-Type: application/octet-stream",
        ),
    ] {
        assert_eq!(plain(part), values(more, &["x"]));
    }
}

#[test]
fn names_and_filenames_are_escaped_as_whatwg_says() {
    #[derive(ApiRequest)]
    #[api(method = POST, path = "/", fields = part, rename_all = "camelCase")]
    struct Names {
        #[api(name = "q\"uo\\ted%22\u{e9}; name*=utf-8''z")]
        nasty: &'static str,
        first_name: u8,
        r#type: Part,
    }
    let written = parts(&Names {
        nasty: "n",
        first_name: 1,
        r#type: Part::text("").filename("a\"\\\r\n\n\r%22\u{e9};filename*=x"),
    });
    let heads: Vec<_> = written.unwrap().into_iter().map(|(head, _)| head).collect();
    let expected = [
        "Content-Disposition: form-data; name=\"q%22uo\\ted%22\u{e9}; name*=utf-8''z\"",
        "Content-Disposition: form-data; name=\"firstName\"",
        "Content-Disposition: form-data; name=\"type\"; filename=\"a%22\\%0D%0A%0A%0D%22\u{e9};filename*=x\"\r\n\
         Content-Type: application/octet-stream",
    ];
    assert_eq!(heads, expected);
}

#[test]
fn what_has_no_form_names_the_field() {
    for (result, words) in [
        (
            plain(RGB),
            "is a struct or map, which only a JSON part supports",
        ),
        (plain(map([("k", 1)])), "is a struct or map"),
        (plain(vec![RGB]), "is a struct or map"),
        (plain([[1]]), "has a list in a list"),
        (plain([Some(1), None]), "has a `None` in a list"),
        (plain(f64::NAN), "is not a finite number"),
        (plain(()), "is `null` or `()`"),
        (plain(Data::Newtype(1)), "enum variant `Newtype` with data"),
        (plain(Data::Tuple(1, 2)), "enum variant `Tuple` with data"),
        (plain(Failing("why")), "cannot be serialized: why"),
        (json(Failing("why")), "cannot be serialized: why"),
        (
            json(map([("k", Part::text(""))])),
            "outside of a multipart body",
        ),
    ] {
        refused(result, words);
    }
    for content_type in ["", "text", "/", "a/b\r\nX: y", "a/b\0", "a/\n"] {
        let part = Part::text("").content_type(content_type);
        refused(plain(part), "has an invalid content type");
    }
}

#[test]
fn a_part_is_sent_in_a_multipart_body_only() {
    #[derive(ApiRequest)]
    #[api(method = POST, path = "/")]
    struct Query {
        #[api(query)]
        value: Part,
        #[api(json)]
        other: u8,
    }
    #[derive(ApiRequest)]
    #[api(method = POST, path = "/")]
    struct Json {
        #[api(json)]
        value: Option<Part>,
    }
    let value = Part::text("x");
    refused(
        http(&Query { value, other: 1 }),
        "outside of a multipart body",
    );
    let value = Some(Part::text("x"));
    refused(http(&Json { value }), "outside of a multipart body");
}

#[test]
fn the_boundary_is_another_one_each_time() {
    #[derive(ApiRequest)]
    #[api(method = POST, path = "/", fields = part)]
    struct Field {
        value: u8,
    }
    let boundaries = [(); 2].map(|()| header(&Field { value: 1 }, "content-type").unwrap());
    assert_ne!(boundaries[0], boundaries[1]);
    assert_eq!(Field::OPERATION.content_type(), Some("multipart/form-data"));
}

#[test]
fn a_declared_content_type_gets_the_boundary() {
    #[derive(ApiRequest)]
    #[api(method = POST, path = "/", header("Content-Type" = "multipart/related; a=b"))]
    struct Constant(#[api(part = "value")] u8);
    #[derive(ApiRequest)]
    #[api(method = POST, path = "/", fields = part)]
    struct Field {
        #[api(header = "Content-Type")]
        value: Option<&'static str>,
        text: u8,
    }
    let field = |value| header(&Field { value, text: 1 }, "content-type");
    for (header, expected) in [
        (
            header(&Constant(1), "content-type"),
            "multipart/related; a=b; boundary=",
        ),
        (field(Some("Multipart/mixed")), "Multipart/mixed; boundary="),
        (field(None), "multipart/form-data; boundary="),
    ] {
        let header = header.unwrap().unwrap();
        assert!(header.starts_with(expected), "{header}");
        assert_eq!(header.len(), expected.len() + 32);
    }
    refused(field(Some("text/plain")), "does not fit parts");
    refused(
        field(Some("multipart/mixed; boundary=x")),
        "without a boundary",
    );
}

#[test]
fn a_flattened_content_type_gets_the_boundary_too() {
    #[derive(ApiRequest)]
    #[api(method = POST, path = "/")]
    struct Flattened {
        #[api(header(flatten))]
        value: BTreeMap<&'static str, &'static str>,
        #[api(part)]
        text: u8,
    }
    let value = |content_type| map([("content-type", content_type)]);
    let request = Flattened {
        value: value("multipart/mixed"),
        text: 1,
    };
    let written = header(&request, "content-type").unwrap().unwrap();
    assert!(
        written.starts_with("multipart/mixed; boundary="),
        "{written}"
    );
    let value = value("text/plain");
    refused(http(&Flattened { value, text: 1 }), "does not fit parts");
}

#[test]
fn debug_shows_no_content() {
    let part = Part::text("s3cret-canary").filename("a.txt");
    let shown = r#"Part { content: Body(13 bytes), filename: Some("a.txt"), content_type: None, headers: {}, .. }"#;
    assert_eq!(format!("{part:?}"), shown);
}

#[derive(Serialize)]
struct Credentials {
    user: &'static str,
    pin: Secret<u32>,
}

#[derive(ApiRequest)]
#[api(method = POST, path = "/", fields = part)]
struct Secrets {
    note: &'static str,
    key: Secret<String>,
    #[api(content_type = "application/json")]
    login: Credentials,
    #[api(secret, filename = "key.pem")]
    pem: Option<Part>,
    binary: Bytes,
}

fn secrets() -> Secrets {
    Secrets {
        note: "it's 100%\n\\",
        key: "s3cret-canary".into(),
        login: Credentials {
            user: "ada",
            pin: Secret::new(90_210),
        },
        pem: Some(Part::text("s3cret-canary").filename("own")),
        binary: Bytes::from_static(b"\xff%\0"),
    }
}

#[test]
fn curl_prints_the_body_with_a_variable_for_each_secret() {
    let curl = secrets().to_curl(&base()).unwrap();
    let (start, _) = curl.split_once("--").unwrap();
    let boundary = &curl[curl.find("boundary=").unwrap() + 9..][..32];
    let curl = curl.replace(boundary, "B");
    let expected = concat!(
        r#"{ printf -- '--B\r\nContent-Disposition: form-data; name="note"\r\n\r\nit'\''s 100%%\n\\\r\n"#,
        r#"--B\r\nContent-Disposition: form-data; name="key"\r\n\r\n%s\r\n"#,
        r#"--B\r\nContent-Disposition: form-data; name="login"\r\nContent-Type: application/json\r\n\r\n"#,
        r#"{"user":"ada","pin":%s}\r\n"#,
        r#"--B\r\nContent-Disposition: form-data; name="pem"; filename="key.pem"\r\n"#,
        "Content-Type: application/x-x509-ca-cert\\r\\n\\r\\n%s\\r\\n",
        r#"--B\r\nContent-Disposition: form-data; name="binary"\r\n"#,
        "Content-Type: application/octet-stream\\r\\n\\r\\n\\377%%\\000\\r\\n--B--\\r\\n'",
        r#" "$KEY" "$PIN" "$PEM"; } | curl -X POST 'https://api.example.com/' \
  -H 'accept: */*' \
  -H 'content-type: multipart/form-data; boundary=B' \
  --data-binary @-"#,
    );
    assert_eq!(curl, expected, "{start}");
}

#[test]
fn an_error_of_a_secret_part_does_not_repeat_the_value() {
    #[derive(ApiRequest)]
    #[api(method = POST, path = "/")]
    struct Request<T> {
        #[api(part(secret))]
        value: T,
    }
    let error = http(&Request {
        value: Failing("s3cret-canary"),
    })
    .unwrap_err();
    assert!(error.contains("it is a secret"), "{error}");
}

#[test]
fn control_characters_and_invalid_types_of_a_part_are_errors() {
    for name in ["a\0b", "a\tb", "a\u{1b}", "\u{7f}", "a\u{85}"] {
        let escaped = name.escape_debug().to_string();
        let error = plain(Part::text("x").filename(name)).unwrap_err();
        assert!(
            error.starts_with("value: has a filename with"),
            "{escaped}: {error}"
        );
        assert!(!error.contains(|c: char| c.is_control()), "{error:?}");
    }
    for content_type in [
        "\u{e9}/\u{e9}",
        "a/b c",
        "a/b; c=\"d",
        "a/b\r\nX: y",
        "text",
    ] {
        let part = Part::text("x").content_type(content_type);
        refused(plain(part), "has an invalid content type");
    }
    let part = Part::text("x").content_type("text/plain; charset=\"utf-8\"");
    assert_eq!(plain(part).unwrap().len(), 1);
}

#[test]
fn a_boundary_is_not_put_behind_an_open_quote() {
    #[derive(ApiRequest)]
    #[api(method = POST, path = "/")]
    struct Request {
        #[api(header = "Content-Type")]
        value: &'static str,
        #[api(part)]
        part: u8,
    }
    let request = |value| http(&Request { value, part: 1 });
    refused(
        request("multipart/related; type=\"text/xml"),
        "does not fit parts",
    );
    refused(request("multipart/"), "does not fit parts");
    let sent = request("multipart/related; type=\"text/xml\"").unwrap();
    let sent = sent.headers()["content-type"].to_str().unwrap();
    assert!(sent.starts_with("multipart/related; type=\"text/xml\"; boundary="));
}
