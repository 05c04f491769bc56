use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = POST, path = "/")]
struct Request {
    #[api(json)]
    a: u8,
    #[api(form)]
    b: u8,
}

fn main() {}
