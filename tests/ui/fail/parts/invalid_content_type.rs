use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = POST, path = "/")]
struct Request {
    #[api(part(content_type = "json"))]
    a: u8,
}

fn main() {}
