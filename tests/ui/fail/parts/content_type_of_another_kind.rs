use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = POST, path = "/", fields = part, header("Content-Type" = "application/json"))]
struct Request {
    a: u8,
}

fn main() {}
