//! A colon or a star that does not begin a segment named like a field is text, and so is an encoded dollar sign.
use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = POST, path = "/%24{name}:cancel/:batch/*.txt", fields = query)]
struct Request {
    name: &'static str,
    cancel: u8,
}

fn main() {
    let request = Request { name: "a", cancel: 1 };
    let request = request.to_http(&"https://example.com".parse().unwrap()).unwrap();
    assert_eq!(request.uri(), "https://example.com/%24a:cancel/:batch/*.txt?cancel=1");
}
