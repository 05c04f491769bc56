use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = GET, path = "/100%")]
struct Request;

fn main() {}
