use api_request::ApiRequest;

struct NoSerialize;

#[derive(ApiRequest)]
#[api(method = POST, path = "/")]
struct Request {
    #[api(body = form)]
    a: NoSerialize,
}

fn main() {}
