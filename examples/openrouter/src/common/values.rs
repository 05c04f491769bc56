//! Small values.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::json::{Nullable, Object, constant, open_enum, response_union, union};

union! {
    /// A text or a number that a filter compares with.
    pub enum AnalyticsFilterScalar {
        _ => Text(String),
        _ => Number(f64),
    }
}

open_enum! {
    /// The direction of a sort order.
    pub enum SortDirection { Asc, Desc }
}

/// Options for the provider that serves a request.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ProviderPassthrough {
    /// Options by the provider's slug; those of the one that serves the request go along.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub options: Option<BTreeMap<String, Object>>,
}

open_enum! {
    /// How often a spending limit starts anew.
    pub enum LimitReset { Daily, Weekly, Monthly }

    /// Whether an answer says how the request was routed.
    pub enum MetadataLevel { Disabled, Enabled }
}

/// What a stream tells about how the request was changed on its way.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ChatDebugOptions {
    /// Whether the first chunk of a stream holds the request as the provider got it; streams only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub echo_upstream_body: Option<bool>,
}

union! {
    /// A setting of image generation: a text, a number or a list.
    pub enum ImageConfigValue {
        _ => Text(String),
        _ => Number(f64),
        _ => List(Vec<Value>),
    }
}

/// Marks the end of what is cached of a prompt, in the manner of `OpenAI`.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct PromptCacheBreakpoint {
    /// Always `explicit`.
    pub mode: PromptCacheBreakpointMode,
}

constant! {
    /// The text `explicit`.
    pub struct PromptCacheBreakpointMode = "explicit";
}

/// Where a generated image is.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct GeneratedImageUrl {
    /// The image's URL, or its data in base64 as a `data:` URL.
    pub url: String,
}

open_enum! { "kebab-case";
    /// The format that reasoning is written in, which says whose models can read it again.
    pub enum ReasoningFormat {
        Unknown, OpenaiResponsesV1, AzureOpenaiResponsesV1, BedrockOpenaiResponsesV1,
        BedrockXaiResponsesV1, XaiResponsesV1, MetaResponsesV1, AnthropicClaudeV1, GoogleGeminiV1,
    }
}

/// How the prompt of a request is cached; with the mode `explicit`, at its breakpoints alone.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct PromptCacheOptions {
    /// Always `explicit`.
    pub mode: PromptCacheOptionsMode,
    /// How long the cache lives.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub ttl: Nullable<String>,
}

constant! {
    /// The text `explicit`.
    pub struct PromptCacheOptionsMode = "explicit";
}

open_enum! {
    /// Deprecated in favour of `partition`: how fallback models are sorted.
    pub enum DeprecatedRoute { Fallback, Sort }

    /// The tier that processes a request; `fast` is another name of `priority`.
    pub enum ServiceTier { Auto, Default, Fast, Flex, Priority, Scale }
}

/// Names for the traces of a request; other members go along as they are.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct TraceConfig {
    /// The name of the generation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub generation_name: Option<String>,
    /// The span that the request belongs to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parent_span_id: Option<String>,
    /// The name of the span.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub span_name: Option<String>,
    /// The trace that the request belongs to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trace_id: Option<String>,
    /// The name of the trace.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trace_name: Option<String>,
    /// Members that have no name here.
    #[serde(flatten)]
    pub extra: BTreeMap<String, Value>,
}

/// What the provider asks for a request, in US dollars.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct CostDetails {
    /// For the output.
    pub upstream_inference_completions_cost: f64,
    /// For all of it.
    pub upstream_inference_cost: Option<f64>,
    /// For the input.
    pub upstream_inference_prompt_cost: f64,
}

open_enum! {
    /// The kind of an error, the same in every format of the API.
    pub enum ApiErrorType {
        ContextLengthExceeded, MaxTokensExceeded, TokenLimitExceeded, StringTooLong, Authentication,
        PermissionDenied, PaymentRequired, RateLimitExceeded, ProviderOverloaded,
        ProviderUnavailable, InvalidRequest, InvalidPrompt, NotFound, PreconditionFailed,
        PayloadTooLarge, Unprocessable, ContentPolicyViolation, Refusal, InvalidImage,
        ImageTooLarge, ImageTooSmall, UnsupportedImageFormat, ImageNotFound, ImageDownloadFailed,
        Server, Timeout, Unmapped,
    }

    /// A use that models are put to.
    pub enum UseCategory {
        Programming, Roleplay, Marketing, MarketingSeo = "marketing/seo", Technology, Science,
        Translation, Legal, Finance, Health, Trivia, Academia,
    }
}

/// An image, by its URL.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ContentPartImage {
    /// Where the image is.
    pub image_url: GeneratedImageUrl,
}

/// How many tokens were put into the cache, by its lifetime.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct AnthropicCacheCreation {
    /// Tokens of input that are kept for an hour.
    pub ephemeral_1h_input_tokens: i64,
    /// Tokens of input that are kept for five minutes.
    pub ephemeral_5m_input_tokens: i64,
}

response_union! {
    /// What one step of a request used.
    pub enum AnthropicUsageIteration {
        tag type = "compaction" => Compaction(AnthropicCompactionUsage),
        tag type = "message" => Message(AnthropicMessageUsage),
        tag type = "advisor_message" => AdvisorMessage(AnthropicAdvisorUsage),
        _ => AnthropicUnknownUsageIteration(AnthropicOtherUsage),
    }
}

/// What a summary of the conversation used.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct AnthropicCompactionUsage {
    /// The tokens written to the cache, by how long they are kept.
    pub cache_creation: Option<AnthropicIterationCacheCreation>,
    /// Input tokens that were written to the cache.
    pub cache_creation_input_tokens: Option<i64>,
    /// Input tokens that were read from the cache.
    pub cache_read_input_tokens: Option<i64>,
    /// Input tokens that had nothing to do with the cache.
    pub input_tokens: Option<i64>,
    /// Tokens that were generated.
    pub output_tokens: Option<i64>,
}

/// How many tokens a step put into the cache, by its lifetime.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct AnthropicIterationCacheCreation {
    /// Tokens of input that are kept for an hour.
    pub ephemeral_1h_input_tokens: Option<i64>,
    /// Tokens of input that are kept for five minutes.
    pub ephemeral_5m_input_tokens: Option<i64>,
}

/// What a message used.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct AnthropicMessageUsage {
    /// The tokens written to the cache, by how long they are kept.
    pub cache_creation: Option<AnthropicIterationCacheCreation>,
    /// Input tokens that were written to the cache.
    pub cache_creation_input_tokens: Option<i64>,
    /// Input tokens that were read from the cache.
    pub cache_read_input_tokens: Option<i64>,
    /// Input tokens that had nothing to do with the cache.
    pub input_tokens: Option<i64>,
    /// Tokens that were generated.
    pub output_tokens: Option<i64>,
    /// The model that wrote it.
    pub model: Option<String>,
}

/// What the message of an advisor used.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct AnthropicAdvisorUsage {
    /// The tokens written to the cache, by how long they are kept.
    pub cache_creation: Option<AnthropicIterationCacheCreation>,
    /// Input tokens that were written to the cache.
    pub cache_creation_input_tokens: Option<i64>,
    /// Input tokens that were read from the cache.
    pub cache_read_input_tokens: Option<i64>,
    /// Input tokens that had nothing to do with the cache.
    pub input_tokens: Option<i64>,
    /// Tokens that were generated.
    pub output_tokens: Option<i64>,
    /// The advisor's model.
    pub model: String,
}

/// What a step of a kind unknown here used.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct AnthropicOtherUsage {
    /// The tokens written to the cache, by how long they are kept.
    pub cache_creation: Option<AnthropicIterationCacheCreation>,
    /// Input tokens that were written to the cache.
    pub cache_creation_input_tokens: Option<i64>,
    /// Input tokens that were read from the cache.
    pub cache_read_input_tokens: Option<i64>,
    /// Input tokens that had nothing to do with the cache.
    pub input_tokens: Option<i64>,
    /// Tokens that were generated.
    pub output_tokens: Option<i64>,
    /// The kind of the step.
    pub r#type: String,
}

open_enum! {
    /// How fast an answer is to be made.
    pub enum AnthropicSpeed { Fast, Standard }
}

/// A tool that is known by its type alone; its settings go along as they are.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct MessagesOtherTool {
    /// The tool's type.
    pub r#type: String,
    /// Members that have no name here.
    #[serde(flatten)]
    pub extra: BTreeMap<String, Value>,
}

open_enum! {
    /// Whether all rules of a group have to hold, or any.
    pub enum FilterLogic { And, Or }

    /// The role that members get.
    pub enum MemberRole { Admin, Member }
}

union! {
    /// An image, by its URL.
    pub enum ImageReferencePart {
        tag type = "image_url" => ImageUrl(ContentPartImage),
    }
}

open_enum! {
    /// How closely a model looks at an image; `original` becomes `high` where a provider does not know it.
    pub enum ImageDetail { Auto, Low, High, Original }

    /// The length of a summary of reasoning.
    pub enum ReasoningSummaryVerbosity { Auto, Concise, Detailed }

    /// Whether the model uses tools.
    pub enum ToolChoiceMode { None, Auto, Required }
}

constant! {
    /// The text `approximate`.
    pub struct ApproximateLocationType = "approximate";
}

open_enum! {
    /// What the background of an image is like; `transparent` needs `png` or `webp`.
    pub enum ImageBackground { Auto, Transparent, Opaque }

    /// How finely an image is rendered, where the provider can choose.
    pub enum ImageQuality { Auto, Low, Medium, High }
}

/// About where the user of a web search is.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ApproximateLocation {
    /// The city.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub city: Nullable<String>,
    /// The country, by its two letters of ISO 3166.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub country: Nullable<String>,
    /// The region or state.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub region: Nullable<String>,
    /// The time zone, by its IANA name.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub timezone: Nullable<String>,
    /// Always `approximate`.
    pub r#type: ApproximateLocationType,
}
