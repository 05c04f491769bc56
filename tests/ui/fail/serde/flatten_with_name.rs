use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = POST, path = "/")]
struct Request {
    #[serde(flatten, rename = "b")]
    #[api(json)]
    a: Vec<(String, u8)>,
}

fn main() {}
