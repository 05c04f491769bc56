use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = GET, path = "/{r#type}")]
struct Request {
    r#type: u8,
}

fn main() {}
