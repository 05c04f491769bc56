use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = GET, path = "/", response(json))]
struct Request;

fn main() {}
