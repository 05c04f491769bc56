use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = POST, path = "/", fields = part)]
struct Request {
    a: u8,
    #[api(name = "a")]
    b: u8,
}

fn main() {}
