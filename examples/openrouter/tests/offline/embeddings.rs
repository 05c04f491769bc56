//! Texts become vectors, which are near each other where the texts have the same words.

use base64::{Engine, prelude::BASE64_STANDARD};
use openrouter::{
    embeddings::{CreateEmbeddings, EmbeddingVector, EmbeddingsEncodingFormat, EmbeddingsRequest},
    error::OpenRouterError,
};
use serde_json::{Value, json};

use crate::start;

fn embed(input: &Value) -> CreateEmbeddings {
    let body = json!({"model": "openai/text-embedding-3-small", "input": input});
    CreateEmbeddings {
        body: serde_json::from_value::<EmbeddingsRequest>(body).unwrap(),
    }
}

fn numbers(vector: &EmbeddingVector) -> &[f64] {
    match vector {
        EmbeddingVector::Numbers(numbers) => numbers,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn texts_with_the_same_words_are_near_each_other() {
    let (_fake, api) = start().await;
    let embed = embed(&json!(["a red fox", "the red fox", "blue sky"]));
    let answer = api.send(&embed).await.unwrap();
    let vector = |index: usize| numbers(&answer.data[index].embedding);
    let near =
        |a: usize, b: usize| -> f64 { vector(a).iter().zip(vector(b)).map(|(a, b)| a * b).sum() };
    assert_eq!(vector(0).len(), 1536);
    assert!((near(0, 0) - 1.0).abs() < 1e-6);
    assert!((near(0, 1) - 2.0 / 3.0).abs() < 1e-6);
    assert!(near(0, 2).abs() < 1e-6);
    assert_eq!(answer.usage.unwrap().prompt_tokens, 8);
}

#[tokio::test]
async fn the_encoding_and_the_number_of_numbers_are_chosen() {
    let (_fake, api) = start().await;
    let mut embed = embed(&json!("hello world"));
    embed.body.dimensions = Some(4);
    let plain = api.send(&embed).await.unwrap();
    embed.body.encoding_format = Some(EmbeddingsEncodingFormat::Base64);
    let encoded = api.send(&embed).await.unwrap();
    let EmbeddingVector::Text(text) = &encoded.data[0].embedding else {
        panic!("{encoded:?}");
    };
    let bytes = BASE64_STANDARD.decode(text).unwrap();
    let decoded = bytes
        .chunks(4)
        .map(|bytes| f32::from_le_bytes(bytes.try_into().unwrap()));
    let decoded: Vec<f64> = decoded.map(f64::from).collect();
    assert_eq!(decoded, numbers(&plain.data[0].embedding));
    assert_eq!(decoded.len(), 4);
}

#[tokio::test]
async fn tokens_and_parts_are_embedded_too() {
    let (_fake, api) = start().await;
    let parts = json!([{"content": [{"type": "text", "text": "a fox"}]}, {"content": [
        {"type": "image_url", "image_url": {"url": "https://images.example/fox"}},
    ]}]);
    for (input, expected) in [(json!([1, 2, 3]), 1), (json!([[1, 2], [3]]), 2), (parts, 2)] {
        let answer = api.send(&embed(&input)).await.unwrap();
        assert_eq!(answer.data.len(), expected, "{input}");
    }
}

#[tokio::test]
async fn what_cannot_be_embedded_is_refused() {
    let (_fake, api) = start().await;
    let mut huge = embed(&json!("hello"));
    huge.body.dimensions = Some(10_000);
    for embed in [huge, embed(&json!([])), embed(&json!(" "))] {
        let error = api.send(&embed).await.unwrap_err();
        assert!(
            matches!(error.api(), Some(OpenRouterError::BadRequest(_))),
            "{error}"
        );
    }
}
