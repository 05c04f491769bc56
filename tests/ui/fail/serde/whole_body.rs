use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = POST, path = "/")]
struct Request {
    #[serde(rename = "a", flatten, with = "m")]
    #[api(body = bytes)]
    a: Vec<u8>,
}

fn main() {}
