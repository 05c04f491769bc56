use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = GET, path = concat!("/", "keys"))]
struct Request;

fn main() {}
