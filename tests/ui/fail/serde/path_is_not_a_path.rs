use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = POST, path = "/")]
struct Request {
    #[serde(with = "a b")]
    #[api(json)]
    a: u8,
}

fn main() {}
