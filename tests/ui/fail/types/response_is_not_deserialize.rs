use api_request::ApiRequest;

struct NoDeserialize;

#[derive(ApiRequest)]
#[api(method = GET, path = "/", response = NoDeserialize)]
struct Request;

fn main() {}
