//! A field that serde skips needs no location, and one name or rule may be said twice.
use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = GET, path = "/", rename_all = "camelCase")]
#[serde(rename_all = "camelCase")]
struct Request {
    #[serde(skip)]
    _cache: u8,
    #[serde(rename = "q")]
    #[api(query = "q")]
    query: u8,
}

fn main() {
    let request = Request { _cache: 1, query: 2 }.to_http(&"https://example.com".parse().unwrap());
    assert_eq!(request.unwrap().uri(), "https://example.com/?q=2");
}
