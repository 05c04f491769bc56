#[derive(api_request::ApiRequest)]
#[api(method = GET, path = "/", envelope = "error")]
struct Request;

fn main() {}
