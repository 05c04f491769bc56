use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = POST, path = "/")]
struct Request {
    #[api(part = "a\t")]
    a: &'static str,
    #[api(part = "b\r\n")]
    b: &'static str,
}

fn main() {}
