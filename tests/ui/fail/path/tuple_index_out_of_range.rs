use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = GET, path = "/{1}")]
struct Request(#[api(path)] u8);

fn main() {}
