use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = POST, path = "/", header("Content-Type" = "text/plain; charset"))]
struct Request {
    #[api(body = text)]
    a: &'static str,
}

fn main() {}
