use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = POST, path = "/")]
struct Request {
    #[api(part = "files[{n}][{n}]")]
    a: Vec<String>,
}

fn main() {}
