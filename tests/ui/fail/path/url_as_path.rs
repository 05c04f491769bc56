use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = GET, path = "https://example.com/{id}")]
struct Request {
    id: u8,
}

fn main() {}
