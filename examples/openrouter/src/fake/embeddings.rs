//! Embeddings: each word adds to one number of the vector, which its hash chooses, so that texts with the same words are
//! near each other.

use axum::{Extension, Json, Router, extract::State, routing::post};
use base64::{Engine, prelude::BASE64_STANDARD};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::{
    Answer, catalogue, check::Caller, generations::Generation, refusal::Refusal, state::Shared,
    words,
};

pub(super) fn routes() -> Router<Shared> {
    Router::new().route("/embeddings", post(embed))
}

/// How many numbers a vector has, where a request does not say, and at most.
const DIMENSIONS: u64 = 1536;

async fn embed(
    State(shared): State<Shared>,
    Extension(caller): Extension<Caller>,
    Json(body): Json<Value>,
) -> Answer {
    let model = body["model"].as_str().unwrap_or_default();
    let model = catalogue::find_maker(model, "embeddings")?;
    let dimensions = body["dimensions"].as_u64();
    let dimensions = match dimensions {
        None if body["dimensions"].is_null() => DIMENSIONS,
        Some(dimensions @ 1..=DIMENSIONS) => dimensions,
        _ => {
            let message = format!("`dimensions` is not from 1 to {DIMENSIONS}");
            return Err(Refusal::bad_request(message));
        }
    };
    let texts = texts(&body["input"]);
    if texts.iter().any(|text| words::count(text) == 0) || texts.is_empty() {
        return Err(Refusal::bad_request("there is nothing to embed"));
    }
    let in_base64 = body["encoding_format"] == "base64";
    let data: Vec<Value> = texts
        .iter()
        .enumerate()
        .map(|(index, text)| {
            let vector = vector(text, dimensions);
            let embedding = if in_base64 {
                json!(encode(&vector))
            } else {
                json!(vector)
            };
            json!({"object": "embedding", "index": index, "embedding": embedding})
        })
        .collect();
    let generation = Generation {
        api: "embeddings",
        model,
        input_tokens: texts.iter().map(|text| words::count(text)).sum(),
        output_tokens: 0,
        finish_reason: "stop",
        streamed: false,
        input: json!({"prompt": texts.join("\n")}),
        output: None,
    };
    let id = generation.keep(&mut shared.lock(), &caller.0)?;
    Ok(Json(json!({
        "id": id,
        "object": "list",
        "model": model.id,
        "data": data,
        "usage": {
            "prompt_tokens": generation.input_tokens,
            "total_tokens": generation.input_tokens,
            "cost": generation.cost(),
        },
    })))
}

/// The texts of an input: itself, those in it, or what stands for them, such as the numbers of tokens.
fn texts(input: &Value) -> Vec<String> {
    match input {
        Value::Array(items) if !items.iter().all(Value::is_number) => {
            items.iter().map(text).collect()
        }
        input => vec![text(input)],
    }
}

fn text(input: &Value) -> String {
    match input {
        Value::String(text) => text.clone(),
        Value::Array(tokens) => {
            let tokens = tokens.iter().map(Value::to_string);
            tokens.collect::<Vec<_>>().join(" ")
        }
        // Parts that are no text, such as images, count as what they are in JSON.
        Value::Object(input) => {
            let parts = input.get("content").and_then(Value::as_array);
            let parts = parts
                .into_iter()
                .flatten()
                .map(|part| match part["text"].as_str() {
                    Some(text) => text.to_owned(),
                    None => part.to_string(),
                });
            parts.collect::<Vec<_>>().join(" ")
        }
        _ => String::new(),
    }
}

/// A vector of length 1, unless its words take each other away.
fn vector(text: &str, dimensions: u64) -> Vec<f32> {
    let mut vector = vec![0_f32; usize::try_from(dimensions).unwrap_or_default()];
    for word in text.to_lowercase().split_whitespace() {
        let hash = Sha256::digest(word.as_bytes());
        let mut number = [0; 8];
        number.copy_from_slice(&hash[..8]);
        let index = u64::from_le_bytes(number) % dimensions;
        let sign = if hash[8] & 1 == 0 { 1.0 } else { -1.0 };
        vector[usize::try_from(index).unwrap_or_default()] += sign;
    }
    let length = vector
        .iter()
        .map(|number| number * number)
        .sum::<f32>()
        .sqrt();
    if length > 0.0 {
        for number in &mut vector {
            *number /= length;
        }
    }
    vector
}

/// The numbers as they are in memory, the lowest byte first.
fn encode(vector: &[f32]) -> String {
    let bytes: Vec<u8> = vector
        .iter()
        .flat_map(|number| number.to_le_bytes())
        .collect();
    BASE64_STANDARD.encode(bytes)
}
