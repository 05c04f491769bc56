use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = GET, path = "/{id}")]
struct Request {
    #[serde(rename = "X-A")]
    #[api(header = "X-B")]
    a: u8,
    #[serde(rename = "key")]
    #[api(path = "id")]
    b: u8,
}

fn main() {}
