//! Streams of JSON items for the benchmarks, as events and as lines, and the floor for them: a line scan and `serde_json`.
//!
//! The streams are static data, not on the heap, so that the measured peak of memory is that of decoding.

use std::{hint::black_box, io};

use api_request::{ApiRequest, Body, BoxError, Client, Transport};
use bytes::Bytes;
use futures_util::{StreamExt, stream};
use serde::Deserialize;
use tokio::runtime;

use crate::events::{filled, scan};

#[derive(Deserialize)]
struct Token {
    text: String,
}

#[derive(ApiRequest)]
#[api(method = POST, path = "/", response(lines = Token), events = Token)]
struct Generate;

/// Events and lines of 200 bytes. Their total length is a multiple of 16 KiB.
static EVENTS: [[u8; 200]; 2048] = [filled(b"data: {\"text\":\"", b"\"}\n\n"); 2048];
static LINES: [[u8; 200]; 2048] = [filled(b"{\"text\":\"", b"\"}\n"); 2048];

/// Responds with so many items in chunks of so many bytes.
#[derive(Clone, Copy)]
struct Memory {
    text: &'static [u8],
    chunk: usize,
    items: usize,
}

impl Memory {
    fn chunks(self) -> impl Iterator<Item = &'static [u8]> + Send {
        let mut left = self.items * 200;
        self.text
            .chunks(self.chunk)
            .cycle()
            .map_while(move |chunk| {
                let chunk = &chunk[..chunk.len().min(left)];
                left -= chunk.len();
                (!chunk.is_empty()).then_some(chunk)
            })
    }
}

impl Transport for Memory {
    async fn send(&self, _: http::Request<Body>) -> Result<http::Response<Body>, BoxError> {
        let chunks = self
            .chunks()
            .map(Bytes::from_static)
            .map(Ok::<_, io::Error>);
        let response = http::Response::builder().header("content-type", "text/event-stream");
        Ok(response.body(Body::once(stream::iter(chunks)))?)
    }
}

/// Runs a workload on a stream of `items` items. Returns `false` if the name is unknown.
pub(crate) fn work(name: &str, items: usize) -> bool {
    let text = match name.split_once('-') {
        Some(("items", _)) => EVENTS.as_flattened(),
        Some(("lines", _)) => LINES.as_flattened(),
        _ => return false,
    };
    let chunk = if name.contains("-1k") {
        1 << 10
    } else {
        16 << 10
    };
    let memory = Memory { text, chunk, items };
    let mut found = 0;
    let take = |token: Token| {
        black_box(&*token.text);
        found += 1;
    };
    match name {
        "items-1k" | "items-16k" => received(memory, true, take),
        "lines-1k" | "lines-16k" => received(memory, false, take),
        "items-1k-floor" | "items-16k-floor" => events_by_hand(memory, take),
        "lines-1k-floor" | "lines-16k-floor" => lines_by_hand(memory, take),
        _ => return false,
    }
    assert_eq!(found, items);
    true
}

fn received(memory: Memory, is_events: bool, mut take: impl FnMut(Token)) {
    let client = Client::builder("https://api.example.com").transport(memory);
    let client = client.build().expect("the client has what it needs");
    let runtime = runtime::Builder::new_current_thread().enable_time().build();
    runtime.expect("a runtime").block_on(async {
        if is_events {
            let events = client.call(&Generate).events().await;
            let mut events = events.expect("the response is a stream");
            while let Some(item) = events.next().await {
                take(item.expect("the event is JSON"));
            }
        } else {
            let lines = client.send(&Generate).await;
            let mut lines = lines.expect("the response is a stream");
            while let Some(item) = lines.next().await {
                take(item.expect("the line is JSON"));
            }
        }
    });
}

/// The floor of events: a line scan, and `serde_json`.
fn events_by_hand(memory: Memory, mut take: impl FnMut(Token)) {
    scan(memory.chunks(), |_, data| {
        take(serde_json::from_str(data).expect("the event is JSON"));
    });
}

/// The floor of lines: finds line feeds, and `serde_json`.
fn lines_by_hand(memory: Memory, mut take: impl FnMut(Token)) {
    let mut take = |line: &[u8]| take(serde_json::from_slice(line).expect("the line is JSON"));
    let mut cut = Vec::new();
    for chunk in memory.chunks() {
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
}
