//! A key comes from the client, so it is no part of the request itself.
use api_request::{ApiRequest, BaseUrl};

#[derive(ApiRequest)]
#[api(method = POST, path = "/", idempotency_key = "Idempotency-Key")]
struct Keyed;

#[derive(ApiRequest)]
#[api(method = POST, path = "/", idempotent)]
struct Declared;

fn main() {
    let base: BaseUrl = "https://example.com".parse().unwrap();
    for request in [Keyed.to_http(&base).unwrap(), Declared.to_http(&base).unwrap()] {
        assert!(!request.headers().contains_key("idempotency-key"));
    }
}
