use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = GET, path = "/keys/{id}")]
struct Request {
    #[api(query)]
    id: u8,
}

fn main() {}
