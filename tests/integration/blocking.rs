//! The client without async: the same answers and errors, streams that wait, and threads.

use std::{
    io::{BufRead as _, Read as _},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
    time::Duration,
};

use api_request::{
    ApiRequest, BoxError, ByteStream, ClientBuilder, Retry, Secret, blocking::Client,
};
use serde_json::Value;
use tokio::runtime::Runtime;

use crate::server::{Answer, Server, answer, stall};

#[derive(Clone, ApiRequest)]
#[api(method = GET, path = "/names", fields = query, response = Vec<String>)]
#[api(paginate(offset = offset, limit = limit, short))]
struct ListNames {
    offset: u32,
    limit: u32,
}

const NAMES: ListNames = ListNames {
    offset: 0,
    limit: 2,
};

#[derive(ApiRequest)]
#[api(method = GET, path = "/file", response(stream))]
struct Download;

#[derive(ApiRequest)]
#[api(method = GET, path = "/ticks", events = u32)]
struct Ticks;

/// A server, and the runtime that it needs.
struct Api {
    runtime: Runtime,
    server: Server,
}

impl Api {
    fn start<const N: usize>(answers: [Answer; N]) -> Self {
        let runtime = Runtime::new().unwrap();
        let server = runtime.block_on(Server::start(answers));
        Self { runtime, server }
    }

    fn builder(&self) -> ClientBuilder<Client> {
        Client::builder(self.server.origin())
    }

    fn client(&self) -> Client {
        self.builder().build().unwrap()
    }
}

fn names(names: &str) -> Answer {
    answer("200 OK\r\nX-Request-Id: r-1", names)
}

#[test]
fn a_request_is_sent_and_its_answer_decoded() {
    let api = Api::start([names(r#"["a"]"#)]);
    let client = api.builder().bearer("sk-1").build().unwrap();
    assert_eq!(client.send(&NAMES).unwrap(), ["a"]);
    let full = client.call(&NAMES).header("x-trace", "7").send_full();
    assert_eq!(full.unwrap().request_id.as_deref(), Some("r-1"));
    let value: Value = client.call(&NAMES).bearer("sk-2").send_as().unwrap();
    assert_eq!(value[0], "a");
    let seen = api.server.seen();
    assert!(
        seen[0].contains("authorization: Bearer sk-1\r\n"),
        "{}",
        seen[0]
    );
    assert!(seen[1].contains("x-trace: 7\r\n"), "{}", seen[1]);
    assert!(
        seen[2].contains("authorization: Bearer sk-2\r\n"),
        "{}",
        seen[2]
    );
}

#[test]
fn a_connection_is_used_again() {
    let api = Api::start([names("[]")]);
    let client = api.client();
    for _ in 0..20 {
        client.send(&NAMES).unwrap();
    }
    // Another may be opened before the last one is back in the pool, but not for each call.
    assert!(api.server.connections() < 20);
}

#[test]
fn what_is_built_is_what_the_other_client_builds() {
    let base = "https://api.example.com/v1";
    let ours = Client::builder(base).bearer("sk-1").build().unwrap();
    let other = api_request::Client::builder(base).bearer("sk-1").build();
    let ours = ours.call(&NAMES).basic("u", "p").build().unwrap();
    let other = other.unwrap().call(&NAMES).basic("u", "p").build().unwrap();
    assert_eq!(ours.uri(), other.uri());
    assert_eq!(ours.headers(), other.headers());
    let client = Client::new(base).unwrap();
    let events = client.call(&Ticks).build_events().unwrap();
    assert_eq!(events.headers()["accept"], "text/event-stream");
    let error = Client::new("ftp://example.com").unwrap_err();
    assert!(error.to_string().contains("`ftp`"), "{error}");
}

#[test]
fn errors_are_those_of_the_other_client() {
    let gone = || answer("404 Not Found", r#"{"message": "gone"}"#);
    let api = Api::start([gone()]);
    let ours = api.client().send(&NAMES).unwrap_err();
    let other = api.runtime.block_on(api.server.client().send(&NAMES));
    assert_eq!(ours.to_string(), "`ListNames`: 404 Not Found: gone");
    assert_eq!(ours.to_string(), other.unwrap_err().to_string());
}

#[test]
fn pages_and_items_come_as_they_are_asked_for() {
    let pages = [names(r#"["a", "b"]"#), names(r#"["c"]"#)];
    let api = Api::start(pages.clone());
    let client = api.client();
    let mut items = client.call(&NAMES).items();
    assert_eq!(api.server.seen().len(), 0);
    assert_eq!(items.next().unwrap().unwrap(), "a");
    assert_eq!(api.server.seen().len(), 1);
    let rest: Result<Vec<String>, _> = items.collect();
    assert_eq!(rest.unwrap(), ["b", "c"]);

    let api = Api::start(pages);
    let client = api.client();
    let lengths = client.call(&NAMES).pages().map(|page| page.unwrap().len());
    assert_eq!(lengths.collect::<Vec<_>>(), [2, 1]);
}

#[test]
fn events_come_one_after_the_other() {
    let head = "200 OK\r\nContent-Type: text/event-stream";
    let api = Api::start([answer(head, "id: x\ndata: 1\n\ndata: 2\n\n")]);
    let client = api.client();
    let mut ticks = client.call(&Ticks).events().unwrap();
    assert_eq!(ticks.next().unwrap().unwrap(), 1);
    assert_eq!(ticks.get_ref().last_event_id(), "x");
    assert_eq!(ticks.next().unwrap().unwrap(), 2);
    assert!(ticks.next().is_none());
    let ticks = client.call(&Ticks).events_as::<Value>().unwrap();
    let ids = ticks.with_event().map(|tick| tick.unwrap().0.id);
    assert_eq!(ids.collect::<Vec<_>>(), ["x", "x"]);
}

#[test]
fn a_stream_is_read_saved_and_iterated() {
    let api = Api::start([answer("200 OK", "one\ntwo\n")]);
    let client = api.client();
    let stream = || client.call(&Download).stream().unwrap();
    assert_eq!(stream().content_length(), Some(8));
    let lines: Result<Vec<String>, _> = stream().into_reader().lines().collect();
    assert_eq!(lines.unwrap(), ["one", "two"]);
    let mut text = String::new();
    stream().into_reader().read_to_string(&mut text).unwrap();
    assert_eq!(text, "one\ntwo\n");
    let pieces: Result<Vec<_>, _> = stream().collect();
    assert_eq!(pieces.unwrap().concat(), b"one\ntwo\n");

    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("file");
    let told = Arc::new(AtomicUsize::new(0));
    let count = told.clone();
    let stream = stream().on_progress(move |_| {
        count.fetch_add(1, Ordering::Relaxed);
    });
    assert_eq!(stream.save_to(&path).unwrap(), 8);
    assert_eq!(std::fs::read_to_string(path).unwrap(), "one\ntwo\n");
    assert!(told.load(Ordering::Relaxed) > 0);
}

#[test]
fn threads_share_a_client() {
    let api = Api::start([names("[]")]);
    let client = api.client();
    thread::scope(|scope| {
        for _ in 0..8 {
            let client = client.clone();
            scope.spawn(move || {
                for _ in 0..20 {
                    client.send(&NAMES).unwrap();
                }
            });
        }
    });
    assert_eq!(api.server.seen().len(), 160);
    // A connection may be asked for before the last one is back.
    assert!(api.server.connections() < 160);
}

#[test]
fn a_failure_is_tried_again_and_a_401_gets_other_credentials() {
    let api = Api::start([
        answer("503 Service Unavailable", ""),
        answer("401 Unauthorized", ""),
        names("[]"),
    ]);
    let calls = AtomicUsize::new(0);
    let token = move || {
        let token = format!("t-{}", calls.fetch_add(1, Ordering::Relaxed));
        async move { Ok::<_, BoxError>(Secret::new(token)) }
    };
    let retry = Retry::default().base_delay(Duration::ZERO);
    let client = api.builder().credentials(token).retry(retry).build();
    let answer = client.unwrap().call(&NAMES).send_full().unwrap();
    assert_eq!(answer.attempts, 2);
    assert!(api.server.seen()[2].contains("authorization: Bearer t-1\r\n"));
}

#[test]
fn a_call_that_gets_no_answer_ends() {
    let api = Api::start([stall("")]);
    let client = api.client();
    let limit = Duration::from_millis(20);
    let error = client.call(&NAMES).timeout(limit).send().unwrap_err();
    assert!(error.is_timeout());
}

#[test]
fn a_stream_outlives_its_client() {
    let api = Api::start([answer("200 OK", "text")]);
    let client = api.client();
    let stream = client.call(&Download).stream().unwrap();
    drop(client);
    let mut text = String::new();
    stream.into_reader().read_to_string(&mut text).unwrap();
    assert_eq!(text, "text");
}

/// Uses a client in every way that blocks.
fn use_all(origin: &str) {
    let client = Client::new(origin).unwrap();
    assert_eq!(client.send(&NAMES).unwrap(), ["a"]);
    assert_eq!(client.call(&NAMES).send_full().unwrap().body, ["a"]);
    assert_eq!(client.call(&NAMES).items().next().unwrap().unwrap(), "a");
    let mut text = String::new();
    let stream = client.call(&Download).stream().unwrap();
    stream.into_reader().read_to_string(&mut text).unwrap();
    assert_eq!(text, r#"["a"]"#);
    let folder = tempfile::tempdir().unwrap();
    let stream = client.call(&Download).stream().unwrap();
    assert_eq!(stream.save_to(folder.path().join("file")).unwrap(), 5);
    let limit = Duration::from_millis(1);
    let retry = Retry::default().base_delay(limit).max_delay(limit);
    let refused = Client::builder("http://127.0.0.1:9").retry(retry);
    let error = refused.build().unwrap().send(&NAMES).unwrap_err();
    assert_eq!(error.attempts(), 3);
}

#[test]
fn it_works_where_async_tasks_run() {
    let api = Api::start([names(r#"["a"]"#)]);
    let origin = api.server.origin().to_owned();
    let mut one_thread = tokio::runtime::Builder::new_current_thread();
    let one_thread = one_thread.enable_all().build().unwrap();
    one_thread.block_on(async { use_all(&origin) });
    tokio::task::LocalSet::new().block_on(&one_thread, async {
        let origin = origin.clone();
        let task = tokio::task::spawn_local(async move { use_all(&origin) });
        task.await.unwrap();
    });
    // Without I/O or timers of its own.
    let bare = tokio::runtime::Builder::new_current_thread().build();
    bare.unwrap().block_on(async { use_all(&origin) });
    let threads = Runtime::new().unwrap();
    threads.block_on(async {
        let origin = origin.clone();
        tokio::spawn(async move { use_all(&origin) }).await.unwrap();
    });
}

/// A task may do so much at once, and then has to let others run.
#[test]
fn a_task_that_blocks_may_do_more_than_a_task_may_do_at_once() {
    let api = Api::start([answer("200 OK", "x".repeat(4 << 20))]);
    let client = api.client();
    let runtime = Runtime::new().unwrap();
    let task = runtime.spawn(async move {
        let pieces = client.call(&Download).stream().unwrap();
        pieces.map(|piece| piece.unwrap().len()).sum::<usize>()
    });
    assert_eq!(runtime.block_on(task).unwrap(), 4 << 20);
}

#[test]
fn a_provider_of_credentials_may_block() {
    let api = Api::start([names(r#"["t-1"]"#)]);
    let login = api.client();
    let token = move || {
        let token = login.send(&NAMES).map(|names| names[0].clone());
        async move { token.map(Secret::new) }
    };
    let client = api.builder().credentials(token).build().unwrap();
    client.send(&NAMES).unwrap();
    assert!(api.server.seen()[1].contains("authorization: Bearer t-1\r\n"));
}

#[tokio::test]
async fn it_can_be_used_where_blocking_is_allowed() {
    let server = Server::start([names(r#"["a"]"#)]).await;
    let client = Client::new(server.origin()).unwrap();
    let names = tokio::task::spawn_blocking(move || client.send(&NAMES)).await;
    assert_eq!(names.unwrap().unwrap(), ["a"]);
}

#[test]
fn the_async_stream_of_a_response_is_there_too() {
    let api = Api::start([answer("200 OK", "text")]);
    let stream: ByteStream = api.client().send(&Download).unwrap();
    assert_eq!(stream.content_length(), Some(4));
}
