use api_request::ApiRequest;

#[derive(Debug)]
struct NoDeserialize;

#[derive(ApiRequest)]
#[api(method = GET, path = "/", error = NoDeserialize)]
struct Request;

fn main() {}
