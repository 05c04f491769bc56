use api_request::ApiRequest;

struct NoSerialize;

#[derive(ApiRequest)]
#[api(method = POST, path = "/")]
struct Request {
    #[api(body = lines)]
    a: Vec<NoSerialize>,
}

fn main() {}
