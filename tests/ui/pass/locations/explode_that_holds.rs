//! `explode` may say what holds anyway.
use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = GET, path = "/", fields = query)]
struct Request {
    #[api(query(style = pipe, explode = false))]
    a: [u8; 2],
    #[api(style = space, explode = false)]
    b: [u8; 2],
    #[api(style = deep, explode = true)]
    c: std::collections::BTreeMap<&'static str, u8>,
    #[api(style = brackets, explode)]
    d: [u8; 2],
    #[api(style = form, explode = true)]
    e: [u8; 2],
}

fn main() {
    let request = Request { a: [1, 2], b: [1, 2], c: [("k", 1)].into(), d: [1, 2], e: [1, 2] };
    let request = request.to_http(&"https://example.com".parse().unwrap()).unwrap();
    assert_eq!(
        request.uri().query().unwrap(),
        "a=1%7C2&b=1%202&c%5Bk%5D=1&d%5B%5D=1&d%5B%5D=2&e=1&e=2"
    );
}
