use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = POST, path = "/")]
struct Request {
    #[api(json(filename = "a.txt"))]
    a: u8,
}

fn main() {}
