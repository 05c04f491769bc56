//! What an error says of an item of a stream that is not even JSON: what the response is, where that explains it.

use api_request::{ApiRequest, Body, EventRequest};
use bytes::Bytes;
use futures_util::{FutureExt as _, StreamExt as _};
use http::Response;
use serde_json::Value;

#[derive(ApiRequest)]
#[api(method = GET, path = "/watch", response(lines = Value), events = Value)]
struct Watch;

const GZIP: &[u8] = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\n";

fn response<B: From<Bytes>>(headers: &[(&str, &str)], body: &'static [u8]) -> Response<B> {
    let mut response = Response::new(Bytes::from_static(body).into());
    for (name, value) in headers {
        let name: http::HeaderName = name.parse().unwrap();
        response.headers_mut().append(name, value.parse().unwrap());
    }
    response
}

type Fields<'a> = &'a [(&'a str, &'a str)];

#[test]
fn an_error_of_a_line_says_what_the_response_is() {
    let html = " (the media type is `text/html`)";
    let brotli = " (the content coding is `br`, which is not decoded)";
    let cases: [(Fields<'_>, &[u8], &str, &str); 10] = [
        (
            &[("content-type", "text/html")],
            b"<html>\n</html>\n",
            "expected value",
            html,
        ),
        (
            &[("content-type", "text/html")],
            b"<html></html>",
            "expected value",
            html,
        ),
        (&[("content-encoding", "br")], GZIP, "invalid utf-8", brotli),
        (
            &[
                ("content-type", "application/x-ndjson"),
                ("content-encoding", "br"),
            ],
            GZIP,
            "invalid utf-8",
            brotli,
        ),
        (
            &[("content-type", "application/x-ndjson")],
            b"no\n",
            "expected ident",
            "",
        ),
        (
            &[("content-type", "application/jsonl; charset=utf-8")],
            b"no\n",
            "expected ident",
            "",
        ),
        (
            &[("content-type", "application/json-seq")],
            b"no\n",
            "expected ident",
            "",
        ),
        (
            &[("content-type", "Application/JSON")],
            b"no\n",
            "expected ident",
            "",
        ),
        (
            &[("content-encoding", "identity")],
            b"no\n",
            "expected ident",
            "",
        ),
        (&[], b"no\n", "expected ident", ""),
    ];
    for (headers, body, what, explanation) in cases {
        let mut lines = Watch::decode(response(headers, body)).unwrap();
        let error = lines.next().now_or_never().unwrap().unwrap().unwrap_err();
        assert!(error.is_decode());
        let error = error.to_string();
        assert!(
            error.contains(what) && error.ends_with(explanation),
            "{headers:?}: {error}"
        );
        assert_eq!(
            error.contains(" is `"),
            !explanation.is_empty(),
            "{headers:?}: {error}"
        );
    }
}

#[test]
fn an_error_of_an_event_says_how_the_response_is_coded() {
    let brotli = " (the content coding is `br`, which is not decoded)";
    for (headers, explanation) in [
        (&[("content-type", "text/event-stream")][..], ""),
        (
            &[
                ("content-type", "text/event-stream"),
                ("content-encoding", "br"),
            ],
            brotli,
        ),
    ] {
        let response: Response<Body> = response(headers, b"data: no\n\n");
        let mut events = Watch::decode_events(response)
            .now_or_never()
            .unwrap()
            .unwrap();
        let error = events.next().now_or_never().unwrap().unwrap().unwrap_err();
        let error = error.to_string();
        let expected = format!("expected ident at line 1 column 2{explanation}");
        assert!(error.ends_with(&expected), "{error}");
    }
}

/// Compressed bytes have no lines, and would be a stream without events.
#[test]
fn an_event_stream_that_is_still_compressed_is_an_error() {
    let gzip = b"\x1f\x8b\x08\x00\x00\x00\n\n";
    let cases: [(Fields<'_>, &[u8], bool); 6] = [
        (&[("content-encoding", "gzip")], gzip, true),
        (
            &[("content-encoding", "br")],
            b"\x0b\x02\x80data: 1\n\n",
            true,
        ),
        (&[("content-encoding", "gzip")], b"", false),
        (&[("content-encoding", "gzip")], b": decoded\n", false),
        (&[("content-encoding", "identity")], gzip, false),
        (&[], gzip, false),
    ];
    for (headers, body, is_error) in cases {
        let mut response: Response<Body> = response(headers, body);
        let media_type = "text/event-stream".parse().unwrap();
        response.headers_mut().insert("content-type", media_type);
        let mut events = Watch::decode_events(response)
            .now_or_never()
            .unwrap()
            .unwrap();
        let item = events.next().now_or_never().unwrap();
        assert_eq!(item.is_some(), is_error, "{headers:?} {body:?}");
        if let Some(item) = item {
            let error = item.unwrap_err();
            assert!(error.is_decode());
            let (name, coding) = headers[0];
            assert_eq!(name, "content-encoding");
            let expected = format!("the content coding is `{coding}`, which is not decoded");
            assert!(error.to_string().ends_with(&expected), "{error}");
            assert!(events.next().now_or_never().unwrap().is_none());
        }
    }
}
