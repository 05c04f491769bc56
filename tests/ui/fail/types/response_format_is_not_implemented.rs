use api_request::ApiRequest;

struct NoFormat;

#[derive(ApiRequest)]
#[api(method = GET, path = "/", response(with = NoFormat))]
struct Request;

fn main() {}
