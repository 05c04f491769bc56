use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = GET, path = "/", response(text, bytes))]
struct Request;

fn main() {}
