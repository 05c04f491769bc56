use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = POST, path = "/")]
struct Request {
    #[api(cookie(json))]
    a: u8,
    #[api(part(json))]
    b: u8,
}

fn main() {}
