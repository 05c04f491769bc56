//! What an answer is read as, and how much of it.

use std::io::Write;

use api_request::{ApiRequest, Body, ByteStream, Limits};
use bytes::Bytes;
use futures_util::StreamExt;
use http::{Response, StatusCode};
use serde::Deserialize;
use serde_json::Value;

use crate::server::{Server, answer, double, hang_up, stall};

macro_rules! declare {
    ($name:ident, $($response:tt)*) => {
        #[derive(ApiRequest)]
        #[api(method = GET, path = "/n", $($response)*)]
        struct $name;
    };
}

declare!(Number, response = u32);
declare!(MaybeNumber, response = Option<u32>);
declare!(Unit, response(json = ()));
declare!(Any, response = Value);
declare!(Anything, response = serde::de::IgnoredAny);
declare!(Text, response(text));
declare!(Raw, response(bytes));
declare!(Download, response(stream));
declare!(Nothing, response(empty));

fn ok(body: &str) -> Response<Bytes> {
    Response::new(Bytes::copy_from_slice(body.as_bytes()))
}

#[test]
fn json_is_json_whatever_it_is_called() {
    let mut html = ok("7");
    html.headers_mut()
        .insert("content-type", "text/html".parse().unwrap());
    assert_eq!(Number::decode(html).unwrap(), 7);
    assert_eq!(MaybeNumber::decode(ok("7")).unwrap(), Some(7));
    assert_eq!(MaybeNumber::decode(ok("null")).unwrap(), None);
    let mut created = ok("7");
    *created.status_mut() = StatusCode::CREATED;
    assert_eq!(Number::decode(created).unwrap(), 7);
}

#[test]
fn an_empty_body_is_only_an_option_or_nothing() {
    for status in [200, 204] {
        let empty = || {
            Response::builder()
                .status(status)
                .body(Bytes::new())
                .unwrap()
        };
        assert_eq!(MaybeNumber::decode(empty()).unwrap(), None);
        Unit::decode(empty()).unwrap();
        Nothing::decode(empty()).unwrap();
        assert_eq!(Text::decode(empty()).unwrap(), "");
        assert_eq!(Raw::decode(empty()).unwrap(), "");
        assert!(Number::decode(empty()).unwrap_err().is_decode());
        assert!(Any::decode(empty()).unwrap_err().is_decode());
        assert!(Anything::decode(empty()).unwrap_err().is_decode());
    }
    Nothing::decode(ok("<html>")).unwrap();
}

#[test]
fn a_decode_error_says_where_and_keeps_the_body() {
    #[derive(Debug, Deserialize)]
    struct Page {
        #[expect(dead_code, reason = "never filled")]
        data: Vec<Item>,
    }

    #[derive(Debug, Deserialize)]
    struct Item {
        #[expect(dead_code, reason = "never filled")]
        id: u32,
    }

    declare!(List, response = Page);

    let body = r#"{"data": [{"id": 1}, {"id": 2}, {"id": 3}, {"id": "canary"}]}"#;
    let error = List::decode(ok(body)).unwrap_err();
    assert!(error.is_decode());
    assert!(
        error.to_string().contains("data[3].id: invalid type"),
        "{error}"
    );
    assert!(error.to_string().starts_with("`List`: 200 OK"), "{error}");
    assert_eq!(error.body().unwrap(), body);
    assert_eq!(error.status(), Some(StatusCode::OK));
    let told = format!("{error:?} {error}");
    assert!(!told.contains("canary"), "{told}");
    assert!(std::error::Error::source(&error).is_none());

    for body in ["", "{", "{} {}", "[]", "\u{feff}{}"] {
        let error = List::decode(ok(body)).unwrap_err();
        assert!(error.is_decode());
        assert_eq!(error.body().unwrap(), body);
    }
    let long = format!(r#"{{"data": [{{"id": "{}"}}]}}"#, "x".repeat(100_000));
    let error = List::decode(ok(&long)).unwrap_err();
    assert!(error.to_string().len() < 1000);
}

#[test]
fn text_is_utf_8() {
    assert_eq!(Text::decode(ok("ü")).unwrap(), "ü");
    let latin = Response::new(Bytes::from_static(b"\xfc"));
    let error = Text::decode(latin).unwrap_err();
    assert!(error.is_decode());
    assert_eq!(error.body().unwrap(), &b"\xfc"[..]);
}

#[tokio::test]
async fn an_answer_can_be_read_as_another_type() {
    let server = Server::start([
        answer("200 OK", r#"{"later": 1}"#),
        answer("200 OK", "{"),
        answer("404 Not Found", r#"{"message": "gone"}"#),
        answer("204 No Content", ""),
    ])
    .await;
    let client = server.client();
    let call = || client.call(&Number);
    assert_eq!(call().send_as::<Value>().await.unwrap()["later"], 1);
    let error = call().send_as::<Value>().await.unwrap_err();
    assert!(error.is_decode());
    assert_eq!(error.body().unwrap(), "{");
    let error = call().send_as::<Value>().await.unwrap_err();
    assert_eq!(error.to_string(), "`Number`: 404 Not Found: gone");
    assert_eq!(call().send_as::<Option<Value>>().await.unwrap(), None);
}

#[tokio::test]
async fn an_answer_comes_with_all_there_is() {
    let head = "201 Created\r\nX-Request-Id: req-1\r\nRequest-Id: no\r\nSet-Cookie: canary\r\nX-Other: shown";
    let server = Server::start([answer(head, "7")]).await;
    let response = server.client().call(&Number).send_full().await.unwrap();
    assert_eq!(response.status, StatusCode::CREATED);
    assert_eq!(response.body, 7);
    assert_eq!(response.attempts, 1);
    assert_eq!(response.request_id.as_deref(), Some("req-1"));
    assert_eq!(response.headers["set-cookie"], "canary");
    let shown = format!("{response:?}");
    assert!(
        shown.contains("shown") && !shown.contains("canary"),
        "{shown}"
    );
}

#[tokio::test]
async fn a_stream_yields_what_comes_until_it_ends() {
    let server = Server::start([answer("200 OK", "hello")]).await;
    let mut stream = server.client().send(&Download).await.unwrap();
    assert_eq!(stream.content_length(), Some(5));
    let mut all = Vec::new();
    while let Some(bytes) = stream.next().await {
        all.extend_from_slice(&bytes.unwrap());
    }
    assert_eq!(all, b"hello");

    let server = Server::start([hang_up(
        "HTTP/1.1 200 OK\r\nContent-Length: 9\r\nX-Request-Id: r\r\n\r\nhel",
    )])
    .await;
    let mut stream: ByteStream = server.client().send(&Download).await.unwrap();
    assert_eq!(stream.next().await.unwrap().unwrap(), "hel");
    let error = stream.next().await.unwrap().unwrap_err();
    assert_eq!(error.phase(), api_request::Phase::Answered);
    assert_eq!(error.request_id(), Some("r"));
    assert!(!error.is_timeout() && !error.is_decode());
    assert!(stream.next().await.is_none());
}

#[tokio::test]
async fn a_body_has_a_limit() {
    for (length, fits) in [(9, true), (10, true), (11, false)] {
        let pieces = (0..length).map(|_| Ok::<_, std::io::Error>(Bytes::from_static(b"x")));
        let pieces = futures_util::stream::iter(pieces);
        let body = std::sync::Mutex::new(Some(Body::once(pieces)));
        let client = double(move |_| {
            let body = body.lock().unwrap().take().unwrap();
            async { Ok(Response::new(body)) }
        });
        let client = client.limits(Limits::default().body(10)).build().unwrap();
        match client.send(&Raw).await {
            Ok(bytes) => assert!(fits && bytes.len() == length),
            Err(error) => {
                assert!(!fits && error.is_too_large());
                assert_eq!(error.status(), Some(StatusCode::OK));
                assert!(error.to_string().contains("10 bytes"), "{error}");
            }
        }
    }
}

#[tokio::test]
async fn what_is_announced_to_be_too_large_is_not_waited_for() {
    let head = "HTTP/1.1 200 OK\r\nContent-Length: 33554433\r\n\r\n";
    let server = Server::start([stall(head)]).await;
    assert!(server.client().send(&Raw).await.unwrap_err().is_too_large());
    server.client().send(&Nothing).await.unwrap();
}

#[tokio::test]
async fn an_error_body_is_cut_at_its_limit() {
    let long = "x".repeat(64 * 1024 + 1);
    let server = Server::start([answer("500 Internal Server Error", &long)]).await;
    let error = server.client().send(&Raw).await.unwrap_err();
    assert!(error.is_status());
    assert_eq!(error.body().unwrap().len(), 64 * 1024);
    let client = server
        .builder()
        .limits(Limits::default().error_body(3))
        .build()
        .unwrap();
    let error = client.send(&Raw).await.unwrap_err();
    assert_eq!(error.body().unwrap(), "xxx");
    let client = server
        .builder()
        .limits(Limits::default().error_body(0))
        .build()
        .unwrap();
    assert!(client.send(&Raw).await.unwrap_err().is_status());
}

#[tokio::test]
async fn a_limit_counts_what_comes_out_of_decompression() {
    let bomb = |length| {
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        gzip.write_all(&vec![b'1'; length]).unwrap();
        gzip.finish().unwrap()
    };
    let head = "200 OK\r\nContent-Encoding: gzip";
    let server = Server::start([answer(head, bomb(1000)), answer(head, bomb(1_000_000))]).await;
    let client = server
        .builder()
        .limits(Limits::default().body(10_000))
        .build()
        .unwrap();
    assert_eq!(client.send(&Raw).await.unwrap().len(), 1000);
    assert!(client.send(&Raw).await.unwrap_err().is_too_large());
    assert!(server.seen()[0].contains("accept-encoding: gzip"));
}
