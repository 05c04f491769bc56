use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = POST, path = "/")]
struct Request {
    #[api(json)]
    a: u8,
    #[serde(rename = "a")]
    #[api(json)]
    b: u8,
}

fn main() {}
