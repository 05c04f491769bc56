use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = POST, path = "/")]
struct Request {
    #[serde(flatten, with = "m")]
    #[api(form)]
    a: Vec<(u8, u8)>,
}

fn main() {}
