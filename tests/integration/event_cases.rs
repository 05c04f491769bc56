//! Event streams of the web platform's tests, where a copy of them lies beside the checkout or at `SSE_CASES`.

use std::{env, fs, path::PathBuf};

use api_request::events::EventDecoder;
use serde::Deserialize;

use crate::{event_chunks::chunkings, event_reference::decoded};

#[derive(Deserialize)]
struct Case {
    name: String,
    chunks: Vec<String>,
    events: Vec<Expected>,
    retry_ms: Option<u128>,
    last_event_id: Option<String>,
}

#[derive(Debug, PartialEq, Deserialize)]
struct Expected {
    event: String,
    data: String,
    id: String,
}

#[test]
fn the_cases_of_the_web_platform_hold() {
    let default = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared/sse-cases.json");
    let path = env::var_os("SSE_CASES").map_or(default, PathBuf::from);
    let Ok(text) = fs::read(&path) else {
        println!("skipped: there are no cases of event streams (set SSE_CASES to their path)");
        return;
    };
    let cases: Vec<Case> = serde_json::from_slice(&text).unwrap();
    assert!(cases.len() >= 20, "only {} cases", cases.len());
    for case in &cases {
        let stream = case.chunks.concat();
        let as_given = case.chunks.iter().map(String::as_bytes).collect();
        for chunks in chunkings(stream.as_bytes()).chain([as_given]) {
            let (events, _) = decoded(EventDecoder::default(), chunks.iter().copied());
            let (mut found, mut retry, mut id) = (Vec::new(), None, String::new());
            for event in events {
                let event = event.unwrap();
                retry = event.retry.or(retry);
                id.clone_from(&event.id);
                let (event, data, id) = (event.event, event.data, event.id);
                found.push(Expected { event, data, id });
            }
            assert_eq!(found, case.events, "{}: {chunks:?}", case.name);
            let retry = retry.map(|retry| retry.as_millis());
            assert_eq!(retry, case.retry_ms, "{}: {chunks:?}", case.name);
            let expected = case.last_event_id.as_ref().unwrap_or(&id);
            assert_eq!(id, *expected, "{}: {chunks:?}", case.name);
        }
    }
}
