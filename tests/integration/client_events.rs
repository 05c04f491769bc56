//! Event streams over a connection: what is sent, timeouts, limits, secrets, and when the connection is let go.

use std::{future::pending, time::Duration};

use api_request::{ApiRequest, Body, EventRequest, Limits};
use bytes::Bytes;
use futures_util::{StreamExt, TryStreamExt};
use http::Response;
use tokio::time::{Instant, sleep};

use crate::server::{Server, answer, double, hang_up, stall};

#[derive(ApiRequest)]
#[api(method = POST, path = "/chat", fields = json, response(text))]
#[api(events(item = u32, flag = "stream", done = "[DONE]"))]
struct Chat {
    prompt: &'static str,
}

const CHAT: Chat = Chat { prompt: "hi" };

const HEAD: &str = "200 OK\r\nContent-Type: text/event-stream";

fn seconds(count: u64) -> Duration {
    Duration::from_secs(count)
}

/// A chunk of a body, as `Transfer-Encoding: chunked` has it.
fn chunk(text: &str) -> String {
    format!("{:x}\r\n{text}\r\n", text.len())
}

fn chunked(chunks: &[&str]) -> String {
    let chunks: String = chunks.iter().map(|text| chunk(text)).collect();
    format!("HTTP/1.1 {HEAD}\r\nTransfer-Encoding: chunked\r\n\r\n{chunks}")
}

/// A client of an API that sends one piece every `gap`, and then nothing more.
fn dripping(gap: Duration, pieces: &'static [&'static str]) -> api_request::ClientBuilder {
    double(move |_| async move {
        let pieces = futures_util::stream::unfold(0, move |sent| async move {
            let Some(piece) = pieces.get(sent) else {
                return pending().await;
            };
            sleep(gap).await;
            Some((Ok::<_, std::io::Error>(Bytes::from(*piece)), sent + 1))
        });
        let answer = Response::builder().header("content-type", "text/event-stream");
        Ok(answer.body(Body::once(pieces))?)
    })
}

#[tokio::test]
async fn the_flag_is_sent_only_when_events_are_asked_for() {
    let events = answer(HEAD, "data: 1\n\ndata: 2\n\ndata: [DONE]\n\n");
    let server = Server::start([events.clone(), events, answer("200 OK", "text")]).await;
    let client = server.client();
    let items: Vec<u32> = client
        .call(&CHAT)
        .events()
        .await
        .unwrap()
        .try_collect()
        .await
        .unwrap();
    assert_eq!(items, [1, 2]);
    let items: Vec<u32> = CHAT
        .events(&client)
        .await
        .unwrap()
        .try_collect()
        .await
        .unwrap();
    assert_eq!(items, [1, 2]);
    assert_eq!(client.send(&CHAT).await.unwrap(), "text");

    let seen = server.seen();
    for request in &seen[..2] {
        assert!(
            request.contains("accept: text/event-stream\r\n"),
            "{request}"
        );
        assert!(
            request.ends_with("\r\n\r\n{\"prompt\":\"hi\",\"stream\":true}"),
            "{request}"
        );
    }
    assert!(seen[2].contains("accept: text/plain\r\n"), "{}", seen[2]);
    assert!(
        seen[2].ends_with("\r\n\r\n{\"prompt\":\"hi\"}"),
        "{}",
        seen[2]
    );
}

#[tokio::test]
async fn the_request_for_events_is_built_as_it_is_sent() {
    let server = Server::start([answer(HEAD, "data: [DONE]\n\n")]).await;
    let client = server.builder().bearer("sk-1").build().unwrap();
    let built = client.call(&CHAT).build_events().unwrap();
    let _ = client.call(&CHAT).events().await.unwrap();
    let seen = &server.seen()[0];
    for (name, value) in built.headers() {
        let line = format!("{name}: {}\r\n", value.to_str().unwrap());
        assert!(seen.contains(&line), "{line} is not in {seen}");
    }
    assert_eq!(built.headers()["accept"], "text/event-stream");
    let body = built.body().as_bytes().unwrap();
    assert!(seen.as_bytes().ends_with(body), "{seen}");
}

#[tokio::test]
async fn items_come_as_they_are_sent() {
    let server = Server::start([stall(&chunked(&["data: 1\n", "\nda", "ta: 2\n\n"]))]).await;
    let mut events = server.client().call(&CHAT).events().await.unwrap();
    assert_eq!(events.next().await.unwrap().unwrap(), 1);
    assert_eq!(events.next().await.unwrap().unwrap(), 2);
}

#[tokio::test]
async fn items_can_be_read_as_another_type() {
    let events = "data: {\"later\": 1}\n\ndata: [DONE]\n\n";
    let server = Server::start([answer(HEAD, events)]).await;
    let mut events = server
        .client()
        .call(&CHAT)
        .events_as::<serde_json::Value>()
        .await
        .unwrap();
    assert_eq!(events.next().await.unwrap().unwrap()["later"], 1);
    assert!(events.next().await.is_none());
}

#[tokio::test]
async fn dropping_the_stream_closes_the_connection() {
    let server = Server::start([stall(&chunked(&["data: 1\n\n"]))]).await;
    let mut events = server.client().call(&CHAT).events().await.unwrap();
    assert_eq!(events.next().await.unwrap().unwrap(), 1);
    drop(events);
    server.closed().await;
}

#[tokio::test]
async fn an_error_closes_the_connection() {
    for event in ["event: error\ndata: 1\n\n", "data: no\n\n"] {
        let server = Server::start([stall(&chunked(&[event]))]).await;
        let mut events = server.client().call(&CHAT).events().await.unwrap();
        assert!(events.next().await.unwrap().is_err());
        server.closed().await;
    }
}

#[tokio::test]
async fn a_stream_that_ends_gives_its_connection_back() {
    let events = answer(HEAD, "data: 1\n\ndata: [DONE]\n\n");
    let server = Server::start([events]).await;
    let client = server.client();
    for _ in 0..20 {
        let events = client.call(&CHAT).events().await.unwrap();
        assert_eq!(events.try_collect::<Vec<_>>().await.unwrap(), [1]);
    }
    // Another may be opened before the last one is back in the pool, but not for each call.
    assert!(server.connections() < 20);
}

#[tokio::test]
async fn the_end_after_the_sentinel_is_not_waited_for_long() {
    let server = Server::start([stall(&chunked(&["data: [DONE]\n\n"]))]).await;
    let mut events = server.client().call(&CHAT).events().await.unwrap();
    assert!(events.next().await.is_none());
    server.closed().await;
}

#[tokio::test]
async fn a_connection_that_breaks_is_an_error() {
    let server = Server::start([hang_up(&chunked(&["data: 1\n\n", "data: 2"]))]).await;
    let mut events = server.client().call(&CHAT).events().await.unwrap();
    assert_eq!(events.next().await.unwrap().unwrap(), 1);
    let error = events.next().await.unwrap().unwrap_err();
    assert_eq!(error.to_string(), "`Chat`: 200 OK, but the body broke off");
    assert_eq!(
        (error.attempts(), error.status().unwrap().as_u16()),
        (1, 200)
    );
    assert!(events.next().await.is_none());
}

#[tokio::test]
async fn an_event_has_a_limit() {
    let server = Server::start([answer(HEAD, "data: 1\n\ndata: 12345678\n\n")]).await;
    let limits = Limits::default().event(7);
    let client = server.builder().limits(limits).build().unwrap();
    let mut events = client.call(&CHAT).events().await.unwrap();
    assert_eq!(events.next().await.unwrap().unwrap(), 1);
    let error = events.next().await.unwrap().unwrap_err();
    assert!(error.is_too_large() && !error.is_decode());
    let message = "`Chat`: 200 OK, but an event is larger than the limit of 7 bytes";
    assert_eq!(error.to_string(), message);
    assert!(events.next().await.is_none());
}

#[tokio::test]
async fn an_answer_that_is_no_event_stream_is_an_error() {
    let json = "200 OK\r\nContent-Type: application/json";
    let failure = r#"{"error":{"message":"the key sk-canary is unknown"}}"#;
    let server = Server::start([
        answer(json, "x".repeat(100)),
        answer(json, failure),
        answer("404 Not Found", r#"{"message":"no chat"}"#),
        answer("204 No Content", ""),
    ])
    .await;
    let limits = Limits::default().error_body(64);
    let client = server
        .builder()
        .bearer("sk-canary")
        .limits(limits)
        .build()
        .unwrap();

    let error = client.call(&CHAT).events().await.unwrap_err();
    assert!(error.is_decode());
    let message = "`Chat`: 200 OK, but the body is not what is declared: it is `application/json`, not an event stream";
    assert_eq!(error.to_string(), message);
    assert_eq!((error.body().unwrap().len(), error.attempts()), (64, 1));

    let error = client.call(&CHAT).events().await.unwrap_err();
    assert!(error.is_status());
    assert_eq!(
        error.to_string(),
        "`Chat`: 200 OK: the key (hidden) is unknown"
    );
    assert_eq!(error.api().unwrap().text(), Some(failure));
    assert_eq!(error.attempts(), 1);

    let error = client.call(&CHAT).events().await.unwrap_err();
    assert_eq!(error.to_string(), "`Chat`: 404 Not Found: no chat");

    let events = client.call(&CHAT).events().await.unwrap();
    assert!(events.try_collect::<Vec<_>>().await.unwrap().is_empty());
}

#[tokio::test]
async fn the_message_of_an_error_event_repeats_no_secret() {
    let event =
        "event: error\ndata: {\"message\":\"sk-header, sk-call and sk-query are unknown\"}\n\n";
    let server = Server::start([answer(HEAD, event)]).await;
    let client = server.builder().api_key_header("x-api-key", "sk-header");
    let client = client.api_key_query("key", "sk-query").build().unwrap();
    let mut events = client.call(&CHAT).bearer("sk-call").events().await.unwrap();
    let error = events.next().await.unwrap().unwrap_err();
    let message = "`Chat`: 200 OK: (hidden), (hidden) and (hidden) are unknown";
    assert_eq!(error.to_string(), message);
    assert!(!format!("{error:?} {events:?}").contains("sk-"));
}

#[tokio::test(start_paused = true)]
async fn a_stream_has_a_timeout_for_its_head_and_for_each_piece() {
    let pieces = &["data: 1\n\n", ": alive\n\n", "data", ": 2\n\n"];
    let client = dripping(seconds(20), pieces)
        .timeout(seconds(10))
        .build()
        .unwrap();
    let mut events = client.call(&CHAT).events().await.unwrap();
    let start = Instant::now();
    assert_eq!(events.next().await.unwrap().unwrap(), 1);
    assert_eq!(start.elapsed(), seconds(20));
    // A comment is a sign of life.
    assert_eq!(events.next().await.unwrap().unwrap(), 2);
    assert_eq!(start.elapsed(), seconds(80));
    // A reader may take its time.
    sleep(seconds(100)).await;
    let error = events.next().await.unwrap().unwrap_err();
    assert_eq!(start.elapsed(), seconds(80 + 100 + 30));
    assert!(error.is_timeout());
    assert_eq!(error.status().unwrap(), 200);
    assert!(events.next().await.is_none());

    let client = double(|_| pending()).build().unwrap();
    let call = client.call(&CHAT).timeout(seconds(3));
    let start = Instant::now();
    assert!(call.events().await.unwrap_err().is_timeout());
    assert_eq!(start.elapsed(), seconds(3));
}

#[tokio::test(start_paused = true)]
async fn the_end_of_the_connection_is_waited_for_a_moment() {
    let client = dripping(seconds(1), &["data: 1\n\ndata: [DONE]\n\n"])
        .build()
        .unwrap();
    let events = client.call(&CHAT).events().await.unwrap();
    let start = Instant::now();
    assert_eq!(events.try_collect::<Vec<_>>().await.unwrap(), [1]);
    assert_eq!(start.elapsed(), Duration::from_millis(1_100));
}
