use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = POST, path = "/")]
struct Request {
    #[api(body(name = "a"))]
    a: String,
}

fn main() {}
