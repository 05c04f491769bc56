use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = GET)]
struct Request {
    #[api(url)]
    at: Option<String>,
}

fn main() {}
