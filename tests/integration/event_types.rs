//! Events that are chosen by their types, and those that are read as they are.

use api_request::{ApiRequest, events::Event};
use futures_util::{FutureExt, StreamExt};

use crate::event_stream::{Delta, Failure, MEDIA_TYPE, Open, answer, open, read, texts};

#[derive(ApiRequest)]
#[api(method = GET, path = "/", events(item = Event, done = "[DONE]"))]
struct Raw;

#[test]
fn raw_events_are_all_of_them() {
    let body = "data: not JSON\n\nid: 7\ndata:\n\nevent: error\ndata: busy\n\ndata: {\"error\":1}\n\ndata: [DONE]\n\n";
    let (events, error) = read::<Raw>(answer(MEDIA_TYPE, body));
    assert!(error.is_none());
    let seen: Vec<_> = events
        .iter()
        .map(|event| (&*event.event, &*event.data, &*event.id))
        .collect();
    let expected = [
        ("message", "not JSON", ""),
        ("message", "", "7"),
        ("error", "busy", "7"),
        ("message", "{\"error\":1}", "7"),
    ];
    assert_eq!(seen, expected);
    let mut events = open::<Raw>(answer(MEDIA_TYPE, "data: a\n\n"))
        .unwrap()
        .with_event();
    let (event, item) = events.next().now_or_never().unwrap().unwrap().unwrap();
    assert_eq!(event, item);
}

#[derive(ApiRequest)]
#[api(method = GET, path = "/")]
#[api(events(item = Delta, done = "[DONE]", only = "delta", ignore = ["ping", "note"]), error = Failure)]
struct Chosen;

#[derive(ApiRequest)]
#[api(method = GET, path = "/", events(item = Delta, ignore = "error"), error = Failure)]
struct Unworried;

#[derive(ApiRequest)]
#[api(method = GET, path = "/", events(item = Event, only = ["a", "error"]))]
struct RawChosen;

#[test]
fn events_are_chosen_by_their_type() {
    let delta = "event: delta\ndata: {\"text\":\"a\"}\n\n";
    let others =
        "event: ping\ndata: ping\n\ndata: not JSON\n\nevent: other\nid: 3\ndata: {\"error\":1}\n\n";
    let body = format!("{others}{delta}{others}{delta}event: end\ndata: [DONE]\n\n");
    let (items, error) = read::<Chosen>(answer(MEDIA_TYPE, body));
    assert!(error.is_none());
    assert_eq!(texts(&items), "aa");

    let busy = "event: error\ndata: {\"error\":{\"code\":7}}\n\n";
    let (items, error) = read::<Chosen>(answer(MEDIA_TYPE, format!("{delta}{busy}{delta}")));
    assert_eq!(texts(&items), "a");
    assert!(
        error.unwrap().is_status(),
        "only `ignore` passes over an error"
    );

    let (items, error) = read::<Unworried>(answer(MEDIA_TYPE, format!("{delta}{busy}{delta}")));
    assert_eq!((texts(&items).as_str(), error.is_none()), ("aa", true));

    let mut passed =
        open::<Unworried>(answer(MEDIA_TYPE, "id: 9\nevent: error\ndata: x\n\n")).unwrap();
    assert!(passed.next().now_or_never().unwrap().is_none());
    assert_eq!(passed.last_event_id(), "9");

    // An ID counts without an event, and what is cut does not.
    let only_ids = "id: 9\ndata: {\"text\":\"a\"}\n\nid: 10\n\nid: 11\n";
    let mut passed = open::<Unworried>(answer(MEDIA_TYPE, only_ids)).unwrap();
    assert!(passed.next().now_or_never().unwrap().unwrap().is_ok());
    assert_eq!(passed.last_event_id(), "9");
    assert!(passed.next().now_or_never().unwrap().unwrap().is_err());
    assert_eq!(passed.last_event_id(), "10");

    let body = "event: a\ndata:\n\nevent: b\ndata: 1\n\nevent: error\ndata: 2\n\ndata: 3\n\n";
    let (events, _) = read::<RawChosen>(answer(MEDIA_TYPE, body));
    let types: Vec<_> = events.iter().map(|event| &*event.event).collect();
    assert_eq!(types, ["a", "error"]);
}

#[test]
fn the_types_are_facts_of_the_operation() {
    let events = Chosen::OPERATION.events().unwrap();
    assert_eq!(
        (events.only(), events.ignore()),
        (&["delta"][..], &["ping", "note"][..])
    );
    let events = Open::OPERATION.events().unwrap();
    assert!(events.only().is_empty() && events.ignore().is_empty());
}
