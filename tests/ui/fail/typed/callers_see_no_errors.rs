//! The type implements the trait beside the error, so using it causes no second error.
use api_request::{ApiRequest, ApiResponse};

#[derive(ApiResponse)]
enum Started<T> {
    Done(T),
}

#[derive(ApiRequest)]
#[api(method = GET, path = "/", response = Started<u8>)]
struct Request;

fn main() {
    let Ok(Started::Done(done)) = Request::decode(http::Response::new("".into())) else { return };
    let _: u8 = done;
}
