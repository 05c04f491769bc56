use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = GET, path = "/{id}/{type}")]
struct Request {
    idd: u8,
    id: u8,
    #[api(path = "r#type")]
    r#type: u8,
}

fn main() {}
