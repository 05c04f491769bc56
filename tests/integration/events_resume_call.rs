//! Streams that go on after a break: when the request is sent again and as what, and what a call says of it.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use api_request::{
    ApiRequest, Body, BoxError, Client, Decide, EventRequest, Limits, Phase, Retry, Secret, Seen,
    events::Event,
};
use futures_util::{FutureExt, StreamExt, TryStreamExt};
use http::{Method, Response};
use tokio::time::Instant;

use crate::{
    events_resume::{
        CUT, Does,
        Does::{Cut, End, Hang, Header, Other, Refuse, Stall, Status},
        Log, ONE, TWO, server,
    },
    recorder::Recorder,
    server::{Server, answer, hang_up},
};

#[derive(ApiRequest)]
#[api(method = POST, path = "/log", events(item = u32, flag = "stream", ignore = "ping", resume))]
#[api(idempotency_key = "Idempotency-Key", fields = json)]
struct Ask {
    prompt: &'static str,
    #[api(header = "Last-Event-ID")]
    last_event_id: Option<&'static str>,
}

#[derive(ApiRequest)]
#[api(method = PUT, path = "/log", events(item = u32, resume))]
struct Upload {
    #[api(body = stream)]
    content: Body,
}

const ASK: Ask = Ask {
    prompt: "hi",
    last_event_id: Some("41"),
};

fn seconds(count: u64) -> Duration {
    Duration::from_secs(count)
}

/// Rules without a backoff delay.
fn at_once() -> Retry {
    Retry::default().base_delay(Duration::ZERO)
}

async fn read<R: EventRequest<Event = u32>>(
    client: &Client,
    request: &R,
) -> Result<Vec<u32>, api_request::Error<R::Error>> {
    client.call(request).events().await?.try_collect().await
}

/// A stream whose break is to be seen.
async fn failure(client: &Client) -> api_request::Error {
    let mut events = client.call(&Log).events().await.unwrap();
    assert_eq!(events.next().await.unwrap().unwrap(), 1);
    events.next().await.unwrap().unwrap_err()
}

#[tokio::test(start_paused = true)]
async fn it_is_sent_again_after_the_reconnection_time_or_the_backoff_delay() {
    let with_5 = Cut("retry: 5000\nid: 1\ndata: 1\n\n");
    let cases: &[(&[Does], &[u64])] = &[
        (&[Cut(ONE), End(TWO)], &[0, 0]),
        (&[with_5, End(TWO)], &[0, 5]),
        (&[Cut("retry: 0\nid: 1\ndata: 1\n\n"), End(TWO)], &[0, 0]),
        (
            &[Cut("retry: 60000\nid: 1\ndata: 1\n\n"), End(TWO)],
            &[0, 60],
        ),
        // Without an event, the last that is valid, and for the streams to come.
        (
            &[
                Cut("retry: 9\n\nid: 1\ndata: 1\n\nretry: 5000\nretry: x\n"),
                End(TWO),
            ],
            &[0, 5],
        ),
        (
            &[with_5, Cut("data: 3\n\n"), Cut("retry: 2000\n\n"), End(TWO)],
            &[0, 5, 10, 12],
        ),
        // A resume that fails, unless its response says when.
        (&[with_5, Refuse, End(TWO)], &[0, 5, 10]),
        (&[with_5, Status(503), End(TWO)], &[0, 5, 10]),
        (
            &[with_5, Header(503, "retry-after", "7"), End(TWO)],
            &[0, 5, 12],
        ),
        // After the read timeout.
        (&[Stall(ONE), End(TWO)], &[0, 30]),
        (
            &[Stall("retry: 5000\nid: 1\ndata: 1\n\n"), End(TWO)],
            &[0, 35],
        ),
    ];
    for (script, times) in cases {
        let (client, seen) = server(script);
        let client = client.retry(at_once()).build().unwrap();
        read(&client, &Log).await.unwrap();
        let seen = seen.lock().unwrap();
        let found: Vec<u64> = seen.iter().map(|seen| seen.at.as_secs()).collect();
        assert_eq!(found, *times, "{script:?}");
    }

    let (client, seen) = server(&[Cut("retry: 61000\nid: 1\ndata: 1\n\n")]);
    let error = failure(&client.build().unwrap()).await;
    let message = format!("{CUT} (not retried: the server's retry delay is 61s)");
    assert_eq!(error.to_string(), message);
    assert_eq!(seen.lock().unwrap().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn the_most_attempts_hold_for_resumes() {
    for (attempts, requests) in [(0, 1), (1, 1), (2, 2), (5, 5)] {
        let (client, seen) = server(&[&[Cut(ONE)][..], &[Cut(""); 5]].concat());
        let retry = at_once().attempts(attempts);
        let error = failure(&client.retry(retry).build().unwrap()).await;
        assert_eq!(error.to_string(), CUT);
        assert_eq!(
            (error.attempts(), error.phase()),
            (requests, Phase::Answered)
        );
        assert_eq!(seen.lock().unwrap().len(), requests as usize);
    }
    let (client, _) = server(&[Cut(ONE), Refuse, Refuse]);
    let error = failure(&client.build().unwrap()).await;
    assert!(error.is_connect());
    assert_eq!((error.attempts(), error.phase()), (3, Phase::Answered));
}

#[tokio::test(start_paused = true)]
async fn resumes_take_from_the_budget_and_items_give_it_back() {
    let retry = at_once().attempts(1_000);
    for (then, requests) in [(Cut(""), 101), (Stall(""), 51)] {
        let first = match then {
            Stall(_) => Stall(ONE),
            _ => Cut(ONE),
        };
        let (client, seen) = server(&[&[first][..], &[then; 200]].concat());
        let error = failure(&client.retry(retry.clone()).build().unwrap()).await;
        let reason = "(not retried: the client's retry budget is used up)";
        assert!(error.to_string().ends_with(reason), "{error}");
        assert_eq!(seen.lock().unwrap().len(), requests);
    }

    let script = [&[Cut(ONE); 150][..], &[End(TWO)]].concat();
    let (client, _) = server(&script);
    let items = read(&client.retry(at_once()).build().unwrap(), &Log).await;
    assert_eq!(items.unwrap().len(), 151);
}

#[tokio::test(start_paused = true)]
async fn a_stream_that_is_dropped_while_it_waits_takes_nothing() {
    let wait = Cut("retry: 1000\nid: 1\ndata: 1\n\n");
    let (client, seen) = server(&[&[wait; 151][..], &[End(TWO)]].concat());
    let client = client.build().unwrap();
    for _ in 0..150 {
        let mut events = client.call(&Log).events().await.unwrap();
        assert_eq!(events.next().await.unwrap().unwrap(), 1);
        assert!(events.next().now_or_never().is_none());
    }
    assert_eq!(seen.lock().unwrap().len(), 150);
    assert_eq!(read(&client, &Log).await.unwrap(), [1, 2]);
}

#[tokio::test(start_paused = true)]
async fn a_stream_that_is_dropped_while_it_is_resumed_drops_the_request() {
    let held = Arc::new(());
    let (requests, holder) = (AtomicU32::new(0), held.clone());
    let client = crate::server::double(move |_| {
        let is_first = requests.fetch_add(1, Ordering::Relaxed) == 0;
        let held = holder.clone();
        async move {
            if !is_first {
                std::future::pending::<()>().await;
            }
            drop(held);
            let cut = futures_util::stream::iter([Ok(ONE.into()), Err("cut")]);
            let response = Response::builder().header("content-type", "text/event-stream");
            Ok(response.body(Body::once(cut))?)
        }
    });
    let client = client.retry(at_once()).build().unwrap();
    let mut events = client.call(&Log).events().await.unwrap();
    assert_eq!(events.next().await.unwrap().unwrap(), 1);
    let waiting = tokio::time::timeout(seconds(1), events.next()).await;
    assert!(waiting.is_err());
    assert_eq!(Arc::strong_count(&held), 3);
    drop(events);
    assert_eq!(Arc::strong_count(&held), 2);
}

#[tokio::test(start_paused = true)]
async fn the_timeout_is_up_to_the_head_of_each_response() {
    let (client, seen) = server(&[Stall(ONE), Cut("retry: 20000\ndata: 3\n\n"), End(TWO)]);
    let client = client.retry(at_once()).timeout(seconds(3)).build().unwrap();
    assert_eq!(read(&client, &Log).await.unwrap(), [1, 3, 2]);
    assert_eq!(seen.lock().unwrap()[2].at, seconds(50));

    let (client, _) = server(&[Cut("retry: 20000\nid: 1\ndata: 1\n\n"), Hang]);
    let client = client.timeout(seconds(3)).build().unwrap();
    let start = Instant::now();
    let error = failure(&client).await;
    assert!(error.is_timeout());
    assert!(
        error.to_string().contains("3s (timeout of the call)"),
        "{error}"
    );
    assert_eq!(start.elapsed(), seconds(23));
}

#[tokio::test(start_paused = true)]
async fn the_same_request_is_sent_again_but_for_its_last_event_id() {
    let (client, seen) = server(&[Cut(ONE), Status(503), End("id: 2\ndata: 2\n\n")]);
    let client = client.header("x-default", "d").api_key_query("key", "k");
    let client = client.build().unwrap();
    let call = client
        .call(&ASK)
        .header("x-call", "c")
        .query("debug", 1)
        .bearer("b");
    let items: Vec<u32> = call.events().await.unwrap().try_collect().await.unwrap();
    assert_eq!(items, [1, 2]);

    let seen = seen.lock().unwrap();
    let ids: Vec<_> = seen.iter().map(|seen| seen.id().unwrap()).collect();
    assert_eq!(ids, ["41", "1", "1"]);
    let first = &seen[0].request;
    assert_eq!(first.headers()["x-call"], "c");
    for seen in &seen[1..] {
        let next = &seen.request;
        assert_eq!((next.method(), next.uri()), (first.method(), first.uri()));
        assert_eq!(next.body().as_bytes(), first.body().as_bytes());
        let without_id = |request: &http::Request<Body>| {
            let mut headers = request.headers().clone();
            headers.remove("last-event-id");
            headers
        };
        assert_eq!(without_id(next), without_id(first));
    }
}

#[tokio::test(start_paused = true)]
async fn what_the_caller_says_is_not_an_id_that_came() {
    let (client, seen) = server(&[Cut("data: 1\n\n")]);
    assert!(read(&client.build().unwrap(), &ASK).await.is_err());
    assert_eq!(seen.lock().unwrap().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn what_was_redirected_is_not_sent_again() {
    let (client, seen) = server(&[
        Header(303, "location", "/streams/7"),
        Cut(ONE),
        Header(307, "location", "/streams/8"),
        Cut("id: 2\ndata: 2\n\n"),
        End("id: 3\ndata: 3\n\n"),
    ]);
    assert_eq!(
        read(&client.build().unwrap(), &ASK).await.unwrap(),
        [1, 2, 3]
    );
    let seen = seen.lock().unwrap();
    let found: Vec<_> = seen
        .iter()
        .map(|seen| {
            (
                seen.request.method(),
                seen.request.uri().path(),
                seen.id().unwrap(),
            )
        })
        .collect();
    assert_eq!(
        found,
        [
            (&Method::POST, "/v1/log", "41"),
            (&Method::GET, "/streams/7", "41"),
            (&Method::GET, "/streams/7", "1"),
            (&Method::GET, "/streams/8", "1"),
            (&Method::GET, "/streams/8", "2"),
        ]
    );
}

#[tokio::test(start_paused = true)]
async fn a_resume_does_not_follow_to_another_origin() {
    let elsewhere = Header(307, "location", "https://other.example/");
    let (client, _) = server(&[Cut(ONE), elsewhere]);
    assert!(failure(&client.build().unwrap()).await.is_redirect());
}

#[tokio::test(start_paused = true)]
async fn each_resume_has_credentials_of_its_own() {
    let (client, seen) = server(&[Cut(ONE), Status(401), Cut(ONE), Status(401), End(TWO)]);
    let tokens = Arc::new(AtomicU32::new(0));
    let client = client.credentials(move || {
        let token = tokens.fetch_add(1, Ordering::Relaxed);
        async move { Ok::<_, BoxError>(Secret::new(token.to_string())) }
    });
    assert_eq!(
        read(&client.build().unwrap(), &Log).await.unwrap(),
        [1, 1, 2]
    );
    let seen = seen.lock().unwrap();
    let found: Vec<_> = seen
        .iter()
        .map(|seen| &seen.request.headers()["authorization"])
        .collect();
    assert_eq!(
        found,
        ["Bearer 0", "Bearer 0", "Bearer 1", "Bearer 1", "Bearer 2"]
    );
}

#[tokio::test(start_paused = true)]
async fn a_rule_of_the_caller_and_a_body_that_is_gone_prevent_it() {
    fn no_breaks(seen: &Seen<'_>) -> Decide {
        assert_eq!(seen.status().unwrap(), 200);
        Decide::No
    }

    let (client, _) = server(&[Cut(ONE)]);
    let client = client
        .retry(Retry::default().when(no_breaks))
        .build()
        .unwrap();
    assert_eq!(failure(&client).await.to_string(), CUT);

    let content = || futures_util::stream::iter([Ok::<_, BoxError>("a".into())]);
    let (client, _) = server(&[Cut(ONE), End("data: 2\n\n")]);
    let again = Upload {
        content: Body::stream(content),
    };
    assert_eq!(
        read(&client.build().unwrap(), &again).await.unwrap(),
        [1, 2]
    );
    let (client, _) = server(&[Cut(ONE)]);
    let once = Upload {
        content: Body::once(content()),
    };
    let error = read(&client.build().unwrap(), &once).await.unwrap_err();
    let reason = "(not retried: the body can be sent only once)";
    assert!(error.to_string().ends_with(reason), "{error}");
}

#[tokio::test(start_paused = true)]
async fn the_end_is_the_end_where_no_sentinel_is_declared() {
    let (client, seen) = server(&[End(ONE)]);
    assert_eq!(read(&client.build().unwrap(), &ASK).await.unwrap(), [1]);
    assert_eq!(seen.lock().unwrap().len(), 1);
    // Not in the middle of an event.
    let (client, _) = server(&[End("id: 1\ndata: 1\n\ndata: 2\n"), End("data: 2\n\n")]);
    assert_eq!(read(&client.build().unwrap(), &ASK).await.unwrap(), [1, 2]);
}

#[tokio::test(start_paused = true)]
async fn what_is_passed_over_sets_nothing_back_and_what_is_too_large_is_no_break() {
    let ping = Cut("event: ping\ndata: 1\n\n");
    let (client, seen) = server(&[Cut(ONE), ping, ping]);
    assert!(read(&client.build().unwrap(), &ASK).await.is_err());
    assert_eq!(seen.lock().unwrap().len(), 3);

    let (client, seen) = server(&[Cut("id: 1\ndata: 1\n\ndata: 12345678\n\n")]);
    let client = client.limits(Limits::default().event(8)).build().unwrap();
    assert!(failure(&client).await.is_too_large());
    assert_eq!(seen.lock().unwrap().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_stream_tells_its_last_id_and_the_head_of_the_last_response() {
    #[derive(ApiRequest)]
    #[api(method = GET, path = "/log", events(item = Event, resume))]
    struct Raw;

    let (client, _) = server(&[
        Cut("id: 1\ndata: 1\n\nid: 2\n\n"),
        Other(203, ": alive\n\ndata:\n\nevent: error\nid: 3\ndata: 3\n\n"),
    ]);
    let client = client.retry(at_once()).build().unwrap();
    let mut events = client.call(&Raw).events().await.unwrap();
    assert_eq!(events.last_event_id(), "");
    assert_eq!(events.next().await.unwrap().unwrap().id, "1");
    assert_eq!(
        (events.last_event_id(), events.status().as_u16()),
        ("1", 200)
    );
    // An empty event, and an error, as they are.
    let event = events.next().await.unwrap().unwrap();
    assert_eq!((&*event.data, &*event.id), ("", "2"));
    assert_eq!(
        (events.last_event_id(), events.status().as_u16()),
        ("2", 203)
    );
    assert_eq!(events.headers()["x-status"], "203");
    let event = events.next().await.unwrap().unwrap();
    assert_eq!((&*event.event, &*event.id), ("error", "3"));
    assert_eq!(events.last_event_id(), "3");
    assert!(events.next().await.is_none());
}

#[tokio::test(start_paused = true)]
async fn resumes_are_told_in_the_span_of_the_call() {
    let (recorder, _guard) = Recorder::start();
    let (client, _) = server(&[Cut(ONE), Status(503), End(TWO)]);
    let client = client.retry(at_once()).build().unwrap();
    let mut events = client.call(&Log).events().await.unwrap();
    while events.next().await.is_some() {}
    let [span] = &recorder.spans()[..] else {
        panic!("one call is one span");
    };
    assert_eq!(span.get("http.request.resend_count"), Some("2"));
    assert_eq!(span.get("http.response.status_code"), Some("200"));
    assert_eq!((span.get("error.type"), span.entered), (None, 0));
    let names = [
        "http.response.status_code",
        "http.request.resend_count",
        "error.type",
    ];
    let told: Vec<_> = recorder
        .events()
        .iter()
        .map(|event| {
            (
                event.level,
                names.map(|name| event.get(name).map(str::to_owned)),
            )
        })
        .collect();
    let text = |texts: [Option<&str>; 3]| texts.map(|text| text.map(str::to_owned));
    let (warn, debug) = (tracing::Level::WARN, tracing::Level::DEBUG);
    assert_eq!(
        told,
        [
            (debug, text([Some("200"), None, None])),
            (warn, text([Some("200"), None, Some("transport")])),
            (warn, text([Some("503"), Some("1"), Some("503")])),
            (debug, text([Some("200"), Some("2"), None])),
        ]
    );
}

#[test]
fn the_blocking_client_resumes() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let head = "200 OK\r\nContent-Type: text/event-stream";
    let cut = hang_up(&format!(
        "HTTP/1.1 {head}\r\nContent-Length: 99\r\n\r\n{ONE}"
    ));
    let server = runtime.block_on(Server::start([cut, answer(head, TWO)]));
    let client = api_request::blocking::Client::builder(server.origin());
    let client = client.retry(at_once()).build().unwrap();
    let items: Vec<u32> = client
        .call(&Log)
        .events()
        .unwrap()
        .map(Result::unwrap)
        .collect();
    assert_eq!(items, [1, 2]);
    assert!(server.seen()[1].contains("last-event-id: 1\r\n"));
}

#[test]
fn a_response_of_another_stack_is_not_resumed() {
    let cut = futures_util::stream::iter([Ok(ONE.into()), Err("cut")]);
    let response = Response::builder()
        .header("content-type", "text/event-stream")
        .body(Body::once(cut))
        .unwrap();
    let events = Log::decode_events(response)
        .now_or_never()
        .unwrap()
        .unwrap();
    let items: Vec<_> = events.collect().now_or_never().unwrap();
    assert_eq!(*items[0].as_ref().unwrap(), 1);
    assert_eq!(items[1].as_ref().unwrap_err().to_string(), CUT);
}
