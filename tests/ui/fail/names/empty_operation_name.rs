use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = GET, path = "/", name = "")]
struct Request;

fn main() {}
