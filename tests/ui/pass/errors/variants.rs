//! Each kind of variant, and each way to choose it.
use api_request::{ApiError, ApiRequest, ErrorBody, Secret};

#[derive(Debug, PartialEq, serde::Deserialize)]
struct Problem { code: u8 }

#[derive(Debug, ApiError)]
#[allow(dead_code)]
enum Failure {
    #[api(status = 400, status = 422)]
    Invalid(Problem),
    #[api(status = 401)]
    #[api(status = 403,)]
    Denied { text: Secret<String> },
    #[api(status = 404u16)]
    NotFound,
    #[api(status = r"3xx", status = 410)]
    Moved {},
    #[api(status = "5xx")]
    Broken(ErrorBody),
    #[api(other)]
    Other(Inner),
}

#[derive(Debug, ApiError)]
enum Inner {
    #[api(other)]
    Any(),
}

#[derive(ApiRequest)]
#[api(method = GET, path = "/", error = Failure)]
struct Request;

fn main() {
    let answer = http::Response::builder().status(422).body(r#"{"code": 7}"#.into()).unwrap();
    let error = Request::decode(answer).unwrap_err();
    assert!(matches!(error.api(), Some(Failure::Invalid(Problem { code: 7 }))));
}
