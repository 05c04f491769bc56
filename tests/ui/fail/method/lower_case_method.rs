use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = get, path = "/")]
struct Request;

fn main() {}
