use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = GET, path = "/", events())]
struct Request;

fn main() {}
