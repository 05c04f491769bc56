use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = GET, path = "/keys/%2e%2E/models")]
struct Request;

fn main() {}
