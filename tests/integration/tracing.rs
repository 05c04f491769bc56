//! What is told through `tracing`: OpenTelemetry's attributes, and nothing of a request's values.

use std::{
    future::pending,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use api_request::{ApiRequest, Body, BoxError, Client, ClientBuilder, Retry, TransportError};
use http::Response;
use tracing::Level;

use crate::{
    recorder::{Recorder, Told},
    server::double,
};

#[derive(ApiRequest)]
#[api(method = GET, path = "/keys/{id}", response = u32, name = "getKey")]
struct GetKey {
    id: &'static str,
    #[api(query)]
    page: u32,
}

const GET_KEY: GetKey = GetKey {
    id: "kept-back",
    page: 4711,
};

type Answer = Result<Response<Body>, BoxError>;

fn status(status: u16, body: &'static str) -> Answer {
    Ok(Response::builder().status(status).body(Body::from(body))?)
}

/// A client of an API that gives these answers in order.
fn api(answers: &'static [fn() -> Answer]) -> ClientBuilder {
    let next = AtomicUsize::new(0);
    double(move |_| {
        let answer = answers[next.fetch_add(1, Ordering::Relaxed)]();
        async move { answer }
    })
}

fn fields<'t>(told: &'t Told, names: &[&str]) -> Vec<Option<&'t str>> {
    names.iter().map(|name| told.get(name)).collect()
}

/// Sends the request, and returns the one span and the events.
async fn send(client: Client) -> (Told, Vec<Told>) {
    let (recorder, _guard) = Recorder::start();
    // What it is does not matter here.
    let _ = client.send(&GET_KEY).await;
    let [span] = <[Told; 1]>::try_from(recorder.spans()).unwrap();
    assert_eq!(span.entered, 0);
    (span, recorder.events())
}

const ENDED: [&str; 4] = [
    "http.response.status_code",
    "http.request.resend_count",
    "error.type",
    "otel.status_code",
];

#[tokio::test]
async fn a_call_is_a_span_of_a_client() {
    let client = api(&[|| status(200, "7")]).build().unwrap();
    let (span, events) = send(client).await;
    assert_eq!(span.level, Level::INFO);
    let told: Vec<_> = span
        .fields
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    let expected = [
        ("api.operation", "getKey"),
        ("http.request.method", "GET"),
        ("http.response.status_code", "200"),
        ("otel.kind", "client"),
        ("otel.name", "GET /keys/{id}"),
        ("server.address", "api.example.com"),
        ("server.port", "443"),
        ("url.template", "/keys/{id}"),
    ];
    assert_eq!(told, expected);
    assert_eq!(events.len(), 1);
    assert_eq!((events[0].level, events[0].parent), (Level::DEBUG, Some(0)));
    assert_eq!(fields(&events[0], &ENDED), [Some("200"), None, None, None]);
}

#[tokio::test(start_paused = true)]
async fn a_call_that_fails_says_how() {
    let redirect = || -> Answer {
        Ok(Response::builder()
            .status(302)
            .header("location", "https://other.example/")
            .body(Body::empty())?)
    };
    let cases: [(ClientBuilder, Option<&str>, &str); 8] = [
        (api(&[|| status(404, "{}")]), Some("404"), "404"),
        (api(&[|| status(503, "")]), Some("503"), "503"),
        (api(&[|| status(200, "\"x\"")]), Some("200"), "decode"),
        (
            api(&[|| Err(TransportError::connect("no").into())]),
            None,
            "connect",
        ),
        (
            api(&[|| Err(TransportError::other("no").into())]),
            None,
            "transport",
        ),
        (double(|_| pending::<Answer>()), None, "timeout"),
        (
            double(move |_| async move { redirect() }),
            Some("302"),
            "redirect",
        ),
        (
            api(&[|| status(200, "1234567890")]).limits(api_request::Limits::default().body(3)),
            Some("200"),
            "too_large",
        ),
    ];
    for (client, status, error) in cases {
        let client = client.retry(Retry::none()).build().unwrap();
        let (span, events) = send(client).await;
        let expected = [status, None, Some(error), Some("ERROR")];
        assert_eq!(fields(&span, &ENDED), expected, "{error}");
        assert_eq!(events.len(), 1, "{error}");
        // The one that cannot be decoded has come all the same.
        let of_attempt = (error != "decode").then_some(error);
        let expected = [status, None, of_attempt, None];
        assert_eq!(fields(&events[0], &ENDED), expected, "{error}");
        // The caller has the error.
        assert_eq!(events[0].level, Level::DEBUG);
    }
}

#[tokio::test(start_paused = true)]
async fn each_attempt_is_an_event() {
    let client = api(&[
        || Err(TransportError::connect("no").into()),
        || {
            Ok(Response::builder()
                .status(429)
                .header("retry-after", "2")
                .body(Body::empty())?)
        },
        || status(200, "7"),
    ]);
    let (span, events) = send(client.build().unwrap()).await;
    assert_eq!(fields(&span, &ENDED), [Some("200"), Some("2"), None, None]);
    let told: Vec<_> = events
        .iter()
        .map(|event| (event.level, fields(event, &ENDED[..3])))
        .collect();
    let expected = [
        (Level::WARN, vec![None, None, Some("connect")]),
        (Level::WARN, vec![Some("429"), Some("1"), Some("429")]),
        (Level::DEBUG, vec![Some("200"), Some("2"), None]),
    ];
    assert_eq!(told, expected);
    assert_eq!(events[1].get("api.retry_delay_ms"), Some("2000"));
    assert!(events.iter().all(|event| event.parent == Some(0)));
}

#[tokio::test]
async fn a_redirect_is_sent_again_within_the_attempt() {
    let client = api(&[
        || {
            Ok(Response::builder()
                .status(307)
                .header("location", "/elsewhere")
                .body(Body::empty())?)
        },
        || status(200, "7"),
    ]);
    let (span, events) = send(client.build().unwrap()).await;
    assert_eq!(fields(&span, &ENDED), [Some("200"), Some("1"), None, None]);
    assert_eq!(events.len(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_call_that_is_dropped_is_cancelled() {
    let (recorder, _guard) = Recorder::start();
    let client = double(|_| pending::<Answer>()).build().unwrap();
    let call = tokio::time::timeout(Duration::from_secs(1), client.send(&GET_KEY));
    assert!(call.await.is_err());
    let expected = [None, None, Some("cancelled"), Some("ERROR")];
    assert_eq!(fields(&recorder.spans()[0], &ENDED), expected);
    // A future that was never polled is no call.
    drop(client.send(&GET_KEY));
    assert_eq!(recorder.spans().len(), 1);
}

#[tokio::test]
async fn calls_at_the_same_time_keep_to_their_spans() {
    let (recorder, _guard) = Recorder::start();
    let client = double(|_| async {
        tracing::info!(target: "api_request", "in the transport");
        tokio::task::yield_now().await;
        tracing::info!(target: "api_request", "in the transport");
        status(200, "7")
    });
    let client = client.build().unwrap();
    let (one, other) = tokio::join!(client.send(&GET_KEY), async {
        tracing::info!(target: "api_request", "outside");
        client.send(&GET_KEY).await
    });
    assert_eq!((one.unwrap(), other.unwrap()), (7, 7));
    let of = |parent| {
        let events = recorder.events();
        events.iter().filter(|told| told.parent == parent).count()
    };
    assert_eq!((of(None), of(Some(0)), of(Some(1))), (1, 3, 3));
}

#[tokio::test]
async fn the_server_is_that_of_the_base_url() {
    let cases = [
        ("http://127.0.0.1", "127.0.0.1", "80"),
        ("http://[::1]:8080/v1", "::1", "8080"),
        ("https://Bücher.example", "xn--bcher-kva.example", "443"),
    ];
    for (base, address, port) in cases {
        let transport = crate::server::Double(|_| async { status(200, "7") });
        let client = Client::builder(base).transport(transport).build().unwrap();
        let (span, _) = send(client).await;
        let told = fields(&span, &["server.address", "server.port"]);
        assert_eq!(told, [Some(address), Some(port)], "{base}");
    }
}

#[tokio::test]
async fn a_method_of_ones_own_is_another() {
    #[derive(ApiRequest)]
    #[api(method = "PURGE", path = "/cache")]
    struct Purge;

    let (recorder, _guard) = Recorder::start();
    let client = api(&[|| status(204, "")]).build().unwrap();
    client.send(&Purge).await.unwrap();
    let names = [
        "otel.name",
        "http.request.method",
        "http.request.method_original",
    ];
    let expected = [Some("HTTP /cache"), Some("_OTHER"), Some("PURGE")];
    assert_eq!(fields(&recorder.spans()[0], &names), expected);
}

#[tokio::test]
async fn what_is_no_event_stream_is_an_error_of_the_span() {
    #[derive(ApiRequest)]
    #[api(method = GET, path = "/ticks", events = u32)]
    struct Ticks;

    let (recorder, _guard) = Recorder::start();
    let client = api(&[|| status(200, "7")]).build().unwrap();
    assert!(client.call(&Ticks).events().await.is_err());
    let expected = [Some("200"), None, Some("decode"), Some("ERROR")];
    assert_eq!(fields(&recorder.spans()[0], &ENDED), expected);
}

#[tokio::test]
async fn no_span_is_entered_while_the_caller_runs() {
    let (recorder, _guard) = Recorder::start();
    let inside = Arc::new(Mutex::new(Vec::new()));
    let (log, seen) = (recorder.clone(), inside.clone());
    let client = double(move |_| {
        seen.lock().unwrap().push(log.spans()[0].entered);
        async { status(200, "7") }
    });
    client.build().unwrap().send(&GET_KEY).await.unwrap();
    assert_eq!(*inside.lock().unwrap(), [1]);
    assert_eq!(recorder.spans()[0].entered, 0);
}

#[tokio::test]
async fn a_call_without_credentials_has_no_attempt() {
    let client = api(&[]).credentials(|| async { Err("logged out") });
    let (span, events) = send(client.build().unwrap()).await;
    let expected = [None, None, Some("credentials"), Some("ERROR")];
    assert_eq!(fields(&span, &ENDED), expected);
    assert!(events.is_empty());
}
