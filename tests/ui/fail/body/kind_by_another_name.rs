use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = POST, path = "/")]
struct Request {
    #[api(body = ndjson)]
    a: Vec<u8>,
}

#[derive(ApiRequest)]
#[api(method = POST, path = "/")]
struct InParentheses {
    #[api(body(jsonl, secret))]
    a: Vec<u8>,
}

fn main() {}
