use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = GET, path = "/", header = "X-Beta")]
struct Request;

fn main() {}
