//! A model repeats what the user says: whole, and word by word.

use api_request::Client;
use futures_util::TryStreamExt;
use openrouter::{
    chat::{
        ChatFinishReason, ChatMessage, ChatRequest, ChatStreamChunk, ChatSystemMessage,
        ChatUserMessage, SendChatCompletion,
    },
    common::{MetadataLevel, RoutingStrategy},
    error::OpenRouterError,
};

use crate::start;

pub(crate) fn say(text: &str) -> SendChatCompletion {
    let system = ChatSystemMessage {
        content: "Repeat.".to_owned().into(),
        name: None,
    };
    let user = ChatUserMessage {
        content: text.to_owned().into(),
        name: None,
    };
    SendChatCompletion {
        body: ChatRequest {
            model: Some("openai/gpt-4o".to_owned()),
            messages: vec![ChatMessage::from(system), user.into()],
            ..ChatRequest::default()
        },
        ..SendChatCompletion::default()
    }
}

async fn stream(api: &Client, chat: &SendChatCompletion) -> Vec<ChatStreamChunk> {
    let events = api.call(chat).events().await.unwrap();
    events.try_collect().await.unwrap()
}

#[tokio::test]
async fn the_last_message_is_repeated_whole() {
    let (_fake, api) = start().await;
    let answer = api.send(&say("hello world")).await.unwrap();
    let choice = &answer.choices[0];
    assert_eq!(choice.finish_reason, Some(ChatFinishReason::Stop));
    let message = serde_json::to_value(&choice.message).unwrap();
    assert_eq!(message["content"], "hello world");
    let usage = answer.usage.unwrap();
    assert_eq!((usage.prompt_tokens, usage.completion_tokens), (3, 2));
    assert_eq!(usage.cost, Some((3.0 * 2.5 + 2.0 * 10.0) / 1e6));
}

#[tokio::test]
async fn a_stream_repeats_word_by_word_and_ends_with_the_usage() {
    let (_fake, api) = start().await;
    let chunks = stream(&api, &say("hello world")).await;
    let deltas: Vec<Option<&str>> = chunks
        .iter()
        .map(|chunk| chunk.choices[0].delta.content.as_deref())
        .collect();
    assert_eq!(deltas, [Some("hello"), Some(" world"), None]);
    let last = chunks.last().unwrap();
    assert_eq!(last.choices[0].finish_reason, Some(ChatFinishReason::Stop));
    assert_eq!(last.usage.as_ref().unwrap().total_tokens, 5);
    assert!(chunks.iter().all(|chunk| chunk.id == last.id));
}

#[tokio::test]
async fn no_more_words_come_than_tokens_are_asked_for() {
    let (_fake, api) = start().await;
    let mut chat = say("one two three");
    chat.body.max_tokens = 2.into();
    let chunks = stream(&api, &chat).await;
    let end = chunks.last().unwrap().choices[0].finish_reason.as_ref();
    assert_eq!(end, Some(&ChatFinishReason::Length));
    assert_eq!(chunks.len(), 3);
}

#[tokio::test]
async fn an_error_may_come_in_the_stream() {
    let (_fake, api) = start().await;
    let mut events = api.call(&say("fail in the stream")).events().await.unwrap();
    let first = events.try_next().await.unwrap().unwrap();
    assert_eq!(first.choices[0].delta.content.as_deref(), Some("fail"));
    let error = events.try_next().await.unwrap_err();
    assert!(error.to_string().contains("the provider fails"), "{error}");
}

#[tokio::test]
async fn the_first_model_that_there_is_answers() {
    let (_fake, api) = start().await;
    let mut chat = say("hello");
    chat.body.model = Some("nobody/nothing".to_owned());
    let error = api.send(&chat).await.unwrap_err();
    assert!(
        matches!(error.api(), Some(OpenRouterError::NotFound(_))),
        "{error}"
    );
    let error = api.call(&chat).events().await.unwrap_err();
    assert_eq!(error.status().unwrap().as_u16(), 404);
    chat.body.models = Some(vec!["anthropic/claude-sonnet-4.5".to_owned()]);
    chat.metadata = Some(MetadataLevel::Enabled);
    let answer = api.send(&chat).await.unwrap();
    assert_eq!(answer.model, "anthropic/claude-sonnet-4.5");
    let routing = answer.openrouter_metadata.unwrap();
    assert_eq!(routing.requested, "nobody/nothing");
    assert_eq!(routing.strategy, RoutingStrategy::Fallback);
}
