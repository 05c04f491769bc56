use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = GET, path = "/", events(item = u8, only = []))]
struct Request;

fn main() {}
