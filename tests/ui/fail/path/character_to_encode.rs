use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = GET, path = r"/a key/é")]
struct Request;

fn main() {}
