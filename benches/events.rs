//! The event streams of the benchmarks, the decoder, and the floor for it: a line scan.
//!
//! The streams are static data, not on the heap, so that the measured peak of memory is that of decoding.

#![allow(unreachable_pub, reason = "a module of several programs")]

use std::{hint::black_box, mem};

use api_request::events::EventDecoder;

/// Events of 200 bytes, with one line of data each. Their total length is a multiple of 16 KiB.
static SMALL: [[u8; 200]; 2048] = [event(); 2048];

/// The same with a type.
static NAMED: [[u8; 200]; 2048] = [named(); 2048];

/// One event of 256 KiB with one line of data.
static LARGE_LINE: [[u8; 64]; 4096] = {
    let mut event = [[b'x'; 64]; 4096];
    event[0] = line();
    event[0][63] = b'x';
    event[4095][62] = b'\n';
    event[4095][63] = b'\n';
    event
};

/// One event of 256 KiB with lines of 64 bytes.
static LARGE_LINES: [[u8; 64]; 4096] = {
    let mut event = [line(); 4096];
    event[4095] = self::event();
    event
};

const fn line<const SIZE: usize>() -> [u8; SIZE] {
    let mut line = [b'x'; SIZE];
    let name = b"data: ";
    let mut at = 0;
    while at < name.len() {
        line[at] = name[at];
        at += 1;
    }
    line[SIZE - 1] = b'\n';
    line
}

const fn event<const SIZE: usize>() -> [u8; SIZE] {
    let mut event = line::<SIZE>();
    event[SIZE - 2] = b'\n';
    event
}

const fn named() -> [u8; 200] {
    let mut named = event();
    let line = b"event: content_block_delta\ndata: ";
    let mut at = 0;
    while at < line.len() {
        named[at] = line[at];
        at += 1;
    }
    named
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
    let found = if scanned {
        scan(chunks)
    } else {
        decode(chunks)
    };
    assert_eq!(found, events);
    true
}

fn decode<'a>(chunks: impl Iterator<Item = &'a [u8]>) -> usize {
    let mut decoder = EventDecoder::default();
    let mut events = 0;
    for chunk in chunks {
        decoder.feed(black_box(chunk));
        while let Some(event) = decoder.next_event() {
            let event = event.as_ref().expect("the event is within the limit");
            black_box((&*event.event, &*event.data));
            events += 1;
        }
    }
    events
}

/// The floor: finds line feeds, checks UTF-8, and creates a `String` of the data lines of each event, and one of
/// its type.
fn scan<'a>(chunks: impl Iterator<Item = &'a [u8]>) -> usize {
    let mut cut = Vec::new();
    let mut name = String::new();
    let mut data = String::new();
    let mut events = 0;
    let mut take = |line: &[u8]| {
        if line.is_empty() {
            black_box((&*mem::take(&mut name), &*mem::take(&mut data)));
            events += 1;
        } else if let Some(value) = line.strip_prefix(b"data: ") {
            if data.is_empty() {
                // The copy on the heap is aligned, which makes the UTF-8 check faster.
                data = String::from_utf8(value.to_vec()).expect("the stream is UTF-8");
            } else {
                data.push('\n');
                data.push_str(std::str::from_utf8(value).expect("the stream is UTF-8"));
            }
        } else if let Some(value) = line.strip_prefix(b"event: ") {
            name = String::from_utf8(value.to_vec()).expect("the stream is UTF-8");
        }
    };
    for chunk in chunks {
        let mut rest = black_box(chunk);
        while let Some(end) = memchr::memchr(b'\n', rest) {
            if cut.is_empty() {
                take(&rest[..end]);
            } else {
                cut.extend_from_slice(&rest[..end]);
                take(&cut);
                cut.clear();
            }
            rest = &rest[end + 1..];
        }
        cut.extend_from_slice(rest);
    }
    events
}
