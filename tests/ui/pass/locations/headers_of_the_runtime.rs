//! `Accept` may be declared, and so may `Content-Type`; several fields may be flattened.
use api_request::ApiRequest;
use std::collections::BTreeMap;

#[derive(ApiRequest)]
#[api(method = POST, path = "/", header("Accept" = "text/csv"))]
struct Request {
    #[api(header(flatten))]
    a: BTreeMap<String, u8>,
    #[api(header(flatten))]
    b: BTreeMap<String, u8>,
    #[api(header)]
    content_type: &'static str,
    #[api(body = text)]
    body: &'static str,
}

fn main() {
    let map = |name: &str| BTreeMap::from([(name.to_owned(), 1)]);
    let request = Request { a: map("a"), b: map("b"), content_type: "text/csv", body: "1" };
    let request = request.to_http(&"https://example.com".parse().unwrap()).unwrap();
    let names: Vec<_> = request.headers().iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["accept", "a", "b", "content-type"]);
    assert_eq!(request.headers()["content-type"], "text/csv");
}
