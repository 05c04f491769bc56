use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = GET, path = "/{id}/{id}")]
struct Request {
    id: u8,
}

fn main() {}
