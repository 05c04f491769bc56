//! What is asked for.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{ChatMessage, ChatTool, ChatToolChoice};
use crate::{
    common::{
        AnthropicCacheControlDirective, ChatDebugOptions, DeprecatedRoute, ImageConfigValue,
        Plugin, PromptCacheOptions, ProviderPreferences, ReasoningEffort,
        ReasoningSummaryVerbosity, ServiceTier, StopCondition, TraceConfig,
    },
    json::{Nullable, Object, constant, open_enum, union},
};

/// What to ask a model in the format of the `OpenAI` Chat Completions API.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ChatRequest {
    /// Turns on prompt caching: the last block that can be cached is marked for you. A block can be marked by itself
    /// too.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cache_control: Option<AnthropicCacheControlDirective>,
    /// What to show of how the request was transformed; only with `stream`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub debug: Option<ChatDebugOptions>,
    /// How much to avoid tokens the more often they were used, -2.0 to 2.0.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub frequency_penalty: Nullable<f64>,
    /// Options for image generation; which there are depends on the model and the provider.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image_config: Option<BTreeMap<String, ImageConfigValue>>,
    /// What to add to the likelihood of single tokens, by token.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub logit_bias: Nullable<BTreeMap<String, f64>>,
    /// Whether the answer has the log probabilities of its tokens.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub logprobs: Nullable<bool>,
    /// The most tokens that may be generated.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub max_completion_tokens: Nullable<i64>,
    /// The older name of `max_completion_tokens`, deprecated. Some providers want at least 16.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub max_tokens: Nullable<i64>,
    /// The conversation so far, oldest message first.
    pub messages: Vec<ChatMessage>,
    /// Notes of your own: at most 16 pairs, keys up to 64 characters, values up to 512.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub metadata: Option<BTreeMap<String, String>>,
    /// Drops tokens less likely than this share of the likeliest one's probability. Not every provider knows it.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub min_p: Nullable<f64>,
    /// What the answer may consist of: `text`, `image`, `audio`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub modalities: Option<Vec<ChatRequestModality>>,
    /// The model to ask, for instance `openai/gpt-4o`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub model: Option<String>,
    /// Models to try in order.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub models: Option<Vec<String>>,
    /// Whether the model may make several tool calls in one answer.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub parallel_tool_calls: Nullable<bool>,
    /// The plugins to use, with their settings.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub plugins: Option<Vec<Plugin>>,
    /// What the answer will mostly say, if you know; models that can use it answer faster.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub prediction: Nullable<Prediction>,
    /// How much to avoid tokens that were used at all, -2.0 to 2.0.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub presence_penalty: Nullable<f64>,
    /// What groups requests that share a prompt cache.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub prompt_cache_key: Nullable<String>,
    /// How the prompt is cached: `explicit` leaves it to `prompt_cache_breakpoint` alone. Only `OpenAI` models from
    /// `GPT-5.6` on.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub prompt_cache_options: Nullable<PromptCacheOptions>,
    /// Which providers may serve the request, and which are preferred.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub provider: Nullable<ProviderPreferences>,
    /// How much the model reasons, and what it shows of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reasoning: Option<ChatRequestReasoning>,
    /// A short form of `reasoning.effort`; the two must not differ.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub reasoning_effort: Nullable<ReasoningEffort>,
    /// How much to avoid tokens already used: 1.0 is neutral, more avoids them. Not every provider knows it.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub repetition_penalty: Nullable<f64>,
    /// The format of the answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub response_format: Option<ChatRequestResponseFormat>,
    /// A deprecated form of the `sort.partition` of `provider`: `fallback` means `model`, `sort` means `none`.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub route: Nullable<DeprecatedRoute>,
    /// A number that makes answers to the same request alike.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub seed: Nullable<i64>,
    /// The class of service to be processed in; `fast` is the same as `priority`.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub service_tier: Nullable<ServiceTier>,
    /// What groups requests of a conversation, at most 256 characters: they go to the same provider, which helps its
    /// cache. Goes before the header `x-session-id`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub session_id: Option<String>,
    /// Texts that end the generation, at most 4.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub stop: Nullable<ChatRequestStop>,
    /// Ends the loop of server tools when any of these holds, instead of `max_tool_calls`. Pending calls still run,
    /// then a last turn without tools gives the answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stop_server_tools_when: Option<Vec<StopCondition>>,
    /// Whether the answer comes in pieces.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stream: Option<bool>,
    /// Options of the stream.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub stream_options: Nullable<ChatStreamOptions>,
    /// How random the choice of tokens is, 0 to 2.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub temperature: Nullable<f64>,
    /// Whether the model may or must call tools, or which one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tool_choice: Option<ChatToolChoice>,
    /// The tools that the model may call.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tools: Option<Vec<ChatTool>>,
    /// Drops tokens that are too unlikely next to the likeliest one. Not every provider knows it.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub top_a: Nullable<f64>,
    /// Only so many of the likeliest tokens are considered at each step; 1 takes always the likeliest. Not every
    /// provider knows it.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub top_k: Nullable<i64>,
    /// How many of the likeliest tokens to list at each place, 0 to 20.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub top_logprobs: Nullable<i64>,
    /// Only the likeliest tokens that together reach this probability are considered, 0 to 1.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub top_p: Nullable<f64>,
    /// Names for tracing (`trace_id`, `trace_name`, `span_name`, `generation_name`, `parent_span_id`), and notes that
    /// go to your trace destinations.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trace: Option<TraceConfig>,
    /// A stable pseudonym of your end user, sent upstream only as a hash. Without it, a block by a provider can hit the
    /// whole account.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user: Option<String>,
}

open_enum! {
    /// A thing that an answer can consist of.
    pub enum ChatRequestModality { Text, Image, Audio }
}

/// What an answer will mostly say, known beforehand; models that can use it answer faster.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Prediction {
    /// The expected text.
    pub content: PredictionContent,
    /// Always `content`.
    pub r#type: PredictionType,
}

union! {
    /// The expected content of an answer: a text, or a list of parts.
    pub enum PredictionContent {
        _ => Text(String),
        _ => List(Vec<PredictionContentText>),
    }
}

/// A part of an expected answer.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct PredictionContentText {
    /// What the part says.
    pub text: String,
    /// Always `text`.
    pub r#type: PredictionContentTextType,
}

constant! {
    /// The text `text`.
    pub struct PredictionContentTextType = "text";
}

constant! {
    /// The text `content`.
    pub struct PredictionType = "content";
}

/// How a model reasons, and what it shows of it.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ChatRequestReasoning {
    /// How much the model reasons.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub effort: Nullable<ReasoningEffort>,
    /// How long the summary of the reasoning is.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub summary: Nullable<ReasoningSummaryVerbosity>,
}

union! {
    /// The format of an answer.
    pub enum ChatRequestResponseFormat {
        tag type = "text" => Text(ChatFormatTextConfig),
        tag type = "json_object" => JsonObject(ChatFormatJsonObjectConfig),
        tag type = "json_schema" => JsonSchema(ChatFormatJsonSchemaConfig),
        tag type = "grammar" => Grammar(ChatFormatGrammarConfig),
        tag type = "python" => Python(ChatFormatPythonConfig),
    }
}

/// Text as the format, which is the default.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ChatFormatTextConfig {}

/// Some JSON object as the format.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ChatFormatJsonObjectConfig {}

/// JSON that fits a schema as the format.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ChatFormatJsonSchemaConfig {
    /// The schema, and how strictly it holds.
    pub json_schema: ChatJsonSchemaConfig,
}

/// A JSON Schema for an answer.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ChatJsonSchemaConfig {
    /// What the schema is for, told to the model.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// What names the schema: letters, digits, underscores and dashes, at most 64.
    pub name: String,
    /// The JSON Schema itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub schema: Option<Object>,
    /// Whether the answer must fit the schema exactly.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub strict: Nullable<bool>,
}

/// A grammar of your own as the format.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ChatFormatGrammarConfig {
    /// The grammar that the text must follow.
    pub grammar: String,
}

/// Python code as the format.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ChatFormatPythonConfig {}

union! {
    /// Texts that end a generation, at most 4: one, or a list.
    pub enum ChatRequestStop {
        _ => Text(String),
        _ => Texts(Vec<String>),
    }
}

/// Options of a stream.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ChatStreamOptions {
    /// Deprecated and without effect: the usage is always sent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub include_usage: Option<bool>,
}
