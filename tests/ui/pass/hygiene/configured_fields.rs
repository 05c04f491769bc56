//! Fields and attributes that are configured out are never seen, those that are configured in are.
#![deny(warnings)]
use api_request::ApiRequest;

#[derive(ApiRequest)]
#[cfg_attr(all(), api(method = GET, path = "/"))]
#[cfg_attr(any(), api(nonsense))]
struct Request {
    #[cfg(any())]
    #[api(nonsense)]
    gone: u8,
    #[cfg(all())]
    #[cfg_attr(all(), api(query = "q"))]
    #[cfg_attr(any(), api(nonsense))]
    there: u8,
}

fn main() {
    let request = Request { there: 1 }.to_http(&"https://example.com".parse().unwrap()).unwrap();
    assert_eq!(request.uri(), "https://example.com/?q=1");
}
