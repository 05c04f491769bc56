use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = POST, path = "/")]
struct Request {
    #[api(header)]
    x_trace: u8,
    #[api(header = "X-Trace")]
    b: u8,
}

fn main() {}
