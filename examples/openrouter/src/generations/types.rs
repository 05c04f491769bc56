//! What the answers hold.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{
    common::ProviderName,
    json::{open_enum, response_union},
};

/// The answer to reading a generation.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct GenerationResponse {
    /// The generation.
    pub data: Generation,
}

/// What is on record of a generation: usage, cost, timing and routing.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Generation {
    /// Which API the generation was made with.
    pub api_type: Option<GenerationApiType>,
    /// The app that sent the request, by number.
    pub app_id: Option<i64>,
    /// What caching took off the price.
    pub cache_discount: Option<f64>,
    /// Whether the generation was stopped before its end.
    pub cancelled: Option<bool>,
    /// When the generation was made, an RFC 3339 date.
    pub created_at: String,
    /// The region the request was routed through.
    pub data_region: GenerationDataRegion,
    /// The user of the app, as the request named them.
    pub external_user: Option<String>,
    /// Why the generation ended.
    pub finish_reason: Option<String>,
    /// How long generating took, in milliseconds.
    pub generation_time: Option<f64>,
    /// The `Referer` header of the request.
    pub http_referer: Option<String>,
    /// What names the generation in this API.
    pub id: String,
    /// Whether a provider key of your own (BYOK) was used.
    pub is_byok: bool,
    /// The whole latency, in milliseconds.
    pub latency: Option<f64>,
    /// The model that generated.
    pub model: String,
    /// How long moderation took, in milliseconds.
    pub moderation_latency: Option<f64>,
    /// Why the generation ended, in the provider's own term.
    pub native_finish_reason: Option<String>,
    /// Cached tokens, as the provider counted.
    pub native_tokens_cached: Option<i64>,
    /// Generated tokens, as the provider counted.
    pub native_tokens_completion: Option<i64>,
    /// Generated image tokens, as the provider counted.
    pub native_tokens_completion_images: Option<i64>,
    /// Prompt tokens, as the provider counted.
    pub native_tokens_prompt: Option<i64>,
    /// Reasoning tokens, as the provider counted.
    pub native_tokens_reasoning: Option<i64>,
    /// How many web pages were fetched.
    pub num_fetches: Option<i64>,
    /// How many pieces of audio the prompt had.
    pub num_input_audio_prompt: Option<i64>,
    /// How many media the completion had.
    pub num_media_completion: Option<i64>,
    /// How many media the prompt had.
    pub num_media_prompt: Option<i64>,
    /// How many search results were put in.
    pub num_search_results: Option<i64>,
    /// The URL the request came from.
    pub origin: String,
    /// The preset that was used; `null` without one.
    pub preset_id: Option<String>,
    /// The provider that answered the request.
    pub provider_name: Option<String>,
    /// What each provider answered, failed attempts included.
    pub provider_responses: Option<Vec<ProviderResponse>>,
    /// The API request that this generation and maybe others are part of.
    pub request_id: Option<String>,
    /// The generation whose cached response was used; `null` if none was.
    pub response_cache_source_id: Option<String>,
    /// The router that chose the model, such as `openrouter/auto`.
    pub router: Option<String>,
    /// The service tier the provider says it used; `null` if it said none.
    pub service_tier: Option<String>,
    /// The session that this generation and others are part of.
    pub session_id: Option<String>,
    /// Whether the response came as a stream.
    pub streamed: Option<bool>,
    /// Tokens of the completion.
    pub tokens_completion: Option<i64>,
    /// Tokens of the prompt.
    pub tokens_prompt: Option<i64>,
    /// What the generation cost in all, in US dollars.
    pub total_cost: f64,
    /// What the provider calls this generation.
    pub upstream_id: Option<String>,
    /// What the provider charged.
    pub upstream_inference_cost: Option<f64>,
    /// What was used, in US dollars.
    pub usage: f64,
    /// The `User-Agent` header of the request.
    pub user_agent: Option<String>,
    /// The engine that web searches went to, such as `exa`.
    pub web_search_engine: Option<String>,
    /// The workspace it counts for (the default one, if it is older than workspaces); `null` in an account without any.
    pub workspace_id: Option<String>,
}

open_enum! {
    /// The API a generation was made with.
    pub enum GenerationApiType { Completions, Embeddings, Rerank, Tts, Stt, Video, Image }

    /// The region a generation was routed through.
    pub enum GenerationDataRegion { Global, Europe, Us }
}

/// What one provider answered in one attempt at a generation.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ProviderResponse {
    /// The endpoint that was tried, by its internal ID.
    pub endpoint_id: Option<String>,
    /// What the provider calls its response.
    pub id: Option<String>,
    /// Whether a provider key of your own (BYOK) was used.
    pub is_byok: Option<bool>,
    /// How long the answer took, in milliseconds.
    pub latency: Option<f64>,
    /// The canonical slug of the model.
    pub model_permaslug: Option<String>,
    /// The provider that was tried.
    pub provider_name: Option<ProviderName>,
    /// The tier the request was routed to; the provider decides which it applies and bills.
    pub routed_service_tier: Option<RoutedServiceTier>,
    /// The HTTP status the provider answered with.
    pub status: Option<i64>,
}

open_enum! {
    /// A service tier a request is routed to; the provider may apply and bill another.
    pub enum RoutedServiceTier { Flex, Priority }
}

/// The answer to reading the content of a generation.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct GenerationContentResponse {
    /// What is stored of the prompt, the completion and the failure.
    pub data: GenerationContentData,
}

/// What is stored of a generation's prompt and completion, and of its failure if it failed.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct GenerationContentData {
    /// How the generation failed; `null` if it did not.
    pub error: Option<GenerationContentError>,
    /// What was sent: a prompt or messages.
    pub input: GenerationContentInput,
    /// What was generated.
    pub output: GenerationContentOutput,
}

/// How a generation failed.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct GenerationContentError {
    /// The message the client got.
    pub message: Option<String>,
    /// The attempts that failed before, in their order.
    pub previous_errors: Vec<GenerationContentErrorAttempt>,
    /// The provider whose error the client got, if known.
    pub provider_name: Option<String>,
    /// The body of the error as it came, if stored.
    pub raw: Option<String>,
    /// The HTTP status the client got.
    pub status: Option<i64>,
}

/// One failed attempt at a generation.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct GenerationContentErrorAttempt {
    /// The HTTP status of the attempt.
    pub code: i64,
    /// The error message of the attempt.
    pub message: String,
    /// The provider that was tried, if known.
    pub provider_name: Option<String>,
    /// The body of the error as the provider sent it, if stored.
    pub raw: Option<String>,
}

response_union! {
    /// What a generation was made from: a prompt or messages.
    pub enum GenerationContentInput {
        _ => Prompt(GenerationPromptInput),
        _ => Messages(GenerationMessagesInput),
    }
}

/// A stored prompt of plain text.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct GenerationPromptInput {
    /// The text of the prompt.
    pub prompt: String,
}

/// A stored prompt of messages.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct GenerationMessagesInput {
    /// The messages, as they were sent.
    pub messages: Vec<Value>,
}

/// What a generation gave.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct GenerationContentOutput {
    /// The text of the completion.
    pub completion: Option<String>,
    /// The reasoning before it, if there was any.
    pub reasoning: Option<String>,
}

open_enum! {
    /// A kind of problem with a generation.
    pub enum GenerationFeedbackCategory {
        Latency, Incoherence, IncorrectResponse, Formatting, Billing, ApiError, Other2 = "other",
    }
}

/// The answer to feedback.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct SubmitGenerationFeedbackResponse {
    /// Whether it worked.
    pub data: GenerationFeedbackResult,
}

/// The outcome of sending feedback.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct GenerationFeedbackResult {
    /// Whether the feedback was stored.
    pub success: bool,
}
