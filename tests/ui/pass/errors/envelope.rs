//! An error inside a 2xx answer, by any name and condition, and the path to its message.
use api_request::{ApiError, ApiRequest};

#[derive(ApiError)]
#[api(envelope = "größe \"/\"")]
enum Failure {
    #[api(other)]
    Other,
}

#[derive(ApiError)]
#[api(envelope(unless = "größe"), message = r#type["größe \"/\""][65535].r#fn)]
enum Unless {
    #[api(other)]
    Other,
}

#[derive(ApiError)]
#[api(message = [0].text, envelope("a" != ""))]
enum Text {
    #[api(other)]
    Other(u8),
}

#[derive(ApiError)]
#[api(envelope("code" != -2_147_483_648,), message = error,)]
enum Number {
    #[api(other)]
    Other,
}

#[derive(ApiRequest)]
#[api(method = GET, path = "/", error(with = Number,))]
struct WithFormat;

#[derive(ApiRequest)]
#[api(method = GET, path = "/", error = Failure)]
struct Request;

fn main() {
    let answer = http::Response::new(r#"{"code": 1}"#.into());
    assert!(matches!(WithFormat::decode(answer).unwrap_err().api(), Some(Number::Other)));
    let answer = http::Response::new(r#"{"größe \"/\"": 1}"#.into());
    assert!(matches!(Request::decode(answer).unwrap_err().api(), Some(Failure::Other)));
}
