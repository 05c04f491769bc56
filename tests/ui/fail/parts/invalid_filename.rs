use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = POST, path = "/")]
struct Request {
    #[api(part(filename = ""))]
    a: u8,
    #[api(part(filename = "a\nb"))]
    b: u8,
}

fn main() {}
