use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = GET, path = "/", query())]
struct Request;

fn main() {}
