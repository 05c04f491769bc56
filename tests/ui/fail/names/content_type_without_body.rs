use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = POST, path = "/")]
struct Request {
    #[api(header = "Content-Type")]
    a: u8,
}

fn main() {}
