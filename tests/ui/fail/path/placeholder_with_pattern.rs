use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = GET, path = "/{id:[0-9]+}")]
struct Request {
    id: u8,
}

fn main() {}
