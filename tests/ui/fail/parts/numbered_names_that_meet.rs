use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = POST, path = "/")]
struct Request {
    #[api(part = "files[{n}]")]
    a: Vec<String>,
    #[api(part = "files[0]")]
    b: String,
}

fn main() {}
