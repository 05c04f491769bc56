use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = POST, path = "/")]
struct Request {
    #[api(body = bytes)]
    a: u8,
}

fn main() {}
