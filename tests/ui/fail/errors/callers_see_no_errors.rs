//! The type implements the trait beside the error, so using it causes no second error.
use api_request::{ApiError, ApiRequest};

#[derive(ApiError)]
enum Failure<T> {
    Other(T),
}

#[derive(ApiRequest)]
#[api(method = GET, path = "/", error = Failure<u8>)]
struct Request;

fn main() {
    let answer = http::Response::new("".into());
    let _ = Request::decode(answer).map_err(|error| error.api().is_some());
}
