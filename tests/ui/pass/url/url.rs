//! A field that is the whole URL: of any type that is text, with any other fields, and without a path.
#![deny(warnings)]
use api_request::{ApiRequest, BaseUrl, Secret};

#[derive(Clone, ApiRequest)]
#[api(method = GET, response = Vec<u8>, events = u8, paginate(link), auth = required)]
struct Poll<T> {
    #[api(url)]
    at: T,
    #[api(query)]
    limit: Option<u32>,
}

#[derive(ApiRequest)]
#[api(method = POST, fields = json)]
struct Post {
    r#url: String,
    #[api(url(secret))]
    r#fn: http::Uri,
}

#[derive(ApiRequest)]
#[api(method = PUT)]
struct Put<'a, const N: usize>(#[api(url)] &'a Secret<String>, #[api(body = bytes)] [u8; N]);

#[derive(ApiRequest)]
#[api(method = DELETE)]
struct With {
    #[serde(serialize_with = "text", rename(deserialize = "b"))]
    #[api(url)]
    at: Option<u8>,
}

fn text<S: serde::Serializer>(_: &Option<u8>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str("a")
}

fn main() {
    let base: BaseUrl = "https://example.com/v1".parse().unwrap();
    let uri = |request: http::Request<api_request::Body>| request.uri().to_string();
    let poll = Poll { at: "a", limit: Some(1) };
    assert_eq!(uri(poll.to_http(&base).unwrap()), "https://example.com/v1/a?limit=1");
    let post = Post { r#url: String::new(), r#fn: "/b".parse().unwrap() };
    assert_eq!(uri(post.to_http(&base).unwrap()), "https://example.com/b");
    let put = Put(&Secret::from("c"), [0]);
    assert_eq!(uri(put.to_http(&base).unwrap()), "https://example.com/v1/c");
    assert_eq!(uri(With { at: None }.to_http(&base).unwrap()), "https://example.com/v1/a");
}
