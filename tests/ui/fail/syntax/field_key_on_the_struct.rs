use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = GET, path = "/", cookie = "session")]
struct Request;

fn main() {}
