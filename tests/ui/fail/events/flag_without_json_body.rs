use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = POST, path = "/", events(item = u8, flag = "stream"))]
struct Request {
    #[api(form)]
    a: u8,
}

fn main() {}
