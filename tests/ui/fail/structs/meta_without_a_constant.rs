use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = GET, path = "/", meta, auth = none)]
#[api(meta(3), meta = fn, meta = )]
struct Request;

fn main() {}
