use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = GET)]
struct Request {
    #[api(url = "https://example.com")]
    at: String,
}

fn main() {}
