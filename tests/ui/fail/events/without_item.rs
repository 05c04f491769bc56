use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = GET, path = "/", events(done = "[DONE]"))]
struct Request;

fn main() {}
