use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = GET, path = "/", response(Vec<u8>))]
struct Request;

fn main() {}
