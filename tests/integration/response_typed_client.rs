//! Values of statuses in the parts of a client: retries, the budget, credentials, streams, pages, `until`. The clock stands
//! still until everybody waits.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use api_request::{
    ApiRequest, ApiResponse, Body, ByteStream, Client, Decide, Phase, Retry, Secret, blocking,
    testing::{Script, ScriptedResponse},
};
use bytes::Bytes;
use futures_util::TryStreamExt;
use http::{Response, StatusCode};
use serde_json::json;

use crate::response_typed::{
    Any, Job, Start, StartAny, StartOnce, Started, api, job, response, send,
};
use crate::{
    recorder::{Recorder, Told},
    server::double,
};

fn down() -> ScriptedResponse {
    response(503).body("down")
}

fn is_down() -> Started {
    Started::Down { why: "down".into() }
}

#[tokio::test(start_paused = true)]
async fn what_is_retried_is_a_value_when_no_attempt_is_left() {
    let (value, requests) = send(Start, [down(), down(), job(200)]).await;
    assert_eq!(
        (value.unwrap(), requests),
        (Started::Done(Job { id: 7 }), 3)
    );

    let busy = || response(429).header("retry-after", "9");
    let (client, script) = api([busy(), down(), busy()]);
    let full = client.call(&Start).send_full().await.unwrap();
    assert_eq!((full.status.as_u16(), full.attempts), (429, 3));
    assert_eq!(full.body, Started::Busy);
    assert_eq!(full.retry_after, None);
    assert_eq!(script.left(), 0);

    // Nothing of it is retried: it is a value at once.
    for (request_count, retry) in [(1, Retry::none()), (1, Retry::default().not_on([503]))] {
        let (client, script) = api([down()]);
        let value = client.call(&Start).retry(retry).send().await.unwrap();
        assert_eq!(value, is_down());
        assert_eq!(script.requests().len(), request_count);
    }
    assert_eq!(send(StartOnce, [down()]).await.0.unwrap(), is_down());
    // The server asks for more time than there is.
    let later = response(503).header("retry-after", "3600").body("down");
    assert_eq!(send(Start, [later]).await.0.unwrap(), is_down());
}

#[tokio::test(start_paused = true)]
async fn what_the_caller_retries_is_retried_first() {
    let gone = || response(404).body(r#"{"soon": true}"#);
    let seen = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&seen);
    let retry = Retry::default().when(move |seen| {
        log.lock().unwrap().push(seen.body().cloned().unwrap());
        Decide::Yes
    });
    let (client, _) = api([gone(), job(200)]);
    let value = client.call(&Start).retry(retry).send().await.unwrap();
    assert_eq!(value, Started::Done(Job { id: 7 }));
    assert_eq!(*seen.lock().unwrap(), [r#"{"soon": true}"#]);

    let (client, _) = api([response(304), job(200)]);
    let retry = Retry::default().on([304]);
    let value = client.call(&Start).retry(retry).send().await.unwrap();
    assert_eq!(value, Started::Done(Job { id: 7 }));
}

#[tokio::test(start_paused = true)]
async fn a_value_that_is_retried_is_no_success_for_the_budget() {
    let broken = double(|_| async { Ok(Response::builder().status(503).body(Body::empty())?) });
    let broken = broken.build().unwrap();
    for _ in 0..50 {
        let response = broken.call(&Start).send_full().await.unwrap();
        assert_eq!(
            (response.attempts, response.body),
            (3, Started::Down { why: String::new() })
        );
    }
    // 500 tokens are spent.
    assert_eq!(broken.call(&Start).send_full().await.unwrap().attempts, 1);
    // Any other status gives back what its retry took.
    let (client, _) = api((0..150).flat_map(|_| [down(), response(304)]));
    for _ in 0..150 {
        let response = client.call(&Start).send_full().await.unwrap();
        assert_eq!(
            (response.attempts, response.body),
            (2, Started::NotModified)
        );
    }
}

#[tokio::test(start_paused = true)]
async fn a_body_that_is_cut_is_an_error_after_the_retries_of_its_status() {
    let cut = |status| response(status).body("half").cut_off();
    let (value, requests) = send(Start, [cut(503), job(200)]).await;
    assert_eq!(
        (value.unwrap(), requests),
        (Started::Done(Job { id: 7 }), 2)
    );
    // A 429 to a POST is retried, a body that is cut is not.
    let (value, requests) = send(StartAny, [cut(429), job(200)]).await;
    assert_eq!((value.unwrap(), requests), (Any::Done(Job { id: 7 }), 2));
    let (error, requests) = send(StartAny, [cut(404)]).await;
    let error = error.unwrap_err();
    assert_eq!((error.status().unwrap().as_u16(), requests), (404, 1));
    assert!(!error.is_status() && !error.is_decode() && error.phase() == Phase::Answered);
}

#[tokio::test(start_paused = true)]
async fn a_401_is_a_value_after_other_credentials_were_tried() {
    let tokens = Arc::new(Mutex::new(0));
    let fetched = Arc::clone(&tokens);
    let provider = move || {
        let mut fetched = fetched.lock().unwrap();
        *fetched += 1;
        let token = Secret::new(format!("token-{fetched}"));
        async move { Ok::<_, std::io::Error>(token) }
    };
    let script = [401, 200, 401, 401]
        .map(job)
        .into_iter()
        .fold(Script::new(), Script::then);
    let client = Client::builder("https://api.example.com").transport(script.clone());
    let client = client.credentials(provider).build().unwrap();
    assert_eq!(
        client.send(&Start).await.unwrap(),
        Started::Done(Job { id: 7 })
    );
    assert_eq!(client.send(&Start).await.unwrap(), Started::Stranger);
    assert_eq!((script.left(), *tokens.lock().unwrap()), (0, 3));
}

#[derive(ApiRequest)]
#[api(method = POST, path = "/upload", response = Started)]
struct Upload {
    #[api(body = stream)]
    body: Body,
}

#[tokio::test(start_paused = true)]
async fn a_401_to_what_cannot_be_sent_again_is_a_value() {
    let (script, token) = (Script::new().then(job(401)), || async {
        Ok::<_, std::io::Error>(Secret::from("token"))
    });
    let client = Client::builder("https://api.example.com").transport(script.clone());
    let client = client.credentials(token).build().unwrap();
    let pieces = futures_util::stream::iter([Ok::<_, std::io::Error>(Bytes::from("a"))]);
    let body = Body::once(pieces);
    assert_eq!(
        client.send(&Upload { body }).await.unwrap(),
        Started::Stranger
    );
    assert_eq!(script.left(), 0);
}

#[derive(ApiResponse)]
enum Part {
    #[api(status = 200)]
    Whole(Job),
    #[api(status = 206)]
    Cut {
        #[api(header = "Content-Range")]
        range: String,
        #[api(body = stream)]
        body: ByteStream,
    },
    #[api(status = 416)]
    Beyond(#[api(body = bytes)] Bytes),
}

#[derive(ApiRequest)]
#[api(method = GET, path = "/part", response = Part)]
struct GetPart;

#[tokio::test(start_paused = true)]
async fn how_a_body_is_read_depends_on_the_status() {
    let part = || {
        response(206)
            .header("content-range", "bytes 0-3/9")
            .body("part")
    };
    let (client, _) = api([job(200), part(), part().cut_off(), response(416).body("no")]);
    assert!(matches!(
        client.send(&GetPart).await.unwrap(),
        Part::Whole(Job { id: 7 })
    ));
    for is_whole in [true, false] {
        let Part::Cut { range, body } = client.send(&GetPart).await.unwrap() else {
            panic!("it is a part");
        };
        assert_eq!(range, "bytes 0-3/9");
        let body: Result<Vec<Bytes>, _> = body.try_collect().await;
        assert_eq!(body.is_ok(), is_whole);
    }
    let Part::Beyond(body) = client.send(&GetPart).await.unwrap() else {
        panic!("it is beyond");
    };
    assert_eq!(body, "no");
}

#[tokio::test(start_paused = true)]
async fn a_job_is_asked_for_until_it_is_done() {
    let queued = || job(202).header("location", "/jobs/7");
    let (client, script) = api([queued().header("retry-after", "3"), queued(), job(200)]);
    let start = tokio::time::Instant::now();
    let call = client
        .call(&Start)
        .until(|started| matches!(started, Started::Done(_)));
    assert_eq!(call.send().await.unwrap(), Started::Done(Job { id: 7 }));
    assert_eq!((script.left(), start.elapsed().as_secs_f32()), (0, 4.5));
}

#[tokio::test(start_paused = true)]
async fn another_type_has_statuses_of_its_own() {
    #[derive(ApiRequest)]
    #[api(method = GET, path = "/n", response = Job)]
    struct Get;
    let (client, _) = api([response(404), job(200), response(404)]);
    let other: Any = client.call(&Get).send_as().await.unwrap();
    assert!(matches!(
        other,
        Any::Other {
            status: StatusCode::NOT_FOUND,
            ..
        }
    ));
    let number: serde_json::Value = client.call(&Start).send_as().await.unwrap();
    assert_eq!(number, json!({"id": 7}));
    let error = client
        .call(&Start)
        .send_as::<serde_json::Value>()
        .await
        .unwrap_err();
    assert!(error.is_status());
}

#[derive(ApiRequest)]
#[api(method = GET, path = "/events", response = Any, events = u32)]
struct Events;

#[tokio::test(start_paused = true)]
async fn events_do_not_depend_on_the_statuses_of_the_response() {
    let stream = response(200)
        .header("content-type", "text/event-stream")
        .body("data: 7\n\n");
    let (client, _) = api([stream, response(404)]);
    let events: Vec<u32> = client
        .call(&Events)
        .events()
        .await
        .unwrap()
        .try_collect()
        .await
        .unwrap();
    assert_eq!(events, [7]);
    let error = client.call(&Events).events().await.unwrap_err();
    assert!(error.is_status());
}

#[derive(ApiResponse)]
struct Listed {
    #[api(header = "X-Total-Count")]
    total: u64,
    #[api(header = "X-Next")]
    next: Option<String>,
    #[api(body)]
    items: Vec<u32>,
}

#[derive(Clone, ApiRequest)]
#[api(method = GET, path = "/list", fields = query, response = Listed)]
#[api(paginate(offset = offset, items = items, item = u32, total = total))]
struct List {
    offset: u64,
}

#[derive(Clone, ApiRequest)]
#[api(method = GET, path = "/list", fields = query, response = Listed)]
#[api(paginate(cursor = after, next = next?, items = items, item = u32))]
struct ListAfter {
    after: Option<String>,
}

#[tokio::test(start_paused = true)]
async fn pages_go_by_headers_and_members_of_the_type() {
    let page = |items: &[u32]| response(200).header("x-total-count", "3").json(items);
    let (client, script) = api([page(&[1, 2]), page(&[3])]);
    let items: Vec<u32> = client
        .call(&List { offset: 0 })
        .items()
        .try_collect()
        .await
        .unwrap();
    assert_eq!(items, [1, 2, 3]);
    assert_eq!(script.requests()[1].uri().query(), Some("offset=2"));

    let (client, script) = api([page(&[1]).header("x-next", "b"), page(&[2])]);
    let pages = client.call(&ListAfter { after: None }).pages();
    let pages: Vec<Listed> = pages.try_collect().await.unwrap();
    assert_eq!(pages.len(), 2);
    assert_eq!(script.requests()[1].uri().query(), Some("after=b"));
}

#[test]
fn the_blocking_client_reads_them_too() {
    let script = Script::new()
        .then(response(303).header("location", "/there"))
        .then(job(200));
    let client = blocking::Client::builder("https://api.example.com").transport(script);
    let client = client.build().unwrap();
    let at = "/there".to_owned();
    assert_eq!(client.send(&Start).unwrap(), Started::Elsewhere { at });
    let value: Any = client.call(&Start).send_as().unwrap();
    assert_eq!(value, Any::Done(Job { id: 7 }));
}

#[tokio::test(start_paused = true)]
async fn the_timeout_of_the_call_ends_the_retries_of_a_value() {
    let (client, script) = api([response(503).header("retry-after", "9").body("down")]);
    let call = client.call(&Start).timeout(Duration::from_secs(5));
    assert_eq!(call.send().await.unwrap(), is_down());
    assert_eq!(script.left(), 0);
}

#[tokio::test(start_paused = true)]
async fn the_span_of_a_value_has_its_status_and_no_error() {
    let (recorder, _guard) = Recorder::start();
    let (client, _) = api([response(404).body("1"), down(), down(), down()]);
    client.send(&Start).await.unwrap();
    client.send(&Start).await.unwrap();
    let names = [
        "http.response.status_code",
        "http.request.resend_count",
        "error.type",
        "otel.status_code",
    ];
    let fields = |told: &Told| names.map(|name| told.get(name).map(str::to_owned));
    let spans: Vec<_> = recorder.spans().iter().map(fields).collect();
    let text = |text: &str| Some(text.to_owned());
    assert_eq!(
        spans,
        [
            [text("404"), None, None, None],
            [text("503"), text("2"), None, None],
        ]
    );
    // The attempts that were retried failed.
    let events = recorder.events();
    let failed: Vec<_> = events.iter().map(|event| event.get("error.type")).collect();
    assert_eq!(failed, [None, Some("503"), Some("503"), None]);
}
