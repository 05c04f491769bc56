use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = GET, path = "/files/*path")]
struct Request {
    path: &'static str,
}

fn main() {}
