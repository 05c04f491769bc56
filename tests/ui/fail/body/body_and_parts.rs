use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = POST, path = "/")]
struct Request {
    #[api(body)]
    a: u8,
    #[api(part)]
    b: u8,
}

fn main() {}
