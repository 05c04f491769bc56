//! Which value of a derived response type a status chooses, and what its fields hold.

use api_request::{ApiRequest, ApiResponse, Error, Secret};
use bytes::Bytes;
use http::{Response, StatusCode};
use serde::Deserialize;

#[derive(Debug, PartialEq, Deserialize)]
struct Video {
    url: String,
}

#[derive(Debug, PartialEq, Deserialize)]
struct Job {
    id: u32,
}

#[derive(Debug, PartialEq, ApiResponse)]
enum Started {
    #[api(status = 200)]
    Done(Video),
    #[api(status = 202)]
    Queued {
        #[api(header = "Location")]
        at: String,
        #[api(header = "Retry-After")]
        after: Option<u32>,
        #[api(body)]
        job: Job,
    },
    #[api(status = 304)]
    NotModified,
}

#[derive(Debug, PartialEq, Deserialize)]
struct Key {
    name: String,
}

#[derive(Debug, PartialEq, ApiResponse)]
struct Listed {
    #[api(header = "ETag")]
    etag: Option<String>,
    #[api(header = "X-Total-Count")]
    total: u64,
    #[api(status)]
    status: StatusCode,
    #[api(body)]
    items: Vec<Key>,
}

/// Each kind of status, and of variant.
#[derive(Debug, PartialEq, ApiResponse)]
enum Any {
    #[api(other)]
    Other {
        #[api(status)]
        code: u16,
        #[api(body = text)]
        text: String,
    },
    #[api(status = "2xx")]
    Done(Option<Key>),
    #[api(status = 204, status = 205)]
    Nothing,
    #[api(status = 404, status = "3xx")]
    Gone { key: Key },
    #[api(status = 206)]
    Part(
        #[api(header = "Content-Range")] String,
        #[api(body = bytes)] Bytes,
    ),
    #[api(status = 201)]
    Listed(Listed),
    #[api(status = 203)]
    Started(Started),
    #[api(status = 410)]
    Empty {},
}

/// Of one value without a name, and of members.
#[derive(Debug, PartialEq, ApiResponse)]
#[api(fields = json)]
enum Fielded {
    #[api(status = 200)]
    Value(Vec<u8>),
    #[api(status = 201)]
    Member { name: u8 },
}

/// A struct says its statuses, too.
#[derive(Debug, PartialEq, ApiResponse)]
#[api(status = 200, status = 404, status = "5xx", fields = json)]
struct Found {
    name: Option<String>,
}

#[derive(Debug, PartialEq, ApiResponse)]
#[api(other)]
struct Whatever(#[api(status)] u16);

/// What its field is.
#[derive(Debug, PartialEq, ApiResponse)]
struct Wrapped(Started);

#[derive(Debug, PartialEq, ApiResponse)]
#[api(status = 204)]
struct Deleted;

/// Of another type in each use.
#[derive(Debug, PartialEq, ApiResponse)]
enum Cached<T, const N: usize> {
    #[api(status = 200)]
    Fresh {
        #[api(header)]
        etag: String,
        #[api(body)]
        value: [T; N],
    },
    #[api(status = 304)]
    Same,
    #[api(status = 203)]
    Value(T),
}

macro_rules! requests {
    ($($name:ident: $response:ty;)*) => {$(
        #[derive(ApiRequest)]
        #[api(method = GET, path = "/", response = $response)]
        struct $name;
    )*};
}

requests! {
    Start: Started;
    List: Listed;
    GetAny: Any;
    GetFielded: Fielded;
    Find: Found;
    GetWhatever: Whatever;
    GetWrapped: Wrapped;
    Delete: Deleted;
    GetCached: Cached<u8, 2>;
}

/// `202 Retry-After:5 etag:x {"id":7}`: a status, headers, the body.
fn received(text: &str) -> Response<Bytes> {
    let (status, mut rest) = text.split_once(' ').unwrap_or((text, ""));
    let mut response = Response::builder().status(status);
    while let Some((header, after)) = rest.split_once(' ').filter(|(it, _)| !it.starts_with('{')) {
        let Some((name, value)) = header.split_once(':') else {
            break;
        };
        response = response.header(name, value);
        rest = after;
    }
    response
        .body(Bytes::copy_from_slice(rest.as_bytes()))
        .unwrap()
}

fn decode<R: ApiRequest>(text: &str) -> Result<R::Response, Error<R::Error>> {
    R::decode(received(text))
}

/// The value, as `Debug` has it.
fn shown<R: ApiRequest<Response: std::fmt::Debug>>(text: &str) -> String {
    match decode::<R>(text) {
        Ok(value) => format!("{value:?}"),
        Err(error) => panic!("{text}: {error}"),
    }
}

fn refused<R: ApiRequest<Response: std::fmt::Debug>>(text: &str) -> String {
    match decode::<R>(text) {
        Ok(value) => panic!("{text}: {value:?}"),
        Err(error) => error.to_string(),
    }
}

#[test]
fn the_status_chooses_the_variant() {
    for (text, value) in [
        ("200 {\"url\":\"u\"}", "Done(Video { url: \"u\" })"),
        (
            "202 location:/jobs/7 retry-after:5 {\"id\":7}",
            "Queued { at: \"/jobs/7\", after: Some(5), job: Job { id: 7 } }",
        ),
        (
            "202 location:/jobs/7 {\"id\":7}",
            "Queued { at: \"/jobs/7\", after: None, job: Job { id: 7 } }",
        ),
        ("304", "NotModified"),
    ] {
        assert_eq!(shown::<Start>(text), value, "{text}");
        assert_eq!(
            shown::<GetWrapped>(text),
            format!("Wrapped({value})"),
            "{text}"
        );
    }
}

#[test]
fn an_exact_status_beats_a_class_and_a_class_the_rest() {
    for (text, value) in [
        ("200 {\"name\":\"n\"}", "Done(Some(Key { name: \"n\" }))"),
        ("200", "Done(None)"),
        ("204", "Nothing"),
        ("205 ignored", "Nothing"),
        ("404 {\"name\":\"n\"}", "Gone { key: Key { name: \"n\" } }"),
        ("302 {\"name\":\"n\"}", "Gone { key: Key { name: \"n\" } }"),
        ("206 content-range:0-1/3 ab", "Part(\"0-1/3\", b\"ab\")"),
        ("410 <html>", "Empty"),
        (
            "201 x-total-count:3 []",
            "Listed(Listed { etag: None, total: 3, status: 201, items: [] })",
        ),
        ("203 {\"url\":\"u\"}", ""),
        ("500 down", "Other { code: 500, text: \"down\" }"),
        ("402 pay", "Other { code: 402, text: \"pay\" }"),
        ("499", "Other { code: 499, text: \"\" }"),
    ] {
        if value.is_empty() {
            // The inner type does not declare the status.
            assert!(refused::<GetAny>(text).contains("203"), "{text}");
        } else {
            assert_eq!(shown::<GetAny>(text), value, "{text}");
        }
    }
}

#[test]
fn a_value_without_a_name_is_no_member() {
    for (text, value) in [
        ("200 [1]", "Value([1])"),
        ("201 {\"name\":2}", "Member { name: 2 }"),
    ] {
        assert_eq!(shown::<GetFielded>(text), value, "{text}");
    }
}

#[test]
fn a_struct_has_headers_status_and_body() {
    let value = decode::<List>("206 etag:\"v1\" x-total-count:40 [{\"name\":\"a\"}]").unwrap();
    let expected = Listed {
        etag: Some("\"v1\"".to_owned()),
        total: 40,
        status: StatusCode::PARTIAL_CONTENT,
        items: vec![Key {
            name: "a".to_owned(),
        }],
    };
    assert_eq!(value, expected);
}

#[test]
fn a_struct_is_any_2xx_unless_it_says_its_statuses() {
    for (text, value) in [
        ("200 {\"name\":\"n\"}", "Found { name: Some(\"n\") }"),
        ("404 {}", "Found { name: None }"),
        ("503 {\"name\":null}", "Found { name: None }"),
    ] {
        assert_eq!(shown::<Find>(text), value, "{text}");
    }
    for status in [200, 302, 404, 599] {
        let value = shown::<GetWhatever>(&status.to_string());
        assert_eq!(value, format!("Whatever({status})"));
    }
    assert_eq!(shown::<Delete>("204"), "Deleted");
    for text in ["304", "400 {}", "404 x-total-count:1 []"] {
        let error = decode::<List>(text).unwrap_err();
        assert!(error.is_status(), "{text}: {error}");
    }
    assert!(decode::<Find>("400 {}").unwrap_err().is_status());
    assert!(decode::<Start>("404 {}").unwrap_err().is_status());
}

#[test]
fn what_cannot_be_decoded_is_named() {
    for (error, words) in [
        (refused::<Start>("202 {\"id\":7}"), "`location`"),
        (
            refused::<Start>("202 location:/ retry-after:soon {\"id\":7}"),
            "`retry-after`",
        ),
        (refused::<Start>("202 location:/ {\"id\":\"x\"}"), "id"),
        (refused::<Start>("201 {}"), "201"),
        (refused::<List>("200 []"), "`x-total-count`"),
        (
            refused::<List>("200 x-total-count:-1 []"),
            "`x-total-count`",
        ),
        (refused::<List>("200 x-total-count:1 [{}]"), "[0]"),
        (refused::<Find>("200 {\"name\":1}"), "name"),
        (refused::<Find>("200 []"), "expected a map"),
    ] {
        assert!(error.contains(words), "{error}");
    }
    let error = decode::<Start>("202 {\"id\":7}").unwrap_err();
    assert!(error.is_decode(), "{error}");
    assert_eq!(error.status(), Some(StatusCode::ACCEPTED));
    assert_eq!(error.body().unwrap(), "{\"id\":7}");
}

#[test]
fn a_type_has_parameters() {
    for (text, value) in [
        ("200 etag:a [1,2]", "Fresh { etag: \"a\", value: [1, 2] }"),
        ("304", "Same"),
        ("203 7", "Value(7)"),
    ] {
        assert_eq!(shown::<GetCached>(text), value, "{text}");
    }
}

#[test]
fn what_is_asked_for_is_what_the_variants_have() {
    #[derive(Debug, ApiResponse)]
    #[allow(dead_code, reason = "only what is asked for matters")]
    enum Json {
        #[api(status = 200)]
        A(#[api(body)] u8),
        #[api(status = 202, fields = json)]
        B { id: u8 },
        #[api(status = 204)]
        C,
        #[api(status = 203)]
        D(Listed),
    }
    #[derive(Debug, ApiResponse)]
    struct Text(#[api(body = text)] Secret<String>);
    #[derive(Debug, ApiResponse)]
    #[allow(dead_code, reason = "only what is asked for matters")]
    enum Mixed {
        #[api(status = 200)]
        A(u8),
        #[api(status = 406)]
        B(Text),
    }
    requests! { GetJson: Json; GetText: Text; GetMixed: Mixed; }

    let accept = |http: http::Request<api_request::Body>| http.headers()["accept"].clone();
    let base = "https://example.com".parse().unwrap();
    for (accepted, expected) in [
        (accept(GetJson.to_http(&base).unwrap()), "application/json"),
        (accept(List.to_http(&base).unwrap()), "application/json"),
        (accept(GetText.to_http(&base).unwrap()), "text/plain"),
        (accept(GetMixed.to_http(&base).unwrap()), "*/*"),
        (accept(Delete.to_http(&base).unwrap()), "*/*"),
    ] {
        assert_eq!(accepted, expected);
    }
    assert_eq!(decode::<GetText>("200 t").unwrap().0.expose(), "t");
    let Mixed::B(Text(text)) = decode::<GetMixed>("406 no").unwrap() else {
        panic!("another variant");
    };
    assert_eq!(text.expose(), "no");
}
