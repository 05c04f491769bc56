use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = GET, path = "/keys#top")]
struct Request;

fn main() {}
