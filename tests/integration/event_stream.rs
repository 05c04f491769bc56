//! Event streams, read without a client: where they end, and what is an error.

use api_request::{ApiError, ApiRequest, Body, Error, ErrorBody, EventRequest, EventStream, Phase};
use bytes::Bytes;
use futures_util::{FutureExt, StreamExt, stream};
use http::{Response, StatusCode};
use serde::Deserialize;

#[derive(Debug, PartialEq, Deserialize)]
pub(crate) struct Delta {
    text: String,
}

#[derive(Debug, PartialEq, Deserialize)]
pub(crate) struct Failure {
    error: Option<Problem>,
}

#[derive(Debug, PartialEq, Deserialize)]
pub(crate) struct Problem {
    code: u32,
}

#[derive(ApiRequest)]
#[api(method = GET, path = "/", events(item = Delta, done = "[DONE]"), error = Failure)]
struct WithSentinel;

#[derive(ApiRequest)]
#[api(method = GET, path = "/", events = Delta, error = Failure)]
pub(crate) struct Open;

#[derive(ApiRequest)]
#[api(method = GET, path = "/", events = serde_json::Value)]
struct AnyJson;

pub(crate) const MEDIA_TYPE: &str = "text/event-stream";

pub(crate) fn answer(content_type: &str, body: impl Into<Body>) -> Response<Body> {
    Response::builder()
        .header("content-type", content_type)
        .body(body.into())
        .unwrap()
}

/// A body that comes in pieces of so many bytes.
fn cut(text: &str, size: usize) -> Body {
    let pieces: Vec<_> = text
        .as_bytes()
        .chunks(size)
        .map(Bytes::copy_from_slice)
        .collect();
    Body::once(stream::iter(
        pieces.into_iter().map(Ok::<_, std::io::Error>),
    ))
}

pub(crate) type Opened<T, E> = Result<EventStream<T, E>, Error<E>>;

pub(crate) fn open<R: EventRequest>(answer: Response<Body>) -> Opened<R::Event, R::Error> {
    R::decode_events(answer).now_or_never().unwrap()
}

/// The items, and the error after them.
pub(crate) fn read<R: EventRequest>(
    answer: Response<Body>,
) -> (Vec<R::Event>, Option<Error<R::Error>>) {
    let mut events = match open::<R>(answer) {
        Ok(events) => events,
        Err(error) => return (Vec::new(), Some(error)),
    };
    let mut items = Vec::new();
    while let Some(item) = events.next().now_or_never().unwrap() {
        match item {
            Ok(item) => items.push(item),
            Err(error) => {
                assert!(
                    events.next().now_or_never().unwrap().is_none(),
                    "it goes on"
                );
                return (items, Some(error));
            }
        }
    }
    assert!(
        events.next().now_or_never().unwrap().is_none(),
        "it goes on"
    );
    (items, None)
}

pub(crate) fn texts(items: &[Delta]) -> String {
    items.iter().map(|item| item.text.as_str()).collect()
}

#[test]
fn it_is_a_stream_that_can_be_sent() {
    fn check<T: Send + Unpin + std::fmt::Debug + 'static>() {}
    check::<EventStream<Delta, Failure>>();
    check::<api_request::WithEvent<Delta, Failure>>();
    check::<api_request::OpenEvents<Delta, Failure>>();
}

#[test]
fn items_come_however_the_body_is_cut() {
    let body = ": hi\n\nevent: a\r\ndata: {\"text\":\rdata: \"é\"}\n\nid: 7\nretry: 1\n\ndata:{\"text\":\"b\"}\n\ndata: [DONE]\n\ndata: rest";
    for size in 1..=body.len() {
        let (items, error) = read::<WithSentinel>(answer(MEDIA_TYPE, cut(body, size)));
        assert_eq!(
            (texts(&items).as_str(), error.is_none()),
            ("éb", true),
            "{size}"
        );
    }
}

#[test]
fn a_stream_ends_with_its_sentinel_or_else_is_an_error() {
    let item = r#"data: {"text":"a"}"#;
    let no_sentinel =
        "`WithSentinel`: 200 OK, but the stream ended early: the last event, `[DONE]`, is missing";
    let no_end = "`Open`: 200 OK, but the stream ended early: the last event is not complete";
    let sentinels = [
        (format!("{item}\n\ndata: [DONE]\n\n"), "a", None),
        ("data: [DONE]\n\n".to_owned(), "", None),
        ("event: end\ndata: [DONE]\n\n".to_owned(), "", None),
        (format!("{item}\n\n"), "a", Some(no_sentinel)),
        (String::new(), "", Some(no_sentinel)),
        (format!("{item}\n"), "", Some(no_sentinel)),
        (format!("{item}\n\ndata: [DONE]"), "a", None),
        (format!("{item}\n\ndata: [DONE]\n"), "a", None),
        (format!("{item}\n\nevent: end\r\ndata:[DONE]\r"), "a", None),
        ("\u{feff}data: [DONE]".to_owned(), "", None),
        (format!("{item}\n\ndata: [DONE"), "a", Some(no_sentinel)),
        (
            format!("{item}\n\ndata: [DONE]\ndata"),
            "a",
            Some(no_sentinel),
        ),
        (format!("{item}\n\n: [DONE]"), "a", Some(no_sentinel)),
    ];
    for (body, expected, message) in sentinels {
        let (items, error) = read::<WithSentinel>(answer(MEDIA_TYPE, body.clone()));
        assert_eq!(texts(&items), expected, "{body}");
        assert_eq!(
            error.map(|error| error.to_string()).as_deref(),
            message,
            "{body}"
        );
    }
    let without = [
        (format!("{item}\n\n"), "a", None),
        (String::new(), "", None),
        (": comment".to_owned(), "", None),
        (format!("{item}\n\n: comment"), "a", None),
        (format!("{item}\n\n{item}\n"), "a", Some(no_end)),
        (item.to_owned(), "", Some(no_end)),
    ];
    for (body, expected, message) in without {
        let (items, error) = read::<Open>(answer(MEDIA_TYPE, body.clone()));
        assert_eq!(texts(&items), expected, "{body}");
        assert_eq!(
            error.map(|error| error.to_string()).as_deref(),
            message,
            "{body}"
        );
    }
}

#[test]
fn a_body_that_breaks_off_is_an_error() {
    let pieces = [
        Ok(Bytes::from("data: {\"text\":\"a\"}\n\ndata: {")),
        Err(std::io::Error::other("reset")),
    ];
    let (items, error) = read::<Open>(answer(MEDIA_TYPE, Body::once(stream::iter(pieces))));
    let error = error.unwrap();
    assert_eq!(texts(&items), "a");
    assert_eq!(
        error.to_string(),
        "`Open`: 200 OK, but the connection failed in the middle of the body"
    );
    assert_eq!(error.phase(), Phase::Answered);
    assert!(!error.is_decode() && !error.is_status());
}

#[test]
fn an_error_event_is_an_error_of_the_api() {
    let cases = [
        (
            "event: error\ndata: {\"error\":{\"code\":7,\"message\":\"busy\"}}",
            ": busy",
            Some(Some(7)),
        ),
        (
            "event: error\ndata: {\"message\":\"busy\"}",
            ": busy",
            Some(None),
        ),
        (
            "event: error\ndata: canary",
            ", but the body is an error",
            None,
        ),
        (
            "data: {\"error\":{\"code\":7,\"message\":\"busy\"}}",
            ": busy",
            Some(Some(7)),
        ),
        (
            "data: {\"text\":\"b\",\"error\":{\"code\":7}}",
            ", but the body is an error",
            Some(Some(7)),
        ),
        (
            "data: {\"\\u0065rror\":{\"code\":7}}",
            ", but the body is an error",
            Some(Some(7)),
        ),
        ("data: {\"error\":\"busy\"}", ": busy", None),
        (
            "data: {\"error\":false}",
            ", but the body is an error",
            None,
        ),
        (
            "data: {\"error\":null,\"error\":1}",
            ", but the body is an error",
            None,
        ),
    ];
    for (event, message, code) in cases {
        let body = format!("data: {{\"text\":\"a\"}}\n\n{event}\n\ndata: {{\"text\":\"c\"}}\n\n");
        let (items, error) = read::<Open>(answer(MEDIA_TYPE, body));
        let error = error.unwrap_or_else(|| panic!("no error: {event}"));
        assert_eq!(texts(&items), "a");
        assert!(error.is_status() && !error.is_decode());
        assert_eq!(error.status(), Some(StatusCode::OK));
        assert_eq!(
            error.to_string(),
            format!("`Open`: 200 OK{message}"),
            "{event}"
        );
        let data = event.rsplit_once("data: ").unwrap().1;
        assert_eq!(error.body().unwrap(), data);
        let api = error
            .api()
            .map(|failure| failure.error.as_ref().map(|problem| problem.code));
        assert_eq!(api, code, "{event}");
        assert!(!format!("{error:?}").contains("busy"), "{error:?}");
    }
}

#[test]
fn an_error_type_may_declare_another_member() {
    #[derive(Debug, ApiError)]
    #[api(envelope = "fault")]
    enum Fault {
        #[api(other)]
        Other(ErrorBody),
    }

    #[derive(ApiRequest)]
    #[api(method = GET, path = "/", events = serde_json::Value, error = Fault)]
    struct Faulty;

    fn body(error: &Error<Fault>) -> &Bytes {
        let Some(Fault::Other(body)) = error.api() else {
            panic!("{error:?}");
        };
        body.bytes()
    }

    for data in [
        r#"{"fault":1}"#,
        r#"{"error":1}"#,
        r#"{"error":{}}"#,
        r#"{"f\u0061ult":{"a":1}}"#,
    ] {
        let (items, error) = read::<Faulty>(answer(MEDIA_TYPE, format!("data: {data}\n\n")));
        assert!(items.is_empty());
        assert_eq!(body(&error.unwrap()), data);
        let (_, error) = read::<Faulty>(answer("application/json", data));
        assert_eq!(body(&error.unwrap()), data);
    }
    for nothing in ["null", "false", "{}"] {
        let body = format!("data: {{\"fault\":{nothing}}}\n\n");
        let (items, error) = read::<Faulty>(answer(MEDIA_TYPE, body));
        assert_eq!((items.len(), error.is_none()), (1, true), "{nothing}");
    }
}

#[test]
fn what_only_looks_like_an_error_is_an_item() {
    let cases = [
        r#"{"error":null}"#,
        r#"{"a":{"error":1}}"#,
        r#"{"a":"\"error\":1"}"#,
        r#"{"errors":[1]}"#,
        r#"{"a":"error"}"#,
        r#"{"Error":1}"#,
        r#"[{"error":1}]"#,
        r#""error""#,
        r#"{"\u0065rrors":1}"#,
        "1",
    ];
    for data in cases {
        let (items, error) = read::<AnyJson>(answer(MEDIA_TYPE, format!("data: {data}\n\n")));
        assert!(error.is_none(), "{data}");
        assert_eq!(
            items,
            [serde_json::from_str::<serde_json::Value>(data).unwrap()]
        );
    }
}

#[test]
fn an_item_of_another_type_is_a_decode_error() {
    let cases = [
        (
            r#"{"text":7}"#,
            "text: invalid type: integer, expected a string",
        ),
        ("{}", "missing field `text`"),
        ("canary", "expected value at line 1 column 1"),
    ];
    for (data, message) in cases {
        let body = format!("data: {{\"text\":\"a\"}}\n\ndata: {data}\n\ndata: [DONE]\n\n");
        let (items, error) = read::<WithSentinel>(answer(MEDIA_TYPE, body));
        let error = error.unwrap();
        assert_eq!(texts(&items), "a");
        assert!(error.is_decode() && !error.is_status());
        assert_eq!(error.status(), Some(StatusCode::OK));
        assert_eq!(error.body().unwrap(), data);
        let expected =
            format!("`WithSentinel`: 200 OK, but the body is not of the declared type: {message}");
        assert!(error.to_string().starts_with(&expected), "{error}");
        assert!(!format!("{error:?}{error}").contains("canary"));
    }
}

#[test]
fn only_an_event_stream_has_events() {
    for content_type in [
        "text/event-stream",
        "text/event-stream;charset=utf-8",
        "Text/Event-Stream ; charset=UTF-8",
    ] {
        let (items, error) = read::<Open>(answer(content_type, "data: {\"text\":\"a\"}\n\n"));
        assert_eq!((texts(&items).as_str(), error.is_none()), ("a", true));
    }
    for content_type in [
        "application/json",
        "text/event-streams",
        "text/plain, text/event-stream",
        "",
    ] {
        let (_, error) = read::<Open>(answer(content_type, "canary"));
        let error = error.unwrap();
        assert!(error.is_decode(), "{content_type}");
        let what = format!(
            "`Open`: 200 OK, but the body is not of the declared type: the media type is `{content_type}`, not `text/event-stream`"
        );
        assert_eq!(error.to_string(), what);
        assert_eq!(error.body().unwrap(), "canary");
        assert_eq!(error.headers().unwrap()["content-type"], content_type);
    }
    let (_, error) = read::<Open>(Response::new("data: {}\n\n".into()));
    let message = "`Open`: 200 OK, but the body is not of the declared type: there is no media type, expected `text/event-stream`";
    assert_eq!(error.unwrap().to_string(), message);
}

#[test]
fn an_error_in_place_of_a_stream_is_an_error_of_the_api() {
    let body = r#"{"error":{"code":7,"message":"busy"}}"#;
    let (_, error) = read::<Open>(answer("application/json", body));
    let error = error.unwrap();
    assert!(error.is_status());
    assert_eq!(error.to_string(), "`Open`: 200 OK: busy");
    assert_eq!(error.api().unwrap().error, Some(Problem { code: 7 }));

    let response = Response::builder().status(503).body(cut(body, 3)).unwrap();
    let (_, error) = read::<Open>(response);
    let error = error.unwrap();
    assert!(error.is_status());
    assert_eq!(error.to_string(), "`Open`: 503 Service Unavailable: busy");
    assert_eq!(error.body().unwrap(), body);
    assert_eq!(error.api().unwrap().error, Some(Problem { code: 7 }));
}

#[test]
fn what_is_kept_of_another_answer_is_limited() {
    let response = Response::builder()
        .status(500)
        .body(cut(&"x".repeat(100_000), 999))
        .unwrap();
    let (_, error) = read::<Open>(response);
    assert_eq!(error.unwrap().body().unwrap().len(), 64 * 1024);
}

#[test]
fn an_answer_without_content_is_a_stream_without_events() {
    let response = Response::builder().status(204).body(Body::empty()).unwrap();
    let (items, error) = read::<WithSentinel>(response);
    assert!(items.is_empty() && error.is_none());
}

#[test]
fn a_stream_tells_of_its_answer_and_its_events() {
    let response = Response::builder()
        .status(201)
        .header("content-type", MEDIA_TYPE)
        .header("x-request-id", "r")
        .header("set-cookie", "canary")
        .body("event: a\nid: 5\ndata: 1\n\ndata: 2\n\nid\ndata: \"canary\"\n\n".into())
        .unwrap();
    let mut events = open::<AnyJson>(response).unwrap();
    assert_eq!(events.status(), 201);
    assert_eq!(events.headers()["x-request-id"], "r");
    assert_eq!(
        (events.request_id(), events.last_event_id()),
        (Some("r"), "")
    );
    assert_eq!(events.next().now_or_never().unwrap().unwrap().unwrap(), 1);
    assert_eq!(events.last_event_id(), "5");
    assert!(!format!("{events:?}").contains("canary"));

    let mut events = events.with_event();
    let (event, item) = events.next().now_or_never().unwrap().unwrap().unwrap();
    assert_eq!(
        (&*event.event, &*event.data, &*event.id),
        ("message", "2", "5")
    );
    assert_eq!(item, 2);
    let (event, item) = events.next().now_or_never().unwrap().unwrap().unwrap();
    assert_eq!((event.id.as_str(), item), ("", "canary".into()));
    assert!(events.next().now_or_never().unwrap().is_none());
    assert!(!format!("{events:?}").contains("canary"));
}

#[test]
fn an_event_without_data_is_no_item_and_its_id_counts() {
    let empty = [
        "data:\n\n",
        "id: 1\ndata: \n\n",
        "event: a\nid: 1\ndata:\t\ndata: \n\n",
    ];
    for block in empty {
        let body = format!("{block}data: {{\"text\":\"a\"}}\n\n{block}");
        let mut events = open::<Open>(answer(MEDIA_TYPE, body)).unwrap();
        let item = events.next().now_or_never().unwrap().unwrap().unwrap();
        assert_eq!(item.text, "a", "{block:?}");
        assert!(events.next().now_or_never().unwrap().is_none(), "{block:?}");
        let id = if block.contains("id") { "1" } else { "" };
        assert_eq!(events.last_event_id(), id, "{block:?}");
    }
    // The API says that there is an error, and not which.
    let (_, error) = read::<Open>(answer(MEDIA_TYPE, "event: error\ndata:\n\n"));
    assert!(error.unwrap().is_status());
}

#[test]
fn an_id_of_more_than_64_kib_is_too_large() {
    let stream =
        |length: usize| format!("id: {}\ndata: {{\"text\":\"a\"}}\n\n", "i".repeat(length));
    let (items, error) = read::<Open>(answer(MEDIA_TYPE, stream(64 << 10)));
    assert_eq!((items.len(), error.is_none()), (1, true));
    for size in [100, 64 << 10, 1 << 20] {
        let (items, error) = read::<Open>(answer(MEDIA_TYPE, cut(&stream((64 << 10) + 1), size)));
        let error = error.unwrap();
        assert!(items.is_empty() && error.is_too_large());
        let message =
            "`Open`: 200 OK, but the ID of an event is larger than the limit of 65536 bytes";
        assert_eq!(error.to_string(), message, "{size}");
    }
}
