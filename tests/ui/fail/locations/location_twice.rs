use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = GET, path = "/")]
struct Request {
    #[api(query)]
    #[api(query)]
    limit: u8,
    #[api(query = "a", query = "b")]
    offset: u8,
}

fn main() {}
