//! The requests of the benchmarks, declared and by hand.
//!
//! W1 exchanges a code for a key: three headers, a bearer token and a JSON body of three strings. W2 lists the keys of
//! a guardrail: a path value that needs percent-encoding and four query values, one of which is `None`. W3 sends a chat of
//! 8 KiB of JSON.

#![allow(unreachable_pub, reason = "a module of several programs")]

use api_request::{ApiRequest, BaseUrl, Body, Client};
use bytes::{BufMut, Bytes, BytesMut};
use http::{
    HeaderMap, HeaderName, HeaderValue, Method, Request, Uri,
    header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, USER_AGENT},
};
use reqwest::{IntoUrl, RequestBuilder, Url};
use serde::Serialize;

pub const BASE: &str = "https://openrouter.ai/api/v1";
/// The path of the base URL.
const PREFIX: &[u8] = b"/api/v1";
const AGENT: &str = "api-request/0.1.0";
pub const TOKEN: &str = "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";

#[derive(ApiRequest)]
#[api(method = POST, path = "/auth/keys", response = serde_json::Value)]
pub struct W1<'a> {
    #[api(header = "HTTP-Referer")]
    http_referer: Option<&'a str>,
    #[api(header = "X-OpenRouter-Title")]
    app_title: Option<&'a str>,
    #[api(header = "X-OpenRouter-Categories")]
    app_categories: Option<&'a str>,
    #[api(body)]
    body: W1Body<'a>,
}

#[derive(Clone, Copy, Serialize)]
struct W1Body<'a> {
    code: &'a str,
    code_challenge_method: &'a str,
    code_verifier: &'a str,
}

#[derive(ApiRequest)]
#[api(method = GET, path = "/guardrails/{id}/assignments/keys", response = serde_json::Value)]
pub struct W2<'a> {
    id: &'a str,
    #[api(query)]
    offset: Option<u32>,
    #[api(query)]
    limit: Option<u32>,
    #[api(query)]
    workspace_id: Option<&'a str>,
    #[api(query)]
    search: Option<&'a str>,
}

pub const W1: W1<'_> = W1 {
    http_referer: Some("https://myapp.example/settings"),
    app_title: Some("My App"),
    app_categories: Some("cli-agent,cloud-agent"),
    body: W1Body {
        code: "auth_code_abc123def456",
        code_challenge_method: "S256",
        code_verifier: "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk",
    },
};

pub const W2: W2<'_> = W2 {
    id: "team a/550e8400-e29b-41d4-a716-446655440000",
    offset: Some(0),
    limit: Some(50),
    workspace_id: None,
    search: Some("prod keys"),
};

#[derive(ApiRequest)]
#[api(method = POST, path = "/chat/completions", response = serde_json::Value)]
pub struct W3<'a> {
    #[api(body)]
    body: &'a Chat,
}

impl<'a> W3<'a> {
    pub fn of(body: &'a Chat) -> Self {
        Self { body }
    }
}

#[derive(Serialize)]
pub struct Chat {
    model: &'static str,
    messages: Vec<Message>,
    temperature: f32,
    stream: bool,
}

#[derive(Serialize)]
struct Message {
    role: &'static str,
    content: String,
}

/// A chat of 16 messages of 470 characters, some of which are escaped in JSON.
pub fn chat() -> Chat {
    let line = "The quick brown fox says \"jumps\" over 13 lazy dogs.\n";
    let messages = (0..16).map(|index| Message {
        role: if index % 2 == 0 { "user" } else { "assistant" },
        content: line.repeat(9),
    });
    Chat {
        model: "openai/gpt-4o",
        messages: messages.collect(),
        temperature: 0.5,
        stream: false,
    }
}

pub fn base() -> BaseUrl {
    BASE.parse().expect("the base URL is valid")
}

pub fn bearer() -> HeaderValue {
    let mut value = HeaderValue::from_str(&format!("Bearer {TOKEN}")).expect("a valid value");
    value.set_sensitive(true);
    value
}

pub fn origin() -> Url {
    Url::parse("https://openrouter.ai").expect("the origin is a URL")
}

pub fn client() -> Client {
    client_of(BASE)
}

pub fn client_of(base: &str) -> Client {
    Client::builder(base)
        .bearer(TOKEN)
        .build()
        .expect("the client's settings are valid")
}

/// Encodes the declared W1 as an `http::Request`, with the bearer token that a client adds.
pub fn declared_w1(base: &BaseUrl, bearer: &HeaderValue) -> Request<Body> {
    let mut request = W1.to_http(base).expect("W1 can be encoded");
    request.headers_mut().insert(AUTHORIZATION, bearer.clone());
    request
}

/// Encodes the declared W2 as an `http::Request`.
pub fn declared_w2(base: &BaseUrl) -> Request<Body> {
    W2.to_http(base).expect("W2 can be encoded")
}

/// Encodes the declared W3 as an `http::Request`, with the bearer token that a client adds.
pub fn declared_w3(base: &BaseUrl, bearer: &HeaderValue, chat: &Chat) -> Request<Body> {
    let mut request = W3::of(chat).to_http(base).expect("W3 can be encoded");
    request.headers_mut().insert(AUTHORIZATION, bearer.clone());
    request
}

/// The floor for W3, whose buffer is large enough from the start.
pub fn floor_w3(base: &BaseUrl, bearer: &HeaderValue, chat: &Chat) -> Request<Bytes> {
    let mut buffer = Vec::with_capacity(16 * 1024);
    buffer.extend_from_slice(base.as_str().as_bytes());
    buffer.extend_from_slice(b"/chat/completions");
    let target = buffer.len();
    serde_json::to_writer(&mut buffer, chat).expect("W3's body is JSON");
    let mut body = Bytes::from(buffer);
    let uri = Uri::from_maybe_shared(body.split_to(target)).expect("a valid URI");
    let mut request = Request::new(body);
    *request.method_mut() = Method::POST;
    *request.uri_mut() = uri;
    let headers = request.headers_mut();
    headers.reserve(3);
    headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert(AUTHORIZATION, bearer.clone());
    request
}

/// The floor for W1: one buffer, sliced into path, header values and body.
pub fn floor_w1(base: &BaseUrl, bearer: &HeaderValue) -> Request<Bytes> {
    let mut buffer = BytesMut::with_capacity(512);
    buffer.extend_from_slice(base.as_str().as_bytes());
    buffer.extend_from_slice(b"/auth/keys");
    let uri = Uri::from_maybe_shared(buffer.split().freeze()).expect("a valid URI");
    let mut headers = HeaderMap::with_capacity(6);
    put_headers_w1(&mut buffer, &mut headers);
    headers.insert(AUTHORIZATION, bearer.clone());
    let mut writer = (&mut buffer).writer();
    serde_json::to_writer(&mut writer, &W1.body).expect("W1's body is JSON");
    let mut request = Request::new(buffer.freeze());
    *request.method_mut() = Method::POST;
    *request.uri_mut() = uri;
    *request.headers_mut() = headers;
    request
}

fn put_headers_w1(buffer: &mut BytesMut, headers: &mut HeaderMap) {
    static REFERER: HeaderName = HeaderName::from_static("http-referer");
    static TITLE: HeaderName = HeaderName::from_static("x-openrouter-title");
    static CATEGORIES: HeaderName = HeaderName::from_static("x-openrouter-categories");

    for (name, value) in [
        (&REFERER, W1.http_referer),
        (&TITLE, W1.app_title),
        (&CATEGORIES, W1.app_categories),
    ] {
        if let Some(value) = value {
            buffer.extend_from_slice(value.as_bytes());
            let value = HeaderValue::from_maybe_shared(buffer.split().freeze());
            headers.insert(name, value.expect("a valid value"));
        }
    }
    headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
}

/// The floor for W2, the same way.
pub fn floor_w2(base: &BaseUrl) -> Request<Bytes> {
    let mut buffer = BytesMut::with_capacity(512);
    buffer.extend_from_slice(base.as_str().as_bytes());
    put_target_w2(&mut buffer);
    let uri = Uri::from_maybe_shared(buffer.freeze()).expect("a valid URI");
    let mut headers = HeaderMap::with_capacity(6);
    headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
    let mut request = Request::new(Bytes::new());
    *request.uri_mut() = uri;
    *request.headers_mut() = headers;
    request
}

fn put_target_w2(buffer: &mut BytesMut) {
    buffer.extend_from_slice(b"/guardrails/");
    percent_encode(W2.id, buffer);
    buffer.extend_from_slice(b"/assignments/keys");
    let mut separator = b"?";
    let mut pair = |name: &[u8], value: Option<&str>| {
        if let Some(value) = value {
            buffer.extend_from_slice(separator);
            separator = b"&";
            buffer.extend_from_slice(name);
            percent_encode(value, buffer);
        }
    };
    let mut number = itoa::Buffer::new();
    pair(b"offset=", W2.offset.map(|offset| number.format(offset)));
    pair(b"limit=", W2.limit.map(|limit| number.format(limit)));
    pair(b"workspace_id=", W2.workspace_id);
    pair(b"search=", W2.search);
}

fn percent_encode(text: &str, buffer: &mut BytesMut) {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    for &byte in text.as_bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            buffer.put_u8(byte);
        } else {
            let [high, low] = [HEX[usize::from(byte >> 4)], HEX[usize::from(byte & 15)]];
            buffer.extend_from_slice(&[b'%', high, low]);
        }
    }
}

/// The floor for W1 with reqwest, including the headers that a client adds. The URL of the origin is already parsed.
pub fn reqwest_floor_w1(origin: &Url, bearer: &HeaderValue) -> reqwest::Request {
    let mut buffer = BytesMut::with_capacity(512);
    buffer.extend_from_slice(PREFIX);
    buffer.extend_from_slice(b"/auth/keys");
    let url = join(origin, &buffer.split());
    let mut headers = HeaderMap::with_capacity(7);
    put_headers_w1(&mut buffer, &mut headers);
    headers.insert(AUTHORIZATION, bearer.clone());
    headers.insert(USER_AGENT, HeaderValue::from_static(AGENT));
    let mut writer = (&mut buffer).writer();
    serde_json::to_writer(&mut writer, &W1.body).expect("W1's body is JSON");
    let mut request = reqwest::Request::new(Method::POST, url);
    *request.headers_mut() = headers;
    *request.body_mut() = Some(buffer.freeze().into());
    request
}

/// The floor for W2 with reqwest, the same way.
pub fn reqwest_floor_w2(origin: &Url, bearer: &HeaderValue) -> reqwest::Request {
    let mut buffer = BytesMut::with_capacity(512);
    buffer.extend_from_slice(PREFIX);
    put_target_w2(&mut buffer);
    let url = join(origin, &buffer);
    let mut headers = HeaderMap::with_capacity(3);
    headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
    headers.insert(AUTHORIZATION, bearer.clone());
    headers.insert(USER_AGENT, HeaderValue::from_static(AGENT));
    let mut request = reqwest::Request::new(Method::GET, url);
    *request.headers_mut() = headers;
    request
}

fn join(origin: &Url, target: &[u8]) -> Url {
    let target = std::str::from_utf8(target).expect("a target is ASCII");
    origin.join(target).expect("a valid URL")
}

/// W1 by hand, as people write it with reqwest today.
pub fn reqwest_w1(client: &reqwest::Client) -> reqwest::Request {
    reqwest_w1_to(client, format!("{BASE}/auth/keys"))
        .build()
        .expect("a valid request")
}

/// W1 by hand, for any URL.
pub fn reqwest_w1_to(client: &reqwest::Client, url: impl IntoUrl) -> RequestBuilder {
    client
        .post(url)
        .bearer_auth(TOKEN)
        .header("HTTP-Referer", W1.http_referer.unwrap_or_default())
        .header("X-OpenRouter-Title", W1.app_title.unwrap_or_default())
        .header(
            "X-OpenRouter-Categories",
            W1.app_categories.unwrap_or_default(),
        )
        .json(&W1.body)
}

/// The floor for W3 with reqwest.
pub fn reqwest_floor_w3(origin: &Url, bearer: &HeaderValue, chat: &Chat) -> reqwest::Request {
    let url = join(origin, b"/api/v1/chat/completions");
    let mut buffer = Vec::with_capacity(16 * 1024);
    serde_json::to_writer(&mut buffer, chat).expect("W3's body is JSON");
    let mut headers = HeaderMap::with_capacity(4);
    headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert(AUTHORIZATION, bearer.clone());
    headers.insert(USER_AGENT, HeaderValue::from_static(AGENT));
    let mut request = reqwest::Request::new(Method::POST, url);
    *request.headers_mut() = headers;
    *request.body_mut() = Some(buffer.into());
    request
}

/// W3 by hand, as people write it with reqwest today.
pub fn reqwest_w3(client: &reqwest::Client, chat: &Chat) -> reqwest::Request {
    client
        .post(format!("{BASE}/chat/completions"))
        .bearer_auth(TOKEN)
        .json(chat)
        .build()
        .expect("a valid request")
}

/// W2 by hand, as people write it with reqwest today, with the path value percent-encoded by hand.
pub fn reqwest_w2(client: &reqwest::Client) -> reqwest::Request {
    let mut url = Url::parse(BASE).expect("a valid URL");
    url.path_segments_mut().expect("a URL with a host").extend([
        "guardrails",
        W2.id,
        "assignments",
        "keys",
    ]);
    client
        .get(url)
        .query(&[
            ("offset", W2.offset.map(|number| number.to_string())),
            ("limit", W2.limit.map(|number| number.to_string())),
            ("workspace_id", W2.workspace_id.map(str::to_owned)),
            ("search", W2.search.map(str::to_owned)),
        ])
        .build()
        .expect("a valid request")
}
