use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = GET, path = "/", crate = ::Self)]
struct Request;

fn main() {}
