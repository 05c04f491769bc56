//! Streams of server-sent events that break off, and events that are too large.

use api_request::events::EventDecoder;

use crate::{
    event_chunks::chunkings,
    event_reference::{decoded, reference},
};

#[test]
fn an_event_without_its_blank_line_is_lost() {
    for (stream, lost) in [
        ("", false),
        ("data: a\n\n", false),
        ("data: a\r\r", false),
        ("data: a\n\n\r", false),
        ("data: a\n\n: keep-alive", false),
        (":", false),
        (": keep-alive\n", false),
        ("\u{feff}", false),
        ("data: a\n\nd", true),
        ("data: a\n\ndata: a", true),
        ("data: a\n", true),
        ("data: a\r", true),
        ("data: a\n: keep-alive\n", true),
        ("data: a\n:", true),
        ("id: 1\n", true),
        ("unknown", true),
        ("unknown: a\n", true),
    ] {
        assert_eq!(
            reference(stream.as_bytes()).1,
            lost,
            "the reference: {stream:?}"
        );
        for chunks in chunkings(stream.as_bytes()) {
            let (_, found) = decoded(EventDecoder::default(), chunks.iter().copied());
            assert_eq!(found, lost, "{chunks:?}");
        }
    }
}

#[test]
fn nothing_comes_out_after_the_end() {
    let mut decoder = EventDecoder::default();
    decoder.feed(b"data: a\n\n");
    assert!(decoder.finish(), "an event has not been taken");
    decoder.feed(b"data: b\n\n");
    assert_eq!(decoder.next_event(), None);
    assert!(!decoder.finish());
}

#[test]
fn an_event_may_be_as_large_as_the_limit() {
    for (stream, size) in [
        ("data: 1234\n\n", 4),
        ("data:1\ndata:2\ndata\n\n", 4),
        ("event: ab\ndata: 12\nid: c\n\n", 5),
        ("event: abc\nevent: d\n\n", 4),
        ("id: abc\nid: d\n\n", 4),
        ("retry: 1000\n\n", 4),
        ("id: ab\n\ndata: 1\n\n", 3),
        (": a comment\nunknown: field\n\ndata\n\n", 0),
    ] {
        for chunks in chunkings(stream.as_bytes()) {
            let fits = decoded(EventDecoder::with_limit(size), chunks.iter().copied());
            assert_eq!(fits, reference(stream.as_bytes()), "{chunks:?}");
            if size == 0 {
                continue;
            }
            let (events, lost) =
                decoded(EventDecoder::with_limit(size - 1), chunks.iter().copied());
            let error = events.last().unwrap().as_ref().unwrap_err();
            let expected = format!("an event is larger than the limit of {} bytes", size - 1);
            assert_eq!(error.to_string(), expected);
            assert_eq!(events.iter().filter(|event| event.is_err()).count(), 1);
            assert!(!lost, "the error has said so");
        }
    }
}

#[test]
fn events_before_one_that_is_too_large_come_out() {
    let stream = b"data: 1\n\ndata: 22\n\ndata: 333\n\ndata: 4\n\n";
    for chunks in chunkings(stream) {
        let (events, _) = decoded(EventDecoder::with_limit(2), chunks);
        let data: Vec<_> = events
            .iter()
            .map(|event| event.as_ref().map(|event| &*event.data))
            .collect();
        assert!(
            matches!(data[..], [Ok("1"), Ok("22"), Err(_)]),
            "{events:?}"
        );
    }
}

#[test]
fn a_value_without_end_is_an_error_and_a_comment_without_end_is_not() {
    for (line, error) in [
        ("data:", true),
        ("event:", true),
        ("id:", true),
        ("retry:", true),
        (":", false),
        ("unknown:", false),
        ("unknown", false),
    ] {
        let mut decoder = EventDecoder::with_limit(1000);
        decoder.feed(line.as_bytes());
        let found = (0..1000).find_map(|_| {
            decoder.feed(&[b'1'; 100]);
            decoder.next_event()
        });
        assert_eq!(found.is_some_and(|event| event.is_err()), error, "{line}");
    }
}
