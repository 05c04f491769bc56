//! Parts, read from the bodies that the encoder writes.

use std::fmt::Debug;

use api_request::{ApiRequest, FromHttp, Nullable, Part};
use bytes::Bytes;
use serde::{Deserialize, Serialize};

use crate::{
    from_http::{back, round},
    wire::base,
};

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Meta {
    title: Option<String>,
    pages: Vec<u8>,
}

fn meta() -> Meta {
    Meta {
        title: Some("a\r\n\"--".to_owned()),
        pages: vec![1, 2],
    }
}

#[derive(Debug, PartialEq, ApiRequest, FromHttp)]
#[api(method = POST, path = "/x", fields = part)]
struct Values {
    text: String,
    number: Option<u64>,
    none: Option<String>,
    nullable: Nullable<u8>,
    list: Vec<String>,
    #[api(name = "files[{n}]")]
    numbered: Vec<String>,
    bytes: Bytes,
    #[api(content_type = "application/json")]
    json: Meta,
    #[api(content_type = "application/json")]
    jsons: Vec<Option<Meta>>,
    #[api(content_type = "application/json")]
    json_text: Option<String>,
    #[api(name = "a\"b")]
    quoted: u8,
}

#[test]
fn values() {
    let values = || Values {
        text: "a\r\n--b\u{e9}\r\n".to_owned(),
        number: Some(7),
        none: None,
        nullable: Nullable::Absent,
        list: vec!["a".to_owned(), String::new()],
        numbered: (0..12).map(|n| format!("{n}")).collect(),
        bytes: Bytes::from_static(b"\xff\0\r\n\r\n"),
        json: meta(),
        jsons: vec![Some(meta()), None],
        json_text: Some("\"".to_owned()),
        quoted: 1,
    };
    round(&values());
    round(&Values {
        number: None,
        nullable: Nullable::Value(3),
        list: vec![],
        numbered: vec![],
        jsons: vec![],
        json_text: None,
        ..values()
    });
}

#[derive(Debug, ApiRequest, FromHttp)]
#[api(method = POST, path = "/x", fields = part)]
struct Files {
    one: Part,
    optional: Option<Part>,
    list: Vec<Part>,
    #[api(filename = "a.png")]
    named: Part,
}

#[test]
fn parts_are_read_with_their_heads() {
    let files = Files {
        one: Part::bytes("x")
            .filename("a\"\r\nb.txt")
            .content_type("text/x; a=b")
            .header("X-A", "1"),
        optional: Some(Part::text("t")),
        list: vec![Part::bytes(""), Part::text("\r\n")],
        named: Part::bytes("n"),
    };
    let written = |files: &Files| {
        let request = files.to_http(&base()).unwrap();
        let content_type = request.headers()["content-type"].to_str().unwrap();
        let boundary = content_type.split_once("boundary=").unwrap().1.to_owned();
        let body = request.body().as_bytes().unwrap().to_vec();
        String::from_utf8(body).unwrap().replace(&boundary, "b")
    };
    let read = back(&files);
    assert_eq!(written(&read), written(&files));
    assert_eq!(read.one.get_filename(), Some("a\"\r\nb.txt"));
    assert_eq!(read.one.get_content_type(), Some("text/x; a=b"));
    assert_eq!(read.one.content().as_bytes().unwrap(), "x");
}
