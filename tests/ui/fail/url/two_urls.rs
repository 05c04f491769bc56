use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = GET)]
struct Request {
    #[api(url)]
    first: String,
    #[api(url(secret))]
    second: String,
}

fn main() {}
