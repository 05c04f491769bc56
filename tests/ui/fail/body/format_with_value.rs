use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = POST, path = "/")]
struct Request {
    #[api(body(lines = u8))]
    a: Vec<u8>,
}

fn main() {}
