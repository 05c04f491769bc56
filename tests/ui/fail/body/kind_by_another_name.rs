use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = POST, path = "/")]
struct Request {
    #[api(body = ndjson)]
    a: Vec<u8>,
}

fn main() {}
