use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = POST, path = "/", idempotency_key = "Idempotency-Key")]
struct Request {
    #[api(header)]
    idempotency_key: u8,
}

fn main() {}
