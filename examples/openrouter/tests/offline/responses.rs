//! The same in the format of `OpenAI`'s Responses API, with its events.

use futures_util::TryStreamExt;
use openrouter::responses::{
    AssistantContentPart, CreateResponse, ResponseStatus, ResponsesOutputItem, ResponsesRequest,
    ResponsesStreamEvent,
};

use crate::{assert_refused, start};

fn say(model: &str, text: &str) -> CreateResponse {
    CreateResponse {
        body: ResponsesRequest {
            model: Some(model.to_owned()),
            input: Some(text.to_owned().into()),
            max_output_tokens: 3.into(),
            ..ResponsesRequest::default()
        },
        ..CreateResponse::default()
    }
}

#[tokio::test]
async fn the_input_is_repeated_up_to_the_limit() {
    let (_fake, api) = start().await;
    let answer = api
        .send(&say("openai/gpt-4o", "one two three four"))
        .await
        .unwrap();
    assert_eq!(answer.status, ResponseStatus::Incomplete);
    assert_eq!(answer.max_output_tokens, Some(3));
    let [ResponsesOutputItem::Message(message)] = &answer.output[..] else {
        panic!("{answer:?}");
    };
    let [AssistantContentPart::OutputText(part)] = &message.content[..] else {
        panic!("{message:?}");
    };
    assert_eq!(part.text, "one two three");
    assert_eq!(answer.usage.unwrap().output_tokens, 3);
}

#[tokio::test]
async fn the_events_come_in_their_order() {
    let (_fake, api) = start().await;
    let events = api
        .call(&say("openai/gpt-4o", "hello world"))
        .events()
        .await
        .unwrap();
    let events: Vec<ResponsesStreamEvent> = events.try_collect().await.unwrap();
    let (mut text, mut order) = (String::new(), Vec::new());
    for event in &events {
        order.push(match event {
            ResponsesStreamEvent::Created(_) => "created",
            ResponsesStreamEvent::InProgress(_) => "in progress",
            ResponsesStreamEvent::OutputItemAdded(_) => "item",
            ResponsesStreamEvent::ContentPartAdded(_) => "part",
            ResponsesStreamEvent::OutputTextDelta(event) => {
                text.push_str(&event.delta);
                "delta"
            }
            ResponsesStreamEvent::OutputTextDone(event) => {
                assert_eq!(event.text, "hello world");
                "text"
            }
            ResponsesStreamEvent::ContentPartDone(_) => "end of part",
            ResponsesStreamEvent::OutputItemDone(_) => "end of item",
            ResponsesStreamEvent::Completed(event) => {
                assert_eq!(event.response.status, ResponseStatus::Completed);
                "completed"
            }
            other => panic!("{other:?}"),
        });
    }
    assert_eq!(text, "hello world");
    order.dedup();
    let expected = [
        "created",
        "in progress",
        "item",
        "part",
        "delta",
        "text",
        "end of part",
        "end of item",
        "completed",
    ];
    assert_eq!(order, expected);
}

#[tokio::test]
async fn a_model_that_is_not_there_is_refused() {
    let (_fake, api) = start().await;
    assert_refused(api.send(&say("no/such", "hi")).await, 404);
}
