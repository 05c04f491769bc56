use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(path = "/")]
struct Request;

fn main() {}
