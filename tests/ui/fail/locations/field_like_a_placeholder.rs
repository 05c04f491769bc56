use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = GET, path = "/{user}")]
struct Request {
    usr: u8,
}

fn main() {}
