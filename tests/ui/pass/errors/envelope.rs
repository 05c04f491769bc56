//! An error inside a 2xx answer, by any name.
use api_request::{ApiError, ApiRequest};

#[derive(ApiError)]
#[api(envelope = "größe \"/\"")]
enum Failure {
    #[api(other)]
    Other,
}

#[derive(ApiRequest)]
#[api(method = GET, path = "/", error = Failure)]
struct Request;

fn main() {
    let answer = http::Response::new(r#"{"größe \"/\"": 1}"#.into());
    assert!(matches!(Request::decode(answer).unwrap_err().api(), Some(Failure::Other)));
}
