//! A body that is saved to a file, watched as it comes, or read by a reader.

use std::{
    error::Error as _,
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
};

use api_request::{ApiRequest, Body, ByteStream, Error, Phase, Progress};
use bytes::Bytes;
use futures_util::{
    StreamExt,
    future::{Either, select},
    stream,
};
use http::Response;
use tempfile::TempDir;
use tokio::sync::oneshot;

use crate::server::{Answer, Server, answer, double, hang_up, stall};

#[derive(ApiRequest)]
#[api(method = GET, path = "/n", response(stream))]
struct Download {
    #[api(query, secret)]
    key: &'static str,
}

#[derive(ApiRequest)]
#[api(method = HEAD, path = "/n", response(stream))]
struct Head;

const REQUEST: Download = Download { key: "canary" };

pub(crate) async fn download(answer: Answer) -> ByteStream {
    let server = Server::start([answer]).await;
    server.client().send(&REQUEST).await.unwrap()
}

/// A body whose length no one knows, beside what its head announces.
pub(crate) async fn unsized_download(
    announced: &'static str,
    pieces: &'static [&'static str],
) -> ByteStream {
    let client = double(move |_| async move {
        let pieces = pieces
            .iter()
            .map(|piece| Ok::<_, io::Error>(Bytes::from(*piece)));
        let body = Body::once(stream::iter(pieces));
        Ok(Response::builder()
            .header("content-length", announced)
            .body(body)?)
    });
    client.build().unwrap().send(&REQUEST).await.unwrap()
}

pub(crate) fn broken() -> Answer {
    hang_up("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhel")
}

fn names(directory: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(directory).unwrap();
    entries
        .map(|entry| entry.unwrap().file_name().into())
        .collect()
}

/// A directory with a file `old` in it.
fn directory() -> (TempDir, PathBuf) {
    let directory = tempfile::tempdir().unwrap();
    let old = directory.path().join("old");
    fs::write(&old, "old").unwrap();
    (directory, old)
}

/// An error about a file, which tells its path and nothing of the request.
fn check_write(error: &Error, path: &Path) {
    assert!(
        error.is_write() && !error.is_timeout() && !error.is_decode(),
        "{error:?}"
    );
    assert_eq!(error.phase(), Phase::Answered);
    assert_eq!((error.operation(), error.attempts()), ("Download", 1));
    let expected = format!(
        "`Download`: 200 OK, but `{}` cannot be written",
        path.display()
    );
    assert_eq!(error.to_string(), expected);
    assert!(error.source().unwrap().is::<io::Error>());
    assert!(!format!("{error:?} {error:#?}").contains("canary"));
}

#[tokio::test]
async fn a_download_is_saved_whole() {
    let (directory, old) = directory();
    let large: Vec<u8> = (0..1_000_000_u32).flat_map(u32::to_le_bytes).collect();
    for body in [&large[..], b"hello", b""] {
        for path in [&old, &directory.path().join("new")] {
            let length = download(answer("200 OK", body))
                .await
                .save_to(path)
                .await
                .unwrap();
            assert_eq!(length, body.len() as u64);
            assert!(fs::read(path).unwrap() == body);
        }
    }
    assert_eq!(names(directory.path()).len(), 2);
}

#[tokio::test]
async fn a_body_in_chunks_or_until_the_end_is_saved_whole() {
    let (_directory, path) = directory();
    let chunks =
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n";
    for bytes in [chunks, "HTTP/1.1 200 OK\r\n\r\nhello"] {
        let stream = download(hang_up(bytes)).await;
        assert_eq!(stream.content_length(), None);
        assert_eq!(stream.save_to(&path).await.unwrap(), 5);
        assert_eq!(fs::read(&path).unwrap(), b"hello");
    }
}

#[tokio::test]
async fn a_broken_download_leaves_everything_as_it_was() {
    let (directory, old) = directory();
    let chunk = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n";
    for answer in [broken(), hang_up(chunk)] {
        for path in [&old, &directory.path().join("new")] {
            let error = download(answer.clone())
                .await
                .save_to(path)
                .await
                .unwrap_err();
            assert!(!error.is_write() && !error.is_decode(), "{error:?}");
            assert_eq!(error.phase(), Phase::Answered);
            assert_eq!(
                error.to_string(),
                "`Download`: 200 OK, but the connection failed in the middle of the body"
            );
        }
    }
    assert_eq!(names(directory.path()), [Path::new("old")]);
    assert_eq!(fs::read(old).unwrap(), b"old");
}

#[tokio::test]
async fn a_dropped_download_leaves_everything_as_it_was() {
    let (directory, old) = directory();
    let (tell, told) = oneshot::channel();
    let mut tell = Some(tell);
    let stream = download(stall("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhel")).await;
    let stream = stream.on_progress(move |_| {
        tell.take().map(|tell| tell.send(()));
    });
    let saving = Box::pin(stream.save_to(&old));
    let Either::Right((Ok(()), saving)) = select(saving, told).await else {
        panic!("it stalls after a piece");
    };
    assert_eq!(names(directory.path()).len(), 2);
    drop(saving);
    assert_eq!(names(directory.path()), [Path::new("old")]);
    assert_eq!(fs::read(old).unwrap(), b"old");
}

#[tokio::test]
async fn a_length_that_is_not_reached_is_an_error_for_every_transport() {
    let mut stream = unsized_download("9", &["hel", "lo"]).await;
    assert_eq!(stream.content_length(), Some(9));
    assert_eq!(stream.next().await.unwrap().unwrap(), "hel");
    assert_eq!(stream.next().await.unwrap().unwrap(), "lo");
    let error = stream.next().await.unwrap().unwrap_err();
    assert_eq!(
        error.to_string(),
        "`Download`: 200 OK, but the connection failed in the middle of the body"
    );
    assert_eq!(error.source().unwrap().to_string(), "5 of 9 bytes received");
    assert!(stream.next().await.is_none());

    for (announced, length) in [("5", Some(5)), ("4", Some(4)), ("many", None)] {
        let stream = unsized_download(announced, &["hel", "lo"]).await;
        assert_eq!(stream.content_length(), length);
        let pieces: Vec<_> = stream.collect().await;
        assert!(
            pieces.len() == 2 && pieces.iter().all(Result::is_ok),
            "{pieces:?}"
        );
    }
}

#[tokio::test]
async fn the_length_that_an_answer_to_head_announces_is_not_its_own() {
    let server = Server::start([hang_up("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n")]).await;
    let mut stream = server.client().send(&Head).await.unwrap();
    assert!(stream.next().await.is_none());

    let client = double(|_| async {
        let body = Body::once(stream::empty::<io::Result<Bytes>>());
        Ok(Response::builder()
            .header("content-length", "9")
            .body(body)?)
    });
    let mut stream = client.build().unwrap().send(&Head).await.unwrap();
    assert!(stream.next().await.is_none());
}

#[tokio::test]
async fn what_cannot_be_written_is_an_error_that_names_the_path() {
    let (directory, old) = directory();
    let missing = directory.path().join("missing").join("new");
    let below_a_file = old.join("new");
    for path in [&missing, &below_a_file, directory.path(), Path::new("")] {
        let error = download(answer("200 OK", "hello"))
            .await
            .save_to(path)
            .await
            .unwrap_err();
        check_write(&error, path);
    }
    assert_eq!(names(directory.path()), [Path::new("old")]);
}

#[tokio::test]
async fn the_name_of_a_path_does_not_break_the_line_of_its_error() {
    let path = Path::new("missing\nerror: all is lost\u{1b}[2J/new");
    let error = download(answer("200 OK", "hello"))
        .await
        .save_to(path)
        .await
        .unwrap_err();
    let line = error.to_string();
    assert!(
        line.ends_with("but `missing error: all is lost[2J/new` cannot be written"),
        "{line}"
    );
}

#[cfg(unix)]
#[tokio::test]
async fn a_relative_path_is_relative_to_the_current_directory() {
    let (directory, old) = directory();
    let depth = std::env::current_dir().unwrap().components().count() - 1;
    let root = PathBuf::from("../".repeat(depth));
    let path = root.join(old.strip_prefix("/").unwrap());
    let length = download(answer("200 OK", "hello"))
        .await
        .save_to(path)
        .await
        .unwrap();
    assert_eq!(length, 5);
    assert_eq!(fs::read(old).unwrap(), b"hello");
    assert_eq!(names(directory.path()).len(), 1);
}

#[cfg(unix)]
#[tokio::test]
async fn a_file_has_the_permissions_of_any_new_file() {
    use std::os::unix::fs::PermissionsExt;

    let (directory, old) = directory();
    let new = directory.path().join("new");
    download(answer("200 OK", "hello"))
        .await
        .save_to(&new)
        .await
        .unwrap();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode();
    assert_eq!(mode(&new), mode(&old));
}

#[cfg(unix)]
#[tokio::test]
async fn the_mode_of_a_file_that_is_there_is_kept() {
    use std::os::unix::fs::PermissionsExt;

    let (_directory, old) = directory();
    for mode in [0o600, 0o640, 0o444, 0o755] {
        fs::set_permissions(&old, fs::Permissions::from_mode(mode)).unwrap();
        let stream = download(answer("200 OK", "hello")).await;
        stream.save_to(&old).await.unwrap();
        let kept = fs::metadata(&old).unwrap().permissions().mode();
        assert_eq!(kept & 0o7777, mode, "{kept:o}");
        assert_eq!(fs::read(&old).unwrap(), b"hello");
    }
}

#[cfg(unix)]
#[tokio::test]
async fn a_symlink_is_followed() {
    use std::os::unix::fs::symlink;

    let (directory, old) = directory();
    let other = tempfile::tempdir().unwrap();
    let (link, second) = (other.path().join("link"), other.path().join("second"));
    symlink(&old, &link).unwrap();
    symlink("link", &second).unwrap();
    let dangling = other.path().join("dangling");
    symlink(directory.path().join("new"), &dangling).unwrap();
    for (path, target) in [(&link, "old"), (&second, "old"), (&dangling, "new")] {
        let stream = download(answer("200 OK", path.to_str().unwrap())).await;
        stream.save_to(path).await.unwrap();
        assert!(fs::symlink_metadata(path).unwrap().is_symlink());
        let written = fs::read_to_string(directory.path().join(target)).unwrap();
        assert_eq!(Path::new(&written), path);
    }
    assert_eq!(names(directory.path()).len(), 2);

    let endless = other.path().join("endless");
    symlink("endless", &endless).unwrap();
    let stream = download(answer("200 OK", "hello")).await;
    check_write(&stream.save_to(&endless).await.unwrap_err(), &endless);
}

#[cfg(unix)]
#[tokio::test]
async fn a_pipe_is_written_to_as_the_body_comes() {
    let (directory, _) = directory();
    let pipe = directory.path().join("pipe");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status();
    assert!(made.unwrap().success());
    let from = pipe.clone();
    let (tell, told) = oneshot::channel();
    let reader = std::thread::spawn(move || {
        let mut pipe = fs::File::open(from).unwrap();
        let mut start = [0; 3];
        io::Read::read_exact(&mut pipe, &mut start).unwrap();
        tell.send(()).unwrap();
        let mut rest = Vec::new();
        io::Read::read_to_end(&mut pipe, &mut rest).unwrap();
        [&start[..], &rest].concat()
    });
    let stream = download(stall("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhel")).await;
    // The rest never comes, but what came is in the pipe.
    let saving = Box::pin(stream.save_to(&pipe));
    let Either::Right((Ok(()), saving)) = select(saving, told).await else {
        panic!("the pipe gets what comes");
    };
    drop(saving);
    assert_eq!(reader.join().unwrap(), b"hel");
    assert!(std::os::unix::fs::FileTypeExt::is_fifo(
        &fs::metadata(&pipe).unwrap().file_type()
    ));
    assert_eq!(names(directory.path()).len(), 2);
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_device_is_written_to() {
    use std::os::unix::fs::FileTypeExt;

    // A link, so that a mistake replaces nothing of the system.
    let (directory, _) = directory();
    for (device, fits) in [("/dev/null", true), ("/dev/full", false)] {
        let link = directory.path().join("link");
        std::os::unix::fs::symlink(device, &link).unwrap();
        let result = download(answer("200 OK", "hello"))
            .await
            .save_to(&link)
            .await;
        match result {
            Ok(length) => assert!(fits && length == 5),
            Err(error) => {
                assert!(!fits);
                check_write(&error, &link);
            }
        }
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert!(fs::metadata(&link).unwrap().file_type().is_char_device());
        fs::remove_file(link).unwrap();
    }
}

/// Dropped at each of its steps, also the last: what is there is the old file, or the future said that it is not.
#[tokio::test]
async fn a_download_dropped_at_any_step_leaves_the_file_as_it_was() {
    let body = vec![b'x'; 100_000];
    let mut steps = 0;
    loop {
        let (directory, old) = directory();
        let mut saving = Box::pin(download(answer("200 OK", &body)).await.save_to(&old));
        let mut left = steps;
        let ended = std::future::poll_fn(|context| {
            let poll = saving.as_mut().poll(context);
            if poll.is_ready() || left == 0 {
                return std::task::Poll::Ready(poll.is_ready());
            }
            left -= 1;
            std::task::Poll::Pending
        })
        .await;
        drop(saving);
        if ended {
            assert_eq!(fs::read(&old).unwrap(), body);
            break;
        }
        // Time for what a thread may still be doing.
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        assert_eq!(fs::read(&old).unwrap(), b"old", "after {steps} steps");
        assert_eq!(names(directory.path()), [Path::new("old")]);
        steps += 1;
    }
    assert!(steps > 2, "{steps}");
}

#[tokio::test]
async fn progress_is_told_for_each_piece() {
    type Told = Arc<Mutex<Vec<Progress>>>;

    fn watch(stream: ByteStream) -> (ByteStream, Told) {
        let told = Told::default();
        let teller = told.clone();
        (
            stream.on_progress(move |progress| teller.lock().unwrap().push(progress)),
            told,
        )
    }

    let (mut stream, told) = watch(unsized_download("5", &["hel", "", "lo"]).await);
    let mut received = Vec::new();
    while let Some(piece) = stream.next().await {
        received.push(piece.unwrap().len() as u64);
        let last = *told.lock().unwrap().last().unwrap();
        assert_eq!(
            (last.received, last.total),
            (received.iter().sum(), Some(5))
        );
        assert_eq!(told.lock().unwrap().len(), received.len());
    }
    assert_eq!(received, [3, 2]);

    let body = vec![7; 3_000_000];
    let (directory, path) = directory();
    let (stream, told) = watch(download(answer("200 OK", &body)).await);
    let length = stream.save_to(&path).await.unwrap();
    let last = *told.lock().unwrap().last().unwrap();
    assert_eq!((last.received, last.total), (length, Some(length)));
    let steps = told.lock().unwrap().clone();
    assert!(
        steps
            .windows(2)
            .all(|pair| pair[0].received < pair[1].received)
    );

    let (stream, told) = watch(download(answer("200 OK", &body)).await);
    let mut read = Vec::new();
    tokio::io::AsyncReadExt::read_to_end(&mut stream.into_reader(), &mut read)
        .await
        .unwrap();
    assert_eq!(told.lock().unwrap().last().unwrap().received, 3_000_000);

    let (stream, told) = watch(download(answer("200 OK", "")).await);
    stream
        .save_to(directory.path().join("empty"))
        .await
        .unwrap();
    assert!(told.lock().unwrap().is_empty());
}

#[tokio::test]
async fn what_is_decompressed_has_no_length() {
    let body = vec![b'x'; 100_000];
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    gzip.write_all(&body).unwrap();
    let gzip = gzip.finish().unwrap();
    let (_directory, path) = directory();
    let stream = download(answer("200 OK\r\nContent-Encoding: gzip", gzip)).await;
    assert_eq!(stream.content_length(), None);
    let stream = stream.on_progress(|progress| assert_eq!(progress.total, None));
    assert_eq!(stream.save_to(&path).await.unwrap(), 100_000);
    assert!(fs::read(path).unwrap() == body);
}

#[tokio::test]
async fn a_download_can_move_between_threads() {
    fn check<T: Send + Sync + Unpin>(value: T) -> T {
        value
    }

    let (_directory, path) = directory();
    let stream = check(
        download(answer("200 OK", "hello"))
            .await
            .on_progress(|_| {}),
    );
    let saving = tokio::spawn(async move { stream.save_to(&path).await });
    assert_eq!(saving.await.unwrap().unwrap(), 5);
    let _reader = check(download(answer("200 OK", "")).await.into_reader());
}
