//! Responses and errors.

use api_request::{ApiError, ApiRequest, ApiResponse, Error, ErrorBody, Phase};
use bytes::Bytes;
use http::Response;
use serde::Deserialize;

use crate::Outcome;

// ANCHOR: response
/// Gets a key, if it is another than the one that is known.
#[derive(ApiRequest)]
#[api(method = GET, path = "/keys/{hash}", response = Found, error = Failure)]
struct GetKey {
    hash: String,
    #[api(header = "If-None-Match")]
    known: Option<String>,
}

#[derive(Debug, PartialEq, ApiResponse)]
enum Found {
    #[api(status = 200)]
    Key {
        #[api(header = "ETag")]
        etag: Option<String>,
        #[api(body)]
        key: Key,
    },
    #[api(status = 304)]
    NotModified,
    #[api(status = 404, status = 410)]
    Nothing,
}

#[derive(Debug, PartialEq, Deserialize)]
struct Key {
    label: String,
}
// ANCHOR_END: response

// ANCHOR: error
#[derive(Debug, ApiError)]
enum Failure {
    #[api(status = 400, status = 422)]
    Invalid(Problem),
    #[api(status = 429)]
    SlowDown,
    #[api(other)]
    Other(ErrorBody),
}

#[derive(Debug, Deserialize)]
struct Problem {
    field: String,
}
// ANCHOR_END: error

// ANCHOR: advice
/// Says what a person can do about a failed call.
fn advice(error: &Error<Failure>) -> String {
    match error.api() {
        Some(Failure::Invalid(problem)) => return format!("correct `{}`", problem.field),
        Some(Failure::SlowDown) => {
            let delay = error.retry_after().unwrap_or_default();
            return format!("wait for {delay:?}");
        }
        Some(Failure::Other(_)) | None => {}
    }
    match error.phase() {
        Phase::NotSent => format!("correct the request: {error}"),
        Phase::MaybeSent => "look whether it has happened before you send it again".to_owned(),
        _ => format!("tell the API's support: {error}"),
    }
}
// ANCHOR_END: advice

fn response(status: u16, body: &'static str) -> Response<Bytes> {
    let response = Response::builder().status(status).header("etag", "\"v1\"");
    response.body(body.into()).expect("a valid response")
}

// ANCHOR: decode
#[test]
fn the_status_selects_the_variant() -> Outcome {
    let key = GetKey::decode(response(200, r#"{"label": "ci"}"#))?;
    let expected = Found::Key {
        etag: Some("\"v1\"".to_owned()),
        key: Key {
            label: "ci".to_owned(),
        },
    };
    assert_eq!(key, expected);
    assert_eq!(GetKey::decode(response(304, ""))?, Found::NotModified);
    assert_eq!(GetKey::decode(response(410, "<html>"))?, Found::Nothing);

    let error = GetKey::decode(response(422, r#"{"field": "hash", "message": "too long"}"#));
    let error = error.unwrap_err();
    assert_eq!(advice(&error), "correct `hash`");
    assert_eq!(
        error.to_string(),
        "`GetKey`: 422 Unprocessable Entity: too long"
    );
    Ok(())
}
// ANCHOR_END: decode

#[test]
fn what_is_not_declared_is_told_apart() {
    let advice_on = |status, body| advice(&GetKey::decode(response(status, body)).unwrap_err());
    assert_eq!(advice_on(429, ""), "wait for 0ns");
    assert!(advice_on(500, "").starts_with("tell the API's support"));
    // A body that is not the declared type is a decode error, which names the path.
    let error = GetKey::decode(response(200, r#"{"label": 7}"#)).unwrap_err();
    assert!(error.is_decode());
    assert!(error.to_string().contains("label: invalid type"), "{error}");
}

#[test]
fn a_request_that_cannot_be_encoded_was_not_sent() {
    let request = GetKey {
        hash: "..".to_owned(),
        known: None,
    };
    let base = "https://api.example.com".parse().expect("a valid URL");
    let error: Error<Failure> = request.to_http(&base).unwrap_err().into();
    assert!(advice(&error).starts_with("correct the request"));
}
