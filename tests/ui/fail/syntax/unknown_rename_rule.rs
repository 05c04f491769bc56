use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = GET, path = "/", rename_all = "camelcase")]
struct Request;

fn main() {}
