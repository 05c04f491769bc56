//! The transport for the tests of programs: its responses, and what it records.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    time::Duration,
};

use api_request::{
    ApiRequest, Body, Client, Part, Phase, Retry, TransportError,
    testing::{Script, ScriptedResponse},
};
use bytes::Bytes;
use http::Method;

#[derive(ApiRequest)]
#[api(method = GET, path = "/names/{id}", response = String)]
struct GetName {
    id: u64,
    #[api(query)]
    key: Option<&'static str>,
}

#[derive(ApiRequest)]
#[api(method = PUT, path = "/stream")]
struct PutStream {
    #[api(body = stream)]
    stream: Body,
}

#[derive(ApiRequest)]
#[api(method = POST, path = "/parts", fields = part)]
struct PostParts {
    file: Part,
}

const SEVEN: GetName = GetName { id: 7, key: None };

fn client(api: &Script) -> Client {
    let builder = Client::builder("https://api.example.com/v1").bearer("sk-0e6f");
    builder.transport(api.clone()).build().unwrap()
}

#[tokio::test(start_paused = true)]
async fn responses_come_in_order() {
    let api = Script::new()
        .then(TransportError::connect("refused"))
        .then(ScriptedResponse::new(503).header("retry-after", "0"))
        .then(ScriptedResponse::new(200).json("ada"));
    assert_eq!(client(&api).send(&SEVEN).await.unwrap(), "ada");
    assert_eq!((api.left(), api.requests().len()), (0, 3));
}

#[tokio::test]
async fn a_response_can_be_for_one_method_and_path() {
    let api = Script::new()
        .on(Method::PUT, "/v1/stream", ScriptedResponse::new(204))
        .on(
            Method::GET,
            "/v1/names/8",
            ScriptedResponse::new(200).json("grace"),
        )
        .then(ScriptedResponse::new(200).json("ada"));
    let client = client(&api);
    assert_eq!(client.send(&SEVEN).await.unwrap(), "ada");
    let eight = GetName {
        id: 8,
        key: Some("k"),
    };
    assert_eq!(client.send(&eight).await.unwrap(), "grace");
    assert_eq!(api.left(), 1);
    let stream = Body::empty();
    client.send(&PutStream { stream }).await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_response_comes_several_times() {
    let stream = Body::from("\"ada\"");
    let streamed = http::Response::new(stream);
    let api = Script::new()
        .then(ScriptedResponse::from(TransportError::connect("refused")).times(2))
        .then(ScriptedResponse::new(503).times(1))
        .then(ScriptedResponse::new(500).times(0))
        .then(ScriptedResponse::from(streamed).times(2))
        .on(
            Method::GET,
            "/v1/names/8",
            ScriptedResponse::new(200).json("grace").always(),
        );
    assert_eq!(api.left(), 6);
    let client = client(&api);
    let retry = Retry::default().attempts(4);
    let call = client.call(&SEVEN).retry(retry);
    assert_eq!(call.send().await.unwrap(), "ada");
    assert_eq!(client.send(&SEVEN).await.unwrap(), "ada");
    assert_eq!((api.left(), api.requests().len()), (1, 5));

    let eight = GetName { id: 8, key: None };
    for _ in 0..3 {
        assert_eq!(client.send(&eight).await.unwrap(), "grace");
        assert_eq!(api.left(), 0);
    }
    assert!(client.send(&SEVEN).await.is_err());
}

#[tokio::test(start_paused = true)]
async fn a_body_is_cut_off_several_times() {
    let broken = ScriptedResponse::new(200).body("\"ad").cut_off().times(2);
    let api = Script::new()
        .then(broken)
        .then(ScriptedResponse::new(200).json("ada"));
    let client = client(&api);
    let call = client.call(&SEVEN).retry(Retry::default().attempts(3));
    assert_eq!(call.send().await.unwrap(), "ada");
}

/// Drops the script, and returns what it panics with.
fn dropped(api: Script) -> Option<String> {
    let panic = catch_unwind(AssertUnwindSafe(|| drop(api))).err()?;
    panic.downcast_ref::<String>().cloned()
}

#[tokio::test]
async fn responses_that_are_never_asked_for_panic_with_the_last_clone() {
    let api = Script::new()
        .then(ScriptedResponse::new(200).json("ada").times(3))
        .on(
            Method::GET,
            "/v1/names/8",
            ScriptedResponse::never().always(),
        );
    let client = client(&api);
    client.send(&SEVEN).await.unwrap();
    assert_eq!(dropped(api.clone()), None);
    drop(client);
    assert_eq!(
        dropped(api).as_deref(),
        Some(
            "responses of the script were never asked for, 3 in all: \
             ScriptedResponse(200) to any request, ScriptedResponse(never) to `GET /v1/names/8`\n\
             requests that were sent, 1 in all:\n\
             - `GET /v1/names/7` got ScriptedResponse(200)\n\
             if the test returned an error by `?`, this panic hides it: `unwrap` the call to see it"
        )
    );
    assert_eq!(dropped(Script::new()), None);
}

#[tokio::test]
async fn a_script_panics_with_the_last_requests_and_what_they_got() {
    let api = Script::new().on(Method::GET, "/v1/names/8", ScriptedResponse::new(204));
    let client = client(&api);
    for _ in 0..9 {
        client.send(&SEVEN).await.unwrap_err();
    }
    drop(client);
    let shown = "- `GET /v1/names/7` got no response\n".repeat(8);
    let panic = dropped(api).unwrap();
    assert!(
        panic.contains(&format!(" 9 in all:\n- …\n{shown}if the test")),
        "{panic}"
    );

    let unused = Script::new().then(ScriptedResponse::new(204));
    assert!(
        dropped(unused)
            .unwrap()
            .contains("to any request\nno request was sent\nif the test")
    );
}

#[test]
#[should_panic(expected = "the first panic")]
fn a_script_does_not_hide_a_panic() {
    let _api = Script::new().then(ScriptedResponse::new(200));
    panic!("the first panic");
}

#[tokio::test]
async fn a_request_without_a_response_fails_at_once() {
    let api = Script::new();
    let request = GetName {
        id: 7,
        key: Some("k-77"),
    };
    let error = client(&api).send(&request).await.unwrap_err();
    assert_eq!((error.phase(), error.attempts()), (Phase::NotSent, 1));
    assert_eq!(
        error.to_string(),
        "`GetName` cannot be sent: the script has no response left for `GET /v1/names/7`"
    );
    assert_eq!(api.requests().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn faults_are_those_of_a_network() {
    let api = Script::new().then(ScriptedResponse::never());
    let client = client(&api);
    let call = client.call(&SEVEN).timeout(Duration::from_secs(1));
    assert!(call.send().await.unwrap_err().is_timeout());

    let broken = ScriptedResponse::new(200).body(r#""ad"#).cut_off();
    let api = api
        .then(broken)
        .then(ScriptedResponse::new(200).json("ada"));
    assert_eq!(client.send(&SEVEN).await.unwrap(), "ada");
    assert_eq!(api.left(), 0);
}

#[tokio::test]
async fn bodies_are_recorded_whole() {
    let api = Script::new()
        .then(ScriptedResponse::new(204))
        .then(ScriptedResponse::new(204));
    let client = client(&api);
    let pieces =
        ["a", "b"].map(|piece| Ok::<_, std::io::Error>(Bytes::from_static(piece.as_bytes())));
    let stream = Body::once(futures_util::stream::iter(pieces));
    client.send(&PutStream { stream }).await.unwrap();

    let file = Part::bytes(&b"content"[..]).filename("a.bin");
    client.send(&PostParts { file }).await.unwrap();

    let requests = api.requests();
    assert_eq!(requests[0].body(), "ab");
    assert_eq!(requests[0].method(), "PUT");
    let parts = String::from_utf8_lossy(requests[1].body());
    assert!(parts.contains("filename=\"a.bin\"") && parts.contains("\r\n\r\ncontent\r\n"));
}

#[tokio::test]
async fn records_show_no_secrets() {
    let api = Script::new().then(ScriptedResponse::new(200).json("ada"));
    let request = GetName {
        id: 7,
        key: Some("k-77"),
    };
    client(&api).send(&request).await.unwrap();
    let shown = format!("{api:?}");
    assert!(shown.contains("path: \"/v1/names/7\""), "{shown}");
    assert!(
        !shown.contains("sk-0e6f") && !shown.contains("k-77"),
        "{shown}"
    );
    let requests = api.requests();
    assert_eq!(requests[0].headers()["authorization"], "Bearer sk-0e6f");
}
