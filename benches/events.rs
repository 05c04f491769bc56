//! The event streams of the benchmarks, the decoder, and the floor for it: a line scan.
//!
//! The streams are static data, not on the heap, so that the measured peak of memory is that of decoding.

#![allow(unreachable_pub, reason = "a module of several programs")]

use std::{hint::black_box, mem};

use api_request::events::EventDecoder;

/// Events of 200 bytes, with one line of data each. Their total length is a multiple of 16 KiB.
static SMALL: [[u8; 200]; 2048] = [filled(b"data: ", b"\n\n"); 2048];

/// The same with a type.
static NAMED: [[u8; 200]; 2048] = [filled(b"event: content_block_delta\ndata: ", b"\n\n"); 2048];

/// One event of 256 KiB with one line of data.
static LARGE_LINE: [[u8; 64]; 4096] = {
    let mut event = [[b'x'; 64]; 4096];
    event[0] = filled(b"data: ", b"");
    event[4095] = filled(b"", b"\n\n");
    event
};

/// One event of 256 KiB with lines of 64 bytes.
static LARGE_LINES: [[u8; 64]; 4096] = {
    let mut event = [filled(b"data: ", b"\n"); 4096];
    event[4095] = filled(b"data: ", b"\n\n");
    event
};

/// Text of `start`, as many `x` as there is room for, and `end`.
pub const fn filled<const SIZE: usize>(start: &[u8], end: &[u8]) -> [u8; SIZE] {
    let mut text = [b'x'; SIZE];
    let mut at = 0;
    while at < start.len() {
        text[at] = start[at];
        at += 1;
    }
    at = 0;
    while at < end.len() {
        text[SIZE - end.len() + at] = end[at];
        at += 1;
    }
    text
}

/// Runs a workload on a stream of `events` events. Returns `false` if the name is unknown.
pub fn work(name: &str, events: usize) -> bool {
    let (name, scanned) = name
        .strip_suffix("-floor")
        .map_or((name, false), |name| (name, true));
    let (text, size, chunk) = match name {
        "events-1k" => (SMALL.as_flattened(), 200, 1 << 10),
        "events-16k" => (SMALL.as_flattened(), 200, 16 << 10),
        "events-named" => (NAMED.as_flattened(), 200, 1 << 10),
        "events-256k" => (
            LARGE_LINE.as_flattened(),
            LARGE_LINE.as_flattened().len(),
            1 << 10,
        ),
        "events-256k-lines" => (
            LARGE_LINES.as_flattened(),
            LARGE_LINES.as_flattened().len(),
            1 << 10,
        ),
        _ => return false,
    };
    let mut left = events * size;
    let chunks = text.chunks(chunk).cycle().map_while(|chunk| {
        let chunk = &chunk[..chunk.len().min(left)];
        left -= chunk.len();
        (!chunk.is_empty()).then_some(chunk)
    });
    let mut found = 0;
    let take = |event: &str, data: &str| {
        black_box((event, data));
        found += 1;
    };
    if scanned {
        scan(chunks, take);
    } else {
        decode(chunks, take);
    }
    assert_eq!(found, events);
    true
}

fn decode<'a>(chunks: impl Iterator<Item = &'a [u8]>, mut take: impl FnMut(&str, &str)) {
    let mut decoder = EventDecoder::default();
    for chunk in chunks {
        decoder.feed(black_box(chunk));
        while let Some(event) = decoder.next_event() {
            let event = event.as_ref().expect("the event is within the limit");
            take(&event.event, &event.data);
        }
    }
}

/// The floor: finds line feeds, checks UTF-8, and creates a `String` of the data lines of each event, and one of its type.
pub fn scan<'a>(chunks: impl Iterator<Item = &'a [u8]>, mut take: impl FnMut(&str, &str)) {
    let mut cut = Vec::new();
    let mut event = String::new();
    let mut data = String::new();
    let mut line = |line: &[u8]| {
        if line.is_empty() {
            take(&mem::take(&mut event), &mem::take(&mut data));
        } else if let Some(value) = line.strip_prefix(b"data: ") {
            if data.is_empty() {
                // The copy on the heap is aligned, which makes the UTF-8 check faster.
                data = String::from_utf8(value.to_vec()).expect("the stream is UTF-8");
            } else {
                data.push('\n');
                data.push_str(std::str::from_utf8(value).expect("the stream is UTF-8"));
            }
        } else if let Some(value) = line.strip_prefix(b"event: ") {
            event = String::from_utf8(value.to_vec()).expect("the stream is UTF-8");
        }
    };
    for chunk in chunks {
        let mut rest = black_box(chunk);
        while let Some(end) = memchr::memchr(b'\n', rest) {
            if cut.is_empty() {
                line(&rest[..end]);
            } else {
                cut.extend_from_slice(&rest[..end]);
                line(&cut);
                cut.clear();
            }
            rest = &rest[end + 1..];
        }
        cut.extend_from_slice(rest);
    }
}
