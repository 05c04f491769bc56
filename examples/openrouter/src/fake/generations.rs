//! What models have made: what it cost, and what was said. Every request to a model is kept here, and counts for its key.

use axum::{
    Json, Router,
    extract::{Query, State},
    routing::{get, post},
};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::{
    Answer,
    catalogue::Model,
    refusal::Refusal,
    state::{self, Shared, now},
};

pub(super) fn routes() -> Router<Shared> {
    Router::new()
        .route("/generation", get(read))
        .route("/generation/content", get(read_content))
        .route("/generation/feedback", post(take_feedback))
}

/// A request to a model that was answered.
#[derive(Debug)]
pub(super) struct Generation {
    /// The API that it came by: `completions`, `embeddings`.
    pub(super) api: &'static str,
    pub(super) model: &'static Model,
    pub(super) input_tokens: usize,
    pub(super) output_tokens: usize,
    pub(super) finish_reason: &'static str,
    pub(super) streamed: bool,
    /// A prompt, or messages.
    pub(super) input: Value,
    pub(super) output: Option<String>,
}

impl Generation {
    pub(super) fn cost(&self) -> f64 {
        self.model.cost(self.input_tokens, self.output_tokens)
    }

    /// Keeps it, and tells what names it.
    pub(super) fn keep(&self, state: &mut state::State, key: &str) -> Result<String, Refusal> {
        let id = format!("gen-{}", state.new_id());
        let cost = self.cost();
        let payer = state.keys.get(key)?;
        if payer["limit_remaining"]
            .as_f64()
            .is_some_and(|left| left < cost)
        {
            let message = "the limit of the key is reached";
            return Err(Refusal::payment_required(message));
        }
        let workspace = payer["workspace_id"].clone();
        let data = json!({
            "id": id,
            "api_type": self.api,
            "model": self.model.id,
            "provider_name": self.model.provider().name,
            "created_at": now(),
            "data_region": "global",
            "origin": "",
            "finish_reason": self.finish_reason,
            "native_finish_reason": self.finish_reason,
            "streamed": self.streamed,
            "cancelled": false,
            "is_byok": false,
            "tokens_prompt": self.input_tokens,
            "tokens_completion": self.output_tokens,
            "native_tokens_prompt": self.input_tokens,
            "native_tokens_completion": self.output_tokens,
            "usage": cost,
            "total_cost": cost,
            "upstream_inference_cost": 0.0,
            "workspace_id": workspace,
        });
        let content = json!({
            "input": self.input,
            "output": {"completion": self.output, "reasoning": null},
            "error": null,
        });
        let kept = json!({"id": id, "key": key, "data": data, "content": content});
        state.generations.insert(kept)?;
        charge(state, key, cost)?;
        Ok(id)
    }
}

/// Adds to what a key has used, which all began to be used today.
fn charge(state: &mut state::State, key: &str, cost: f64) -> Result<(), Refusal> {
    let used = state.keys.get(key)?;
    let mut changes = Map::new();
    for member in ["usage", "usage_daily", "usage_weekly", "usage_monthly"] {
        let sum = used[member].as_f64().unwrap_or(0.0) + cost;
        changes.insert(member.to_owned(), json!(sum));
    }
    if let Some(left) = used["limit_remaining"].as_f64() {
        changes.insert("limit_remaining".to_owned(), json!(left - cost));
    }
    state.keys.update(key, changes).map(drop)
}

#[derive(Deserialize)]
struct Wanted {
    id: String,
}

async fn read(State(shared): State<Shared>, Query(wanted): Query<Wanted>) -> Answer {
    let state = shared.lock();
    let generation = state.generations.get(&wanted.id)?;
    Ok(Json(json!({"data": generation["data"]})))
}

async fn read_content(State(shared): State<Shared>, Query(wanted): Query<Wanted>) -> Answer {
    let state = shared.lock();
    let generation = state.generations.get(&wanted.id)?;
    Ok(Json(json!({"data": generation["content"]})))
}

async fn take_feedback(
    State(shared): State<Shared>,
    Json(mut body): Json<Map<String, Value>>,
) -> Answer {
    let id = body.remove("generation_id").unwrap_or_default();
    let mut feedback = Map::new();
    feedback.insert("feedback".to_owned(), Value::Object(body));
    let id = id.as_str().unwrap_or_default();
    shared.lock().generations.update(id, feedback)?;
    Ok(Json(json!({"data": {"success": true}})))
}
