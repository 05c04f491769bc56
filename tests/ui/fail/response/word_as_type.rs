use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = GET, path = "/", response = text)]
struct Request;

#[derive(ApiRequest)]
#[api(method = GET, path = "/", response = lines)]
struct WithType;

fn main() {}
