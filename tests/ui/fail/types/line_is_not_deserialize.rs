use api_request::ApiRequest;

struct NoDeserialize;

#[derive(ApiRequest)]
#[api(method = GET, path = "/", response(lines = NoDeserialize))]
struct Request;

fn main() {}
