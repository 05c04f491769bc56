use api_request::ApiRequest;

struct NoDeserialize;

#[derive(ApiRequest)]
#[api(method = GET, path = "/", events(item = NoDeserialize, done = "[DONE]"))]
struct Request;

fn main() {}
