use api_request::{ApiRequest, FromHttp};

#[derive(ApiRequest, FromHttp)]
#[api(method = GET)]
struct Request {
    #[api(url)]
    next: String,
}

fn main() {}
