use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = GET, path = "/{a{b}}")]
struct Request;

fn main() {}
