//! Feature `gzip`: what is asked for, and what comes of compressed responses, right and wrong ones.

use std::io::Write;

use api_request::{ApiRequest, ByteStream, Client, Phase, ReqwestTransport, Retry};
use futures_util::{StreamExt, TryStreamExt};

use crate::response_decoding::assert_tells_once;
use crate::server::{Answer, Server, answer, hang_up};

#[derive(ApiRequest)]
#[api(method = GET, path = "/n", response = Vec<u32>)]
struct Numbers;

#[derive(ApiRequest)]
#[api(method = GET, path = "/n", response(stream))]
struct Download;

#[derive(ApiRequest)]
#[api(method = HEAD, path = "/n")]
struct Head;

#[derive(ApiRequest)]
#[api(method = GET, path = "/n", events = u32)]
struct Watch;

fn gzip(text: &str) -> Vec<u8> {
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    gzip.write_all(text.as_bytes()).unwrap();
    gzip.finish().unwrap()
}

fn coded(coding: &str, body: impl AsRef<[u8]>) -> Answer {
    answer(&format!("200 OK\r\nContent-Encoding: {coding}"), body)
}

fn members() -> Vec<u8> {
    ["[1,", "2,", "", "3]"].map(gzip).concat()
}

#[tokio::test]
async fn all_members_are_read() {
    let server = Server::start([coded("gzip", members())]).await;
    let client = server.client();
    assert_eq!(client.send(&Numbers).await.unwrap(), [1, 2, 3]);

    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("n");
    let stream: ByteStream = client.send(&Download).await.unwrap();
    assert_eq!(stream.content_length(), None);
    assert_eq!(stream.save_to(&path).await.unwrap(), 7);
    assert_eq!(std::fs::read(path).unwrap(), b"[1,2,3]");
}

#[tokio::test]
async fn codings_are_known_by_any_of_their_names() {
    for (coding, body) in [
        ("gzip", members()),
        ("GZIP", members()),
        ("x-gzip", members()),
        ("X-GZip", members()),
        ("gzip, identity", members()),
        ("identity", b"[1,2,3]".to_vec()),
        ("identity\r\nContent-Encoding: gzip", members()),
        ("", b"[1,2,3]".to_vec()),
    ] {
        let server = Server::start([coded(coding, body)]).await;
        let response = server.client().call(&Numbers).send_full().await.unwrap();
        assert_eq!(response.body, [1, 2, 3], "{coding}");
    }
    let twice = {
        let mut twice = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        twice.write_all(&members()).unwrap();
        twice.finish().unwrap()
    };
    let server = Server::start([coded("gzip, gzip", twice)]).await;
    assert_eq!(server.client().send(&Numbers).await.unwrap(), [1, 2, 3]);
}

#[tokio::test]
async fn a_body_in_another_coding_than_its_own_is_a_decode_error() {
    let whole = gzip("[1,2,3]");
    let cut = &whole[..whole.len() - 1];
    for body in [b"[1,2,3]", cut, &[&whole[..], b"[1]"].concat()] {
        let server = Server::start([coded("gzip", body)]).await;
        let client = server.client();
        let error = client.send(&Numbers).await.unwrap_err();
        assert!(error.is_decode(), "{error:?}");
        assert_eq!((error.phase(), error.attempts()), (Phase::Answered, 1));
        assert!(error.to_string().contains("invalid gzip: "), "{error}");
        assert_tells_once(&error);
        assert_eq!(server.seen().len(), 1);

        let stream = client.send(&Download).await.unwrap();
        let error = stream.try_collect::<Vec<_>>().await.unwrap_err();
        assert!(error.is_decode(), "{error:?}");
        assert_tells_once(&error);
    }
}

#[tokio::test]
async fn a_compressed_body_that_breaks_off_is_asked_for_again() {
    let head = "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 100\r\n\r\n";
    let server = Server::start([hang_up(head), coded("gzip", members())]).await;
    let client = server
        .builder()
        .retry(Retry::default().base_delay(std::time::Duration::ZERO));
    let response = client
        .build()
        .unwrap()
        .call(&Numbers)
        .send_full()
        .await
        .unwrap();
    assert_eq!((response.body, response.attempts), (vec![1, 2, 3], 2));
}

#[tokio::test]
async fn a_body_that_is_not_there_is_not_decompressed() {
    let server = Server::start([
        answer("204 No Content\r\nContent-Encoding: gzip", ""),
        hang_up("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 100\r\n\r\n"),
    ])
    .await;
    let client = server.client();
    let stream = client.send(&Download).await.unwrap();
    assert!(stream.try_collect::<Vec<_>>().await.unwrap().is_empty());
    let response = client.call(&Head).send_full().await.unwrap();
    assert_eq!(response.headers["content-encoding"], "gzip");
    assert_eq!(response.headers["content-length"], "100");
}

#[tokio::test]
async fn the_message_of_a_compressed_error_is_read() {
    let error = r#"{"message":"no such key"}"#;
    let head = "404 Not Found\r\nContent-Encoding: gzip";
    let server = Server::start([answer(head, gzip(error)), answer(head, error)]).await;
    let client = server.client();
    let error = client.send(&Numbers).await.unwrap_err();
    assert_eq!(error.to_string(), "`Numbers`: 404 Not Found: no such key");
    assert!(!error.headers().unwrap().contains_key("content-encoding"));
    let error = client.send(&Numbers).await.unwrap_err();
    assert_eq!(error.to_string(), "`Numbers`: 404 Not Found");
}

#[tokio::test]
async fn events_come_one_by_one() {
    let events: Vec<u8> = ["data: 1\n\n", "data: 2\n\n"].map(gzip).concat();
    let head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Encoding: gzip\r\n\
                Transfer-Encoding: chunked\r\n\r\n";
    let server = Server::start([Answer::stalled(head, &events)]).await;
    let mut stream = server.client().call(&Watch).events().await.unwrap();
    for expected in [1, 2] {
        assert_eq!(stream.next().await.unwrap().unwrap(), expected);
    }
}

/// The `Accept-Encoding` that came last.
fn asked_for(server: &Server) -> Vec<String> {
    let seen = server.seen().pop().unwrap();
    let lines = seen.lines();
    let values = lines.filter_map(|line| line.strip_prefix("accept-encoding: "));
    values.map(str::to_owned).collect()
}

#[tokio::test]
async fn a_range_is_asked_for_as_it_is() {
    #[derive(ApiRequest)]
    #[api(method = GET, path = "/n", response(bytes))]
    struct Part {
        #[api(header = "Range")]
        range: Option<&'static str>,
        #[api(header = "Accept-Encoding")]
        coding: Option<&'static str>,
    }

    let server = Server::start([answer("206 Partial Content", "x")]).await;
    let builder = || Client::builder(server.origin());
    let transport = ReqwestTransport::new(server.origin()).unwrap();
    for client in [builder(), builder().service(transport)] {
        let client = client.build().unwrap();
        for (range, coding, expected) in [
            (None, None, "gzip"),
            (Some("bytes=0-9"), None, "identity"),
            (Some("bytes=0-9"), Some("gzip"), "gzip"),
            (None, Some("br"), "br"),
        ] {
            client.send(&Part { range, coding }).await.unwrap();
            assert_eq!(asked_for(&server), [expected]);
        }
        let (range, coding) = (None, None);
        let part = Part { range, coding };
        let call = client.call(&part);
        call.header("Range", "bytes=5-").send().await.unwrap();
        assert_eq!(asked_for(&server), ["identity"]);
    }
}
