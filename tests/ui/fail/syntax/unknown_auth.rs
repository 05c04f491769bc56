use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = GET, path = "/", auth = require)]
struct Request;

#[derive(ApiRequest)]
#[api(method = GET, path = "/", auth = None)]
struct Other;

fn main() {}
