use api_request::{ApiRequest, FromHttp};

#[derive(ApiRequest, FromHttp)]
#[api(method = GET, path = "/{from}/to/{to}")]
struct Request {
    #[api(path(segments))]
    from: String,
    #[api(path(segments))]
    to: String,
}

fn main() {}
