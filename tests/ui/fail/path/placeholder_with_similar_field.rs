use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = GET, path = "/keys/{id}")]
struct Request {
    #[api(query)]
    idd: u8,
}

fn main() {}
