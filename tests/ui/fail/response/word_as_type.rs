use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = GET, path = "/", response = text)]
struct Request;

fn main() {}
