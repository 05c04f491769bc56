use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = POST, path = "/", fields = json, events(item = u8, flag = "stream"))]
struct Request {
    stream: bool,
}

fn main() {}
