use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = GET)]
struct Request {
    #[api(url(name = "at", segments))]
    at: String,
}

fn main() {}
