//! What is refused, and how a server says so.

use api_request::{ApiRequest, FromHttp, Location, Refusal, Secret};
use bytes::Bytes;
use http::{Method, Request};
use serde::Deserialize;

#[derive(Debug, serde::Serialize, Deserialize)]
struct Inner {
    a: u8,
}

#[derive(Debug, ApiRequest, FromHttp)]
#[api(method = POST, path = "/a/{id}/{file}.json", fields = json)]
struct Post {
    id: u8,
    file: String,
    #[api(query)]
    limit: Option<u8>,
    #[api(query(flag))]
    flag: bool,
    #[api(query(style = deep))]
    deep: Option<Inner>,
    #[api(header = "X-Number")]
    header: Option<i32>,
    #[api(cookie)]
    session: Option<Secret<u8>>,
    member: u8,
    inner: Option<Inner>,
    #[api(secret)]
    password: Option<u8>,
}

const TARGET: &str = "/a/1/b.json";
const BODY: &str = r#"{"member":1}"#;

fn read(target: &str, headers: &[(&str, &str)], body: &str) -> Result<Post, Refusal> {
    let mut request = Request::post(target).header("content-type", "application/json");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    Post::from_http(request.body(Bytes::from(body.to_owned())).unwrap())
}

/// The status, the field and the text of a refusal.
type Expected = (u16, Option<&'static str>, Option<Location>, &'static str);

#[track_caller]
fn check(read: Result<Post, Refusal>, expected: Expected) {
    let refusal = read.expect_err("it was read");
    let (status, text) = (refusal.status().as_u16(), refusal.to_string());
    let got = (status, refusal.field(), refusal.location(), &*text);
    assert_eq!(got, expected);
    assert!(text.ends_with(refusal.reason()));
}

#[test]
#[expect(clippy::too_many_lines, reason = "it is a table")]
fn targets() {
    use Location::{Path, Query};
    let path = |text| (400, Some("id"), Some(Path), text);
    let query = |field, text| (400, Some(field), Some(Query), text);
    let other = (404, None, None, "the path is not one of the API");
    let table: [(&str, Expected); 18] = [
        ("/a/1", other),
        ("/a/1/b.json/", other),
        ("/a/1/b.xml", other),
        ("/A/1/b.json", other),
        (
            "/a/x/b.json",
            path("the path parameter `id` is not an integer, or not one that is allowed here"),
        ),
        (
            "/a/256/b.json",
            path("the path parameter `id` is too large"),
        ),
        ("/a//b.json", path("the path parameter `id` is empty")),
        (
            "/a/../b.json",
            path(
                "the path parameter `id` makes a path segment `.` or `..`, which names another resource",
            ),
        ),
        (
            "/a/%2E%2e/b.json",
            path(
                "the path parameter `id` makes a path segment `.` or `..`, which names another resource",
            ),
        ),
        (
            "/a/1/.json",
            (
                400,
                Some("file"),
                Some(Path),
                "the path parameter `file` is empty",
            ),
        ),
        (
            "/a/1/%ff.json",
            (
                400,
                Some("file"),
                Some(Path),
                "the path parameter `file` is not UTF-8",
            ),
        ),
        (
            "/a/1/%zz.json",
            (
                400,
                Some("file"),
                Some(Path),
                "the path parameter `file` is not percent-encoded: `%` is followed by two hexadecimal digits",
            ),
        ),
        (
            "/a/1/b.json?limit=1&limit=1",
            query(
                "limit",
                "the query parameter `limit` has several values, but only one is declared",
            ),
        ),
        (
            "/a/1/b.json?limit=",
            query(
                "limit",
                "the query parameter `limit` is not an integer, or not one that is allowed here",
            ),
        ),
        (
            "/a/1/b.json?flag=0",
            query(
                "flag",
                "the query parameter `flag` has a value, but is declared to have none",
            ),
        ),
        (
            "/a/1/b.json?deep[a]=1&deep[a]=2",
            query(
                "deep",
                "the query parameter `deep` has several values, but only one is declared",
            ),
        ),
        (
            "/a/1/b.json?deep[a][b]=1",
            query(
                "deep",
                "the query parameter `deep` has keys, but is declared to be a single value",
            ),
        ),
        (
            "/a/1/b.json?deep=1",
            query(
                "deep",
                "the query parameter `deep` is a single value, but a struct or map is declared",
            ),
        ),
    ];
    for (target, expected) in table {
        check(read(target, &[], BODY), expected);
    }
}

#[test]
fn headers_and_cookies() {
    let header = |text| (400, Some("header"), Some(Location::Header), text);
    check(
        read(TARGET, &[("x-number", "1"), ("x-number", "1")], BODY),
        header("the header `X-Number` has several values, but only one is declared"),
    );
    check(
        read(TARGET, &[("x-number", "\u{e9}")], BODY),
        header("the header `X-Number` is not an integer, or not one that is allowed here"),
    );
    check(
        read(TARGET, &[("cookie", "session=hunter2")], BODY),
        (
            400,
            Some("session"),
            Some(Location::Cookie),
            "the cookie `session` is a secret that cannot be read",
        ),
    );
}

#[test]
fn bodies() {
    let body = |status, field, text| (status, field, Some(Location::Body), text);
    let table: [(&str, Expected); 9] = [
        (
            "{",
            body(
                400,
                None,
                "the body is not JSON: EOF while parsing an object",
            ),
        ),
        (
            "",
            body(400, None, "the body is not JSON: EOF while parsing a value"),
        ),
        (
            "{} {}",
            body(400, None, "the body is not JSON: trailing characters"),
        ),
        ("[]", body(422, None, "the body is not a JSON object")),
        (
            "{}",
            body(
                422,
                Some("member"),
                "the member of the body `member` is missing",
            ),
        ),
        (
            r#"{"member":1,"member":1}"#,
            body(
                422,
                Some("member"),
                "the member of the body `member` has several values, but only one is declared",
            ),
        ),
        (
            r#"{"member":"1"}"#,
            body(
                422,
                Some("member"),
                "the member of the body `member` does not fit the declared type: invalid type: string \"1\", expected u8",
            ),
        ),
        (
            r#"{"member":1,"inner":{"a":{}}}"#,
            body(
                422,
                Some("inner"),
                "the member of the body `inner.a` does not fit the declared type: invalid type: map, expected u8",
            ),
        ),
        (
            r#"{"member":1,"password":"hunter2"}"#,
            body(
                422,
                Some("password"),
                "the member of the body `password` is a secret that cannot be read",
            ),
        ),
    ];
    for (text, expected) in table {
        check(read(TARGET, &[], text), expected);
    }
}

#[test]
fn what_is_not_declared_is_ignored() {
    let body = r#"{"other":[1],"member":1}"#;
    let headers = [("x-other", "1"), ("cookie", "a=b; c; =d")];
    let target = "http://example.com/a/1/b.json?other&x=%zz&deep.a=1";
    let post = read(target, &headers, body).unwrap();
    assert_eq!((post.id, &*post.file, post.member), (1, "b", 1));
    assert_eq!((post.limit, post.flag, post.header), (None, false, None));
    assert!(post.deep.is_none() && post.inner.is_none());
    assert!(post.session.is_none() && post.password.is_none());
}

#[test]
fn another_method_or_media_type() {
    let request = |method: Method, media_type: Option<&str>| {
        let mut request = Request::builder().method(method).uri(TARGET);
        if let Some(media_type) = media_type {
            request = request.header("content-type", media_type);
        }
        Post::from_http(request.body(Bytes::from(BODY)).unwrap())
    };
    for media_type in [
        "application/json",
        "Application/JSON; charset=utf-8",
        "application/x+json",
    ] {
        assert!(
            request(Method::POST, Some(media_type)).is_ok(),
            "{media_type}"
        );
    }
    for media_type in [None, Some("text/json"), Some("")] {
        let refusal = request(Method::POST, media_type).unwrap_err();
        assert_eq!(refusal.status(), 415, "{media_type:?}");
    }
    let response = request(Method::PUT, None).unwrap_err().into_response();
    assert_eq!(response.status(), 405);
    assert_eq!(response.headers()["allow"], "POST");
}

#[test]
fn a_refusal_is_a_problem() {
    let refusal = read("/a/1/b.json?limit=x", &[], BODY).unwrap_err();
    let response = refusal.into_response();
    assert_eq!(response.status(), 400);
    assert_eq!(
        response.headers()["content-type"],
        "application/problem+json"
    );
    let body: serde_json::Value =
        serde_json::from_slice(response.body().as_bytes().unwrap()).unwrap();
    let expected = serde_json::json!({
        "type": "about:blank",
        "title": "Bad Request",
        "status": 400,
        "detail": "the query parameter `limit` is not an integer, or not one that is allowed here",
        "in": "query",
        "name": "limit",
    });
    assert_eq!(body, expected);
}

#[derive(Debug, ApiRequest, FromHttp)]
#[api(method = GET, path = "/{a}-{b}/{rest}")]
struct Paths {
    a: String,
    b: String,
    #[api(path(segments))]
    rest: String,
}

#[test]
fn paths_that_can_be_read_in_two_ways() {
    let table = [
        ("/x-y/r/s", Ok(("x", "y", "r/s"))),
        ("/x%2Dz-y/r", Ok(("x-z", "y", "r"))),
        (
            "/x-z-y/r",
            Err(
                "the path parameter `a` has a text that separates it from another value of the segment",
            ),
        ),
        (
            "/x-y/r%2Fs",
            Err("the path parameter `rest` has a `/` in a segment"),
        ),
        (
            "/x-y/r//s",
            Err("the path parameter `rest` has an empty segment"),
        ),
        (
            "/x-y/r/../s",
            Err(
                "the path parameter `rest` makes a path segment `.` or `..`, which names another resource",
            ),
        ),
        ("/x-y/", Err("the path parameter `rest` is empty")),
        ("/xy/r", Err("the path is not one of the API")),
    ];
    for (path, expected) in table {
        let read = Paths::from_http(Request::get(path).body(Bytes::new()).unwrap());
        let read = read.map_err(|refusal| refusal.to_string());
        let read = read.as_ref().map(|it| (&*it.a, &*it.b, &*it.rest));
        assert_eq!(read.map_err(String::as_str), expected, "{path}");
    }
}

#[test]
fn head_is_read_as_get() {
    let request = Request::head("/a-b/c").body(Bytes::new()).unwrap();
    assert!(Paths::from_http(request).is_ok());
}
