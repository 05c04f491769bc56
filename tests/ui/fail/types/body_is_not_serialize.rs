use api_request::ApiRequest;

struct NoSerialize;

#[derive(ApiRequest)]
#[api(method = POST, path = "/")]
struct Request {
    #[api(body)]
    a: NoSerialize,
}

fn main() {}
