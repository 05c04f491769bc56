use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = POST, path = "/{a}")]
struct Request {
    #[serde(flatten)]
    a: u8,
    #[serde(flatten)]
    #[api(cookie)]
    b: u8,
    #[serde(flatten)]
    #[api(part)]
    c: u8,
}

fn main() {}
