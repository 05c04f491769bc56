//! `response(lines = T)`: where lines end, what is an error, and how lines come over a connection.

use std::{future::pending, time::Duration};

use api_request::{ApiRequest, Body, Error, ErrorFormat, Limits, Lines, blocking};
use bytes::Bytes;
use futures_util::{FutureExt, StreamExt, TryStreamExt, stream};
use http::Response;
use serde::{Deserialize, de::IgnoredAny};
use serde_json::{Value, json};

use crate::server::{Server, answer, double, hang_up};

#[derive(Debug, PartialEq, Deserialize)]
struct Failure {
    error: String,
}

#[derive(ApiRequest)]
#[api(method = GET, path = "/watch", response(lines = Value), error = Failure)]
struct Watch;

#[derive(Debug, Deserialize)]
struct Token {
    #[serde(rename = "response")]
    _response: String,
}

#[derive(ApiRequest)]
#[api(method = GET, path = "/tokens", response(lines = Token))]
struct Tokens;

#[derive(Debug, api_request::ApiError)]
#[api(envelope = "failure")]
enum InEnvelope {
    #[api(other)]
    Any(Value),
}

#[derive(ApiRequest)]
#[api(method = GET, path = "/watch", response(lines = IgnoredAny), error = InEnvelope)]
struct Enveloped;

/// What is still ready, up to an error.
fn collect<T, E>(lines: Lines<T, E>) -> (Vec<T>, Option<Error<E>>)
where
    Lines<T, E>: futures_util::Stream<Item = Result<T, Error<E>>>,
{
    let all: Vec<_> = lines.collect().now_or_never().expect("it waits");
    let (mut items, mut last) = (Vec::new(), None);
    for item in all {
        assert!(last.is_none(), "more comes after an error");
        match item {
            Ok(item) => items.push(item),
            Err(error) => last = Some(error),
        }
    }
    (items, last)
}

fn read<R, T, E>(body: &[u8]) -> (Vec<T>, Option<Error<E>>)
where
    R: ApiRequest<Response = Lines<T, E>, Error = E>,
    E: ErrorFormat,
    Lines<T, E>: futures_util::Stream<Item = Result<T, Error<E>>>,
{
    let response = Response::new(Bytes::copy_from_slice(body));
    collect(R::decode(response).unwrap_or_else(|_| panic!("it was refused")))
}

#[test]
fn each_line_is_an_item() {
    for (rule, body, expected) in [
        ("nothing", "", vec![]),
        ("a line", "{\"a\":1}\n", vec![json!({"a": 1})]),
        ("the last line has no end", "1\n2", vec![json!(1), json!(2)]),
        ("CRLF", "1\r\n2\r\n", vec![json!(1), json!(2)]),
        (
            "blank lines",
            "\n \t\n1\n\r\n\n2\n\n",
            vec![json!(1), json!(2)],
        ),
        (
            "record separators",
            "\u{1e}1\n\u{1e}\n\u{1e}\u{1e}[2]\n\u{1e}",
            vec![json!(1), json!([2])],
        ),
        (
            "white space",
            "  1  \n\t\"a b\" ",
            vec![json!(1), json!("a b")],
        ),
        (
            "a byte order mark",
            "\u{feff}1\n2\n",
            vec![json!(1), json!(2)],
        ),
        ("only a byte order mark", "\u{feff}", vec![]),
        ("null", "null\n", vec![Value::Null]),
        (
            "no error",
            "{\"error\":null}\n",
            vec![json!({"error": null})],
        ),
        ("line ends in texts", "\"a\\nb\"\n", vec![json!("a\nb")]),
        (
            "other line ends",
            "\"a\u{2028}b\u{85}\"\n",
            vec![json!("a\u{2028}b\u{85}")],
        ),
    ] {
        let (items, error) = read::<Watch, _, _>(body.as_bytes());
        assert_eq!(items, expected, "{rule}");
        assert!(error.is_none(), "{rule}: {error:?}");
    }
}

#[test]
fn a_last_line_that_is_cut_is_an_error() {
    for rest in [
        "{\"a\":",
        "[1,",
        "\"a",
        "tru",
        "{\"a\":\"\u{e9}".trim_end_matches('\u{e9}'),
    ] {
        let (items, error) = read::<Watch, _, _>(format!("1\n{rest}").as_bytes());
        assert_eq!(items, [json!(1)], "{rest}");
        let error = error.unwrap().to_string();
        assert_eq!(
            error, "`Watch`: 200 OK, but the stream ended early: the last line is not complete",
            "{rest}"
        );
    }
    let (_, error) = read::<Watch, _, _>(b"\"\xc3");
    assert!(error.unwrap().to_string().contains("is not complete"));
}

#[test]
fn a_line_that_cannot_be_decoded_is_an_error() {
    let (items, error) =
        read::<Tokens, _, _>(b"{\"response\":\"a\"}\n{\"response\":7}\n{\"response\":\"b\"}\n");
    let error = error.unwrap();
    assert_eq!(items.len(), 1);
    assert!(error.is_decode());
    let text = error.to_string();
    assert!(
        text.contains("response: invalid type: integer, expected a string"),
        "{text}"
    );
    assert_eq!(error.body().unwrap(), "{\"response\":7}");
    for body in ["{}}\n", "1 2\n", "{\"response\":\"a\"} x"] {
        let (_, error) = read::<Tokens, _, _>(body.as_bytes());
        assert!(error.unwrap().is_decode(), "{body}");
    }
    // Also where the type passes over what is not UTF-8.
    let (_, error) = read::<Enveloped, _, _>(b"{\"a\":\"\xff\"}\n");
    assert!(error.unwrap().is_decode());
    let (_, error) = read::<Enveloped, _, _>(b"\"\xff\"");
    assert!(error.unwrap().is_decode());
}

#[test]
fn an_error_of_the_api_is_an_error() {
    let (items, error) = read::<Watch, _, _>(b"1\n\x1e{\"error\":\"overloaded\"}\n2\n");
    let error = error.unwrap();
    assert_eq!(items, [json!(1)]);
    assert!(error.is_status());
    assert_eq!(error.to_string(), "`Watch`: 200 OK: overloaded");
    assert_eq!(error.api().unwrap().error, "overloaded");
    let (items, error) =
        read::<Enveloped, _, _>(b"{\"failure\":\"\"}\n{\"failure\":{\"message\":\"full\"}}");
    assert_eq!(items.len(), 1);
    assert_eq!(error.unwrap().to_string(), "`Enveloped`: 200 OK: full");
    let response = Response::builder()
        .status(404)
        .body("{\"error\":\"gone\"}".into());
    let error = Watch::decode(response.unwrap()).unwrap_err();
    assert_eq!(error.api().unwrap().error, "gone");
}

#[test]
fn the_media_type_is_asked_for_and_not_checked() {
    assert_eq!(Watch::ACCEPT, "application/x-ndjson");
    let response = Response::builder()
        .header("content-type", "text/html")
        .header("x-request-id", "r1")
        .body("1".into());
    let lines = Watch::decode(response.unwrap()).unwrap();
    assert_eq!(
        (lines.status().as_u16(), lines.request_id()),
        (200, Some("r1"))
    );
    let debug = format!("{lines:?}");
    assert!(debug.contains("ended: false"), "{debug}");
    assert_eq!(collect(lines).0, [json!(1)]);
}

/// A client of an API that sends these pieces, and then, maybe, nothing more.
fn pieces(text: &'static [u8], size: usize, stalls: bool) -> api_request::ClientBuilder {
    double(move |_| async move {
        let pieces = stream::iter(
            text.chunks(size)
                .map(|piece| Ok::<_, std::io::Error>(Bytes::from(piece))),
        );
        let body = if stalls {
            Body::once(pieces.chain(stream::once(pending())))
        } else {
            Body::once(pieces)
        };
        Ok(Response::new(body))
    })
}

#[tokio::test]
async fn lines_may_come_in_any_pieces() {
    let text = "\u{feff}{\"a\":\"\u{e9}\"}\r\n\n\u{1e}[1,\n".replace("[1,", "[1]") + "\"last\"";
    let text: &'static [u8] = text.leak().as_bytes();
    for size in 1..=text.len() {
        let client = pieces(text, size, false).build().unwrap();
        let lines = client.send(&Watch).await.unwrap();
        let items: Vec<Value> = lines.try_collect().await.unwrap();
        assert_eq!(
            items,
            [json!({"a": "\u{e9}"}), json!([1]), json!("last")],
            "{size}"
        );
    }
}

#[tokio::test]
async fn a_line_larger_than_the_limit_is_an_error() {
    for size in [1, 3, 100] {
        let limits = Limits::default().event(4);
        let client = pieces(b"1234\n12345\n1\n", size, false);
        let client = client.limits(limits).build().unwrap();
        let mut lines = client.send(&Watch).await.unwrap();
        assert_eq!(lines.next().await.unwrap().unwrap(), json!(1234));
        let error = lines.next().await.unwrap().unwrap_err();
        assert!(error.is_too_large());
        assert_eq!(
            error.to_string(),
            "`Watch`: 200 OK, but a line is larger than the limit of 4 bytes"
        );
        assert!(lines.next().await.is_none());
    }
}

#[tokio::test(start_paused = true)]
async fn a_line_that_does_not_come_is_a_stall() {
    let client = pieces(b"1\n{", 3, true).read_timeout(Duration::from_secs(2));
    let mut lines = client.build().unwrap().send(&Watch).await.unwrap();
    assert_eq!(lines.next().await.unwrap().unwrap(), json!(1));
    let error = lines.next().await.unwrap().unwrap_err();
    assert!(error.is_timeout(), "{error}");
    assert!(lines.next().await.is_none());
}

#[tokio::test]
async fn a_connection_that_breaks_is_an_error() {
    let cut = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n1\n2";
    let server = Server::start([hang_up(cut)]).await;
    let mut lines = server.client().send(&Watch).await.unwrap();
    assert_eq!(lines.next().await.unwrap().unwrap(), json!(1));
    let error = lines.next().await.unwrap().unwrap_err();
    assert!(!error.is_decode(), "{error}");
    assert!(lines.next().await.is_none());
}

#[tokio::test]
async fn an_error_that_repeats_a_secret_does_not_show_it() {
    let body = "{\"error\":\"bad key sk-hunter2\"}\n";
    let server = Server::start([answer("200 OK", body)]).await;
    let client = api_request::Client::builder(server.origin()).bearer("sk-hunter2");
    let mut lines = client.build().unwrap().send(&Watch).await.unwrap();
    let error = lines.next().await.unwrap().unwrap_err();
    assert_eq!(error.to_string(), "`Watch`: 200 OK: bad key (hidden)");
}

#[test]
fn lines_come_one_after_the_other_without_async() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let server = runtime.block_on(Server::start([answer("200 OK", "1\n2\n")]));
    let client = blocking::Client::new(server.origin()).unwrap();
    let mut lines = client.call(&Watch).lines().unwrap();
    assert_eq!(lines.get_ref().status().as_u16(), 200);
    let items: Result<Vec<Value>, _> = lines.by_ref().collect();
    assert_eq!(items.unwrap(), [json!(1), json!(2)]);
    assert!(lines.next().is_none());
}
