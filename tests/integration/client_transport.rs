//! What is asked of a transport: to say how it failed, to stop when it is dropped, to follow no redirect.

use std::{
    future::pending,
    pin::Pin,
    process::Command,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    task::{Context, Poll},
    time::Duration,
};

use api_request::{ApiRequest, Body, BoxError, Client, Phase, Retry, Transport, TransportError};
use bytes::Bytes;
use futures_util::{Stream, StreamExt};
use http::Response;

use crate::server::{Server, answer, double};

#[derive(ApiRequest)]
#[api(method = GET, path = "/n", response(text))]
struct Text;

#[derive(ApiRequest)]
#[api(method = GET, path = "/n", response(stream))]
struct Download;

#[derive(ApiRequest)]
#[api(method = GET, path = "/n")]
struct Nothing;

#[tokio::test(start_paused = true)]
async fn a_transport_says_how_it_failed() {
    let failing = |fail: fn(&'static str) -> TransportError| {
        double(move |_| async move { Err(fail("cause").into()) })
            .retry(Retry::none())
            .build()
            .unwrap()
    };
    let error = failing(TransportError::connect)
        .send(&Text)
        .await
        .unwrap_err();
    assert!(error.is_connect() && !error.is_timeout());
    assert_eq!((error.phase(), error.attempts()), (Phase::NotSent, 1));
    assert!(
        error.to_string().ends_with("https://api.example.com"),
        "{error}"
    );
    assert_eq!(
        std::error::Error::source(&error).unwrap().to_string(),
        "cause"
    );
    let error = failing(TransportError::timeout)
        .send(&Text)
        .await
        .unwrap_err();
    assert!(error.is_timeout() && !error.is_connect());
    assert_eq!(error.phase(), Phase::MaybeSent);
    let error = failing(TransportError::other)
        .send(&Text)
        .await
        .unwrap_err();
    assert!(!error.is_timeout() && !error.is_connect());
    assert_eq!(error.phase(), Phase::MaybeSent);
    let client = double(|_| async { Err("cause".into()) })
        .retry(Retry::none())
        .build()
        .unwrap();
    assert_eq!(
        client.send(&Text).await.unwrap_err().phase(),
        Phase::MaybeSent
    );
}

#[tokio::test(start_paused = true)]
async fn dropping_the_call_drops_the_attempt() {
    /// Tells when it is dropped.
    struct Dropped(Arc<AtomicU32>);

    impl Drop for Dropped {
        fn drop(&mut self) {
            self.0.fetch_add(1, Ordering::Relaxed);
        }
    }

    struct Never(Arc<AtomicU32>);

    impl Transport for Never {
        async fn send(&self, _: http::Request<Body>) -> Result<Response<Body>, BoxError> {
            let _dropped = Dropped(self.0.clone());
            pending().await
        }
    }

    let dropped = Arc::new(AtomicU32::new(0));
    let client = Client::builder("http://localhost")
        .transport(Never(dropped.clone()))
        .build()
        .unwrap();
    let call = client.send(&Text);
    assert!(
        tokio::time::timeout(Duration::from_secs(1), call)
            .await
            .is_err()
    );
    assert_eq!(dropped.load(Ordering::Relaxed), 1);
}

/// A stream that is never polled past its end, as `Stream` allows it to expect.
struct Strict(bool);

impl Stream for Strict {
    type Item = Result<Bytes, std::io::Error>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        assert!(!self.0, "polled after its end");
        self.0 = true;
        Poll::Ready(None)
    }
}

#[tokio::test]
async fn a_stream_ends_once() {
    let client = double(|_| async { Ok(Response::new(Body::once(Strict(false)))) })
        .build()
        .unwrap();
    let mut stream = client.send(&Download).await.unwrap();
    assert_eq!(stream.content_length(), None);
    assert!(stream.next().await.is_none());
    assert!(stream.next().await.is_none());
}

#[tokio::test]
async fn reqwest_follows_none_itself() {
    let other = Server::start([answer("204 No Content", "")]).await;
    let to_other = format!("302 Found\r\nLocation: {}/n", other.origin());
    let server = Server::start([
        answer("302 Found\r\nLocation: /n", "gone"),
        answer(&to_other, ""),
    ])
    .await;
    let client = server.client();
    let error = client.send(&Nothing).await.unwrap_err();
    assert!(error.is_redirect());
    assert!(error.to_string().ends_with(other.origin()), "{error}");
    assert_eq!(server.seen().len(), 2);
    assert!(server.seen()[1].starts_with("GET /n HTTP/1.1\r\n"));
    assert!(!server.seen()[1].contains("referer"));
    assert!(other.seen().is_empty());
}

#[tokio::test]
async fn a_reqwest_builder_keeps_its_settings_but_for_redirects_and_retries() {
    let other = Server::start([answer("204 No Content", "")]).await;
    let to_other = format!("302 Found\r\nLocation: {}/n", other.origin());
    let server = Server::start([answer(&to_other, "")]).await;
    let set_up = || {
        let headers = [("x-set-up", "1")].map(|(name, value)| {
            (
                http::HeaderName::from_static(name),
                http::HeaderValue::from_static(value),
            )
        });
        reqwest::Client::builder()
            .default_headers(headers.into_iter().collect())
            .redirect(reqwest::redirect::Policy::limited(5))
    };
    let builder = server
        .builder()
        .reqwest(set_up)
        .api_key_header("x-api-key", "k");
    let error = builder.build().unwrap().send(&Nothing).await.unwrap_err();
    assert!(error.is_redirect());
    assert!(server.seen()[0].contains("x-set-up: 1\r\n"));
    assert!(other.seen().is_empty());
}

/// The environment belongs to the whole process, so this test runs itself in another one.
#[tokio::test]
async fn a_proxy_of_the_environment_leads_to_other_machines_only() {
    const IN_CHILD: &str = "API_REQUEST_TEST_BEHIND_A_PROXY";

    if std::env::var_os(IN_CHILD).is_some() {
        let server = Server::start([answer("204 No Content", "")]).await;
        server.client().send(&Nothing).await.unwrap();
        assert!(server.seen()[0].starts_with("GET /n HTTP/1.1\r\n"));
        let other = Client::new("http://api.example.com").unwrap();
        other.send(&Nothing).await.unwrap();
        // What counts is where the request goes, not where the client is.
        let call = other.call(&Nothing).base_url(server.origin());
        call.send().await.unwrap();
        assert_eq!(server.seen().len(), 2);
        let client = server.client();
        let call = client.call(&Nothing).base_url("http://api.example.com");
        call.send().await.unwrap();
        return;
    }
    let proxy = Server::start([answer("204 No Content", "")]).await;
    let mut child = Command::new(std::env::current_exe().unwrap());
    child
        .args([
            "--exact",
            "client_transport::a_proxy_of_the_environment_leads_to_other_machines_only",
        ])
        .env(IN_CHILD, "1")
        .env("HTTP_PROXY", proxy.origin());
    for name in ["NO_PROXY", "no_proxy", "REQUEST_METHOD"] {
        child.env_remove(name);
    }
    let output = tokio::task::spawn_blocking(move || child.output());
    let output = output.await.unwrap().unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stdout)
    );
    let seen = proxy.seen();
    assert_eq!(seen.len(), 2);
    for seen in seen {
        assert!(seen.starts_with("GET http://api.example.com/n HTTP/1.1\r\n"));
    }
}
