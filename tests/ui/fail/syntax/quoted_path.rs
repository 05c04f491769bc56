use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = GET, path = "/", response = "Keys", validate = "check", crate = "::api_request")]
struct Request;

fn main() {}
