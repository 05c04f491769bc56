use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = GET, path = "/{id}")]
struct Request {
    #[serde(rename = "keyId")]
    #[api(path)]
    id: u8,
}

fn main() {}
