use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = GET, path = "/", response =)]
struct Request;

fn main() {}
