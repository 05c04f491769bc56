//! Events and lines that a server writes, read back by the client's decoders.

use std::{error::Error as _, io, time::Duration};

use api_request::{ApiRequest, ApiResponse, Body, EventRequest, FromHttp, Lines, events::Event};
use bytes::Bytes;
use futures_util::{FutureExt as _, StreamExt as _, TryStreamExt as _, stream};
use http::Response;
use http_body_util::BodyExt as _;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Delta {
    text: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Problem {
    error: String,
}

#[derive(ApiRequest, FromHttp)]
#[api(method = GET, path = "/", error = Problem, events(item = Delta, done = "[DONE]"))]
struct Chat;

#[derive(ApiRequest, FromHttp)]
#[api(method = GET, path = "/", events(item = u32, only = "tick"))]
struct Ticks;

#[derive(ApiRequest, FromHttp)]
#[api(method = GET, path = "/", events(item = Event))]
struct Raw;

#[derive(ApiRequest, FromHttp)]
#[api(method = GET, path = "/", response(lines = Delta))]
struct Generate;

#[derive(ApiRequest, FromHttp)]
#[api(method = GET, path = "/", response = Generated)]
struct GenerateTyped;

#[derive(Debug, ApiResponse)]
struct Generated {
    #[api(header = "X-Model")]
    model: String,
    #[api(body = lines)]
    lines: Lines<Delta>,
}

fn text(body: Body) -> String {
    let body = body.collect().now_or_never().expect("the body is ready");
    let bytes = body.expect("the body is whole").to_bytes();
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn deltas() -> Vec<Delta> {
    ["a", "b\nc", ""]
        .map(|text| Delta { text: text.into() })
        .into()
}

#[test]
fn events_end_with_the_sentinel() {
    let response = || Chat::respond_events(stream::iter(deltas()).map(Ok));
    assert_eq!(response().headers()["content-type"], "text/event-stream");
    assert_eq!(
        text(response().into_body()),
        "data: {\"text\":\"a\"}\n\ndata: {\"text\":\"b\\nc\"}\n\ndata: {\"text\":\"\"}\n\ndata: [DONE]\n\n"
    );
    let read = async {
        Chat::decode_events(response())
            .await?
            .try_collect::<Vec<_>>()
            .await
    };
    assert_eq!(read.now_or_never().unwrap().unwrap(), deltas());
}

#[test]
fn an_error_is_the_last_event() {
    let problem = Problem {
        error: "busy".into(),
    };
    let items = [
        Ok(deltas().remove(0)),
        Err(problem.clone()),
        Ok(deltas().remove(1)),
    ];
    let response = || Chat::respond_events(stream::iter(items.clone()));
    assert_eq!(
        text(response().into_body()),
        "data: {\"text\":\"a\"}\n\nevent: error\ndata: {\"error\":\"busy\"}\n\n"
    );
    let mut events = Chat::decode_events(response())
        .now_or_never()
        .unwrap()
        .unwrap();
    assert_eq!(
        events.next().now_or_never().unwrap().unwrap().unwrap(),
        deltas()[0]
    );
    let error = events.next().now_or_never().unwrap().unwrap().unwrap_err();
    assert_eq!(error.api(), Some(&problem));
    assert!(events.next().now_or_never().unwrap().is_none());
}

#[test]
fn items_are_of_the_type_that_is_read() {
    let response = Ticks::respond_events(stream::iter([1, 2]).map(Ok));
    let read = async {
        Ticks::decode_events(response)
            .await?
            .try_collect::<Vec<_>>()
            .await
    };
    assert_eq!(read.now_or_never().unwrap().unwrap(), [1, 2]);
}

fn event(event: &str, data: &str, id: &str, retry: Option<u64>) -> Event {
    let mut all = Event::default();
    all.event = event.to_owned().into();
    all.data = data.into();
    all.id = id.into();
    all.retry = retry.map(Duration::from_millis);
    all
}

#[test]
fn raw_events_are_read_back() {
    let all = [
        event("message", "a\nb\n\nc", "", None),
        event("job", " {}", "7", Some(2500)),
        event("message", "same ID", "7", None),
        event("error", "", "", None),
    ];
    let response = Raw::respond_events(stream::iter(all.clone()).map(Ok));
    let read = async {
        Raw::decode_events(response)
            .await?
            .try_collect::<Vec<_>>()
            .await
    };
    assert_eq!(read.now_or_never().unwrap().unwrap(), all);
}

#[test]
fn an_event_that_would_be_another_breaks_the_body_off() {
    for broken in [event("a\nb", "", "", None), event("a", "", "1\n2", None)] {
        let response = Raw::respond_events(stream::iter([Ok(broken)]));
        let body = response.into_body().collect().now_or_never().unwrap();
        let error = body.unwrap_err().to_string();
        assert_eq!(
            error,
            "the type or the ID of an event has the end of a line in it"
        );
    }
}

#[test]
fn lines_are_read_back() {
    let made: [Lines<Delta>; 2] = [
        deltas().into_iter().collect(),
        Lines::from_stream(stream::iter(deltas()).map(Ok::<_, io::Error>)),
    ];
    for lines in made {
        let response = Generate::respond(Ok(lines));
        assert_eq!(response.headers()["content-type"], "application/x-ndjson");
        let body = Bytes::from(text(response.into_body()));
        let read: Lines<Delta> = Generate::decode(Response::new(body)).unwrap();
        let read = read.try_collect::<Vec<_>>().now_or_never().unwrap();
        assert_eq!(read.unwrap(), deltas());
    }
}

#[test]
fn lines_are_a_body_beside_headers() {
    let lines = deltas().into_iter().collect();
    let response = GenerateTyped::respond(Ok(Generated {
        model: "m".into(),
        lines,
    }));
    assert_eq!(response.headers()["content-type"], "application/x-ndjson");
    let (head, body) = response.into_parts();
    let read = GenerateTyped::decode(Response::from_parts(head, text(body).into())).unwrap();
    assert_eq!(read.model, "m");
    let read = read.lines.try_collect::<Vec<_>>().now_or_never().unwrap();
    assert_eq!(read.unwrap(), deltas());
}

#[test]
fn lines_that_were_read_in_part_are_handed_on_from_there() {
    let body = "{\"text\":\"a\"}\n{\"text\":\"b\"}\n{\"text\":\"c\"}\n";
    let mut lines = Generate::decode(Response::new(body.into())).unwrap();
    lines.next().now_or_never().unwrap().unwrap().unwrap();
    let rest = text(Generate::respond(Ok(lines)).into_body());
    assert_eq!(rest, "{\"text\":\"b\"}\n{\"text\":\"c\"}\n");
}

#[test]
fn an_error_breaks_lines_off() {
    let items = [Ok(deltas().remove(0)), Err(io::Error::other("lost"))];
    let lines = Lines::<Delta>::from_stream(stream::iter(items));
    let read = lines.try_collect::<Vec<_>>().now_or_never().unwrap();
    let error = read.unwrap_err();
    assert_eq!(error.source().unwrap().to_string(), "lost");
}

#[derive(ApiRequest, FromHttp)]
#[api(method = GET, path = "/", response(stream))]
struct Download;

#[test]
fn a_stream_has_the_headers_that_it_is_made_with_and_none_that_were_received() {
    let film = || {
        let response = Response::builder().header("Content-Type", "video/mp4");
        response
            .header("X-Id", "7")
            .body(Body::from("film"))
            .unwrap()
    };
    let response = Download::respond(Ok(film().into()));
    assert_eq!(response.headers()["content-type"], "video/mp4");
    assert_eq!(response.headers()["x-id"], "7");
    let received = Download::decode(response.map(|_| Bytes::from("film"))).unwrap();
    let response = Download::respond(Ok(received));
    assert_eq!(
        response.headers()["content-type"],
        "application/octet-stream"
    );
    assert!(!response.headers().contains_key("x-id"));
    assert_eq!(text(response.into_body()), "film");
}
