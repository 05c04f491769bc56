use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = GET, path = "/", auth = always)]
struct Request;

#[derive(ApiRequest)]
#[api(method = GET, path = "/", auth = false)]
struct Other;

fn main() {}
