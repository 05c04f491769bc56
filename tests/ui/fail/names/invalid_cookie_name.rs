use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = POST, path = "/")]
struct Request {
    #[api(cookie = "a;b")]
    a: u8,
    #[api(cookie = "a\n\0")]
    b: u8,
}

fn main() {}
