use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = GET, path = "/")]
struct Request {
    #[api(query)]
    #[api(header)]
    limit: u8,
}

fn main() {}
