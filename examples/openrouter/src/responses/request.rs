//! What is asked for.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{InputFile, InputText, ResponsesInput, ResponsesTool, ResponsesToolChoice};
use crate::{
    common::{
        AnthropicCacheControlDirective, ChatDebugOptions, DeprecatedRoute, ImageConfigValue,
        ImageDetail, Plugin, PromptCacheOptions, ProviderPreferences, ReasoningEffort,
        ReasoningSummaryVerbosity, ServiceTier, StopCondition, TraceConfig,
    },
    json::{Nullable, Object, open_enum, union},
};

/// What a model is asked for in the format of the Responses API.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ResponsesRequest {
    /// Whether the response is worked on in the background.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub background: Nullable<bool>,
    /// Turns on prompt caching: the last block that can be cached is marked for you. A block can be marked by itself
    /// too.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cache_control: Option<AnthropicCacheControlDirective>,
    /// What to show of how the request was transformed; only with `stream`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub debug: Option<ChatDebugOptions>,
    /// How much tokens are held back the more often they have appeared.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub frequency_penalty: Nullable<f64>,
    /// Options for image generation; which there are depends on the model and the provider.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image_config: Option<BTreeMap<String, ImageConfigValue>>,
    /// What the response should contain beyond the usual.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub include: Nullable<Vec<ResponsesInclude>>,
    /// What the model is to respond to: a text or a list of items.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub input: Option<ResponsesInput>,
    /// What the model is told ahead of the input, like a system message.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub instructions: Nullable<String>,
    /// The most tokens of output.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub max_output_tokens: Nullable<i64>,
    /// The most steps with server tools, 30 at most and by default; ignored beside `stop_server_tools_when`.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub max_tool_calls: Nullable<i64>,
    /// Up to 16 pairs: keys of at most 64 characters without brackets, values of at most 512 characters.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub metadata: Nullable<BTreeMap<String, String>>,
    /// What kinds of output are wanted: `text`, `image` or both.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub modalities: Option<Vec<ResponsesModality>>,
    /// The slug of the model.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub model: Option<String>,
    /// Slugs of models to try in order until one responds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub models: Option<Vec<String>>,
    /// Whether the model may call several tools at once.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub parallel_tool_calls: Nullable<bool>,
    /// The plugins to use, with their settings.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub plugins: Option<Vec<Plugin>>,
    /// How much tokens are held back that have appeared at all.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub presence_penalty: Nullable<f64>,
    /// Refused with status 400 unless null: nothing is stored, so put the whole conversation into `input`.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub previous_response_id: Nullable<Value>,
    /// A stored prompt to use, with its variables.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub prompt: Nullable<StoredPromptTemplate>,
    /// A key that helps requests with a common beginning to hit the same cache.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub prompt_cache_key: Nullable<String>,
    /// How the prompt is cached: `explicit` leaves it to `prompt_cache_breakpoint` alone. Only `OpenAI` models from
    /// `GPT-5.6` on.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub prompt_cache_options: Nullable<PromptCacheOptions>,
    /// Which providers may serve the request, and which are preferred.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub provider: Nullable<ProviderPreferences>,
    /// How the model is to reason.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub reasoning: Nullable<ReasoningConfig>,
    /// A deprecated form of the `sort.partition` of `provider`: `fallback` means `model`, `sort` means `none`.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub route: Nullable<DeprecatedRoute>,
    /// A stable name, hash or pseudonym of your end user, hashed before providers see it; without it blocks can hit the
    /// whole account.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub safety_identifier: Nullable<String>,
    /// The class of service to be processed in; `fast` is the same as `priority`.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub service_tier: Nullable<ServiceTier>,
    /// What groups requests of a conversation, at most 256 characters: they go to the same provider, which helps its
    /// cache. Goes before the header `x-session-id`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub session_id: Option<String>,
    /// Ends the loop of server tools when any of these holds, instead of `max_tool_calls`. Pending calls still run,
    /// then a last turn without tools gives the answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stop_server_tools_when: Option<Vec<StopCondition>>,
    /// Whether the response should be stored. Default `false`; the API keeps nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub store: Option<bool>,
    /// Whether the response arrives as a stream of events. Default `false`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stream: Option<bool>,
    /// How random the choice of tokens is; higher is more random.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub temperature: Nullable<f64>,
    /// The format and length of the text of the output.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<ResponsesTextConfig>,
    /// Whether the model must call a tool, and which.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tool_choice: Option<ResponsesToolChoice>,
    /// The tools that the model may use.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tools: Option<Vec<ResponsesTool>>,
    /// Only so many of the likeliest tokens are considered at each position.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub top_k: Option<i64>,
    /// How many of the likeliest tokens to report at each position.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub top_logprobs: Nullable<i64>,
    /// Only the likeliest tokens whose probabilities add up to this are considered.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub top_p: Nullable<f64>,
    /// Names for tracing (`trace_id`, `trace_name`, `span_name`, `generation_name`, `parent_span_id`), and notes that
    /// go to your trace destinations.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trace: Option<TraceConfig>,
    /// What to do with input that does not fit into the context.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub truncation: Nullable<ResponsesTruncation>,
    /// A name for your end user, at most 256 characters, so that abuse by one of them is not held against the whole
    /// app.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user: Option<String>,
}

open_enum! {
    /// What a response can contain beyond the usual.
    pub enum ResponsesInclude {
        FileSearchCallResults = "file_search_call.results",
        MessageInputImageImageUrl = "message.input_image.image_url",
        ComputerCallOutputOutputImageUrl = "computer_call_output.output.image_url",
        ReasoningEncryptedContent = "reasoning.encrypted_content",
        CodeInterpreterCallOutputs = "code_interpreter_call.outputs",
    }

    /// A kind of output that a response may have.
    pub enum ResponsesModality { Text, Image }
}

/// A stored prompt, with values for its variables.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct StoredPromptTemplate {
    /// What names the stored prompt.
    pub id: String,
    /// The values of the prompt's variables, by name.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub variables: Nullable<BTreeMap<String, PromptVariable>>,
}

union! {
    /// The value of a variable of a stored prompt: text, an image or a file.
    pub enum PromptVariable {
        _ => Text(String),
        tag type = "input_text" => InputText(InputText),
        tag type = "input_image" => InputImage(InputImage),
        tag type = "input_file" => InputFile(InputFile),
    }
}

/// An image as part of the input.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct InputImage {
    /// How closely the model looks at the image.
    pub detail: ImageDetail,
    /// The image as an address or a data URL.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub image_url: Nullable<String>,
}

/// How the model is to reason.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ReasoningConfig {
    /// Which earlier reasoning the model sees; only for OpenAI `GPT-5.6` and newer.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub context: Nullable<ReasoningContext>,
    /// How much effort goes into reasoning.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub effort: Nullable<ReasoningEffort>,
    /// How deep the reasoning goes, `standard` by default; only for OpenAI `GPT-5.6` and newer.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub mode: Nullable<ReasoningMode>,
    /// How detailed the summary of the reasoning is to be.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub summary: Nullable<ReasoningSummaryVerbosity>,
    /// Whether the model reasons at all.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub enabled: Nullable<bool>,
    /// The most tokens to spend on reasoning.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub max_tokens: Nullable<i64>,
}

open_enum! {
    /// Which reasoning the model sees: its own default, that of all turns in the input, or only the current turn's.
    pub enum ReasoningContext { Auto, AllTurns, CurrentTurn }

    /// How deep the reasoning goes: `pro` goes deeper where the model can, at the usual price of a token.
    pub enum ReasoningMode { Standard, Pro }
}

/// The format and the length of the text output.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ResponsesTextConfig {
    /// The format of the text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub format: Option<ResponsesFormat>,
    /// How long-winded the text is to be.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub verbosity: Nullable<ResponsesVerbosity>,
}

union! {
    /// The format of the text output: plain, JSON, or JSON by a schema.
    pub enum ResponsesFormat {
        tag type = "text" => Text(ResponsesFormatText),
        tag type = "json_object" => JsonObject(ResponsesFormatJsonObject),
        tag type = "json_schema" => JsonSchema(ResponsesFormatJsonSchema),
    }
}

/// Plain text as the format of the output.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ResponsesFormatText {}

/// Any JSON object as the format of the output.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ResponsesFormatJsonObject {}

/// JSON that follows a schema as the format of the output.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ResponsesFormatJsonSchema {
    /// What the format is for, for the model.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The name of the format.
    pub name: String,
    /// The JSON Schema to follow.
    pub schema: Object,
    /// Whether the output must follow the schema exactly.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub strict: Nullable<bool>,
}

open_enum! {
    /// Whether too long input is cut (`auto`) or refused (`disabled`).
    pub enum ResponsesTruncation { Auto, Disabled }

    /// How long and detailed a text is to be.
    pub enum ResponsesVerbosity { Low, Medium, High, Xhigh, Max }
}
