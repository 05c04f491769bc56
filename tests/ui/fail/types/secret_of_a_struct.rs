use api_request::{ApiRequest, Secret};

#[derive(serde::Serialize)]
struct Key(String);

#[derive(ApiRequest)]
#[api(method = POST, path = "/")]
struct Request {
    #[api(json)]
    key: Option<Secret<Key>>,
}

fn main() {}
