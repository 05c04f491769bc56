use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = GET, path = "/", response(txt))]
struct Request;

fn main() {}
