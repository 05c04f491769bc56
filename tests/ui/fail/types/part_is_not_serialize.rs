use api_request::ApiRequest;

struct NoSerialize;

#[derive(ApiRequest)]
#[api(method = POST, path = "/")]
struct Request {
    #[api(part)]
    a: Vec<NoSerialize>,
}

fn main() {}
