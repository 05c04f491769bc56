use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = GET, path = "/", respones = u8)]
struct Request;

fn main() {}
