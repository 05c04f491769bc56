use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = POST, path = "/", fields = part)]
struct Request {
    a: Vec<u8>,
    b: Option<&'static [u8]>,
    #[api(part = "files[{n}]")]
    c: [u8; 4],
}

fn main() {}
