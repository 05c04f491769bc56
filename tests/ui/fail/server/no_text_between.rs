use api_request::{ApiRequest, FromHttp};

#[derive(ApiRequest, FromHttp)]
#[api(method = GET, path = "/{year}{month}")]
struct Request {
    year: u16,
    month: u8,
}

fn main() {}
