//! `response(with = F)` yields what the format makes.
use api_request::{ApiRequest, BoxError, ResponseFormat};

struct Length;

impl ResponseFormat for Length {
    type Output = usize;
    fn decode(response: http::Response<bytes::Bytes>) -> Result<usize, BoxError> {
        Ok(response.body().len())
    }
}

#[derive(ApiRequest)]
#[api(method = GET, path = "/", response(with = Length))]
struct Request;

fn main() {
    let _ = |response: <Request as ApiRequest>::Response| -> usize { response };
}
