use api_request::{ApiRequest, FromHttp};

#[derive(ApiRequest, FromHttp)]
#[api(method = GET, path = "/", fields = query)]
struct Request {
    #[serde(rename(serialize = "max", deserialize = "limit"))]
    limit: u8,
}

fn main() {}
