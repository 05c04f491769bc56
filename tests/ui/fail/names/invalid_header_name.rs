use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = POST, path = "/")]
struct Request {
    #[api(header = "X Title")]
    a: u8,
}

fn main() {}
