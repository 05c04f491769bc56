//! Errors that a server writes by the declaration.

use api_request::{ApiError, ApiRequest, ErrorBody, ErrorFormat, FromHttp};
use http::{HeaderMap, StatusCode};
use serde::{Deserialize, Serialize};

use crate::respond::{header, received};

#[derive(Debug, Clone, PartialEq, ApiError)]
enum Failure {
    #[api(status = 404)]
    NotFound,
    #[api(status = 409, status = 410)]
    Gone(Problem),
    #[api(status = "4xx")]
    Refused(Problem),
    #[api(status = 500)]
    Broken(Nested5),
    #[api(other)]
    Other(Problem),
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Problem {
    message: String,
}

#[derive(Debug, Clone, PartialEq, ApiError)]
enum Nested5 {
    #[api(status = 503)]
    Busy(Problem),
    #[api(other)]
    Other(Problem),
}

/// That is `Serialize` too, for a log.
#[derive(Debug, PartialEq, Serialize, ApiError)]
enum Logged {
    #[api(status = "5xx")]
    Broken(Problem),
    #[api(other)]
    Other(Problem),
}

#[derive(Debug, ApiRequest, FromHttp)]
#[api(method = GET, path = "/", error = Failure)]
struct GetVideo;

#[derive(Debug, ApiRequest, FromHttp)]
#[api(method = GET, path = "/", error = Logged)]
struct GetLogged;

#[derive(Debug, ApiRequest, FromHttp)]
#[api(method = GET, path = "/", error = Problem)]
struct GetJsonError;

#[derive(Debug, ApiRequest, FromHttp)]
#[api(method = GET, path = "/")]
struct GetStatus;

#[test]
fn an_error_has_a_status_of_its_variant() {
    let problem = || Problem {
        message: "no".into(),
    };
    let table = [
        (Failure::NotFound, 404),
        (Failure::Gone(problem()), 409),
        (Failure::Refused(problem()), 400),
        (Failure::Broken(Nested5::Other(problem())), 500),
        (Failure::Other(problem()), 501),
    ];
    for (error, status) in table {
        let response = received(GetVideo::respond(Err(error.clone())));
        assert_eq!(response.status(), status, "{error:?}");
        let read = GetVideo::decode(response).unwrap_err();
        assert_eq!(read.api(), Some(&error));
        assert_eq!(read.status().unwrap(), status);
    }
    let response = received(GetLogged::respond(Err(Logged::Other(problem()))));
    assert_eq!(response.status(), 400);
    let error = GetLogged::decode(response).unwrap_err();
    assert_eq!(error.api(), Some(&Logged::Other(problem())));
}

#[test]
fn an_error_without_a_status_is_a_500() {
    let problem = Problem {
        message: "no".into(),
    };
    let response = received(GetJsonError::respond(Err(problem.clone())));
    assert_eq!(response.status(), 500);
    assert_eq!(
        GetJsonError::decode(response).unwrap_err().api(),
        Some(&problem)
    );

    let mut headers = HeaderMap::new();
    headers.insert("content-type", "text/html".parse().unwrap());
    let body = ErrorBody::from_response(StatusCode::NOT_FOUND, &headers, &"<p>".into());
    let response = received(GetStatus::respond(Err(body.unwrap())));
    assert_eq!(response.status(), 500);
    assert_eq!(header(&response, "content-type"), Some("text/html"));
    assert_eq!(response.body(), "<p>");
}
