use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = POST, path = "/")]
struct Request {
    #[api(body = form)]
    a: [u8; 2],
}

fn main() {}
