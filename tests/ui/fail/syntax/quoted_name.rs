use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = GET, path = "/", auth = "api-key")]
struct Request;

#[derive(ApiRequest)]
#[api(method = GET, path = "/", auth = "management")]
struct Other;

#[derive(ApiRequest)]
#[api(method = GET, path = "/", auth = _)]
struct Third;

fn main() {}
