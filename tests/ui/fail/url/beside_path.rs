use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = GET, path = "/jobs/{id}")]
struct Request {
    id: u64,
    #[api(url)]
    status_url: String,
}

fn main() {}
