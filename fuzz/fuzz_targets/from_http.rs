//! Reads arbitrary requests: each is read or refused, never a panic, and what is read is sent as what is read.
//!
//! `cargo +nightly fuzz run --sanitizer none from_http -- -runs=10000000 -max_len=512`
#![no_main]

use std::collections::BTreeMap;

use api_request::{ApiRequest, BaseUrl, FromHttp, Part};
use bytes::Bytes;
use http::Request;
use libfuzzer_sys::{arbitrary, arbitrary::Arbitrary, fuzz_target};
use serde::{Deserialize, Serialize};

#[derive(Debug, Arbitrary)]
struct Input<'a> {
    path: &'a str,
    query: &'a str,
    header: &'a [u8],
    cookie: &'a [u8],
    kind: Kind,
    body: &'a [u8],
}

#[derive(Debug, Arbitrary)]
enum Kind {
    Json,
    Form,
    Parts,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Inner {
    a: Option<Box<Inner>>,
    #[serde(default)]
    b: Vec<Inner>,
    #[serde(default)]
    c: BTreeMap<String, String>,
}

#[derive(Debug, PartialEq, ApiRequest, FromHttp)]
#[api(method = POST, path = "/{a}-{b}/{c}", fields = json)]
struct Json {
    a: u8,
    b: Vec<String>,
    #[api(path(segments))]
    c: String,
    #[api(query(style = brackets))]
    q: Option<Inner>,
    #[api(query(style = deep))]
    d: Option<BTreeMap<String, String>>,
    #[api(query(style = pipe))]
    p: Vec<i8>,
    #[api(query(json))]
    j: Option<Inner>,
    #[api(query(flatten))]
    m: BTreeMap<String, Vec<String>>,
    #[api(header = "h")]
    h: Vec<f32>,
    #[api(cookie(encode))]
    k: Option<String>,
    one: Option<Option<u8>>,
    #[serde(flatten)]
    rest: BTreeMap<String, u8>,
}

#[derive(Debug, PartialEq, ApiRequest, FromHttp)]
#[api(method = POST, path = "/", fields = form)]
struct Form {
    list: Vec<String>,
    #[api(style = brackets)]
    q: Option<Inner>,
    #[api(flatten)]
    rest: Vec<(String, String)>,
}

#[derive(Debug, ApiRequest, FromHttp)]
#[api(method = POST, path = "/", fields = part)]
struct Parts {
    a: Option<String>,
    b: Vec<Part>,
    #[api(name = "c[{n}]")]
    c: Vec<Bytes>,
    #[api(content_type = "application/json")]
    d: Option<Inner>,
}

/// What is read may be what cannot be sent; what can be is read again as the same.
fn again<R: FromHttp + PartialEq + std::fmt::Debug>(request: Request<Bytes>) {
    let base: BaseUrl = "https://example.com".parse().unwrap();
    let Ok(read) = R::from_http(request) else {
        return;
    };
    let Ok(http) = read.to_http(&base) else {
        return;
    };
    let http = http.map(|body| body.as_bytes().cloned().unwrap());
    let again = R::from_http(http);
    assert!(again.is_ok(), "{again:?} {read:?}");
}

fuzz_target!(|input: Input<'_>| {
    let target = format!("http://example.com/{}?{}", input.path, input.query);
    let media_type = match input.kind {
        Kind::Json => "application/json",
        Kind::Form => "application/x-www-form-urlencoded",
        Kind::Parts => "multipart/form-data; boundary=b",
    };
    let request = Request::post(target)
        .header("h", input.header)
        .header("cookie", input.cookie)
        .header("content-type", media_type)
        .body(Bytes::copy_from_slice(input.body));
    let Ok(request) = request else { return };
    match input.kind {
        Kind::Json => again::<Json>(request),
        Kind::Form => again::<Form>(request),
        Kind::Parts => drop(Parts::from_http(request)),
    }
});
