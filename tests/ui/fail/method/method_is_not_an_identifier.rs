use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = 1, path = "/")]
struct Request;

fn main() {}
