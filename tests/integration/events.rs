//! Streams of server-sent events: the rules, one by one.

use std::time::Duration;

use api_request::events::{Event, EventDecoder};

use crate::{
    event_chunks::chunkings,
    event_reference::{decoded, reference},
};

fn message(data: &str) -> Event {
    event("message", data, "")
}

fn event(event: &str, data: &str, id: &str) -> Event {
    let mut out = Event::default();
    out.event = event.to_owned().into();
    data.clone_into(&mut out.data);
    id.clone_into(&mut out.id);
    out
}

fn retry(milliseconds: u64, event: Event) -> Event {
    let mut event = event;
    event.retry = Some(Duration::from_millis(milliseconds));
    event
}

/// A rule, a stream without loss at its end, and its events.
type Row<'a> = (&'static str, &'a [u8], Vec<Event>);

fn check(rows: Vec<Row<'_>>) {
    for (rule, stream, expected) in rows {
        let expected = (expected.into_iter().map(Ok).collect(), false);
        assert_eq!(reference(stream), expected, "the reference: {rule}");
        for chunks in chunkings(stream) {
            let found = decoded(EventDecoder::default(), chunks.iter().copied());
            assert_eq!(found, expected, "{rule}: {chunks:?}");
        }
    }
}

#[test]
fn lines_end_with_cr_lf_or_both() {
    check(vec![
        ("an empty stream has no events", b"", vec![]),
        (
            "LF",
            b"data: a\ndata: b\n\ndata: c\n\n",
            vec![message("a\nb"), message("c")],
        ),
        (
            "CR",
            b"data: a\rdata: b\r\rdata: c\r\r",
            vec![message("a\nb"), message("c")],
        ),
        (
            "CRLF",
            b"data: a\r\ndata: b\r\n\r\ndata: c\r\n\r\n",
            vec![message("a\nb"), message("c")],
        ),
        (
            "each its own",
            b"data: a\rdata: b\ndata: c\r\n\rdata: d\n\r\n",
            vec![message("a\nb\nc"), message("d")],
        ),
        (
            "LF and CR are two",
            b"data: a\n\rdata: b\n\r",
            vec![message("a"), message("b")],
        ),
        (
            "CR, CR and LF are two",
            b"data: a\r\r\ndata: b\r\r\n",
            vec![message("a"), message("b")],
        ),
        (
            "no other line ends",
            "data: a\u{b}\u{c}\u{85}\u{2028}b\n\n".as_bytes(),
            vec![message("a\u{b}\u{c}\u{85}\u{2028}b")],
        ),
        ("blank lines alone", b"\n\r\n\r\n\n\r", vec![]),
    ]);
}

#[test]
fn one_byte_order_mark_is_ignored_at_the_start() {
    check(vec![
        ("one", b"\xef\xbb\xbfdata: a\n\n", vec![message("a")]),
        ("alone", b"\xef\xbb\xbf", vec![]),
        (
            "before a blank line",
            b"\xef\xbb\xbf\ndata: a\n\n",
            vec![message("a")],
        ),
        (
            "before a comment",
            b"\xef\xbb\xbf:a\ndata: a\n\n",
            vec![message("a")],
        ),
        (
            "a second one is of the name",
            b"\xef\xbb\xbf\xef\xbb\xbfdata: a\n\n",
            vec![],
        ),
        ("not on a later line", b"\n\xef\xbb\xbfdata: a\n\n", vec![]),
        (
            "in a value",
            b"data:\xef\xbb\xbf\n\n",
            vec![message("\u{feff}")],
        ),
        ("half of one", b"\xef\xbbdata: a\n\n", vec![]),
    ]);
}

#[test]
fn a_name_ends_at_the_first_colon_and_a_value_loses_one_space() {
    check(vec![
        (
            "with a space, and without",
            b"data: a\ndata:b\n\n",
            vec![message("a\nb")],
        ),
        ("one space only", b"data:  a \n\n", vec![message(" a ")]),
        ("a tab stays", b"data:\ta\n\n", vec![message("\ta")]),
        (
            "colons in the value",
            b"data: a: b\ndata::c\n\n",
            vec![message("a: b\n:c")],
        ),
        ("no colon, empty value", b"data\n\n", vec![message("")]),
        (
            "colon, empty value",
            b"data:\n\ndata: \n\n",
            vec![message(""), message("")],
        ),
        (
            "empty lines are joined",
            b"data\ndata:\ndata: \n\n",
            vec![message("\n\n")],
        ),
        (
            "names in full, in lower case",
            b"dat: a\ndatas: b\nDATA: c\n data: d\ndata : e\ndata\0: f\n\n",
            vec![],
        ),
        (
            "unknown fields",
            b"foo\nfoo: bar\nfoo:\neventful: a\nids: 1\nretry2: 1\ndata: a\n\n",
            vec![message("a")],
        ),
        (
            "comments",
            b":\n: data: b\n:data: c\ndata: a\n:\n\n:\n\n",
            vec![message("a")],
        ),
        ("NUL is data", b"data: \0\n\n", vec![message("\0")]),
    ]);
}

#[test]
fn an_event_is_named_until_it_is_dispatched() {
    check(vec![
        (
            "named",
            b"event: a\ndata: b\n\ndata: c\n\n",
            vec![event("a", "b", ""), message("c")],
        ),
        (
            "the last name counts",
            b"event: a\ndata: x\nevent: b\n\n",
            vec![event("b", "x", "")],
        ),
        (
            "an empty name is none",
            b"event: a\nevent\ndata: x\n\n",
            vec![message("x")],
        ),
        (
            "without data, no event",
            b"event: a\n\ndata: x\n\n",
            vec![message("x")],
        ),
    ]);
}

#[test]
fn an_id_lasts_until_the_next() {
    check(vec![
        (
            "lasts",
            b"id: 1\ndata: a\n\ndata: b\n\n",
            vec![event("message", "a", "1"), event("message", "b", "1")],
        ),
        (
            "an empty one resets",
            b"id: 1\ndata: a\n\nid\ndata: b\n\n",
            vec![event("message", "a", "1"), message("b")],
        ),
        (
            "of a block without data",
            b"id: 1\n\ndata: a\n\n",
            vec![event("message", "a", "1")],
        ),
        (
            "the last counts",
            b"data: a\nid: 1\nid: 23\n\n",
            vec![event("message", "a", "23")],
        ),
        (
            "one with NUL is ignored",
            b"id: 1\nid: 2\0\nid:\0\ndata: a\n\n",
            vec![event("message", "a", "1")],
        ),
        (
            "not a number",
            "id: \u{e4} b\ndata: a\n\n".as_bytes(),
            vec![event("message", "a", "\u{e4} b")],
        ),
    ]);
}

#[test]
fn a_reconnection_time_is_of_ascii_digits() {
    check(vec![
        (
            "set",
            b"retry: 1500\ndata: a\n\ndata: b\n\n",
            vec![retry(1500, message("a")), message("b")],
        ),
        (
            "leading zeros are not octal",
            b"retry:010\ndata: a\n\n",
            vec![retry(10, message("a"))],
        ),
        (
            "the last valid one counts",
            b"retry: 1\nretry: 2\nretry: x\ndata: a\n\n",
            vec![retry(2, message("a"))],
        ),
        (
            "neither empty, nor signed, nor spaced",
            b"retry\nretry:\nretry: +1\nretry: -1\nretry:  1\nretry: 1 \nretry: 1.5\ndata: a\n\n",
            vec![message("a")],
        ),
        (
            "no other digits",
            "retry: \u{661}\ndata: a\n\n".as_bytes(),
            vec![message("a")],
        ),
        (
            "comes with the next event",
            b"retry: 1\n\n\ndata: a\n\n",
            vec![retry(1, message("a"))],
        ),
        (
            "as large as can be",
            b"retry: 99999999999999999999999\ndata: a\n\n",
            vec![retry(u64::MAX, message("a"))],
        ),
    ]);
}

#[test]
fn what_is_not_utf_8_is_replaced() {
    check(vec![
        (
            "one for each maximal subpart",
            b"data: \xf0\x9f\x98a\xe2\x82\n\n",
            vec![message("\u{fffd}a\u{fffd}")],
        ),
        (
            "one for each byte that cannot begin",
            b"data: \x80\xbf\xff\xc0\x80\n\n",
            vec![message(&"\u{fffd}".repeat(5))],
        ),
        (
            "surrogates",
            b"data: \xed\xa0\x80\n\n",
            vec![message(&"\u{fffd}".repeat(3))],
        ),
        (
            "beyond the last",
            b"data: \xf4\x90\x80\x80\n\n",
            vec![message(&"\u{fffd}".repeat(4))],
        ),
        (
            "not over lines",
            b"data: \xe2\x82\ndata: \xac\n\n",
            vec![message("\u{fffd}\n\u{fffd}")],
        ),
        (
            "in names and ids",
            b"event: \xff\nid: \xc3\ndata\n\n",
            vec![event("\u{fffd}", "", "\u{fffd}")],
        ),
        (
            "well-formed",
            "data: \u{e9}\u{20ac}\u{1f600}\n\n".as_bytes(),
            vec![message("\u{e9}\u{20ac}\u{1f600}")],
        ),
    ]);
}

#[test]
fn a_line_may_be_of_any_length() {
    let long = "0123456789 \u{20ac}".repeat(400);
    let stream = format!(
        ":{long}\nunknown:{long}\n{long}\n\nevent:{long}\nid: {long}\nretry: {}\ndata: {long}\ndata:{long}\n\n",
        "0".repeat(4000) + "7"
    );
    let expected = event(&long, &format!("{long}\n{long}"), &long);
    check(vec![(
        "long lines",
        stream.as_bytes(),
        vec![retry(7, expected)],
    )]);
}

#[test]
fn an_event_comes_out_with_the_first_byte_of_its_blank_line() {
    let mut decoder = EventDecoder::default();
    for (chunk, expected) in [
        ("data: a\r", None),
        ("\r", Some("a")),
        ("\ndata: b\r\n", None),
        ("\r", Some("b")),
        ("\n", None),
        ("\n", None),
        ("data\n", None),
        ("\n", Some("")),
    ] {
        decoder.feed(chunk.as_bytes());
        let data = decoder.next_event().map(|event| event.unwrap().data);
        assert_eq!(data.as_deref(), expected, "{chunk:?}");
        assert_eq!(decoder.next_event(), None);
    }
}

#[test]
fn the_decoder_shows_nothing_of_the_stream() {
    let mut decoder = EventDecoder::default();
    decoder.feed(b"id: hunter2\ndata: hunter2");
    assert_eq!(decoder.next_event(), None);
    assert_eq!(
        format!("{decoder:?}"),
        "EventDecoder { limit: 8388608, .. }"
    );
}
