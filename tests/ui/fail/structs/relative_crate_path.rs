use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = GET, path = "/", crate = api_request)]
struct Request;

fn main() {}
