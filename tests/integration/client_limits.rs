//! The limits that hold unless others are given, and how much is read of a body that nobody wants.

use std::{
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering::Relaxed},
    },
    task::{Context, Poll},
};

use api_request::{ApiRequest, Body, Limits};
use bytes::Bytes;
use futures_util::StreamExt;
use http::Response;
use http_body::{Frame, SizeHint};

use crate::server::double;

#[derive(ApiRequest)]
#[api(method = GET, path = "/n", response(bytes))]
struct Raw;

#[derive(ApiRequest)]
#[api(method = GET, path = "/n")]
struct Nothing;

#[derive(ApiRequest)]
#[api(method = GET, path = "/n", response(text))]
#[api(events(item = u32))]
struct Events;

#[tokio::test]
async fn a_body_of_32_mib_fits() {
    for (length, fits) in [(32 << 20, true), ((32 << 20) + 1, false)] {
        let client = double(move |_| async move { Ok(Response::new(vec![0; length].into())) });
        match client.build().unwrap().send(&Raw).await {
            Ok(bytes) => assert!(fits && bytes.len() == length),
            Err(error) => assert!(!fits && error.is_too_large()),
        }
    }
}

#[tokio::test]
async fn an_event_of_8_mib_fits() {
    for (length, fits) in [(8 << 20, true), ((8 << 20) + 1, false)] {
        let client = double(move |_| async move {
            let answer = Response::builder().header("content-type", "text/event-stream");
            let spaces = " ".repeat(length - 1);
            Ok(answer.body(format!("data: {spaces}1\n\n").into())?)
        });
        let client = client.build().unwrap();
        let mut events = client.call(&Events).events().await.unwrap();
        match events.next().await.unwrap() {
            Ok(item) => assert!(fits && item == 1),
            Err(error) => assert!(!fits && error.is_too_large()),
        }
    }
}

const PIECE: usize = 1_000;

/// A body that counts what is read of it.
struct Counted {
    left: usize,
    is_announced: bool,
    read: Arc<AtomicUsize>,
}

impl http_body::Body for Counted {
    type Data = Bytes;
    type Error = std::io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        Poll::Ready((self.left > 0).then(|| {
            self.left -= PIECE;
            self.read.fetch_add(PIECE, Relaxed);
            Ok(Frame::data(Bytes::from_static(&[0; PIECE])))
        }))
    }

    fn size_hint(&self) -> SizeHint {
        if self.is_announced {
            SizeHint::with_exact(self.left as u64)
        } else {
            SizeHint::default()
        }
    }
}

/// How much of a body nobody wants is read, that of an answer or that of a redirect before it.
async fn read(is_redirect: bool, length: usize, is_announced: bool) -> usize {
    let read = Arc::new(AtomicUsize::new(0));
    let count = read.clone();
    let client = double(move |request: http::Request<Body>| {
        let body = Body::wrap(Counted {
            left: length,
            is_announced,
            read: count.clone(),
        });
        async move {
            if !is_redirect {
                return Ok(Response::new(body));
            }
            if request.uri().path() == "/other" {
                return Ok(Response::new(Body::empty()));
            }
            let answer = Response::builder().status(302).header("location", "/other");
            Ok(answer.body(body)?)
        }
    });
    let limits = Limits::default().body(10 * PIECE);
    let client = client.limits(limits).build().unwrap();
    client.send(&Nothing).await.unwrap();
    read.load(Relaxed)
}

#[tokio::test]
async fn a_body_that_nobody_wants_is_read_up_to_the_limit() {
    for is_redirect in [false, true] {
        for (length, is_announced, expected) in [
            (10, true, 10),
            (10, false, 10),
            (1_000, false, 11),
            (1_000, true, 0),
        ] {
            let read = read(is_redirect, length * PIECE, is_announced).await;
            assert_eq!(
                read,
                expected * PIECE,
                "{is_redirect} {length} {is_announced}"
            );
        }
    }
}
