//! Timeouts, on a clock that stands still until everybody waits.

use std::{
    future::pending,
    sync::Arc,
    sync::atomic::{AtomicU32, Ordering},
    time::Duration,
};

use api_request::{ApiRequest, Body, ByteStream, Phase, Retry};
use bytes::Bytes;
use futures_util::StreamExt;
use http::{Response, StatusCode};
use http_body_util::BodyExt;
use tokio::time::{Instant, sleep};

use crate::server::double;

#[derive(ApiRequest)]
#[api(method = GET, path = "/n", response(text))]
struct Text;

#[derive(ApiRequest)]
#[api(method = GET, path = "/n", response(stream))]
struct Download;

#[derive(ApiRequest)]
#[api(method = GET, path = "/n")]
struct Nothing;

fn seconds(count: u64) -> Duration {
    Duration::from_secs(count)
}

/// One byte every `gap`, `count` times, and then silence or the end.
fn drip(gap: Duration, count: usize, ends: bool) -> Body {
    let pieces = futures_util::stream::unfold(0, move |sent| async move {
        if sent == count {
            return if ends { None } else { pending().await };
        }
        sleep(gap).await;
        Some((Ok::<_, std::io::Error>(Bytes::from_static(b"x")), sent + 1))
    });
    Body::once(pieces)
}

fn dripping(status: u16, gap: Duration, count: usize, ends: bool) -> api_request::ClientBuilder {
    double(move |_| async move {
        let answer = Response::builder().status(status);
        Ok(answer.body(drip(gap, count, ends))?)
    })
}

#[tokio::test(start_paused = true)]
async fn a_head_that_does_not_come_is_a_stall() {
    let client = double(|_| pending()).retry(Retry::none()).build().unwrap();
    let start = Instant::now();
    let error = client.send(&Text).await.unwrap_err();
    assert_eq!(start.elapsed(), seconds(30));
    assert!(error.is_timeout() && !error.is_connect());
    assert_eq!(error.phase(), Phase::MaybeSent);
    assert_eq!((error.status(), error.attempts()), (None, 1));
    assert!(error.to_string().contains("30s"), "{error}");

    let client = double(|_| pending())
        .retry(Retry::none())
        .read_timeout(seconds(2))
        .build()
        .unwrap();
    let start = Instant::now();
    assert!(client.send(&Text).await.unwrap_err().is_timeout());
    assert_eq!(start.elapsed(), seconds(2));
}

/// A listener whose queue is full lets no connection be made, on Linux.
#[cfg(target_os = "linux")]
#[tokio::test(start_paused = true)]
async fn a_connection_that_is_not_made_is_given_up_after_5_seconds() {
    let socket = tokio::net::TcpSocket::new_v4().unwrap();
    socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let listener = socket.listen(0).unwrap();
    let address = listener.local_addr().unwrap();
    let _waiting: Vec<_> = (0..4)
        .map(|_| tokio::spawn(tokio::net::TcpStream::connect(address)))
        .collect();
    tokio::task::yield_now().await;

    let client = api_request::Client::builder(&*format!("http://{address}"))
        .retry(Retry::none())
        .build()
        .unwrap();
    let begin = Instant::now();
    let error = client.send(&Text).await.unwrap_err();
    assert!(error.is_connect(), "{error:?}");
    assert_eq!(error.phase(), Phase::NotSent);
    assert_eq!(begin.elapsed().as_secs(), 5);
}

#[tokio::test(start_paused = true)]
async fn an_upload_that_moves_is_no_stall() {
    #[derive(ApiRequest)]
    #[api(method = POST, path = "/n")]
    struct Upload {
        #[api(body = stream)]
        content: Body,
    }

    let client = double(|request| async move {
        let length = request.into_body().collect().await?.to_bytes().len();
        Ok(Response::builder()
            .status(200 + u16::try_from(length)?)
            .body(Body::empty())?)
    });
    let client = client.build().unwrap();
    let content = drip(seconds(20), 5, true);
    let response = client.call(&Upload { content }).send_full().await.unwrap();
    assert_eq!(response.status, 205);

    let start = Instant::now();
    let content = drip(seconds(20), 5, false);
    assert!(
        client
            .send(&Upload { content })
            .await
            .unwrap_err()
            .is_timeout()
    );
    // Silence began at 100; that the last piece moved is seen at 120.
    assert_eq!(start.elapsed(), seconds(150));
}

#[tokio::test(start_paused = true)]
async fn a_slow_body_is_no_stall() {
    // Some hours: there is no limit to the whole.
    let client = dripping(200, seconds(29), 1_000, true).build().unwrap();
    assert_eq!(client.send(&Text).await.unwrap(), "x".repeat(1_000));
}

#[tokio::test(start_paused = true)]
async fn a_body_that_stops_is_a_stall() {
    let client = dripping(200, seconds(1), 2, false)
        .retry(Retry::none())
        .build()
        .unwrap();
    let start = Instant::now();
    let error = client.send(&Text).await.unwrap_err();
    assert_eq!(start.elapsed(), seconds(32));
    assert!(error.is_timeout());
    assert_eq!(error.phase(), Phase::Answered);
    assert_eq!(error.status(), Some(StatusCode::OK));
}

#[tokio::test(start_paused = true)]
async fn a_stalled_error_body_keeps_the_status_and_what_arrived() {
    let client = dripping(503, seconds(1), 2, false).build().unwrap();
    let error = client.send(&Text).await.unwrap_err();
    assert!(error.is_status() && !error.is_timeout());
    assert_eq!(error.status(), Some(StatusCode::SERVICE_UNAVAILABLE));
    assert_eq!(error.body().unwrap(), "xx");
    assert_eq!(error.api().unwrap().text(), Some("xx"));
}

#[tokio::test(start_paused = true)]
async fn the_timeout_is_for_the_whole_call() {
    let client = dripping(200, seconds(1), 100, true)
        .timeout(seconds(10))
        .build()
        .unwrap();
    let start = Instant::now();
    let error = client.send(&Text).await.unwrap_err();
    assert_eq!(start.elapsed(), seconds(10));
    assert!(error.is_timeout());
    assert!(error.to_string().contains("10s"), "{error}");

    let start = Instant::now();
    let error = client
        .call(&Text)
        .timeout(seconds(3))
        .send()
        .await
        .unwrap_err();
    assert_eq!(start.elapsed(), seconds(3));
    assert!(error.is_timeout());
    assert!(
        client
            .call(&Text)
            .timeout(Duration::MAX)
            .send()
            .await
            .is_ok()
    );
}

#[tokio::test(start_paused = true)]
async fn the_timeout_spans_redirects() {
    let hops = Arc::new(AtomicU32::new(0));
    let count = hops.clone();
    let client = double(move |_| {
        count.fetch_add(1, Ordering::Relaxed);
        async {
            sleep(seconds(4)).await;
            Ok(Response::builder()
                .status(302)
                .header("location", "/n")
                .body(Body::empty())?)
        }
    });
    let client = client.timeout(seconds(10)).build().unwrap();
    let start = Instant::now();
    assert!(client.send(&Text).await.unwrap_err().is_timeout());
    assert_eq!(start.elapsed(), seconds(10));
    assert_eq!(hops.load(Ordering::Relaxed), 3);
}

#[tokio::test(start_paused = true)]
async fn a_stream_has_a_timeout_for_its_head_and_for_each_piece() {
    let client = dripping(200, seconds(20), 3, false)
        .timeout(seconds(10))
        .build()
        .unwrap();
    let mut stream: ByteStream = client.send(&Download).await.unwrap();
    let start = Instant::now();
    for _ in 0..3 {
        assert_eq!(stream.next().await.unwrap().unwrap(), "x");
    }
    // A reader may take its time.
    sleep(seconds(100)).await;
    let error = stream.next().await.unwrap().unwrap_err();
    assert_eq!(start.elapsed(), seconds(60 + 100 + 30));
    assert!(error.is_timeout());
    assert_eq!(
        (error.phase(), error.attempts(), error.operation()),
        (Phase::Answered, 1, "Download")
    );
    assert_eq!(error.status(), Some(StatusCode::OK));
    assert!(stream.next().await.is_none());

    let client = double(|_| pending()).timeout(seconds(10)).build().unwrap();
    assert!(client.send(&Download).await.unwrap_err().is_timeout());
}

#[tokio::test(start_paused = true)]
async fn a_body_that_nobody_wants_is_not_waited_for() {
    let client = dripping(200, seconds(20), 3, false).build().unwrap();
    let start = Instant::now();
    client.send(&Nothing).await.unwrap();
    assert!(start.elapsed() <= seconds(1));
}
