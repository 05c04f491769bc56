use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = GET, path = "/", response(lines))]
struct Request;

fn main() {}
