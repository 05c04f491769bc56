use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = GET, path = "/", header("X-Beta" = " 1", "X-Name" = "é"))]
struct Request;

fn main() {}
