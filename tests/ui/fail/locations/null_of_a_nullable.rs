use api_request::{ApiRequest, Nullable};

#[derive(ApiRequest)]
#[api(method = POST, path = "/")]
struct Request {
    #[api(json(null))]
    limit: Nullable<u32>,
}

fn main() {}
