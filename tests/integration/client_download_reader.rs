//! A body that is read by a reader, of futures or of tokio.

use api_request::{Error, Phase};

use crate::{
    client_download::{broken, download, unsized_download},
    server::answer,
};

/// The tests of a reader, in the dialect whose traits are in scope.
macro_rules! test_reader {
    ($consume:path) => {
        #[tokio::test]
        async fn it_reads_what_comes() {
            for size in [1, 2, 4, 100] {
                let stream = unsized_download("13", &["one\n", "two\nth", "ree"]).await;
                let (mut reader, mut read) = (stream.into_reader(), Vec::new());
                let mut buffer = vec![0; size];
                loop {
                    assert_eq!(reader.read(&mut []).await.unwrap(), 0);
                    let count = reader.read(&mut buffer).await.unwrap();
                    if count == 0 {
                        break;
                    }
                    read.extend_from_slice(&buffer[..count]);
                }
                assert_eq!(read, b"one\ntwo\nthree");
                assert_eq!(reader.read(&mut buffer).await.unwrap(), 0);
            }
            let mut empty = download(answer("200 OK", "")).await.into_reader();
            assert_eq!(empty.read(&mut [0; 9]).await.unwrap(), 0);
        }

        #[tokio::test]
        async fn it_reads_lines() {
            let stream = unsized_download("13", &["one\n", "two\nth", "ree"]).await;
            let (mut reader, mut read) = (stream.into_reader(), Vec::new());
            loop {
                let mut line = String::new();
                if reader.read_line(&mut line).await.unwrap() == 0 {
                    break;
                }
                read.push(line);
            }
            assert_eq!(read, ["one\n", "two\n", "three"]);
        }

        #[tokio::test]
        async fn it_lends_the_piece_itself() {
            let mut reader = unsized_download("5", &HELLO).await.into_reader();
            let lent = reader.fill_buf().await.unwrap();
            assert_eq!((lent.as_ptr(), lent.len()), (HELLO[0].as_ptr(), 5));
            $consume(&mut reader, 2);
            assert_eq!(reader.fill_buf().await.unwrap(), b"llo");
        }

        #[tokio::test]
        async fn its_error_holds_the_cause() {
            let mut reader = download(broken()).await.into_reader();
            let mut read = Vec::new();
            let error = reader.read_to_end(&mut read).await.unwrap_err();
            assert_eq!(read, b"hel");
            let shown = error.to_string();
            let cause = error.downcast::<Error>().unwrap();
            assert_eq!(cause.phase(), Phase::Answered);
            assert_eq!(cause.to_string(), shown);
            assert_eq!(reader.read(&mut [0; 9]).await.unwrap(), 0);
            assert!(!format!("{reader:?}").contains("hel"));
        }
    };
}

static HELLO: [&str; 1] = ["hello"];

mod reader_of_futures {
    use futures_util::{AsyncBufReadExt, AsyncReadExt};

    use super::*;

    test_reader!(AsyncBufReadExt::consume_unpin);
}

mod reader_of_tokio {
    use tokio::io::{AsyncBufReadExt, AsyncReadExt};

    use super::*;

    test_reader!(AsyncBufReadExt::consume);
}
