use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = GET)]
struct Request {
    #[serde(skip_serializing_if = "String::is_empty", rename = "a", flatten)]
    #[api(url)]
    at: String,
}

fn main() {}
