use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = GET, path = "/", header("" = "1"), query("" = "1"))]
struct Request;

fn main() {}
