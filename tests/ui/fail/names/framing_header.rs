use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = POST, path = "/")]
struct Request {
    #[api(header = "Content-Length")]
    a: u8,
    #[api(header)]
    host: u8,
}

fn main() {}
