use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = POST, path = "/", fields = json, events(item = u8, flag = ""))]
struct Request {
    a: u8,
}

fn main() {}
