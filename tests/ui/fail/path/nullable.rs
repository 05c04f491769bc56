use api_request::{ApiRequest, Nullable};

#[derive(ApiRequest)]
#[api(method = GET, path = "/keys/{id}")]
struct Request {
    id: Nullable<String>,
}

fn main() {}
