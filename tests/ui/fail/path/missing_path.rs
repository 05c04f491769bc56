use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = GET)]
struct Request;

fn main() {}
