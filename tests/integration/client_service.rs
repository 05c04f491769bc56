//! A `tower::Service` as a transport: readiness, limits, errors through layers; and our transport as a service.

use std::{
    cell::Cell,
    convert::Infallible,
    io,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    task::{Context, Poll},
    time::Duration,
};

use api_request::{
    ApiRequest, Body, BoxError, Client, ClientBuilder, Phase, ReqwestTransport, Retry,
    TransportError,
};
use http::{Request, Response};
use http_body_util::Full;
use tokio::time::{Instant, sleep, timeout};
use tower::{Service, ServiceBuilder, service_fn, util::BoxCloneService};

use crate::server::{Server, answer, refusing};

#[derive(ApiRequest)]
#[api(method = GET, path = "/n")]
struct Nothing;

#[derive(ApiRequest)]
#[api(method = POST, path = "/n", response(text))]
struct Post {
    #[api(body = text)]
    text: String,
}

fn builder() -> ClientBuilder {
    Client::builder("https://api.example.com").retry(Retry::none())
}

/// A service that takes a second for each request.
fn slow() -> impl Service<Request<Body>, Response = Response<Body>, Error = Infallible, Future: Send>
+ Clone
+ Send
+ 'static {
    service_fn(async |_: Request<Body>| {
        sleep(Duration::from_secs(1)).await;
        Ok(Response::new(Body::empty()))
    })
}

async fn seconds_of(client: &Client, calls: usize) -> u64 {
    let start = Instant::now();
    let calls = (0..calls).map(|_| client.send(&Nothing));
    for result in futures_util::future::join_all(calls).await {
        result.unwrap();
    }
    start.elapsed().as_secs()
}

#[tokio::test(start_paused = true)]
async fn a_concurrency_limit_limits() {
    let limited = ServiceBuilder::new().concurrency_limit(2).service(slow());
    let client = builder().service(limited).build().unwrap();
    assert_eq!(seconds_of(&client, 6).await, 3);
}

#[tokio::test(start_paused = true)]
async fn a_rate_limit_delays() {
    let limited = ServiceBuilder::new()
        .rate_limit(2, Duration::from_secs(10))
        .service(slow());
    let client = builder().service(limited).build().unwrap();
    assert_eq!(seconds_of(&client, 5).await, 21);
}

#[tokio::test(start_paused = true)]
async fn a_wait_in_line_is_no_stall() {
    let limited = ServiceBuilder::new().concurrency_limit(1).service(slow());
    let client = builder().read_timeout(Duration::from_secs(2));
    let client = client.service(limited).build().unwrap();
    assert_eq!(seconds_of(&client, 5).await, 5);
}

#[tokio::test(start_paused = true)]
async fn a_call_whose_time_is_over_in_line_was_not_sent() {
    let limited = ServiceBuilder::new()
        .rate_limit(1, Duration::from_secs(60))
        .service(slow());
    let client = builder().service(limited).build().unwrap();
    client.send(&Nothing).await.unwrap();
    let call = client.call(&Nothing).timeout(Duration::from_secs(2));
    let error = call.send().await.unwrap_err();
    assert!(error.is_timeout());
    assert_eq!(error.phase(), Phase::NotSent);
    assert_eq!(
        error.to_string(),
        "`Nothing`: timed out after 2s waiting for the service to be ready"
    );
}

#[tokio::test(start_paused = true)]
async fn a_call_that_is_dropped_in_line_leaves_its_place() {
    let limited = ServiceBuilder::new().concurrency_limit(1).service(slow());
    let client = builder().service(limited).build().unwrap();
    let first = client.send(&Nothing);
    let dropped = async {
        let limit = Duration::from_millis(10);
        assert!(timeout(limit, client.send(&Nothing)).await.is_err());
    };
    let (first, ()) = tokio::join!(first, dropped);
    first.unwrap();
    assert_eq!(seconds_of(&client, 2).await, 2);
}

/// Refuses in `poll_ready`, or checks that each call was preceded by it. It is neither `Clone` nor `Sync`.
struct Strict {
    refuses: bool,
    ready: Cell<bool>,
}

impl Service<Request<Body>> for Strict {
    type Response = Response<Full<bytes::Bytes>>;
    type Error = io::Error;
    type Future = std::future::Ready<Result<Self::Response, io::Error>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), io::Error>> {
        if self.refuses {
            return Poll::Ready(Err(io::Error::other("closed")));
        }
        self.ready.set(true);
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, _: Request<Body>) -> Self::Future {
        assert!(self.ready.replace(false), "it was not asked");
        std::future::ready(Ok(Response::new("done".into())))
    }
}

fn strict(refuses: bool) -> Client {
    let ready = Cell::new(false);
    let service = Strict { refuses, ready };
    builder().service(service).build().unwrap()
}

fn post() -> Post {
    let text = "text".to_owned();
    Post { text }
}

#[tokio::test]
async fn each_call_asks_whether_the_service_is_ready() {
    let client = strict(false);
    for _ in 0..2 {
        assert_eq!(client.send(&post()).await.unwrap(), "done");
    }
}

#[tokio::test]
async fn a_service_that_is_never_ready_fails_the_call() {
    let error = strict(true).send(&post()).await.unwrap_err();
    let source = std::error::Error::source(&error).unwrap();
    assert_eq!(source.to_string(), "closed");
}

#[tokio::test(start_paused = true)]
async fn layers_hide_no_failure() {
    let late = ServiceBuilder::new()
        .buffer(1)
        .timeout(Duration::from_millis(1))
        .service(slow());
    let client = builder().service(late).build().unwrap();
    assert!(client.send(&Nothing).await.unwrap_err().is_timeout());

    let failing = service_fn(async |_: Request<Body>| {
        Err::<Response<Body>, BoxError>(TransportError::connect("refused").into())
    });
    let boxed = BoxCloneService::new(ServiceBuilder::new().load_shed().service(failing));
    let client = builder().service(boxed).build().unwrap();
    assert!(client.send(&Nothing).await.unwrap_err().is_connect());
}

#[tokio::test]
async fn our_transport_is_a_service() {
    let server = Server::start([answer("200 OK", "one"), answer("200 OK", "two")]).await;
    let counted = Arc::new(AtomicUsize::new(0));
    let count = counted.clone();
    let transport = ServiceBuilder::new()
        .concurrency_limit(8)
        .rate_limit(100, Duration::from_secs(60))
        .map_request(move |request: Request<Body>| {
            count.fetch_add(1, Ordering::Relaxed);
            request
        })
        .service(ReqwestTransport::new(server.origin()).unwrap());
    let client = server.builder().service(transport).build().unwrap();
    assert_eq!(client.send(&post()).await.unwrap(), "one");
    let large = "x".repeat(1 << 20);
    let request = Post { text: large };
    assert_eq!(client.send(&request).await.unwrap(), "two");
    assert_eq!(counted.load(Ordering::Relaxed), 2);
    assert!(server.seen()[0].starts_with("POST /n HTTP/1.1\r\n"));
    assert!(server.seen()[1].contains("content-length: 1048576\r\n"));
}

#[tokio::test]
async fn our_transport_takes_what_sets_up_reqwest_and_follows_no_redirect() {
    let other = Server::start([answer("204 No Content", "")]).await;
    let to_other = format!("302 Found\r\nLocation: {}/n", other.origin());
    let server = Server::start([answer(&to_other, "")]).await;
    let service = ReqwestTransport::from_builder(|| {
        reqwest::Client::builder().redirect(reqwest::redirect::Policy::limited(5))
    });
    let client = server.builder().service(service.unwrap()).build().unwrap();
    assert!(client.send(&Nothing).await.unwrap_err().is_redirect());
    assert!(other.seen().is_empty());
}

#[tokio::test]
async fn our_transport_says_how_it_failed() {
    let (origin, _port) = refusing();
    let transport = ReqwestTransport::new(&*origin).unwrap();
    let buffered = ServiceBuilder::new().buffer(1).service(transport);
    let client = Client::builder(&*origin).retry(Retry::none());
    let client = client.service(buffered).build().unwrap();
    let error = client.send(&Nothing).await.unwrap_err();
    assert!(error.is_connect(), "{error:?}");
}

#[tokio::test]
async fn our_transport_sends_no_url_that_a_parser_would_change() {
    let dots = ServiceBuilder::new()
        .map_request(|mut request: Request<Body>| {
            *request.uri_mut() = "http://127.0.0.1:1/a/../b".parse().unwrap();
            request
        })
        .service(ReqwestTransport::new("http://127.0.0.1:1").unwrap());
    let client = builder().service(dots).build().unwrap();
    let error = client.send(&Nothing).await.unwrap_err();
    assert_eq!(error.phase(), Phase::NotSent);
    assert_eq!(
        error.to_string(),
        "`Nothing` cannot be sent: a URL parser would change the path and query"
    );
}
