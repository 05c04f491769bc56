//! Multipart bodies that are sent: files and streams in them, how long they are, and whether they are sent again.

use std::{fs, path::Path, process::Command};

use api_request::{ApiRequest, Body, Part, Phase};
use bytes::Bytes;
use http_body::Body as _;
use http_body_util::BodyExt;
use tempfile::TempDir;

use crate::{
    multipart::split,
    server::{Server, answer},
    wire::{base, http},
};

#[derive(ApiRequest)]
#[api(method = POST, path = "/files", fields = part)]
struct Upload {
    purpose: &'static str,
    file: Part,
    #[api(filename = "more.txt")]
    more: Vec<Part>,
}

fn upload(file: Part) -> Upload {
    Upload {
        purpose: "test",
        file,
        more: vec![],
    }
}

/// A directory with the file `a.txt` in it, which goes when the test does.
fn dir(content: &str) -> TempDir {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("a.txt"), content).unwrap();
    dir
}

fn file(dir: &TempDir) -> Part {
    Part::file(dir.path().join("a.txt"))
}

/// The head of a request as a server saw it, and its parts.
fn read(seen: &str) -> (&str, Vec<(String, String)>) {
    let (head, body) = seen.split_once("\r\n\r\n").unwrap();
    let boundary = &head[head.find("boundary=").unwrap() + 9..][..32];
    (head, split(body, boundary))
}

fn stream() -> impl futures_util::Stream<Item = Result<Bytes, std::io::Error>> + Send {
    futures_util::stream::iter([Ok("a".into()), Ok("b".into())])
}

const PURPOSE: &str = "Content-Disposition: form-data; name=\"purpose\"";
const A_TXT: &str =
    "Content-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\nContent-Type: text/plain";

#[tokio::test]
async fn files_are_read_from_the_disk_between_the_other_parts() {
    let dir = dir("content");
    let server = Server::start([answer("204 No Content", "")]).await;
    let mut request = upload(file(&dir));
    request.more = vec![file(&dir), file(&dir).filename("own"), Part::text("last")];
    for _ in 0..2 {
        server.client().send(&request).await.unwrap();
    }
    let more = |filename: &str, content_type: &str| {
        format!(
            "Content-Disposition: form-data; name=\"more\"; filename=\"{filename}\"\r\nContent-Type: {content_type}"
        )
    };
    let expected = [
        (PURPOSE.to_owned(), "test"),
        (A_TXT.to_owned(), "content"),
        (more("more.txt", "text/plain"), "content"),
        (more("own", "application/octet-stream"), "content"),
        (more("more.txt", "text/plain"), "last"),
    ]
    .map(|(head, content)| (head, content.to_owned()));
    for seen in server.seen() {
        let (head, parts) = read(&seen);
        assert_eq!(parts, expected);
        let length = seen.len() - head.len() - 4;
        let header = format!("content-length: {length}\r\n");
        assert!(format!("{head}\r\n").contains(&header), "{head}");
    }
}

#[tokio::test]
async fn a_stream_of_unknown_length_makes_chunks() {
    let server = Server::start([answer("204 No Content", "")]).await;
    let request = upload(Part::body(Body::stream(stream)));
    server.client().send(&request).await.unwrap();
    let seen = server.seen().remove(0);
    assert!(seen.contains("transfer-encoding: chunked\r\n"), "{seen}");
    assert!(!seen.contains("content-length"), "{seen}");
}

#[tokio::test]
async fn a_redirect_that_keeps_the_body_sends_the_parts_again() {
    let dir = dir("content");
    let server = Server::start([
        answer("307 Temporary Redirect\r\nLocation: /next", ""),
        answer("204 No Content", ""),
    ])
    .await;
    server.client().send(&upload(file(&dir))).await.unwrap();
    let seen = server.seen();
    assert!(seen[1].starts_with("POST /next "), "{}", seen[1]);
    assert_eq!(read(&seen[0]).1, read(&seen[1]).1);
    assert_eq!(read(&seen[1]).1[1].1, "content");
}

#[tokio::test]
async fn a_part_that_can_be_sent_once_makes_such_a_body() {
    let server = Server::start([
        answer("307 Temporary Redirect\r\nLocation: /next", ""),
        answer("204 No Content", ""),
    ])
    .await;
    let once = upload(Part::body(Body::once(stream())));
    assert!(http(&once).unwrap().body().try_clone().is_none());
    let error = server.client().send(&once).await.unwrap_err();
    assert!(error.is_redirect(), "{error}");
    assert_eq!(server.seen().len(), 1);

    let again = upload(Part::body(Body::stream(stream)));
    assert!(http(&again).unwrap().body().try_clone().is_some());
}

#[tokio::test]
async fn nothing_is_sent_of_parts_with_a_file_that_is_missing() {
    let dir = dir("content");
    let path = dir.path().join("missing");
    let server = Server::start([answer("204 No Content", "")]).await;
    let mut request = upload(file(&dir));
    request.more = vec![file(&dir), Part::file(&path)];
    let error = server.client().send(&request).await.unwrap_err();
    assert_eq!(error.phase(), Phase::NotSent);
    assert_eq!((error.operation(), error.field()), ("Upload", Some("more")));
    assert!(
        error.to_string().contains(path.to_str().unwrap()),
        "{error}"
    );
    assert_eq!(server.connections(), 0);
}

#[tokio::test]
async fn any_stack_learns_the_length_and_gets_the_parts() {
    let dir = dir("content");
    let (head, body) = http(&upload(file(&dir))).unwrap().into_parts();
    assert!(body.as_bytes().is_none());
    let length = body.size_hint().exact();
    let bytes = body.collect().await.unwrap().to_bytes();
    assert_eq!(length, Some(bytes.len() as u64));
    let boundary = head.headers["content-type"].to_str().unwrap();
    let boundary = boundary.split_once("boundary=").unwrap().1;
    let parts = split(std::str::from_utf8(&bytes).unwrap(), boundary);
    assert_eq!(parts[1], (A_TXT.to_owned(), "content".to_owned()));
}

/// What a shell that runs `command` gives curl on standard input.
fn piped(command: &str, dir: &Path) -> String {
    let script = format!("curl() {{ cat; }}\n{command}");
    let output = Command::new("sh")
        .arg("-c")
        .arg(script)
        .current_dir(dir)
        .output();
    let output = output.unwrap();
    assert!(output.status.success(), "{command}");
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn curl_is_given_the_parts_by_a_shell() {
    let dir = dir("content");
    fs::write(dir.path().join("stdin"), "streamed").unwrap();
    let mut request = upload(Part::file("a.txt"));
    request.purpose = "it's $HOME 100% \\n\r\n\u{e9}";
    request.more = vec![Part::bytes("\0'"), Part::body(Body::stream(stream))];
    let curl = request.to_curl(&base()).unwrap();
    let boundary = &curl[curl.find("boundary=").unwrap() + 9..][..32];
    // The redirection is for what comes before the pipe.
    let (print, curl) = curl.split_once(" | ").unwrap();
    let command = format!("{print} < stdin | {curl}");
    let parts = split(&piped(&command, dir.path()), boundary);
    let contents: Vec<_> = parts.iter().map(|(_, content)| &**content).collect();
    assert_eq!(contents, [request.purpose, "content", "\0'", "streamed"]);
    assert_eq!(parts[1].0, A_TXT);
}
