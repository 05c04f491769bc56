use api_request::{ApiRequest, FromHttp};

#[derive(serde::Serialize)]
struct Id(u64);

#[derive(ApiRequest, FromHttp)]
#[api(method = GET, path = "/")]
struct Request {
    #[api(query)]
    id: Id,
}

fn main() {}
