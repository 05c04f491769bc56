use api_request::{ApiRequest, BodyFormat, BoxError, FromHttp};
use bytes::Bytes;

struct Csv;

impl BodyFormat<u8> for Csv {
    const CONTENT_TYPE: &'static str = "text/csv";

    fn encode(value: &u8) -> Result<Bytes, BoxError> {
        Ok(value.to_string().into())
    }
}

#[derive(ApiRequest, FromHttp)]
#[api(method = PUT, path = "/rows")]
struct Request {
    #[api(body(with = Csv))]
    rows: u8,
}

fn main() {}
