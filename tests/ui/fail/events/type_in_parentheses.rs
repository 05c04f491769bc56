use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = GET, path = "/", events(Vec<u8>, done = "[DONE]"))]
struct Request;

fn main() {}
