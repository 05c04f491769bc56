use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = GET, path = "/", auth = 1)]
struct Request;

fn main() {}
