use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = POST, path = "/")]
struct Request {
    #[api(cookie)]
    a: u8,
    #[api(cookie = "a")]
    b: u8,
}

fn main() {}
