//! Errors of calls whose API has other error types.

use api_request::{ApiRequest, Client, Error, ErrorBody};
use http::Response;
use serde::Deserialize;

#[derive(ApiRequest)]
#[api(method = GET, path = "/key", error = Problem)]
struct GetKey;

#[derive(Debug, Deserialize)]
struct Problem {
    code: u32,
}

fn failure(status: u16, body: &'static str) -> Error<Problem> {
    let response = Response::builder()
        .status(status)
        .header("request-id", "r-1");
    GetKey::decode(response.body(body.into()).unwrap()).unwrap_err()
}

#[test]
fn another_error_type_keeps_the_rest_of_the_error() {
    let text = "`GetKey`: 404 Not Found: no such key";
    let body = r#"{"code": 17, "message": "no such key"}"#;
    let mapped: Error<u32> = failure(404, body).map_api(|problem| problem.code);
    assert_eq!(
        (mapped.api(), mapped.to_string().as_str()),
        (Some(&17), text)
    );
    let erased: Error<ErrorBody> = failure(404, body).erase();
    assert_eq!(erased.to_string(), text);
    assert_eq!(erased.api().unwrap().bytes(), body);
    for (status, id) in [
        (mapped.status(), mapped.request_id()),
        (erased.status(), erased.request_id()),
    ] {
        assert_eq!((status.unwrap().as_u16(), id), (404, Some("r-1")));
    }
    assert!(erased.is_status() && mapped.is_status());
}

#[test]
fn an_error_without_a_response_of_the_api_has_no_api_error_afterwards() {
    let client = Client::new("https://api.example.com/v1").unwrap();
    let error = || client.call(&GetKey).header("a b", "c").build().unwrap_err();
    assert!(error().map_api(|_| unreachable!() as u32).api().is_none());
    let erased = error().erase();
    assert!(erased.api().is_none());
    assert_eq!(erased.to_string(), error().to_string());
}
