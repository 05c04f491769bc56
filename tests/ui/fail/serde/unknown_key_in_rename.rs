use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = POST, path = "/")]
struct Request {
    #[serde(rename(serialise = "b"))]
    #[api(json)]
    a: u8,
}

fn main() {}
