use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = POST, path = "/")]
struct Request {
    #[serde(rename = "b")]
    #[api(json = "c")]
    a: u8,
}

fn main() {}
