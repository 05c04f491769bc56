use api_request::{ApiRequest, BodyFormat, BoxError};

struct NoFormat;

#[derive(ApiRequest)]
#[api(method = POST, path = "/")]
struct Request {
    #[api(body(with = NoFormat))]
    a: Option<u8>,
}

struct OfText;

impl BodyFormat<str> for OfText {
    const CONTENT_TYPE: &'static str = "text/plain";

    fn encode(_: &str) -> Result<bytes::Bytes, BoxError> {
        Ok(bytes::Bytes::new())
    }
}

#[derive(ApiRequest)]
#[api(method = POST, path = "/")]
struct OfAnotherType {
    #[api(body(with = OfText))]
    a: u8,
}

fn main() {}
