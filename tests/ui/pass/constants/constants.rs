//! Constants in one list and in several, beside fields of other names.
use api_request::{ApiRequest, BaseUrl};

#[derive(ApiRequest)]
#[api(method = GET, path = "/", header("X-Version" = "2", "X-Empty" = ""), query("beta" = "true"))]
#[api(query("a b" = "é"), auth = none)]
struct Versioned {
    #[api(query)]
    version: u8,
    #[api(header)]
    beta: u8,
}

#[derive(ApiRequest)]
#[api(method = POST, path = "/", header("Content-Type" = "text/plain; charset=\"utf-8\""))]
struct Text(#[api(body = text)] u8);

fn main() {
    let base: BaseUrl = "https://example.com".parse().unwrap();
    let request = Versioned { version: 1, beta: 2 }.to_http(&base).unwrap();
    assert_eq!(request.headers()["x-version"], "2");
    let text = Text(1).to_http(&base).unwrap();
    assert_eq!(text.headers()["content-type"], "text/plain; charset=\"utf-8\"");
    assert_eq!(request.headers()["beta"], "2");
    assert!(request.uri().query().unwrap().contains("a%20b=%C3%A9"));
}
