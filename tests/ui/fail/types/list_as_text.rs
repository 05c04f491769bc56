use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = POST, path = "/")]
struct Request {
    #[api(body = text)]
    a: &'static [u8],
}

fn main() {}
