use api_request::{ApiGroup, ApiRequest};

#[derive(ApiGroup)]
struct Keyed {
    #[api(header = "Idempotency-Key")]
    key: Option<String>,
}

#[derive(ApiRequest)]
#[api(in = Keyed, method = POST, path = "/", idempotency_key = "Idempotency-Key")]
struct Request;

fn main() {}
