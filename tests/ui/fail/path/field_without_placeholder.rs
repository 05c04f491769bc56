use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = GET, path = "/keys/{id}")]
struct Request {
    id: u8,
    #[api(path = "key_idd")]
    other: u8,
}

fn main() {}
