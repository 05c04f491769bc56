//! A file as a body: opened when it is sent, and as long as it was announced.

use std::{fs, path::PathBuf};

use api_request::{ApiRequest, Body, BoxError, Phase};
use http_body::Body as _;
use http_body_util::BodyExt;
use tempfile::TempDir;

use crate::{
    server::{Server, answer},
    wire::{base, http},
};

#[derive(ApiRequest)]
#[api(method = PUT, path = "/backup")]
struct PutBackup {
    #[api(body = stream)]
    archive: Body,
}

/// A file with this content, and the directory that goes when the test does.
fn file(content: &[u8]) -> (TempDir, PathBuf) {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("backup.tar");
    fs::write(&path, content).unwrap();
    (dir, path)
}

fn put(path: &PathBuf) -> PutBackup {
    let archive = Body::file(path);
    PutBackup { archive }
}

/// The lengths of the pieces that `body` comes in.
async fn pieces(mut body: Body) -> Result<Vec<usize>, BoxError> {
    let mut pieces = Vec::new();
    while let Some(frame) = body.frame().await {
        pieces.push(frame?.into_data().map_or(0, |data| data.len()));
    }
    Ok(pieces)
}

#[tokio::test]
async fn it_is_sent_with_its_length_as_often_as_asked() {
    let (_dir, path) = file(b"tar");
    let server = Server::start([answer("204 No Content", "")]).await;
    let request = put(&path);
    for _ in 0..2 {
        server.client().send(&request).await.unwrap();
    }
    for seen in server.seen() {
        assert!(seen.contains("content-length: 3\r\n"), "{seen}");
        assert!(seen.ends_with("\r\n\r\ntar"), "{seen}");
    }
    fs::write(&path, "").unwrap();
    server.client().send(&request).await.unwrap();
    let seen = server.seen().remove(2);
    assert!(seen.contains("content-length: 0\r\n"), "{seen}");
}

#[tokio::test]
async fn it_is_sent_again_after_a_redirect() {
    let (_dir, path) = file(b"tar");
    let server = Server::start([
        answer("307 Temporary Redirect\r\nLocation: /next", ""),
        answer("204 No Content", ""),
    ])
    .await;
    server.client().send(&put(&path)).await.unwrap();
    let seen = server.seen();
    assert!(seen[1].starts_with("PUT /next "), "{seen:?}");
    assert!(seen[1].ends_with("\r\n\r\ntar"), "{seen:?}");
}

#[tokio::test]
async fn nothing_is_sent_of_a_file_that_cannot_be_opened() {
    let (dir, path) = file(b"");
    let server = Server::start([answer("204 No Content", "")]).await;
    for path in [path.with_extension("missing"), dir.path().to_owned()] {
        let error = server.client().send(&put(&path)).await.unwrap_err();
        assert_eq!(error.phase(), Phase::NotSent);
        assert_eq!(error.field(), Some("archive"));
        let expected = format!(
            "`PutBackup` cannot be sent: field `archive` holds the file `{}`, which cannot be opened",
            path.display()
        );
        assert_eq!(error.to_string(), expected);
        let source = std::error::Error::source(&error).unwrap();
        assert!(source.is::<std::io::Error>(), "{source}");
    }
    assert_eq!(server.connections(), 0);
}

#[tokio::test]
async fn any_stack_learns_its_length_and_gets_it_in_pieces() {
    let (_dir, path) = file(&vec![b'x'; 300_000]);
    let body = http(&put(&path)).unwrap().into_body();
    assert_eq!(body.size_hint().exact(), Some(300_000));
    let pieces = pieces(body).await.unwrap();
    assert_eq!(pieces.iter().sum::<usize>(), 300_000);
    assert!(
        pieces.iter().all(|piece| *piece <= 128 * 1024),
        "{pieces:?}"
    );
}

#[tokio::test]
async fn it_is_as_long_as_announced_whatever_becomes_of_the_file() {
    let (_dir, path) = file(b"12345");
    let announced = |then: &str| {
        fs::write(&path, "12345").unwrap();
        let body = http(&put(&path)).unwrap().into_body();
        assert_eq!(body.size_hint().exact(), Some(5));
        fs::write(&path, then).unwrap();
        body
    };
    assert_eq!(pieces(announced("1234567")).await.unwrap(), [5]);
    let error = pieces(announced("123")).await.unwrap_err();
    assert!(error.to_string().contains("got shorter"), "{error}");
}

#[test]
fn without_a_runtime_it_is_an_error() {
    let (_dir, path) = file(b"1");
    let mut body = Box::pin(pieces(http(&put(&path)).unwrap().into_body()));
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    let std::task::Poll::Ready(Err(error)) = body.as_mut().poll(&mut context) else {
        panic!("it waits for a runtime");
    };
    assert!(error.to_string().contains("cannot be opened"), "{error}");
}

#[test]
fn curl_reads_it_where_it_is() {
    let curl = put(&"it's.tar".into()).to_curl(&base()).unwrap();
    assert!(curl.ends_with(r"--data-binary '@it'\''s.tar'"), "{curl}");
}
