use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = CONNECT, path = "/")]
struct Request;

fn main() {}
