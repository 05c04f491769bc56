//! What a model has made can be read again, and counts for the key.

use openrouter::{
    api_keys::{CreateKey, GetCurrentKey},
    error::OpenRouterError,
    generations::{
        GenerationApiType, GenerationContentInput, GenerationFeedbackCategory, GetGeneration,
        GetGenerationContent, SubmitGenerationFeedback,
    },
};

use crate::{chat::say, client, start};

#[tokio::test]
async fn a_chat_is_kept_with_what_was_said() {
    let (_fake, api) = start().await;
    let answer = api.send(&say("hello world")).await.unwrap();
    let id = answer.id;
    let get = GetGeneration { id: id.clone() };
    let generation = api.send(&get).await.unwrap().data;
    assert_eq!(generation.api_type, Some(GenerationApiType::Completions));
    assert_eq!(generation.tokens_completion, Some(2));
    assert_eq!(Some(generation.total_cost), answer.usage.unwrap().cost);
    let get = GetGenerationContent { id: id.clone() };
    let content = api.send(&get).await.unwrap().data;
    assert_eq!(content.output.completion.as_deref(), Some("hello world"));
    let GenerationContentInput::Messages(input) = content.input else {
        panic!("{:?}", content.input);
    };
    assert_eq!(input.messages[1]["content"], "hello world");
    let key = api.send(&GetCurrentKey::default()).await.unwrap().data;
    assert_eq!(key.usage.to_bits(), generation.total_cost.to_bits());
}

#[tokio::test]
async fn a_key_pays_up_to_its_limit() {
    let (fake, api) = start().await;
    let cost = api.send(&say("hello")).await.unwrap().usage.unwrap().cost;
    let create = CreateKey {
        name: "For one chat".to_owned(),
        limit: cost.unwrap().into(),
        ..CreateKey::default()
    };
    let created = api.send(&create).await.unwrap();
    let limited = client(&fake, created.key.expose());
    limited.send(&say("hello")).await.unwrap();
    let error = limited.send(&say("hello")).await.unwrap_err();
    assert!(
        matches!(error.api(), Some(OpenRouterError::PaymentRequired(_))),
        "{error}"
    );
}

#[tokio::test]
async fn feedback_is_taken_for_what_there_is() {
    let (_fake, api) = start().await;
    let id = api.send(&say("hello")).await.unwrap().id;
    let mut feedback = SubmitGenerationFeedback {
        category: GenerationFeedbackCategory::Latency,
        comment: None,
        generation_id: id,
    };
    assert!(api.send(&feedback).await.unwrap().data.success);
    feedback.generation_id = "gen-0".to_owned();
    let error = api.send(&feedback).await.unwrap_err();
    assert!(
        matches!(error.api(), Some(OpenRouterError::NotFound(_))),
        "{error}"
    );
}
