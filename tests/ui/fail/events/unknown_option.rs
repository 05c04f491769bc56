use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = GET, path = "/", events(itm = u8, sentinel = "[DONE]"))]
struct Request;

fn main() {}
