//! Event streams that go on after a break: what is a break, what is sent again, when, and what ends it.

use std::{
    future::pending,
    sync::{Arc, Mutex},
    time::Duration,
};

use api_request::{ApiRequest, Body, BoxError, ClientBuilder, Error, TransportError};
use bytes::Bytes;
use futures_util::{FutureExt, StreamExt, stream};
use http::{Request, Response};
use tokio::time::Instant;

use crate::server::double;

#[derive(ApiRequest)]
#[api(method = GET, path = "/log", events(item = u32, done = "[DONE]", resume))]
pub(crate) struct Log;

/// What the server does with a request.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Does {
    /// Sends events, and then breaks the connection.
    Cut(&'static str),
    /// Sends events, and then nothing more.
    Stall(&'static str),
    /// Sends events, and ends the response.
    End(&'static str),
    /// Sends a head with this status and the header `x-status`, and events, and ends the response.
    Other(u16, &'static str),
    /// Sends a head without a body.
    Status(u16),
    /// Sends a head with this header, and no body.
    Header(u16, &'static str, &'static str),
    /// Sends what is not an event stream.
    Json(&'static str),
    /// Accepts no connection.
    Refuse,
    /// Breaks the connection before a response.
    Reset,
    /// Does not respond.
    Hang,
}
use Does::{Cut, End, Hang, Header, Json, Other, Refuse, Reset, Stall, Status};

fn body(events: &'static str, end: Option<Result<Bytes, BoxError>>) -> Body {
    let events = stream::iter([Ok(Bytes::from_static(events.as_bytes()))]);
    match end {
        Some(end) => Body::once(events.chain(stream::iter([end]))),
        None => Body::once(events.chain(pending().into_stream())),
    }
}

fn respond(does: Does) -> Result<Response<Body>, BoxError> {
    let events = Response::builder().header("content-type", "text/event-stream");
    Ok(match does {
        Cut(text) => events.body(body(text, Some(Err("cut".into()))))?,
        Stall(text) => events.body(body(text, None))?,
        End(text) => events.body(body(text, Some(Ok(Bytes::new()))))?,
        Other(status, text) => {
            let events = events.status(status).header("x-status", status);
            events.body(body(text, Some(Ok(Bytes::new()))))?
        }
        Status(status) => Response::builder().status(status).body(Body::empty())?,
        Header(status, name, value) => {
            let response = Response::builder().status(status).header(name, value);
            response.body(Body::empty())?
        }
        Json(text) => Response::builder()
            .header("content-type", "application/json")
            .body(text.into())?,
        Refuse => return Err(TransportError::connect("refused").into()),
        Reset => return Err("reset".into()),
        Hang => unreachable!("it does not respond"),
    })
}

/// A request as the server saw it.
pub(crate) struct Seen {
    pub(crate) at: Duration,
    pub(crate) request: Request<Body>,
}

impl Seen {
    /// The value of the header `Last-Event-ID`.
    pub(crate) fn id(&self) -> Option<&str> {
        let id = self.request.headers().get("last-event-id");
        id.map(|id| std::str::from_utf8(id.as_bytes()).unwrap())
    }
}

pub(crate) type Requests = Arc<Mutex<Vec<Seen>>>;

/// A client of a server that does this, in order, and what the server sees.
pub(crate) fn server(script: &[Does]) -> (ClientBuilder, Requests) {
    let seen = Requests::default();
    let (log, script, start) = (seen.clone(), Vec::from(script), Instant::now());
    let client = double(move |request| {
        let mut log = log.lock().unwrap();
        let does = script.get(log.len()).copied();
        let at = start.elapsed();
        log.push(Seen { at, request });
        let does = does.unwrap_or_else(|| panic!("more is asked for than {script:?}"));
        async move {
            match does {
                Hang => pending().await,
                does => respond(does),
            }
        }
    });
    (client, seen)
}

/// The items of a stream, and the error after them.
async fn read(client: &api_request::Client) -> (Vec<u32>, Option<Error>) {
    let mut events = match client.call(&Log).events().await {
        Ok(events) => events,
        Err(error) => return (Vec::new(), Some(error)),
    };
    let mut items = Vec::new();
    while let Some(item) = events.next().await {
        match item {
            Ok(item) => items.push(item),
            Err(error) => {
                assert!(events.next().await.is_none(), "it goes on");
                return (items, Some(error));
            }
        }
    }
    assert!(events.next().await.is_none(), "it goes on");
    (items, None)
}

/// What the server does, the items, the error, and the `Last-Event-ID` of each request.
type Case = (
    &'static [Does],
    &'static [u32],
    Option<&'static str>,
    &'static [Option<&'static str>],
);

async fn check(cases: &[Case]) {
    for &(script, items, error, ids) in cases {
        let (client, seen) = server(script);
        let (found, failure) = read(&client.build().unwrap()).await;
        let failure = failure.map(|failure| failure.to_string());
        assert_eq!((&*found, failure.as_deref()), (items, error), "{script:?}");
        let seen = seen.lock().unwrap();
        let found: Vec<_> = seen.iter().map(Seen::id).collect();
        assert_eq!(found, ids, "{script:?}");
    }
}

pub(crate) const ONE: &str = "id: 1\ndata: 1\n\n";
pub(crate) const TWO: &str = "id: 2\ndata: 2\n\ndata: [DONE]\n\n";
pub(crate) const CUT: &str = "`Log`: 200 OK, but the connection failed in the middle of the body";

#[test]
fn a_stream_that_can_be_resumed_is_sent_and_shared() {
    fn check<T: Send + Sync + Unpin + std::fmt::Debug + 'static>() {}
    check::<api_request::EventStream<u32>>();
}

#[tokio::test(start_paused = true)]
async fn the_rest_of_a_stream_that_breaks_off_is_asked_for() {
    check(&[
        (&[End(TWO)], &[2], None, &[None]),
        // A cut, a stall, and a missing sentinel.
        (&[Cut(ONE), End(TWO)], &[1, 2], None, &[None, Some("1")]),
        (&[Stall(ONE), End(TWO)], &[1, 2], None, &[None, Some("1")]),
        (&[End(ONE), End(TWO)], &[1, 2], None, &[None, Some("1")]),
        // The event that was cut is left for the API to send again.
        (
            &[Cut("id: 1\ndata: 1\n\nid: 2\ndata: 2"), End(TWO)],
            &[1, 2],
            None,
            &[None, Some("1")],
        ),
        // A stream without an ID of its own keeps the one before.
        (
            &[Cut(ONE), Cut("data: 5\n\n"), End(TWO)],
            &[1, 5, 2],
            None,
            &[None, Some("1"), Some("1")],
        ),
        // An ID counts without an item, and without an event.
        (
            &[Cut("id: 6\ndata:\n\n"), End(TWO)],
            &[2],
            None,
            &[None, Some("6")],
        ),
        (
            &[Cut("id: 6\n\n"), End(TWO)],
            &[2],
            None,
            &[None, Some("6")],
        ),
        (
            &[Cut("id: 6\n\nid: 7\ndata: 7\n\n"), End(TWO)],
            &[7, 2],
            None,
            &[None, Some("7")],
        ),
        // UTF-8 is sent as it is.
        (
            &[Cut("id: é 1\ndata: 1\n\n"), End(TWO)],
            &[1, 2],
            None,
            &[None, Some("é 1")],
        ),
        // A 204 ends the stream.
        (&[Cut(ONE), Status(204)], &[1], None, &[None, Some("1")]),
    ])
    .await;
}

#[tokio::test(start_paused = true)]
async fn what_is_no_break_ends_the_stream() {
    let no_id = "`Log`: 200 OK, but the connection failed in the middle of the body (not retried: no event had an ID)";
    let no_header = "`Log`: 200 OK, but the connection failed in the middle of the body (not retried: the last event ID cannot be sent in a header)";
    check(&[
        // There is no break before the first ID, nor after one that was taken back.
        (&[Cut("data: 1\n\n")], &[1], Some(no_id), &[None]),
        (&[Cut("id: 1\ndata: 1\n\nid\ndata: 2\n\n")], &[1, 2], Some(no_id), &[None]),
        (&[Cut("data: 1\n\nid: 1\n")], &[1], Some(no_id), &[None]),
        (&[Cut("id: \u{1}\ndata: 1\n\n")], &[1], Some(no_header), &[None]),
        (&[Cut("id:  1\ndata: 1\n\n")], &[1], Some(no_header), &[None]),
        // The API's own errors, and items that are not of the type.
        (
            &[Cut("id: 1\ndata: 1\n\nevent: error\ndata: {\"message\":\"no\"}\n\n")],
            &[1],
            Some("`Log`: 200 OK: no"),
            &[None],
        ),
        (
            &[Cut("id: 1\ndata: 1\n\ndata: {\"error\":\"no\"}\n\n")],
            &[1],
            Some("`Log`: 200 OK: no"),
            &[None],
        ),
        (
            &[Cut("id: 1\ndata: 1\n\ndata: x\n\n")],
            &[1],
            Some("`Log`: 200 OK, but the body is not of the declared type: expected value at line 1 column 1"),
            &[None],
        ),
        // What opens the stream is retried as any request.
        (&[Status(503), End(TWO)], &[2], None, &[None, None]),
        (&[Status(404)], &[], Some("`Log`: 404 Not Found"), &[None]),
    ])
    .await;
}

#[tokio::test(start_paused = true)]
async fn a_resume_that_fails_is_retried_by_the_rules_and_ends_the_stream() {
    check(&[
        (&[Cut(ONE), Status(503), End(TWO)], &[1, 2], None, &[None, Some("1"), Some("1")]),
        (&[Cut(ONE), Refuse, End(TWO)], &[1, 2], None, &[None, Some("1"), Some("1")]),
        (&[Cut(ONE), Reset, End(TWO)], &[1, 2], None, &[None, Some("1"), Some("1")]),
        (&[Cut(ONE), Hang, End(TWO)], &[1, 2], None, &[None, Some("1"), Some("1")]),
        (&[Cut(ONE), Status(404)], &[1], Some("`Log`: 404 Not Found"), &[None, Some("1")]),
        (
            &[Cut(ONE), Status(503), Status(502)],
            &[1],
            Some("`Log`: 502 Bad Gateway"),
            &[None, Some("1"), Some("1")],
        ),
        (
            &[Cut(ONE), Json("{}")],
            &[1],
            Some("`Log`: 200 OK, but the body is not of the declared type: the media type is `application/json`, not `text/event-stream`"),
            &[None, Some("1")],
        ),
        (
            &[Cut(ONE), Refuse, Refuse],
            &[1],
            Some("`Log`: cannot connect to https://api.example.com"),
            &[None, Some("1"), Some("1")],
        ),
    ])
    .await;
}

#[tokio::test(start_paused = true)]
async fn an_item_sets_the_attempts_back() {
    const ALIVE: &str = ": alive\n\n";
    const NONE: &str = "id: 1\ndata:\n\n";
    check(&[
        // Three attempts in all without an item.
        (
            &[Cut(ONE), Cut(""), Cut("")],
            &[1],
            Some(CUT),
            &[None, Some("1"), Some("1")],
        ),
        (
            &[Cut(ONE), Cut(ALIVE), Cut(NONE)],
            &[1],
            Some(CUT),
            &[None, Some("1"), Some("1")],
        ),
        (
            &[Status(503), Cut(NONE), Cut("")],
            &[],
            Some(CUT),
            &[None, None, Some("1")],
        ),
        // Any number with items.
        (
            &[
                Cut(ONE),
                Cut(""),
                Cut("data: 3\n\n"),
                Cut(""),
                Cut("data: 4\n\n"),
                Cut(""),
                End(TWO),
            ],
            &[1, 3, 4, 2],
            None,
            &[
                None,
                Some("1"),
                Some("1"),
                Some("1"),
                Some("1"),
                Some("1"),
                Some("1"),
            ],
        ),
        (
            &[Status(503), Reset, Cut(ONE), Status(503), End(TWO)],
            &[1, 2],
            None,
            &[None, None, None, Some("1"), Some("1")],
        ),
    ])
    .await;
}
