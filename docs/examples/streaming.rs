//! Events, lines and bytes, as they arrive.

use std::time::Duration;

use api_request::{
    ApiRequest, Client, Error, Retry,
    testing::{Script, ScriptedResponse},
};
use futures_util::TryStreamExt as _;
use serde::Deserialize;

use crate::Outcome;

// ANCHOR: events
/// Asks a model: for the whole reply, or for its words as they come.
#[derive(ApiRequest)]
#[api(method = POST, path = "/chat", fields = json, response = Reply)]
#[api(events(item = Delta, flag = "stream", done = "[DONE]"))]
struct Chat<'a> {
    prompt: &'a str,
}

#[derive(Debug, Deserialize)]
struct Reply {
    text: String,
}

#[derive(Debug, Deserialize)]
struct Delta {
    text: String,
}

async fn read_aloud(client: &Client) -> Result<String, Error> {
    let mut text = String::new();
    let mut words = client.call(&Chat { prompt: "hello" }).events().await?;
    while let Some(delta) = words.try_next().await? {
        text.push_str(&delta.text);
    }
    Ok(text)
}
// ANCHOR_END: events

// ANCHOR: resume
/// Follows a job. After a break, the client asks for what comes after the last event.
#[derive(ApiRequest)]
#[api(method = GET, path = "/jobs/{id}/events")]
#[api(events(item = u32, done = "[DONE]", ignore = "ping", resume))]
struct WatchJob {
    id: u64,
}
// ANCHOR_END: resume

// ANCHOR: lines
/// Reads a log, one JSON value on each line.
#[derive(ApiRequest)]
#[api(method = GET, path = "/logs", response(lines = Entry))]
struct ReadLogs;

#[derive(Debug, Deserialize)]
struct Entry {
    level: String,
}

async fn count_errors(client: &Client) -> Result<usize, Error> {
    let mut count = 0;
    let mut lines = client.send(&ReadLogs).await?;
    while let Some(entry) = lines.try_next().await? {
        count += usize::from(entry.level == "error");
    }
    Ok(count)
}
// ANCHOR_END: lines

fn events(text: &'static str) -> ScriptedResponse {
    ScriptedResponse::new(200)
        .header("content-type", "text/event-stream")
        .body(text)
}

fn client(api: &Script) -> Result<Client, api_request::ConfigError> {
    Client::builder("https://api.example.com/v1")
        .transport(api.clone())
        .retry(Retry::default().base_delay(Duration::ZERO))
        .build()
}

#[tokio::test]
async fn one_declaration_is_for_both_forms() -> Outcome {
    let api = Script::new()
        .then(events(
            "data: {\"text\": \"Good \"}\n\ndata: {\"text\": \"day\"}\n\ndata: [DONE]\n\n",
        ))
        .then(ScriptedResponse::new(200).body(r#"{"text": "Good day"}"#));
    let client = client(&api)?;
    let whole = read_aloud(&client).await?;
    assert_eq!(
        whole,
        client.send(&Chat { prompt: "hello" }).await?.text,
        "the events, and the reply"
    );
    let sent = api.requests();
    assert_eq!(sent[0].body(), r#"{"prompt":"hello","stream":true}"#);
    assert_eq!(sent[1].body(), r#"{"prompt":"hello"}"#);
    Ok(())
}

#[tokio::test]
async fn a_stream_goes_on_after_a_break() -> Outcome {
    let api = Script::new()
        .then(events("id: 7\ndata: 1\n\n"))
        .then(events(
            "event: ping\ndata: x\n\ndata: 2\n\ndata: [DONE]\n\n",
        ));
    let call = client(&api)?.call(&WatchJob { id: 4 }).events();
    let steps: Vec<u32> = call.await?.try_collect().await?;
    assert_eq!(steps, [1, 2]);
    assert_eq!(api.requests()[1].headers()["last-event-id"], "7");
    Ok(())
}

#[tokio::test]
async fn lines_are_values() -> Outcome {
    let body = "{\"level\": \"error\"}\n{\"level\": \"info\"}\n";
    let api = Script::new().then(ScriptedResponse::new(200).body(body));
    assert_eq!(count_errors(&client(&api)?).await?, 1);
    Ok(())
}
