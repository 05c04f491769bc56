//! The media type of a body, and what a request accepts.

use api_request::ApiRequest;

use crate::{
    wire::{body, header, refused},
    wire_body::some,
};

#[test]
fn a_declared_content_type_replaces_the_default() {
    #[derive(ApiRequest)]
    #[api(method = POST, path = "/", header("Content-Type" = "application/vnd.api+json"))]
    struct Constant {
        #[api(json)]
        value: u8,
    }
    #[derive(ApiRequest)]
    #[api(method = POST, path = "/")]
    struct Field {
        #[api(header)]
        content_type: Option<&'static str>,
        #[api(body = bytes)]
        value: Vec<u8>,
    }
    #[derive(ApiRequest)]
    #[api(method = POST, path = "/")]
    struct Optional {
        #[api(header)]
        content_type: &'static str,
        #[api(body = bytes)]
        value: Option<Vec<u8>>,
    }
    let content_type = |request| header(&request, "content-type").unwrap().unwrap();
    assert_eq!(
        header(&Constant { value: 1 }, "content-type"),
        Ok(Some("application/vnd.api+json".into()))
    );
    let none = Optional {
        content_type: "image/gif",
        value: None,
    };
    assert_eq!(header(&none, "content-type"), Ok(None));
    let field = |content_type| Field {
        content_type,
        value: vec![1],
    };
    assert_eq!(content_type(field(Some("image/gif"))), "image/gif");
    assert_eq!(content_type(field(None)), "application/octet-stream");
}

#[test]
fn accept_follows_from_the_response_and_yields_to_a_declared_one() {
    macro_rules! accept {
        ($($response:tt)*) => {{
            #[derive(ApiRequest)]
            #[api(method = GET, path = "/", $($response)*)]
            struct Request;
            header(&Request, "accept").unwrap().unwrap()
        }};
    }
    assert_eq!(accept!(response = u8), "application/json");
    assert_eq!(accept!(response(json = u8)), "application/json");
    assert_eq!(accept!(response(text)), "text/plain");
    assert_eq!(accept!(response(bytes)), "*/*");
    assert_eq!(accept!(response(stream)), "*/*");
    assert_eq!(accept!(response(empty)), "*/*");
    assert_eq!(
        accept!(response = u8, header("Accept" = "text/csv")),
        "text/csv"
    );
}

#[test]
fn a_content_type_of_a_field_is_a_media_type() {
    #[derive(ApiRequest)]
    #[api(method = POST, path = "/")]
    struct Request {
        #[api(header = "Content-Type")]
        value: &'static str,
        #[api(body = text)]
        body: &'static str,
    }
    let request = |value| Request { value, body: "" };
    for text in [
        "text/csv",
        "text/csv; header=\"present; x\"",
        "a/b;c=d ; e=f",
    ] {
        assert_eq!(body(&request(text)), some(text, ""));
    }
    for text in [
        "",
        "csv",
        "text/",
        "\u{e9}/\u{e9}",
        "a/b c",
        "a/b; c=\"d",
        "a/b; c",
    ] {
        refused(
            body(&request(text)),
            "is a `Content-Type` that is not a media type",
        );
    }
}
