use api_request::{ApiRequest, FromHttp};
use bytes::Bytes;

#[derive(ApiRequest, FromHttp)]
#[api(method = GET, path = "keys/{id}", fields = query)]
struct Request {
    id: u8,
    limit: u8,
}

fn main() {
    let request = http::Request::new(Bytes::new());
    let _ = Request::from_http(request);
}
