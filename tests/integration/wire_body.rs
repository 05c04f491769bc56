//! Bodies: whole ones of each kind, and those made of members.

use std::{borrow::Cow, collections::BTreeMap};

use api_request::{ApiRequest, Body, Secret};
use bytes::Bytes;
use http::Request;
use serde::Serialize;

use crate::{
    values::{COLORS, Failing, RGB, Shown, map},
    wire::{body, http, refused},
};

const JSON: &str = "application/json";
const FORM: &str = "application/x-www-form-urlencoded";

macro_rules! bodies {
    ($($name:ident: [$($bound:tt)*] $options:tt,)*) => {
        $(
            fn $name<T: $($bound)*>(value: T) -> Result<Option<(String, String)>, String> {
                #[derive(ApiRequest)]
                #[api(method = POST, path = "/")]
                struct Whole<T> {
                    #[api $options]
                    value: T,
                }
                body(&Whole { value })
            }
        )*
    };
}

bodies! {
    json: [Serialize] (body),
    form: [Serialize] (body = form),
    text: [Serialize] (body = text),
    csv: [Serialize] (body(text, content_type = "text/csv")),
}

#[expect(clippy::unnecessary_wraps, reason = "it is compared with results")]
pub(crate) fn some(content_type: &str, text: &str) -> Result<Option<(String, String)>, String> {
    Ok(Some((content_type.to_owned(), text.to_owned())))
}

#[test]
fn a_whole_json_body_is_what_serde_json_writes() {
    assert_eq!(json(RGB), some(JSON, r#"{"R":100,"G":200,"B":150}"#));
    assert_eq!(json(COLORS), some(JSON, r#"["blue","black","brown"]"#));
    assert_eq!(json("a\"b"), some(JSON, r#""a\"b""#));
    assert_eq!(json(f64::NAN), some(JSON, "null"));
    assert_eq!(json(1.0), some(JSON, "1.0"));
    assert_eq!(json(Some(1)), some(JSON, "1"));
}

#[test]
fn a_whole_body_that_is_none_is_no_body() {
    assert_eq!(json(None::<u8>), Ok(None));
    assert_eq!(form(None::<BTreeMap<u8, u8>>), Ok(None));
    assert_eq!(text(None::<&str>), Ok(None));
    assert_eq!(json(Some(None::<u8>)), some(JSON, "null"));
    assert_eq!(json(serde_json::Value::Null), some(JSON, "null"));
    assert_eq!(json(()), some(JSON, "null"));
}

#[test]
fn a_whole_form_body_is_urlencoded() {
    assert_eq!(form(RGB), some(FORM, "R=100&G=200&B=150"));
    assert_eq!(
        form(map([("a b", "c d+e~*")])),
        some(FORM, "a+b=c+d%2Be%7E*")
    );
    assert_eq!(form(map([("k", ["x", "y"])])), some(FORM, "k=x&k=y"));
    assert_eq!(form(map([("k", None::<u8>)])), some(FORM, ""));
    refused(form("text"), "which have the names");
}

#[test]
fn a_text_body_is_a_scalar_as_it_is() {
    let plain = "text/plain; charset=utf-8";
    assert_eq!(text("a b\r\n\u{e9}"), some(plain, "a b\r\n\u{e9}"));
    assert_eq!(text(1.0), some(plain, "1"));
    assert_eq!(text(Cow::Borrowed("")), some(plain, ""));
    assert_eq!(text(Shown("a/b")), some(plain, "a/b"));
    assert_eq!(csv("a,b"), some("text/csv", "a,b"));
    refused(text(COLORS), "is a list");
    refused(text(RGB), "is a struct or map");
}

#[test]
fn bytes_are_sent_as_they_are() {
    #[derive(ApiRequest)]
    #[api(method = PUT, path = "/")]
    struct Upload<'a> {
        #[api(body = bytes)]
        value: &'a [u8],
    }
    #[derive(ApiRequest)]
    #[api(method = PUT, path = "/")]
    struct Shared {
        #[api(body(bytes, content_type = "image/png"))]
        value: Option<Bytes>,
    }
    let octets = "application/octet-stream";
    assert_eq!(body(&Upload { value: b"\x01" }), some(octets, "\u{1}"));
    assert_eq!(body(&Shared { value: None }), Ok(None));
    let value = Bytes::from(b"not copied".to_vec());
    let request = http(&Shared {
        value: Some(value.clone()),
    })
    .unwrap();
    assert_eq!(request.headers()["content-type"], "image/png");
    assert_eq!(request.body().as_bytes().unwrap().as_ptr(), value.as_ptr());
}

#[test]
fn a_stream_goes_out_once_or_again() {
    #[derive(ApiRequest)]
    #[api(method = PUT, path = "/")]
    struct Upload {
        #[api(body = stream)]
        value: Body,
    }
    async fn read(request: Request<Body>) -> Result<Bytes, String> {
        use http_body_util::BodyExt;
        let body = request.into_body().collect().await;
        body.map(http_body_util::Collected::to_bytes)
            .map_err(|error| error.to_string())
    }
    fn parts() -> impl futures_util::Stream<Item = Result<Bytes, std::io::Error>> + Send {
        futures_util::stream::iter([Ok("a".into()), Ok("b".into())])
    }

    let run = tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap();
    let again = Upload {
        value: Body::stream(parts),
    };
    let once = Upload {
        value: Body::once(parts()),
    };
    for request in [&again, &once, &again] {
        let request = http(request).unwrap();
        assert_eq!(
            request.headers()["content-type"],
            "application/octet-stream"
        );
        assert_eq!(run.block_on(read(request)), Ok("ab".into()));
    }
    let error = run.block_on(read(http(&once).unwrap())).unwrap_err();
    assert!(error.contains("only once"), "{error}");
}

#[test]
fn json_members_make_one_object() {
    #[derive(ApiRequest)]
    #[api(method = POST, path = "/{id}", fields = json, rename_all = "camelCase")]
    struct Members<'a, T> {
        id: u8,
        #[api(header)]
        x_trace: u8,
        first_name: &'a str,
        absent: Option<T>,
        #[api(json(null))]
        cleared: Option<u8>,
        #[api(json = "q\"uoted")]
        quoted: u8,
        #[expect(clippy::option_option, reason = "`Some(None)` is `null`")]
        some_none: Option<Option<u8>>,
        #[api(secret)]
        token: Secret<String>,
    }
    let request = Members {
        id: 1,
        x_trace: 2,
        first_name: "A",
        absent: None::<Vec<u8>>,
        cleared: None,
        quoted: 3,
        some_none: Some(None),
        token: "t".into(),
    };
    let written = r#"{"firstName":"A","cleared":null,"q\"uoted":3,"someNone":null,"token":"t"}"#;
    assert_eq!(body(&request), some(JSON, written));
}

#[test]
fn a_body_of_absent_members_is_there_and_empty() {
    #[derive(ApiRequest)]
    #[api(method = POST, path = "/", fields = json)]
    struct Json {
        a: Option<u8>,
    }
    #[derive(ApiRequest)]
    #[api(method = POST, path = "/", fields = form)]
    struct Form {
        a: Option<u8>,
        b: Vec<u8>,
    }
    assert_eq!(body(&Json { a: None }), some(JSON, "{}"));
    assert_eq!(body(&Form { a: None, b: vec![] }), some(FORM, ""));
}

#[test]
fn absence_is_seen_through_aliases_boxes_and_generics() {
    type Alias = Option<u8>;
    #[derive(ApiRequest)]
    #[api(method = POST, path = "/", fields = json)]
    struct Request<T> {
        alias: Alias,
        boxed: Box<Option<u8>>,
        generic: T,
    }
    let request = Request {
        alias: None,
        boxed: Box::new(None),
        generic: None::<u8>,
    };
    assert_eq!(body(&request), some(JSON, "{}"));
}

mod cents {
    use serde::{Serializer, ser::Error};

    #[expect(
        clippy::ref_option,
        reason = "serde gives `with` a reference to the field"
    )]
    pub fn serialize<S: Serializer>(euros: &Option<f64>, serializer: S) -> Result<S::Ok, S::Error> {
        match euros {
            Some(euros) if *euros < 0.0 => Err(S::Error::custom("a negative amount")),
            Some(euros) => serializer.serialize_str(&format!("{:.0} ct", euros * 100.0)),
            None => serializer.serialize_none(),
        }
    }
}

fn is_zero<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

macro_rules! serde_attributes {
    ($name:ident, $kind:ident) => {
        #[derive(ApiRequest)]
        #[api(method = POST, path = "/", fields = $kind)]
        struct $name {
            #[serde(rename = "n a")]
            renamed: u8,
            #[serde(rename(serialize = "out", deserialize = "in"))]
            both: u8,
            #[serde(with = "cents")]
            with: Option<f64>,
            #[serde(
                serialize_with = "cents::serialize",
                skip_serializing_if = "Option::is_none"
            )]
            value: Option<f64>,
            #[serde(default, skip_serializing_if = "is_zero")]
            zero: u8,
            #[serde(flatten)]
            rest: BTreeMap<&'static str, u8>,
            #[serde(skip)]
            _skipped: u8,
        }

        impl $name {
            fn new(with: Option<f64>, value: Option<f64>, zero: u8, rest: &[&'static str]) -> Self {
                let rest = rest.iter().map(|key| (*key, 1)).collect();
                Self {
                    renamed: 1,
                    both: 2,
                    with,
                    value,
                    zero,
                    rest,
                    _skipped: 0,
                }
            }
        }
    };
}

serde_attributes!(JsonSerde, json);
serde_attributes!(FormSerde, form);

#[test]
fn serde_attributes_on_json_members_hold() {
    let request = JsonSerde::new(Some(1.5), Some(2.0), 3, &["x", "y"]);
    let written = r#"{"n a":1,"out":2,"with":"150 ct","value":"200 ct","zero":3,"x":1,"y":1}"#;
    assert_eq!(body(&request), some(JSON, written));
    let request = JsonSerde::new(None, None, 0, &[]);
    assert_eq!(body(&request), some(JSON, r#"{"n a":1,"out":2}"#));
    let request = JsonSerde::new(None, Some(-1.0), 0, &[]);
    refused(body(&request), "a negative amount");
    let error = body(&JsonSerde::new(None, None, 0, &["out"])).unwrap_err();
    assert_eq!(
        error,
        "rest: brings `out`, which the request declares itself"
    );
}

#[test]
fn serde_attributes_on_form_members_hold() {
    let request = FormSerde::new(Some(1.5), Some(2.0), 3, &["x", "y"]);
    let written = "n+a=1&out=2&with=150+ct&value=200+ct&zero=3&x=1&y=1";
    assert_eq!(body(&request), some(FORM, written));
    let request = FormSerde::new(None, None, 0, &[]);
    assert_eq!(body(&request), some(FORM, "n+a=1&out=2"));
    let request = FormSerde::new(None, Some(-1.0), 0, &[]);
    refused(body(&request), "a negative amount");
    let request = FormSerde::new(None, None, 0, &["out"]);
    assert!(body(&request).unwrap_err().starts_with("rest: "));
}

#[test]
fn form_members_take_the_styles_of_a_query() {
    #[derive(ApiRequest)]
    #[api(method = POST, path = "/")]
    struct Form {
        #[api(form)]
        plain: [&'static str; 2],
        #[api(form(explode = false))]
        joined: [&'static str; 2],
        #[api(form(style = space))]
        space: [&'static str; 2],
        #[api(form(style = pipe))]
        pipe: [&'static str; 2],
        #[api(form(style = brackets))]
        brackets: [&'static str; 2],
        #[api(form(style = deep))]
        deep: BTreeMap<&'static str, u8>,
        #[api(form(flatten))]
        flat: BTreeMap<&'static str, u8>,
    }
    let list = ["a b", "c"];
    let request = Form {
        plain: list,
        joined: list,
        space: ["a", "b"],
        pipe: list,
        brackets: list,
        deep: map([("k", 1)]),
        flat: map([("l", 2)]),
    };
    let written = "plain=a+b&plain=c&joined=a+b,c&space=a+b&pipe=a+b%7Cc\
                   &brackets%5B%5D=a+b&brackets%5B%5D=c&deep%5Bk%5D=1&l=2";
    assert_eq!(body(&request), some(FORM, written));
}

#[test]
fn a_json_body_that_cannot_be_serialized_names_the_field() {
    #[derive(ApiRequest)]
    #[api(method = POST, path = "/", fields = json)]
    struct Members<T> {
        fine: u8,
        value: T,
    }
    refused(json(Failing("why")), "why");
    refused(
        body(&Members {
            fine: 1,
            value: Failing("why"),
        }),
        "why",
    );
    refused(json(BTreeMap::from([([1], 1)])), "key must be a string");
}

#[test]
fn nothing_undeclared_is_in_the_request() {
    #[derive(ApiRequest)]
    #[api(method = GET, path = "/a", response = u8)]
    struct Bare {
        #[api(query)]
        q: Option<u8>,
        #[api(header)]
        h: Option<u8>,
        #[api(cookie)]
        c: Option<u8>,
        #[api(skip)]
        _note: u8,
    }
    let request = http(&Bare {
        q: None,
        h: None,
        c: None,
        _note: 1,
    })
    .unwrap();
    assert_eq!(request.uri(), "https://api.example.com/a");
    assert_eq!(request.headers().len(), 1);
    assert_eq!(request.headers()["accept"], "application/json");
    assert_eq!(request.body().as_bytes().unwrap(), "");
}

#[test]
fn flattened_raw_json_is_valid_with_any_white_space() {
    use serde_json::value::RawValue;

    #[derive(ApiRequest)]
    #[api(method = POST, path = "/", fields = json)]
    struct Members {
        first: Option<u8>,
        #[serde(flatten)]
        value: Box<RawValue>,
        last: u8,
    }
    let table = [
        ("{ }", None, r#"{"last":1}"#),
        ("{ }", Some(0), r#"{"first":0,"last":1}"#),
        (" {\n} ", Some(0), r#"{"first":0,"last":1}"#),
        ("{ \"k\": 2 }", None, r#"{"k": 2,"last":1}"#),
        (
            "\n{\"k\":\t{ } }\n",
            Some(0),
            "{\"first\":0,\"k\":\t{ },\"last\":1}",
        ),
    ];
    for (raw, first, written) in table {
        let request = Members {
            first,
            value: RawValue::from_string(raw.to_owned()).unwrap(),
            last: 1,
        };
        assert_eq!(body(&request), some(JSON, written));
    }
    for raw in ["[ ]", "1", "{ \"last\": 2 }", "{\"k\":1,\"k\":2}"] {
        let request = Members {
            first: None,
            value: RawValue::from_string(raw.to_owned()).unwrap(),
            last: 1,
        };
        refused(body(&request), "");
    }
}
