use api_request::ApiRequest;

#[derive(ApiRequest)]
struct Request;

fn main() {}
