use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = GET, path = "/", header("X-Beta" = "1", "x-beta" = "2"))]
struct Request;

fn main() {}
