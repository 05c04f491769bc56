//! The answer.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{
    ApplyPatchCallItem, ApplyPatchCallOutputItem, ApplyPatchServerTool, CodeInterpreterServerTool,
    CodexLocalShellTool, ComputerUseServerTool, EasyInputMessageRole, FileSearchServerTool,
    ImageGenerationServerTool, InputAudio, InputFile, InputImage, InputMessageItemRole,
    InputMessagePhase, InputText, InstructionsImageGenerationCall, InstructionsOutputMessage,
    LegacyWebSearchTool, McpServerTool, NamespaceTool, PreviewWebSearchTool,
    PreviewWebSearchTool20250311, ReasoningContext, ReasoningMode, ResponsesCustomTool,
    ResponsesFunctionTool, ResponsesOutputItem, ResponsesTextConfig, ResponsesToolChoice,
    ShellServerTool, StoredPromptTemplate, WebSearchTool20250826,
};
use crate::{
    common::{
        ApiErrorType, MessagesOtherTool, OpenRouterMetadata, PromptCacheOptions, ReasoningEffort,
        ReasoningSummaryVerbosity, ServerToolUseDetails,
    },
    json::{open_enum, response_union},
    responses::{MessageItemType, OutputItemStatus, ResponsesTruncation},
};

/// A whole response of the Responses API.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ResponsesResult {
    /// Whether the response was made in the background.
    pub background: Option<bool>,
    /// When the response was complete, in Unix seconds.
    pub completed_at: Option<i64>,
    /// When the response was created, in Unix seconds.
    pub created_at: i64,
    /// What went wrong, if something did.
    pub error: Option<ResponsesError>,
    /// The penalty on tokens by how often they occurred.
    pub frequency_penalty: Option<f64>,
    /// What names the response.
    pub id: String,
    /// Why the response is incomplete, if it is.
    pub incomplete_details: Option<IncompleteDetails>,
    /// The instructions that the model was given.
    pub instructions: Option<ResponsesInstructions>,
    /// The most tokens that the output could have, reasoning included.
    pub max_output_tokens: Option<i64>,
    /// The most tool calls that the response could make.
    pub max_tool_calls: Option<i64>,
    /// Up to 16 pairs: keys of at most 64 characters without brackets, values of at most 512 characters.
    pub metadata: Option<BTreeMap<String, String>>,
    /// The model that made the response.
    pub model: String,
    /// The items that the model produced, in order.
    pub output: Vec<ResponsesOutputItem>,
    /// All text of the output in one.
    pub output_text: Option<String>,
    /// Whether the model could call several tools at once.
    pub parallel_tool_calls: bool,
    /// The penalty on tokens that occurred at all.
    pub presence_penalty: Option<f64>,
    /// The response that this one continues.
    pub previous_response_id: Option<String>,
    /// The stored prompt that was used.
    pub prompt: Option<StoredPromptTemplate>,
    /// The key by which the prompt cache was used.
    pub prompt_cache_key: Option<String>,
    /// How the prompt is cached: `explicit` leaves it to `prompt_cache_breakpoint` alone. Only `OpenAI` models from
    /// `GPT-5.6` on.
    pub prompt_cache_options: Option<PromptCacheOptions>,
    /// How the model reasoned.
    pub reasoning: Option<BaseReasoningConfig>,
    /// What stands for the end user in checks against abuse.
    pub safety_identifier: Option<String>,
    /// The service tier that the response was made on.
    pub service_tier: Option<String>,
    /// How far the response has got.
    pub status: ResponseStatus,
    /// Whether the provider keeps the response.
    pub store: Option<bool>,
    /// How random the sampling was.
    pub temperature: Option<f64>,
    /// The format and length of the text of the output.
    pub text: Option<ResponsesTextConfig>,
    /// Which tool the model was to call.
    pub tool_choice: ResponsesToolChoice,
    /// The tools that the model could use.
    pub tools: Vec<OpenResponsesResultTool>,
    /// How many of the likeliest tokens are given at each position.
    pub top_logprobs: Option<i64>,
    /// The share of probability that sampling was limited to.
    pub top_p: Option<f64>,
    /// Whether too long input was cut or refused.
    pub truncation: Option<ResponsesTruncation>,
    /// The tokens that the response took, and their cost.
    pub usage: Option<ResponsesUsage>,
    /// What stands for the end user.
    pub user: Option<String>,
    /// The kind of error, named alike in all APIs of OpenRouter.
    pub error_type: Option<ApiErrorType>,
    /// How OpenRouter routed the request.
    pub openrouter_metadata: Option<OpenRouterMetadata>,
}

/// What went wrong with a response.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ResponsesError {
    /// A code for the kind of error.
    pub code: ResponsesErrorCode,
    /// What went wrong, in words.
    pub message: String,
}

open_enum! {
    /// A kind of error of a response.
    pub enum ResponsesErrorCode {
        ServerError, RateLimitExceeded, InvalidPrompt, VectorStoreTimeout, InvalidImage,
        InvalidImageFormat, InvalidBase64Image, InvalidImageUrl, ImageTooLarge, ImageTooSmall,
        ImageParseError, ImageContentPolicyViolation, InvalidImageMode, ImageFileTooLarge,
        UnsupportedImageMediaType, EmptyImageFile, FailedToDownloadImage, ImageFileNotFound,
        BioPolicy, DataResidencyMismatch,
    }
}

/// Why a response is incomplete.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct IncompleteDetails {
    /// What ended the response too early.
    pub reason: Option<IncompleteReason>,
}

open_enum! {
    /// What ended a response too early: the limit of tokens, or a content filter.
    pub enum IncompleteReason { MaxOutputTokens, ContentFilter }
}

response_union! {
    /// The instructions that a response tells back: text or items.
    pub enum ResponsesInstructions {
        _ => Text(String),
        _ => List(Vec<InstructionsItem>),
    }
}

response_union! {
    /// An item of the instructions that a response tells back.
    pub enum InstructionsItem {
        _ => Message(InstructionsMessage),
        _ => InputMessage(InstructionsInputMessage),
        tag type = "function_call_output" => FunctionCallOutput(InstructionsFunctionCallOutput),
        tag type = "function_call" => FunctionCall(InstructionsFunctionCall),
        tag type = "image_generation_call" => ImageGenerationCall(InstructionsImageGenerationCall),
        tag type = "message" => OutputMessage(InstructionsOutputMessage),
        tag type = "custom_tool_call" => CustomToolCall(InstructionsCustomToolCall),
        tag type = "custom_tool_call_output" => CustomToolCallOutput(InstructionsCustomToolCallOutput),
        tag type = "apply_patch_call" => ApplyPatchCall(ApplyPatchCallItem),
        tag type = "apply_patch_call_output" => ApplyPatchCallOutput(ApplyPatchCallOutputItem),
    }
}

/// A simple message of the instructions.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct InstructionsMessage {
    /// What the message says.
    pub content: InstructionsMessageContent,
    /// Whether an assistant's message is a comment on the way or the final answer.
    pub phase: Option<InputMessagePhase>,
    /// Who speaks in the message.
    pub role: EasyInputMessageRole,
    /// Always `message`.
    pub r#type: Option<MessageItemType>,
}

response_union! {
    /// The content of a message of the instructions: text or parts.
    pub enum InstructionsMessageContent {
        _ => List(Vec<InstructionsMessagePart>),
        _ => Text(String),
    }
}

response_union! {
    /// A part of a message of the instructions: text, an image, a file or audio.
    pub enum InstructionsMessagePart {
        tag type = "input_text" => InputText(InputText),
        tag type = "input_image" => InputImage(InputImage),
        tag type = "input_file" => InputFile(InputFile),
        tag type = "input_audio" => InputAudio(InputAudio),
    }
}

/// A message of the instructions that has an `id`.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct InstructionsInputMessage {
    /// The parts of the message.
    pub content: Vec<InstructionsMessagePart>,
    /// What names the item.
    pub id: String,
    /// Who speaks in the message.
    pub role: InputMessageItemRole,
    /// Always `message`.
    pub r#type: Option<MessageItemType>,
}

/// What a function gave, among the instructions.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct InstructionsFunctionCallOutput {
    /// The `call_id` of the call that this answers.
    pub call_id: String,
    /// What names the item, if it has a name.
    pub id: Option<String>,
    /// What the function gave: text or parts.
    pub output: InstructionsToolOutput,
    /// How far the call has got.
    pub status: Option<OutputItemStatus>,
}

response_union! {
    /// What a tool gave, among the instructions: text or parts.
    pub enum InstructionsToolOutput {
        _ => Text(String),
        _ => List(Vec<InstructionsToolOutputPart>),
    }
}

response_union! {
    /// A part of what a tool gave, among the instructions: text, an image or a file.
    pub enum InstructionsToolOutputPart {
        tag type = "input_text" => InputText(InputText),
        tag type = "input_image" => InputImage(InputImage),
        tag type = "input_file" => InputFile(InputFile),
    }
}

/// A call of a function, among the instructions.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct InstructionsFunctionCall {
    /// The arguments of the function, as JSON text.
    pub arguments: String,
    /// What ties the call to its output.
    pub call_id: String,
    /// What names the item, if it has a name.
    pub id: Option<String>,
    /// The name of the function that is called.
    pub name: String,
    /// The group of tools that the function belongs to, such as an MCP server.
    pub namespace: Option<String>,
    /// How far the call has got.
    pub status: Option<OutputItemStatus>,
    /// Experimental: the `call_id` of the `openrouter:subagent` call behind this one; absent on ordinary calls.
    pub subagent_id: Option<String>,
    /// Experimental: what the subagent put out this turn, to be sent back untouched; only on the first of parallel
    /// calls.
    pub subagent_items: Option<Vec<MessagesOtherTool>>,
}

/// A call of a custom tool, among the instructions.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct InstructionsCustomToolCall {
    /// What ties the call to its output.
    pub call_id: String,
    /// What names the item, if it has a name.
    pub id: Option<String>,
    /// The text that the model gives to the tool.
    pub input: String,
    /// The name of the custom tool that is called.
    pub name: String,
    /// The group of tools that the function belongs to, such as an MCP server.
    pub namespace: Option<String>,
}

/// What a custom tool gave, among the instructions.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct InstructionsCustomToolCallOutput {
    /// The `call_id` of the call that this answers.
    pub call_id: String,
    /// What names the item, if it has a name.
    pub id: Option<String>,
    /// What the tool gave: text or parts.
    pub output: InstructionsToolOutput,
}

/// How the model reasoned for a response.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct BaseReasoningConfig {
    /// Which earlier reasoning the model sees; only for OpenAI `GPT-5.6` and newer.
    pub context: Option<ReasoningContext>,
    /// How much effort went into reasoning.
    pub effort: Option<ReasoningEffort>,
    /// How deep the reasoning goes, `standard` by default; only for OpenAI `GPT-5.6` and newer.
    pub mode: Option<ReasoningMode>,
    /// How detailed the summary of the reasoning is.
    pub summary: Option<ReasoningSummaryVerbosity>,
}

open_enum! {
    /// How far a response has got.
    pub enum ResponseStatus { Completed, Incomplete, InProgress, Failed, Cancelled, Queued }
}

response_union! {
    /// A tool that the model could use for a response.
    pub enum OpenResponsesResultTool {
        tag type = "function" => Function(ResponsesFunctionTool),
        tag type = "web_search_preview" => WebSearchPreview(PreviewWebSearchTool),
        tag type = "web_search_preview_2025_03_11" => WebSearchPreview20250311(PreviewWebSearchTool20250311),
        tag type = "web_search" => WebSearch(LegacyWebSearchTool),
        tag type = "web_search_2025_08_26" => WebSearch20250826(WebSearchTool20250826),
        tag type = "file_search" => FileSearch(FileSearchServerTool),
        tag type = "computer_use_preview" => ComputerUsePreview(ComputerUseServerTool),
        tag type = "code_interpreter" => CodeInterpreter(CodeInterpreterServerTool),
        tag type = "mcp" => Mcp(McpServerTool),
        tag type = "image_generation" => ImageGeneration(ImageGenerationServerTool),
        tag type = "local_shell" => LocalShell(CodexLocalShellTool),
        tag type = "shell" => Shell(ShellServerTool),
        tag type = "apply_patch" => ApplyPatch(ApplyPatchServerTool),
        tag type = "custom" => Custom(ResponsesCustomTool),
        tag type = "namespace" => Namespace(NamespaceTool),
    }
}

/// The tokens that a response took, and their cost.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ResponsesUsage {
    /// Tokens of input.
    pub input_tokens: i64,
    /// The tokens of input by how the cache dealt with them.
    pub input_tokens_details: ResponsesInputTokensDetails,
    /// Tokens of output, reasoning included.
    pub output_tokens: i64,
    /// The tokens of output by their purpose.
    pub output_tokens_details: ResponsesOutputTokensDetails,
    /// Tokens of input and output together.
    pub total_tokens: i64,
    /// The cost in US dollars.
    pub cost: Option<f64>,
    /// What the provider charged, by parts.
    pub cost_details: Option<ResponsesCostDetails>,
    /// Whether a provider key of your own (BYOK) was used.
    pub is_byok: Option<bool>,
    /// How often tools of the server, such as the web search, were used.
    pub server_tool_use_details: Option<ServerToolUseDetails>,
}

/// Tokens of input by how the cache dealt with them.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ResponsesInputTokensDetails {
    /// Tokens that were written to the cache.
    pub cache_write_tokens: Option<i64>,
    /// Tokens that were read from the cache.
    pub cached_tokens: i64,
}

/// Tokens of output by their purpose.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ResponsesOutputTokensDetails {
    /// Tokens that the model spent on reasoning.
    pub reasoning_tokens: i64,
}

/// What the provider charged for a response, in US dollars.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ResponsesCostDetails {
    /// The provider's charge in all, in US dollars.
    pub upstream_inference_cost: Option<f64>,
    /// The provider's charge for the input, in US dollars.
    pub upstream_inference_input_cost: f64,
    /// The provider's charge for the output, in US dollars.
    pub upstream_inference_output_cost: f64,
}
