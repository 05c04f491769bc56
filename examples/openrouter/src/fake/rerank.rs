//! Documents are sorted by how many words of the query they have.

use std::collections::BTreeSet;

use axum::{Extension, Json, Router, extract::State, routing::post};
use serde_json::{Value, json};

use super::{
    Answer, catalogue, check::Caller, generations::Generation, refusal::Refusal, state::Shared,
    words,
};

pub(super) fn routes() -> Router<Shared> {
    Router::new().route("/rerank", post(rerank))
}

async fn rerank(
    State(shared): State<Shared>,
    Extension(caller): Extension<Caller>,
    Json(body): Json<Value>,
) -> Answer {
    let text = |member: &str| body[member].as_str().unwrap_or_default();
    let model = catalogue::find_maker(text("model"), "rerank")?;
    let query = words_of(text("query"));
    let documents: Vec<Value> = body["documents"]
        .as_array()
        .into_iter()
        .flatten()
        .map(document)
        .collect();
    if query.is_empty() || documents.is_empty() {
        return Err(Refusal::bad_request(
            "there is no query, or nothing to sort",
        ));
    }
    let texts = documents
        .iter()
        .map(|document| document["text"].as_str().unwrap_or_default());
    let tokens: usize = texts.clone().map(words::count).sum();
    let mut results: Vec<(usize, f64)> =
        texts.map(|text| score(&query, text)).enumerate().collect();
    results.sort_by(|(_, a), (_, b)| b.total_cmp(a));
    let most = body["top_n"]
        .as_u64()
        .and_then(|most| usize::try_from(most).ok());
    results.truncate(most.unwrap_or(usize::MAX));
    let results: Vec<Value> = results
        .into_iter()
        .map(|(index, score)| json!({"index": index, "relevance_score": score, "document": documents[index]}))
        .collect();
    let generation = Generation {
        api: "rerank",
        model,
        input_tokens: tokens + words::count(text("query")),
        output_tokens: 0,
        finish_reason: "stop",
        streamed: false,
        input: json!({"prompt": text("query")}),
        output: None,
    };
    let id = generation.keep(&mut shared.lock(), &caller.0)?;
    Ok(Json(json!({
        "id": id,
        "model": model.id,
        "provider": model.provider().name,
        "results": results,
        "usage": {
            "cost": generation.cost(),
            "search_units": 1,
            "total_tokens": generation.input_tokens,
        },
    })))
}

/// A document in its long form.
fn document(document: &Value) -> Value {
    match document {
        Value::String(text) => json!({"text": text}),
        document => document.clone(),
    }
}

fn words_of(text: &str) -> BTreeSet<String> {
    let words = text.split(|char: char| !char.is_alphanumeric());
    let words = words.filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}

/// Which part of the words of the query a text has.
#[allow(clippy::cast_precision_loss, reason = "there are few words")]
fn score(query: &BTreeSet<String>, text: &str) -> f64 {
    query.intersection(&words_of(text)).count() as f64 / query.len() as f64
}
