use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = GET, path = "/", events(item = u8, only = message, ignore = ["a", 1]))]
struct Request;

fn main() {}
