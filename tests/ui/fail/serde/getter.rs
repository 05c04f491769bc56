use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = GET, path = "/")]
struct Request {
    #[serde(getter = "a")]
    #[api(query)]
    a: u8,
}

fn main() {}
