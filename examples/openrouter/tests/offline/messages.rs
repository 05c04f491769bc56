//! The same in the format of Anthropic's API, with its events and errors.

use futures_util::TryStreamExt;
use openrouter::{
    error::MessagesError,
    fake::Fake,
    messages::{
        CreateMessage, MessagesContentBlockDelta, MessagesStreamEvent, ORAnthropicContentBlock,
        ORAnthropicStopReason,
    },
};
use serde_json::json;

use crate::{client, start};

fn say(text: &str) -> CreateMessage {
    let body = json!({
        "model": "anthropic/claude-sonnet-4.5",
        "max_tokens": 3,
        "system": "Repeat.",
        "messages": [{"role": "user", "content": [{"type": "text", "text": text}]}],
    });
    CreateMessage {
        body: serde_json::from_value(body).unwrap(),
        ..CreateMessage::default()
    }
}

#[tokio::test]
async fn the_message_is_repeated_whole() {
    let (_fake, api) = start().await;
    let answer = api.send(&say("one two three four")).await.unwrap();
    let [ORAnthropicContentBlock::Text(block)] = &answer.content[..] else {
        panic!("{answer:?}");
    };
    assert_eq!(block.text, "one two three");
    assert_eq!(answer.stop_reason, Some(ORAnthropicStopReason::MaxTokens));
    assert_eq!(
        (answer.usage.input_tokens, answer.usage.output_tokens),
        (5, 3)
    );
}

#[tokio::test]
async fn the_events_come_in_their_order() {
    let (_fake, api) = start().await;
    let events = api.call(&say("hello world")).events().await.unwrap();
    let events: Vec<MessagesStreamEvent> = events.try_collect().await.unwrap();
    let mut text = String::new();
    let mut order = Vec::new();
    for event in &events {
        order.push(match event {
            MessagesStreamEvent::MessageStart(_) => "start",
            MessagesStreamEvent::ContentBlockStart(_) => "block",
            MessagesStreamEvent::ContentBlockDelta(event) => {
                if let MessagesContentBlockDelta::TextDelta(delta) = &event.delta {
                    text.push_str(&delta.text);
                }
                "delta"
            }
            MessagesStreamEvent::ContentBlockStop(_) => "end of block",
            MessagesStreamEvent::MessageDelta(event) => {
                assert_eq!(event.usage.output_tokens, 2);
                assert_eq!(
                    event.delta.stop_reason,
                    Some(ORAnthropicStopReason::EndTurn)
                );
                "end"
            }
            MessagesStreamEvent::MessageStop(_) => "stop",
            MessagesStreamEvent::Ping(_) => "ping",
            other => panic!("{other:?}"),
        });
    }
    let expected = [
        "start",
        "block",
        "ping",
        "delta",
        "delta",
        "end of block",
        "end",
        "stop",
    ];
    assert_eq!(order, expected);
    assert_eq!(text, "hello world");
}

#[tokio::test]
async fn an_error_has_anthropics_form_wherever_it_comes_from() {
    let (fake, api) = start().await;
    let mut unknown = say("hello");
    unknown.body.model = "nobody/nothing".to_owned();
    let kind = |error: &MessagesError| {
        let MessagesError::Any(body) = error;
        body.error.r#type.clone()
    };
    let error = api.send(&unknown).await.unwrap_err();
    assert_eq!(error.api().map(kind).unwrap(), "not_found_error");
    let stranger = client(&fake, &format!("{}x", Fake::KEY));
    let error = stranger.send(&say("hello")).await.unwrap_err();
    assert_eq!(error.api().map(kind).unwrap(), "authentication_error");
    let mut failing = say("fail in the stream");
    failing.body.max_tokens = None;
    let events = api.call(&failing).events().await.unwrap();
    let error = events.try_collect::<Vec<_>>().await.unwrap_err();
    assert!(error.to_string().contains("the provider fails"), "{error}");
}
