use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = POST, path = "/")]
struct Request {
    #[api(part = "files[{i}]")]
    a: Vec<String>,
}

fn main() {}
