use api_request::{ApiRequest, Nullable};

#[derive(ApiRequest)]
#[api(method = GET, path = "/", fields = query)]
struct Request {
    #[api(flag)]
    acl: Option<String>,
    #[api(flag)]
    all: Nullable<bool>,
}

fn main() {}
