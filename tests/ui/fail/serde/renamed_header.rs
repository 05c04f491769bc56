use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = GET, path = "/")]
struct Request {
    #[serde(rename = "a b")]
    #[api(header)]
    a: u8,
}

fn main() {}
