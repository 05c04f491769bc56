//! Responses in another format than the declared one: what is asked for, what is read, and the errors.

use std::{error::Error as _, str};

use api_request::{
    ApiError, ApiRequest, BoxError, Limits, Raw, ResponseFormat, Text, blocking::Client,
};
use bytes::Bytes;
use serde::Deserialize;
use tokio::runtime::Runtime;

use crate::server::{Server, answer};

#[derive(Debug, Deserialize)]
struct Message {
    message: String,
}

#[derive(Debug, ApiError)]
#[api(envelope = "error")]
enum Failure {
    #[api(other)]
    Other(serde_json::Value),
}

#[derive(ApiRequest)]
#[api(method = POST, path = "/invoices", response = u8, error = Message, events(item = u8, flag = "stream"))]
struct Order {
    #[api(query)]
    page: u8,
    #[api(json)]
    item: &'static str,
}

const ORDER: Order = Order {
    page: 2,
    item: "tea",
};

/// Numbers separated by commas.
struct Csv;

impl ResponseFormat for Csv {
    type Output = (u16, Vec<u8>);
    const ACCEPT: &'static str = "text/csv; header=absent";

    fn decode(response: http::Response<Bytes>) -> Result<Self::Output, BoxError> {
        let numbers = str::from_utf8(response.body())?.split(',').map(str::parse);
        Ok((
            response.status().as_u16(),
            numbers.collect::<Result<_, _>>()?,
        ))
    }
}

/// Sends the request, and returns what was sent.
macro_rules! sent {
    ($format:ty, $request:expr, $body:expr => $value:expr) => {{
        let server = Server::start([answer("200 OK\r\nContent-Type: image/png", $body)]).await;
        let client = server.client();
        let value = client.call(&$request).send_with::<$format>().await.unwrap();
        assert_eq!(value, $value);
        server.seen().concat()
    }};
}

#[tokio::test]
async fn the_format_is_asked_for_and_read() {
    let sent = sent!(Text, ORDER, "7 ü" => "7 ü");
    assert!(sent.contains("\r\naccept: text/plain\r\n"), "{sent}");
    let sent = sent!(Raw, ORDER, b"\xff{" => &b"\xff{"[..]);
    assert!(sent.contains("\r\naccept: */*\r\n"), "{sent}");
    let sent = sent!(Csv, ORDER, "7,8" => (200, vec![7, 8]));
    assert!(
        sent.contains("\r\naccept: text/csv; header=absent\r\n"),
        "{sent}"
    );
    assert!(
        sent.starts_with("POST /invoices?page=2 HTTP/1.1\r\n"),
        "{sent}"
    );
    assert!(sent.ends_with("\r\n\r\n{\"item\":\"tea\"}"), "{sent}");
}

#[tokio::test]
async fn a_declared_accept_stays() {
    #[derive(ApiRequest)]
    #[api(method = GET, path = "/", header("Accept" = "text/markdown"))]
    struct Constant;
    #[derive(ApiRequest)]
    #[api(method = GET, path = "/")]
    struct Field {
        #[api(header)]
        accept: Option<&'static str>,
    }
    let field = |accept| Field { accept };
    let sent = sent!(Text, Constant, "a" => "a");
    assert!(sent.contains("\r\naccept: text/markdown\r\n"), "{sent}");
    let sent = sent!(Text, field(Some("text/html")), "a" => "a");
    assert!(sent.contains("\r\naccept: text/html\r\n"), "{sent}");
    let sent = sent!(Text, field(None), "a" => "a");
    assert!(sent.contains("\r\naccept: text/plain\r\n"), "{sent}");

    let server = Server::start([answer("200 OK", "a")]).await;
    let client = server.client();
    let call = client.call(&Constant).header("Accept", "text/html");
    assert_eq!(call.send_with::<Raw>().await.unwrap(), "a");
    let seen = server.seen().concat();
    assert!(seen.contains("\r\naccept: text/html\r\n"), "{seen}");
    assert_eq!(seen.matches("accept: ").count(), 1, "{seen}");
}

#[tokio::test]
async fn whatever_the_declared_response_is_the_body_is_read() {
    #[derive(ApiRequest)]
    #[api(method = GET, path = "/")]
    struct Empty;
    #[derive(ApiRequest)]
    #[api(method = GET, path = "/", response(stream))]
    struct Stream;
    #[derive(ApiRequest)]
    #[api(method = GET, path = "/", response(lines = u8))]
    struct Lines;
    sent!(Text, Empty, "a" => "a");
    sent!(Raw, Stream, "a" => "a");
    sent!(Csv, Lines, "1" => (200, vec![1]));

    let server = Server::start([answer("204 No Content", "")]).await;
    let client = server.client();
    assert_eq!(client.call(&ORDER).send_with::<Text>().await.unwrap(), "");
    assert_eq!(client.call(&ORDER).send_with::<Raw>().await.unwrap(), "");

    let server = Server::start([answer("200 OK", "12345")]).await;
    let builder = server.builder().limits(Limits::default().body(4));
    let client = builder.build().unwrap();
    let error = client.call(&Stream).send_with::<Raw>().await.unwrap_err();
    assert!(error.is_too_large(), "{error}");
}

#[tokio::test]
async fn errors_are_the_declared_ones() {
    #[derive(ApiRequest)]
    #[api(method = GET, path = "/", error = Failure)]
    struct InEnvelope;
    let server = Server::start([
        answer("503 Service Unavailable\r\nRetry-After: 0", ""),
        answer("404 Not Found", r#"{"message": "gone"}"#),
        answer("200 OK", r#"{"error": {"code": 7}}"#),
        answer("200 OK\r\nContent-Type: image/png", b"\xff"),
        answer("200 OK", "1,x"),
    ])
    .await;
    let client = server.client();
    let error = client.call(&ORDER).send_with::<Text>().await.unwrap_err();
    assert_eq!(error.to_string(), "`Order`: 404 Not Found: gone");
    assert_eq!(
        (&*error.api().unwrap().message, error.attempts()),
        ("gone", 2)
    );

    let error = client.call(&InEnvelope).send_with::<Raw>().await;
    let error = error.unwrap_err();
    let Some(Failure::Other(body)) = error.api() else {
        panic!("the envelope has an error: {error}");
    };
    assert_eq!(body["error"]["code"], 7);

    let error = client.call(&ORDER).send_with::<Text>().await.unwrap_err();
    assert!(error.is_decode());
    assert_eq!(error.body().unwrap(), &b"\xff"[..]);
    assert!(error.to_string().contains("`image/png`"), "{error}");

    let error = client.call(&ORDER).send_with::<Csv>().await.unwrap_err();
    assert!(error.is_decode());
    assert_eq!(
        error.source().unwrap().to_string(),
        "invalid digit found in string"
    );
}

#[test]
fn the_formats_stand_without_a_client_and_in_a_declaration() {
    #[derive(ApiRequest)]
    #[api(method = GET, path = "/", response(with = Text))]
    struct Declared;
    assert_eq!(Declared::ACCEPT, "text/plain");
    let response = |body: &'static [u8]| http::Response::new(Bytes::from_static(body));
    assert_eq!(Declared::decode(response(b"a")).unwrap(), "a");
    assert_eq!(Text::decode(response(b"a")).unwrap(), "a");
    assert!(Text::decode(response(b"\xff")).is_err());
    assert_eq!(Raw::decode(response(b"\xff")).unwrap(), &b"\xff"[..]);
}

#[test]
fn the_client_without_async_does_the_same() {
    let runtime = Runtime::new().unwrap();
    let server = runtime.block_on(Server::start([answer("200 OK", "7,8")]));
    let client = Client::new(server.origin()).unwrap();
    let value = client.call(&ORDER).send_with::<Csv>().unwrap();
    assert_eq!(value, (200, vec![7, 8]));
    let seen = server.seen().concat();
    assert!(
        seen.contains("\r\naccept: text/csv; header=absent\r\n"),
        "{seen}"
    );
}
