use api_request::ApiRequest;

struct NoSerialize;

#[derive(ApiRequest)]
#[api(method = GET, path = "/")]
struct Request {
    #[api(header)]
    a: Option<NoSerialize>,
}

fn main() {}
