use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = GET, path = "keys")]
struct Request;

fn main() {}
