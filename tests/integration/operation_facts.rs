//! What `OPERATION` says of the body, events, credentials, idempotency and pages of a declaration.

use std::{borrow::Cow, collections::BTreeMap};

use api_request::{
    ApiRequest, Auth, Body, BoxError, EventRequest, Location, Next, Operation, Page, PageStyle,
    Paginate, Part, ResponseFormat, Secret,
};
use bytes::Bytes;
use serde::{Deserialize, Serialize};

type MaybeText = Option<String>;

#[test]
fn the_field_of_a_whole_body_is_described() {
    macro_rules! whole {
        ($body:tt, $ty:ty) => {{
            #[derive(ApiRequest)]
            #[api(method = POST, path = "/")]
            struct Whole {
                #[api $body]
                r#type: $ty,
            }
            facts(Whole::OPERATION)
        }};
    }
    fn facts(operation: &'static Operation) -> (&'static str, Option<&'static str>, bool, bool) {
        let content = operation.content().unwrap();
        assert!(content.members().next().is_none());
        assert_eq!(operation.content_type(), Some(content.media_type()));
        (
            content.media_type(),
            content.field(),
            content.required(),
            content.secret(),
        )
    }
    let field = Some("type");
    let json = "application/json";
    let text = "text/plain; charset=utf-8";
    let form = "application/x-www-form-urlencoded";
    let binary = "application/octet-stream";
    let cases = [
        (whole!((body), u8), (json, field, true, false)),
        (whole!((body), Option<u8>), (json, field, false, false)),
        (
            whole!((body), Cow<'static, str>),
            (json, field, true, false),
        ),
        (
            whole!((body = text), MaybeText),
            (text, field, false, false),
        ),
        (
            whole!((body = text), Secret<String>),
            (text, field, true, true),
        ),
        (
            whole!((body = text), Option<Secret<String>>),
            (text, field, false, true),
        ),
        (
            whole!((body(text, secret)), String),
            (text, field, true, true),
        ),
        (
            whole!((body(text, content_type = "text/csv")), String),
            ("text/csv", field, true, false),
        ),
        (
            whole!((body = form), BTreeMap<u8, u8>),
            (form, field, true, false),
        ),
        (whole!((body = bytes), Bytes), (binary, field, true, false)),
        (whole!((body = stream), Body), (binary, field, true, false)),
    ];
    for (actual, expected) in cases {
        assert_eq!(actual, expected);
    }
}

/// Name, field, doc, required, secret.
type Member = (&'static str, &'static str, &'static str, bool, bool);

fn members(operation: &'static Operation) -> Vec<Member> {
    let content = operation.content().unwrap();
    assert!(content.required() && !content.secret());
    assert_eq!(content.field(), None);
    let members = content.members();
    members
        .map(|member| {
            assert_eq!(member.location(), Location::Body);
            (
                member.name(),
                member.field(),
                member.doc(),
                member.required(),
                member.secret(),
            )
        })
        .collect()
}

fn flattened(operation: &'static Operation) -> Vec<(&'static str, Location)> {
    let fields = operation.flattened();
    fields
        .map(|param| (param.field(), param.location()))
        .collect()
}

#[derive(Serialize)]
struct More {
    more: u8,
}

#[test]
fn json_members_are_listed_in_order_without_flattened_ones() {
    #[derive(ApiRequest)]
    #[api(method = POST, path = "/{id}", fields = json, rename_all = "camelCase")]
    struct Request {
        id: u8,
        /// Which.
        key_name: String,
        #[serde(rename = "a\"b")]
        r#type: Option<u8>,
        #[serde(flatten)]
        more: More,
        #[serde(skip_serializing_if = "Vec::is_empty")]
        tags: Vec<u8>,
        #[api(json(null))]
        expires: Option<u8>,
        password: Option<Secret<String>>,
        #[serde(skip)]
        _unsent: u8,
    }
    let expected = [
        ("keyName", "key_name", "Which.", true, false),
        ("a\"b", "type", "", false, false),
        ("tags", "tags", "", false, false),
        ("expires", "expires", "", true, false),
        ("password", "password", "", false, true),
    ];
    assert_eq!(members(Request::OPERATION), expected);
    assert_eq!(flattened(Request::OPERATION), [("more", Location::Body)]);
    assert_eq!(Request::OPERATION.params().count(), 1);

    // What is not listed is sent all the same, in its place.
    let request = Request {
        id: 1,
        key_name: "k".into(),
        r#type: None,
        more: More { more: 2 },
        tags: Vec::new(),
        expires: None,
        password: None,
        _unsent: 0,
    };
    let http = request.to_http(&crate::wire::base()).unwrap();
    assert_eq!(
        http.body().as_bytes().unwrap(),
        r#"{"keyName":"k","more":2,"expires":null}"#
    );
}

#[test]
fn form_members_are_listed_like_json_members() {
    #[derive(ApiRequest)]
    #[api(method = POST, path = "/", fields = form)]
    struct Form(
        #[api(form = "grant type")] &'static str,
        #[api(query(flatten))] BTreeMap<u8, u8>,
        #[api(form(flatten))] BTreeMap<u8, u8>,
        #[api(form = "code")] Option<Secret<String>>,
    );
    let expected = [
        ("grant type", "0", "", true, false),
        ("code", "3", "", false, true),
    ];
    assert_eq!(members(Form::OPERATION), expected);
    assert_eq!(
        flattened(Form::OPERATION),
        [("1", Location::Query), ("2", Location::Body)]
    );
    assert!(Form::OPERATION.params().next().is_none());
}

#[test]
fn parts_are_listed_like_json_members() {
    #[derive(ApiRequest)]
    #[api(method = POST, path = "/", fields = part)]
    struct Upload {
        purpose: String,
        file: Option<Part>,
    }
    let expected = [
        ("purpose", "purpose", "", true, false),
        ("file", "file", "", false, false),
    ];
    assert_eq!(members(Upload::OPERATION), expected);
    let content = Upload::OPERATION.content().unwrap();
    assert_eq!(content.media_type(), "multipart/form-data");
}

#[derive(ApiRequest)]
#[api(method = GET, path = "/")]
struct Bare;

#[test]
fn what_is_not_declared_is_none() {
    let operation = Bare::OPERATION;
    assert!(operation.content().is_none());
    assert!(operation.events().is_none());
    assert!(operation.pagination().is_none());
    assert_eq!(operation.flattened().count(), 0);
    assert_eq!(operation.idempotency_key(), None);
    assert_eq!(operation.auth(), Auth::Optional);
}

#[test]
fn the_flag_and_the_sentinel_of_events_are_known() {
    #[derive(ApiRequest)]
    #[api(method = POST, path = "/", events(item = u8, flag = "stream", done = "[DONE]"))]
    struct Both(#[api(json = "n")] u8);
    #[derive(ApiRequest)]
    #[api(method = GET, path = "/", events = u8)]
    struct Neither;
    fn facts<R: EventRequest>() -> (Option<&'static str>, Option<&'static str>) {
        let events = R::OPERATION.events().unwrap();
        (events.flag(), events.done())
    }
    assert_eq!(facts::<Both>(), (Some("stream"), Some("[DONE]")));
    assert_eq!(facts::<Neither>(), (None, None));
}

#[test]
fn what_becomes_of_credentials_is_known() {
    macro_rules! auth {
        ($auth:ident) => {{
            #[derive(ApiRequest)]
            #[api(method = GET, path = "/", auth = $auth)]
            struct Request;
            Request::OPERATION.auth()
        }};
    }
    assert_eq!(auth!(optional), Auth::Optional);
    assert_eq!(auth!(required), Auth::Required);
    assert_eq!(auth!(none), Auth::None);
}

#[test]
fn a_request_is_idempotent_by_its_method_or_by_declaration() {
    macro_rules! idempotency {
        ($method:tt $($options:tt)*) => {{
            #[derive(ApiRequest)]
            #[api(method = $method, path = "/" $($options)*)]
            struct Request;
            let operation = Request::OPERATION;
            (operation.is_idempotent(), operation.idempotency_key())
        }};
    }
    assert_eq!(idempotency!(GET), (true, None));
    assert_eq!(idempotency!(HEAD), (true, None));
    assert_eq!(idempotency!(OPTIONS), (true, None));
    assert_eq!(idempotency!(TRACE), (true, None));
    assert_eq!(idempotency!(PUT), (true, None));
    assert_eq!(idempotency!(DELETE), (true, None));
    assert_eq!(idempotency!(POST), (false, None));
    assert_eq!(idempotency!(PATCH), (false, None));
    assert_eq!(idempotency!(QUERY), (true, None));
    assert_eq!(idempotency!("QUERY"), (true, None));
    assert_eq!(idempotency!("PURGE"), (false, None));
    assert_eq!(idempotency!(POST, idempotent), (true, None));
    assert_eq!(
        idempotency!(POST, idempotency_key = "X-Key"),
        (true, Some("x-key"))
    );
}

#[derive(Deserialize)]
struct Things {
    data: Vec<u8>,
    meta: Meta,
}

#[derive(Deserialize)]
struct Meta {
    r#type: Option<String>,
}

/// Style, field, limit, next, items.
type Pages = (
    PageStyle,
    Option<&'static str>,
    Option<&'static str>,
    Option<&'static str>,
    Option<&'static str>,
);

#[test]
fn pagination_is_described_as_declared() {
    #[derive(Clone, ApiRequest)]
    #[api(method = GET, path = "/", response = (Vec<u8>, String))]
    #[api(paginate(cursor = 0, next = 1, items = 0, item = u8))]
    struct Tuple(#[api(query = "after")] Option<String>);

    macro_rules! pages {
        ($($paginate:tt)*) => {{
            #[derive(Clone, ApiRequest)]
            #[api(method = GET, path = "/", response = Things, fields = query)]
            #[api(paginate($($paginate)*))]
            struct Request {
                r#in: Option<u32>,
                size: u32,
                after: Option<String>,
            }
            facts(Request::OPERATION)
        }};
    }
    fn facts(operation: &'static Operation) -> Pages {
        let pagination = operation.pagination().unwrap();
        (
            pagination.style(),
            pagination.field(),
            pagination.limit(),
            pagination.next(),
            pagination.items(),
        )
    }
    let items = Some("data");
    let cases = [
        (
            pages!(offset = r#in, items = data, item = u8),
            (PageStyle::Offset, Some("in"), None, None, items),
        ),
        (
            pages!(offset = r#in, limit = size, items = data, item = u8),
            (PageStyle::Offset, Some("in"), Some("size"), None, items),
        ),
        (
            pages!(page = size, items = data, item = u8),
            (PageStyle::Page, Some("size"), None, None, items),
        ),
        (
            pages!(cursor = after, next = meta.r#type, items = data, item = u8),
            (
                PageStyle::Cursor,
                Some("after"),
                None,
                Some("meta.type"),
                items,
            ),
        ),
        (
            pages!(link, items = data, item = u8),
            (PageStyle::Link, None, None, None, items),
        ),
        (
            pages!(next_url = meta.r#type),
            (PageStyle::NextUrl, None, None, Some("meta.type"), None),
        ),
    ];
    for (actual, expected) in cases {
        assert_eq!(actual, expected);
    }
    assert_eq!(
        facts(Tuple::OPERATION),
        (PageStyle::Cursor, Some("0"), None, Some("1"), Some("0"))
    );
}

#[test]
fn a_handwritten_paginate_states_nothing() {
    #[derive(Clone, ApiRequest)]
    #[api(method = GET, path = "/")]
    struct ByHand;
    impl Paginate for ByHand {
        fn next_page(&self, _: &Page<'_, ()>) -> Result<Next<Self>, BoxError> {
            Ok(Next::End)
        }
    }
    assert!(ByHand::OPERATION.pagination().is_none());
}

#[test]
fn the_media_type_of_the_response_is_what_accept_says() {
    struct Csv;
    impl ResponseFormat for Csv {
        type Output = String;
        const ACCEPT: &'static str = "text/csv";
        fn decode(_: http::Response<Bytes>) -> Result<String, BoxError> {
            Ok(String::new())
        }
    }
    macro_rules! accept {
        ($($response:tt)*) => {{
            #[derive(ApiRequest)]
            #[api(method = GET, path = "/", $($response)*)]
            struct Request;
            let http = Request.to_http(&crate::wire::base()).unwrap();
            assert_eq!(http.headers()["accept"], Request::ACCEPT);
            Request::ACCEPT
        }};
    }
    assert_eq!(accept!(response = u8), "application/json");
    assert_eq!(accept!(response(text)), "text/plain");
    assert_eq!(accept!(response(with = Csv)), "text/csv");
    assert_eq!(accept!(response(bytes)), "*/*");
    assert_eq!(accept!(response(stream)), "*/*");
    assert_eq!(accept!(), "*/*");
}
