use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = GET, path = "/")]
#[api(method = POST)]
struct Request;

fn main() {}
