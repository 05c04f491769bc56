use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = GET)]
struct Request {
    #[api(path)]
    id: u64,
    limit: u32,
    #[api(url)]
    at: String,
}

fn main() {}
