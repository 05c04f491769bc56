use api_request::ApiRequest;

struct NoSerialize;

#[derive(ApiRequest)]
#[api(method = GET, path = "/")]
struct Request {
    #[api(header(flatten))]
    a: NoSerialize,
}

fn main() {}
