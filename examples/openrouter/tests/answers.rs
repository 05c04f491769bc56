//! Answers of the API, read as declared: with a client, in memory.
#![allow(
    clippy::unwrap_used,
    reason = "a helper of a test may panic like the test"
)]

use std::fmt::Write as _;

use api_request::{
    Client, Input,
    testing::{Script, ScriptedResponse},
};
use futures_util::TryStreamExt;
use http::StatusCode;
use openrouter::{
    BASE_URL,
    api_keys::ListKeys,
    chat::{ChatMessage, ChatRequest, ChatUserMessage, SendChatCompletion},
    error::{OpenRouterError, refusal},
    files::ListFiles,
    messages::{CreateMessage, MessagesRequest, MessagesStreamEvent},
    responses::{CreateResponse, ResponsesRequest, ResponsesStreamEvent},
    workspaces::GetWorkspace,
};
use serde_json::{Value, json};

fn client(script: &Script) -> Client {
    Client::builder(BASE_URL)
        .bearer("sk-or-v1-0e6f")
        .header("X-OpenRouter-Title", "Tests")
        .transport(script.clone())
        .build()
        .unwrap()
}

fn chat() -> SendChatCompletion {
    let hello = ChatUserMessage {
        content: "hello".to_owned().into(),
        name: None,
    };
    SendChatCompletion {
        body: ChatRequest {
            model: Some("openai/gpt-4o".to_owned()),
            messages: vec![ChatMessage::User(hello)],
            ..ChatRequest::default()
        },
        ..SendChatCompletion::default()
    }
}

fn events(events: &[Value]) -> ScriptedResponse {
    let mut text = String::new();
    for event in events {
        write!(text, "data: {event}\n\n").unwrap();
    }
    text.push_str("data: [DONE]\n\n");
    ScriptedResponse::new(200)
        .header("content-type", "text/event-stream")
        .body(text)
}

fn chunk(text: &str) -> Value {
    let choice = json!({"index": 0, "delta": {"content": text}, "finish_reason": null});
    json!({"id": "c", "object": "chat.completion.chunk", "created": 1, "model": "m", "choices": [choice]})
}

#[tokio::test]
async fn a_chat_is_sent_with_the_client_s_title_and_the_stream_s_flag() {
    let script = Script::new().then(events(&[chunk("he"), chunk("llo")]));
    let mut stream = client(&script).call(&chat()).events().await.unwrap();
    let mut text = String::new();
    while let Some(chunk) = stream.try_next().await.unwrap() {
        text += chunk.choices[0]
            .delta
            .content
            .as_deref()
            .unwrap_or_default();
    }
    assert_eq!(text, "hello");
    let sent = &script.requests()[0];
    assert_eq!(sent.headers()["x-openrouter-title"], "Tests");
    let body: Value = sent.json().unwrap();
    let message = json!({"role": "user", "content": "hello"});
    assert_eq!(
        body,
        json!({"model": "openai/gpt-4o", "messages": [message], "stream": true})
    );
}

#[tokio::test]
async fn an_error_inside_of_a_200_or_of_a_stream_is_an_error() {
    let error = json!({"error": {"code": 429, "message": "too many words"}});
    let script = Script::new()
        .then(ScriptedResponse::new(200).json(&error))
        .then(events(&[chunk("he"), error.clone()]));
    let client = client(&script);
    let failure = client.send(&chat()).await.unwrap_err();
    assert!(
        matches!(failure.api(), Some(OpenRouterError::TooManyRequests(_))),
        "{failure:?}"
    );
    let mut stream = client.call(&chat()).events().await.unwrap();
    assert!(stream.try_next().await.unwrap().is_some());
    let failure = stream.try_next().await.unwrap_err();
    assert!(failure.to_string().contains("too many words"), "{failure}");
}

#[tokio::test]
async fn what_is_not_there_is_an_error_of_its_own() {
    let body = json!({"error": {"code": 404, "message": "no such workspace"}});
    let script = Script::new().then(ScriptedResponse::new(404).json(&body));
    let get = GetWorkspace { id: "w".to_owned() };
    let error = client(&script).send(&get).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "`getWorkspace`: 404 Not Found: no such workspace"
    );
    assert!(matches!(error.api(), Some(OpenRouterError::NotFound(_))));
}

#[tokio::test]
async fn unknown_events_are_kept_and_known_ones_typed() {
    let delta = json!({"type": "content_block_delta", "index": 0, "delta": {"type": "text_delta", "text": "hi"}});
    let later = json!({"type": "added_later", "x": 1});
    let script = Script::new().then(events(&[delta, later.clone()]));
    let create = CreateMessage {
        body: MessagesRequest::default(),
        ..CreateMessage::default()
    };
    let stream = client(&script).call(&create).events().await.unwrap();
    let all: Vec<MessagesStreamEvent> = stream.try_collect().await.unwrap();
    assert!(
        matches!(&all[0], MessagesStreamEvent::ContentBlockDelta(_)),
        "{all:?}"
    );
    assert!(
        matches!(&all[1], MessagesStreamEvent::Other(kept) if *kept == later),
        "{all:?}"
    );
}

#[tokio::test]
async fn keys_are_listed_page_by_page() {
    let key = |hash: &str| {
        json!({
            "hash": hash, "name": "k", "label": "sk-…", "disabled": false, "limit": null, "limit_remaining": null,
            "limit_reset": null, "include_byok_in_limit": false, "usage": 0, "usage_daily": 0, "usage_weekly": 0,
            "usage_monthly": 0, "byok_usage": 0, "byok_usage_daily": 0, "byok_usage_weekly": 0,
            "byok_usage_monthly": 0, "created_at": "2026-01-01T00:00:00Z", "updated_at": null,
            "expires_at": null, "creator_user_id": null, "workspace_id": "w"
        })
    };
    let page = |keys: &[Value]| ScriptedResponse::new(200).json(&json!({"data": keys}));
    let script = Script::new()
        .then(page(&[key("a"), key("b")]))
        .then(page(&[key("c")]))
        .then(page(&[]));
    let client = client(&script);
    let list = ListKeys::default();
    let keys: Vec<_> = client.call(&list).items().try_collect().await.unwrap();
    let hashes: Vec<&str> = keys.iter().map(|key| &*key.hash).collect();
    assert_eq!(hashes, ["a", "b", "c"]);
    assert_eq!(script.requests()[1].uri().query(), Some("offset=2"));
}

#[tokio::test]
async fn each_form_of_a_list_of_files_leads_to_the_next() {
    let page = |shape: &str, cursor: Option<&str>, last: &str, has_more: bool| {
        ScriptedResponse::new(200).json(&json!({
            "_shape": shape, "object": "list", "data": [], "first_id": null, "last_id": last, "has_more": has_more,
            "cursor": cursor
        }))
    };
    for (shape, expected) in [
        ("openrouter", "cursor=c1"),
        ("openai", "after=f1"),
        ("anthropic", "after_id=f1"),
    ] {
        let script = Script::new()
            .then(page(shape, Some("c1"), "f1", true))
            .then(page(shape, None, "f2", false));
        let client = client(&script);
        let list = ListFiles::default();
        let pages: Vec<_> = client.call(&list).pages().try_collect().await.unwrap();
        assert_eq!(pages.len(), 2, "{shape}");
        assert_eq!(
            script.requests()[1].uri().query(),
            Some(expected),
            "{shape}"
        );
    }
}

#[tokio::test]
async fn a_response_streams_its_text() {
    let delta = |text: &str| {
        json!({
            "type": "response.output_text.delta", "sequence_number": 1, "output_index": 0,
            "content_index": 0, "item_id": "m", "delta": text, "logprobs": []
        })
    };
    let later = json!({"type": "response.later", "sequence_number": 2, "more": true});
    let script = Script::new().then(events(&[delta("he"), later, delta("llo")]));
    let request = CreateResponse {
        body: ResponsesRequest {
            model: Some("openai/gpt-4o".to_owned()),
            input: Some("hello".to_owned().into()),
            ..ResponsesRequest::default()
        },
        ..CreateResponse::default()
    };
    let mut stream = client(&script).call(&request).events().await.unwrap();
    let mut text = String::new();
    let mut unknown = 0;
    while let Some(event) = stream.try_next().await.unwrap() {
        match event {
            ResponsesStreamEvent::OutputTextDelta(delta) => text += &delta.delta,
            ResponsesStreamEvent::Other(_) => unknown += 1,
            other => panic!("{other:?}"),
        }
    }
    assert_eq!((&*text, unknown), ("hello", 1));
    let body: Value = script.requests()[0].json().unwrap();
    assert_eq!(
        body,
        json!({"model": "openai/gpt-4o", "input": "hello", "stream": true})
    );
}

#[tokio::test]
async fn an_error_inside_of_a_200_or_of_a_stream_has_its_code_for_any_operation() {
    let refused = |code: u16| json!({"error": {"code": code, "message": "no"}});
    let whole = ScriptedResponse::new(200)
        .header("content-type", "application/json")
        .body(refused(429).to_string());
    let script = Script::new()
        .then(whole)
        .then(events(&[chunk("he"), refused(401)]));
    let client = client(&script);
    let any = openrouter::operation("sendChatCompletionRequest").unwrap();
    let message = json!({"role": "user", "content": "hello"});
    let input = Input::new(json!({"body": {"model": "m", "messages": [message]}}));
    let error = any.send(&client, &input).await.unwrap_err();
    assert_eq!(refusal(&error), Some(StatusCode::TOO_MANY_REQUESTS));
    let events = any.events(&client, &input);
    let error = events.try_collect::<Vec<Value>>().await.unwrap_err();
    assert_eq!(refusal(&error), Some(StatusCode::UNAUTHORIZED));
}
