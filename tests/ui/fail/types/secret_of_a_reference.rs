use api_request::{ApiRequest, Secret};

#[derive(ApiRequest)]
#[api(method = GET, path = "/")]
struct Request {
    #[api(query)]
    key: Secret<&'static str>,
}

fn main() {}
