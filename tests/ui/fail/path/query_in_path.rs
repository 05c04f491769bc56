use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = GET, path = "/keys?limit=1")]
struct Request;

fn main() {}
