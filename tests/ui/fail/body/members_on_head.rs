use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = HEAD, path = "/", fields = json)]
struct Request {
    a: u8,
}

fn main() {}
