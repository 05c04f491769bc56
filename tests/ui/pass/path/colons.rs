//! A colon that does not begin a segment named like a field is text.
use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = POST, path = "/{name}:cancel/:batch", fields = query)]
struct Request {
    name: &'static str,
    cancel: u8,
}

fn main() {
    let request = Request { name: "a", cancel: 1 };
    let request = request.to_http(&"https://example.com".parse().unwrap()).unwrap();
    assert_eq!(request.uri(), "https://example.com/a:cancel/:batch?cancel=1");
}
