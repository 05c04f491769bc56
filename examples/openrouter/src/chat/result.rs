//! The answer, whole and in pieces.

use serde::{Deserialize, Serialize};

use super::{ChatAssistantMessage, ChatAudioOutput, ReasoningDetail};
use crate::{
    common::{ApiErrorType, CostDetails, OpenRouterMetadata, ServerToolUseDetails},
    json::open_enum,
};

/// A whole answer of a chat.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ChatResult {
    /// The answers; mostly one.
    pub choices: Vec<ChatChoice>,
    /// When the answer was made, in Unix seconds.
    pub created: i64,
    /// What names the answer.
    pub id: String,
    /// The model that answered.
    pub model: String,
    /// How the request was routed, if that was asked for.
    pub openrouter_metadata: Option<OpenRouterMetadata>,
    /// The class of service that the provider used.
    pub service_tier: Option<String>,
    /// What names the configuration that the model ran in.
    pub system_fingerprint: Option<String>,
    /// The tokens used, and what they cost.
    pub usage: Option<ChatUsage>,
}

/// One of the answers to a request.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ChatChoice {
    /// Why the generation ended.
    pub finish_reason: Option<ChatFinishReason>,
    /// The place of the answer among the choices, from 0.
    pub index: i64,
    /// The log probabilities of the tokens.
    pub logprobs: Option<ChatTokenLogprobs>,
    /// What the model answered.
    pub message: ChatAssistantMessage,
}

open_enum! {
    /// A reason why a generation ended.
    pub enum ChatFinishReason { ToolCalls, Stop, Length, ContentFilter, Error }
}

/// The log probabilities of the tokens of an answer.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ChatTokenLogprobs {
    /// Those of the tokens of the content.
    pub content: Option<Vec<ChatTokenLogprob>>,
    /// Those of the tokens of a refusal.
    pub refusal: Option<Vec<ChatTokenLogprob>>,
}

/// A token of an answer, with its log probability and its rivals.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ChatTokenLogprob {
    /// The bytes of the token in `UTF-8`.
    pub bytes: Option<Vec<i64>>,
    /// The natural logarithm of the token's probability.
    pub logprob: f64,
    /// The token as text.
    pub token: String,
    /// The likeliest tokens at this place.
    pub top_logprobs: Vec<ChatTopLogprob>,
}

/// One of the likeliest tokens at a place.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ChatTopLogprob {
    /// The bytes of the token in `UTF-8`.
    pub bytes: Option<Vec<i64>>,
    /// The natural logarithm of the token's probability.
    pub logprob: f64,
    /// The token as text.
    pub token: String,
}

/// The tokens that an answer took, and their cost.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ChatUsage {
    /// Tokens that were generated.
    pub completion_tokens: i64,
    /// What the generated tokens were used for.
    pub completion_tokens_details: Option<ChatCompletionTokensDetails>,
    /// The cost in US dollars.
    pub cost: Option<f64>,
    /// What the provider charged, in parts.
    pub cost_details: Option<CostDetails>,
    /// Whether a provider key of your own (BYOK) was used.
    pub is_byok: Option<bool>,
    /// Tokens of the prompt.
    pub prompt_tokens: i64,
    /// What the tokens of the prompt were.
    pub prompt_tokens_details: Option<ChatPromptTokensDetails>,
    /// How often tools of the server, such as the web search, were used.
    pub server_tool_use_details: Option<ServerToolUseDetails>,
    /// Tokens of the prompt and of the answer together.
    pub total_tokens: i64,
}

/// What generated tokens were used for.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ChatCompletionTokensDetails {
    /// Tokens of the prediction that came true.
    pub accepted_prediction_tokens: Option<i64>,
    /// Tokens of audio that was generated.
    pub audio_tokens: Option<i64>,
    /// Tokens of reasoning.
    pub reasoning_tokens: Option<i64>,
    /// Tokens of the prediction that did not come true.
    pub rejected_prediction_tokens: Option<i64>,
}

/// What the tokens of a prompt were.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ChatPromptTokensDetails {
    /// Tokens of audio.
    pub audio_tokens: Option<i64>,
    /// Tokens written to the cache; only for models where that is explicit and has a price.
    pub cache_write_tokens: Option<i64>,
    /// Tokens read from the cache.
    pub cached_tokens: Option<i64>,
    /// Tokens of video.
    pub video_tokens: Option<i64>,
}

/// A piece of a streamed answer.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ChatStreamChunk {
    /// What is added to each of the answers.
    pub choices: Vec<ChatStreamChoice>,
    /// When the answer was made, in Unix seconds.
    pub created: i64,
    /// What went wrong, if something did.
    pub error: Option<ChatStreamChunkError>,
    /// What names the answer that the piece belongs to.
    pub id: String,
    /// The model that answered.
    pub model: String,
    /// How the request was routed, if that was asked for.
    pub openrouter_metadata: Option<OpenRouterMetadata>,
    /// The class of service that the provider used.
    pub service_tier: Option<String>,
    /// What names the configuration that the model ran in.
    pub system_fingerprint: Option<String>,
    /// The tokens used, and what they cost.
    pub usage: Option<ChatUsage>,
}

/// An addition to one of the answers.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ChatStreamChoice {
    /// What is added.
    pub delta: ChatStreamDelta,
    /// Why the generation ended, in the last piece.
    pub finish_reason: Option<ChatFinishReason>,
    /// The place of the answer among the choices, from 0.
    pub index: i64,
    /// The log probabilities of the tokens.
    pub logprobs: Option<ChatTokenLogprobs>,
}

/// What a piece of a stream adds to a message.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ChatStreamDelta {
    /// The next piece of the audio.
    pub audio: Option<ChatAudioOutput>,
    /// The next piece of the text.
    pub content: Option<String>,
    /// The next piece of the reasoning.
    pub reasoning: Option<String>,
    /// The reasoning in pieces; send them back so that the model can go on from it.
    pub reasoning_details: Option<Vec<ReasoningDetail>>,
    /// The next piece of the refusal.
    pub refusal: Option<String>,
    /// The next pieces of tool calls.
    pub tool_calls: Option<Vec<ChatStreamToolCall>>,
}

/// A piece of a tool call.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ChatStreamToolCall {
    /// The function, and a piece of its arguments.
    pub function: Option<ChatStreamToolCallFunction>,
    /// What names the call; its result must refer to it.
    pub id: Option<String>,
    /// The place of the call among the calls of the answer, from 0.
    pub index: i64,
}

/// A piece of the call of a function.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ChatStreamToolCallFunction {
    /// The arguments, as JSON text.
    pub arguments: Option<String>,
    /// The function to call.
    pub name: Option<String>,
}

/// An error in a stream.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ChatStreamChunkError {
    /// The code of the error, an HTTP status such as 429.
    pub code: i64,
    /// What went wrong, in words.
    pub message: String,
    /// More about the error, for programs.
    pub metadata: Option<ChatStreamChunkErrorMetadata>,
}

/// What programs can tell about an error.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ChatStreamChunkErrorMetadata {
    /// The kind of error, named alike in all APIs of OpenRouter.
    pub error_type: ApiErrorType,
    /// The error code of the provider, if there is one.
    pub provider_code: Option<String>,
}
