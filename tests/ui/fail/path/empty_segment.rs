use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = GET, path = "/keys//models")]
struct Request;

fn main() {}
