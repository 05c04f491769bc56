//! What the tables of the wire tests share: a request as data.

use api_request::{ApiRequest, BaseUrl, Body};
use http::Request;

pub const BASE: &str = "https://api.example.com";

pub fn base() -> BaseUrl {
    BASE.parse().unwrap()
}

/// The request, or the guilty field and the message.
pub fn http<R: ApiRequest>(request: &R) -> Result<Request<Body>, String> {
    request
        .to_http(&base())
        .map_err(|error| format!("{}: {}", error.field().unwrap_or("-"), error.reason()))
}

/// Path and query.
pub fn target<R: ApiRequest>(request: &R) -> Result<String, String> {
    Ok(http(request)?.uri().path_and_query().unwrap().to_string())
}

/// One header's value, `None` if it is absent.
pub fn header<R: ApiRequest>(request: &R, name: &str) -> Result<Option<String>, String> {
    let request = http(request)?;
    let values: Vec<_> = request.headers().get_all(name).into_iter().collect();
    assert!(values.len() <= 1, "`{name}` is there twice");
    Ok(values
        .first()
        .map(|value| String::from_utf8(value.as_bytes().to_vec()).unwrap()))
}

/// The body as text and its content type; `None` without either.
pub fn body<R: ApiRequest>(request: &R) -> Result<Option<(String, String)>, String> {
    let request = http(request)?;
    let bytes = request.body().as_bytes().unwrap();
    let Some(content_type) = request.headers().get("content-type") else {
        assert!(bytes.is_empty(), "a body without a content type");
        return Ok(None);
    };
    let text = String::from_utf8(bytes.to_vec()).unwrap();
    Ok(Some((content_type.to_str().unwrap().to_owned(), text)))
}

/// Asserts that `result` is an error of field `value` whose message contains `words`.
#[track_caller]
pub fn refused<T: std::fmt::Debug>(result: Result<T, String>, words: &str) {
    let error = result.expect_err("it was accepted");
    assert!(error.starts_with("value: "), "another field: {error}");
    assert!(error.contains(words), "expected `{words}` in: {error}");
}
