use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = GET, path = "/", response(text = String))]
struct Request;

fn main() {}
