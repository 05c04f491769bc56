use api_request::ApiRequest;

struct NoSerialize;

#[derive(ApiRequest)]
#[api(method = GET, path = "/")]
struct Request {
    #[api(query)]
    a: NoSerialize,
}

fn main() {}
