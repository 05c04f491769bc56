use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = POTS, path = "/")]
struct Request;

fn main() {}
