use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = GET, path = "/")]
struct Request {
    #[api(secret)]
    key: u8,
}

fn main() {}
