use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method, path = "/")]
struct Request;

fn main() {}
