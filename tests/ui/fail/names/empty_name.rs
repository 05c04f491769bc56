use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = POST, path = "/")]
struct Request {
    #[api(query = "")]
    a: u8,
    #[api(header(name = ""))]
    b: u8,
}

fn main() {}
