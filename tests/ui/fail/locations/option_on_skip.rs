use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = GET, path = "/")]
struct Request {
    #[api(skip(secret))]
    key: u8,
}

fn main() {}
