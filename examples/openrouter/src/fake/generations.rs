//! What models have made: what it cost, and what was said. Every request to a model is kept here, and counts for its key.

use super::prelude::*;
use crate::generations::{self as api, GetGenerationContent, SubmitGenerationFeedback};

pub(super) fn add(router: Router<Shared>) -> Router<Shared> {
    router.on(read).on(read_content).on(rate)
}

/// A request to a model that was answered.
#[derive(Debug)]
pub(super) struct Generation {
    /// The API that it came by.
    pub(super) api: api::GenerationApiType,
    pub(super) model: &'static Model,
    pub(super) input_tokens: usize,
    pub(super) output_tokens: usize,
    pub(super) finish_reason: &'static str,
    pub(super) streamed: bool,
    pub(super) input: api::GenerationContentInput,
    pub(super) output: Option<String>,
}

/// A generation as it is kept.
#[derive(Debug)]
pub(super) struct Kept {
    /// The hash of the key that it counts for.
    pub(super) key: String,
    pub(super) data: api::Generation,
    content: api::GenerationContentData,
}

impl Generation {
    /// What a model makes of a text, without a text of its own.
    pub(super) fn of(api: api::GenerationApiType, model: &'static Model, prompt: &str) -> Self {
        let input_tokens = words::count(prompt);
        let prompt = prompt.to_owned();
        Self {
            api,
            model,
            input_tokens,
            output_tokens: 0,
            finish_reason: "stop",
            streamed: false,
            input: api::GenerationPromptInput { prompt }.into(),
            output: None,
        }
    }

    /// Its tokens and what they cost, by the names that most operations have for them.
    pub(super) fn usage(&self) -> Value {
        let (input, output) = (self.input_tokens, self.output_tokens);
        json!({
            "prompt_tokens": input, "completion_tokens": output, "total_tokens": input + output,
            "cost": self.cost(), "is_byok": false,
        })
    }

    pub(super) fn cost(&self) -> f64 {
        self.model.cost(self.input_tokens, self.output_tokens)
    }

    /// Keeps it for the key of the request, which pays, and tells what names it.
    pub(super) fn keep(&self, state: &mut State) -> Result<String> {
        let id = format!("gen-{}", state.new_id());
        let (key, cost) = (state.caller.clone(), self.cost());
        // All of them began to be used today.
        let payer = state.keys.get_mut(&key)?;
        if payer.limit_remaining.is_some_and(|left| left < cost) {
            return Err(payment_required("the limit of the key is reached"));
        }
        payer.limit_remaining = payer.limit_remaining.map(|left| left - cost);
        payer.usage += cost;
        payer.usage_daily += cost;
        payer.usage_weekly += cost;
        payer.usage_monthly += cost;
        let (input, output) = (self.input_tokens, self.output_tokens);
        let data = typed(json!({
            "id": id, "api_type": self.api, "model": self.model.id,
            "provider_name": self.model.provider().name, "workspace_id": payer.workspace_id,
            "created_at": now(), "data_region": "global", "origin": "",
            "finish_reason": self.finish_reason, "native_finish_reason": self.finish_reason,
            "streamed": self.streamed, "cancelled": false, "is_byok": false,
            "tokens_prompt": input, "tokens_completion": output,
            "native_tokens_prompt": input, "native_tokens_completion": output,
            "usage": cost, "total_cost": cost, "upstream_inference_cost": 0.0,
        }))?;
        let content = typed(json!({"input": self.input, "output": {"completion": self.output}}))?;
        state.generations.insert(Kept { key, data, content })?;
        Ok(id)
    }
}

async fn read(state: Held, request: api::GetGeneration) -> Answer<api::GetGeneration> {
    let data = state.generations.get(&request.id)?.data.clone();
    Ok(api::GenerationResponse { data })
}

async fn read_content(state: Held, request: GetGenerationContent) -> Answer<GetGenerationContent> {
    let data = state.generations.get(&request.id)?.content.clone();
    Ok(api::GenerationContentResponse { data })
}

async fn rate(state: Held, request: SubmitGenerationFeedback) -> Answer<SubmitGenerationFeedback> {
    rules::length("comment", request.comment.as_deref(), 0..=1000)?;
    state.generations.get(&request.generation_id)?;
    let data = api::GenerationFeedbackResult { success: true };
    Ok(api::SubmitGenerationFeedbackResponse { data })
}
