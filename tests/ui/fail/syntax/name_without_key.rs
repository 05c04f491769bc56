use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = GET, path = "/")]
struct Request {
    #[api(header("X-Title"))]
    title: String,
}

fn main() {}
