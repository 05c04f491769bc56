use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = POST, path = "/")]
struct Request {
    #[api(body)]
    a: u8,
    #[api(body = text)]
    b: String,
}

fn main() {}
