use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api]
struct Request;

fn main() {}
