use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = GET, path = "/", auth = "required")]
struct Request;

fn main() {}
