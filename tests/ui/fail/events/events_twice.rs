use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = GET, path = "/", events = u8, events(item = u8))]
struct Request;

fn main() {}
