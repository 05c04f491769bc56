//! The events of a stream.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{
    AnthropicAdvisorToolResult, AnthropicBashExecutionToolResult, AnthropicBlockCitation,
    AnthropicCharCitation, AnthropicCodeExecutionToolResult, AnthropicCompactionBlock,
    AnthropicContainer, AnthropicContainerUpload, AnthropicOutputTokensDetails,
    AnthropicPageCitation, AnthropicRedactedThinkingBlock, AnthropicRefusalStopDetails,
    AnthropicSearchResultCitation, AnthropicServerToolUsage, AnthropicTextBlock,
    AnthropicTextEditorToolResult, AnthropicThinkingBlock, AnthropicToolSearchToolResult,
    AnthropicToolUseBlock, AnthropicWebFetchToolResult, AnthropicWebSearchCitation,
    AnthropicWebSearchToolResult, ORAnthropicBashToolResult, ORAnthropicContentBlock,
    ORAnthropicServerToolUseBlock, ORAnthropicShellToolResult, ORAnthropicStopReason,
};
use crate::{
    common::{
        AnthropicCacheCreation, AnthropicSpeed, AnthropicUsageIteration, ApiErrorType,
        OpenRouterMetadata, ProviderName,
    },
    json::{open_enum, response_union},
};

response_union! {
    /// An event of a streamed answer.
    pub enum MessagesStreamEvent {
        tag type = "message_start" => MessageStart(MessagesStartEvent),
        tag type = "message_delta" => MessageDelta(MessagesDeltaEvent),
        tag type = "message_stop" => MessageStop(MessagesStopEvent),
        tag type = "content_block_start" => ContentBlockStart(MessagesContentBlockStartEvent),
        tag type = "content_block_delta" => ContentBlockDelta(MessagesContentBlockDeltaEvent),
        tag type = "content_block_stop" => ContentBlockStop(MessagesContentBlockStopEvent),
        tag type = "ping" => Ping(MessagesPingEvent),
        tag type = "error" => Error(MessagesErrorEvent),
    }
}

/// The event that starts an answer.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct MessagesStartEvent {
    /// The answer, still empty.
    pub message: MessagesStartMessage,
}

/// An answer as a stream starts it, without content yet.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct MessagesStartMessage {
    /// The container that code runs in, if any.
    pub container: Option<AnthropicContainer>,
    /// The blocks so far; they follow in later events.
    pub content: Vec<ORAnthropicContentBlock>,
    /// What names the answer.
    pub id: String,
    /// The model that answers.
    pub model: String,
    /// The provider that serves the request.
    pub provider: Option<ProviderName>,
    /// Why the model refused, if it did.
    pub stop_details: Option<AnthropicRefusalStopDetails>,
    /// Always null at the start.
    pub stop_reason: Value,
    /// Always null at the start.
    pub stop_sequence: Value,
    /// The tokens used so far.
    pub usage: MessagesStartUsage,
}

/// The tokens used when an answer starts.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct MessagesStartUsage {
    /// The tokens written to the cache, by how long they are kept.
    pub cache_creation: Option<AnthropicCacheCreation>,
    /// Input tokens that were written to the cache.
    pub cache_creation_input_tokens: Option<i64>,
    /// Input tokens that were read from the cache.
    pub cache_read_input_tokens: Option<i64>,
    /// The region where the model ran.
    pub inference_geo: Option<String>,
    /// Input tokens that had nothing to do with the cache.
    pub input_tokens: i64,
    /// Tokens that were generated.
    pub output_tokens: i64,
    /// What the generated tokens were used for.
    pub output_tokens_details: Option<AnthropicOutputTokensDetails>,
    /// How often tools of the server were used.
    pub server_tool_use: Option<AnthropicServerToolUsage>,
    /// The class of service the request is processed in.
    pub service_tier: Option<AnthropicServiceTier>,
    /// The usage of each pass, where an answer took several.
    pub iterations: Option<Vec<AnthropicUsageIteration>>,
    /// How fast the answer is generated.
    pub speed: Option<AnthropicSpeed>,
}

open_enum! {
    /// A class of service in which Anthropic processes requests.
    pub enum AnthropicServiceTier { Standard, Priority, Batch }
}

/// The event that completes what is known about an answer, such as why it ended.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct MessagesDeltaEvent {
    /// What has changed.
    pub delta: MessagesDelta,
    /// The tokens used so far, added up.
    pub usage: MessagesDeltaUsage,
}

/// What has changed about an answer.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct MessagesDelta {
    /// The container that code ran in, if any.
    pub container: Option<AnthropicContainer>,
    /// Why the model refused, if it did.
    pub stop_details: Option<AnthropicRefusalStopDetails>,
    /// Why the generation ended.
    pub stop_reason: Option<ORAnthropicStopReason>,
    /// The stop sequence that ended the generation, if one did.
    pub stop_sequence: Option<String>,
}

/// The tokens that a streamed answer has used so far.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct MessagesDeltaUsage {
    /// The tokens written to the cache, by how long they are kept.
    pub cache_creation: Option<AnthropicCacheCreation>,
    /// Input tokens that were written to the cache.
    pub cache_creation_input_tokens: Option<i64>,
    /// Input tokens that were read from the cache.
    pub cache_read_input_tokens: Option<i64>,
    /// Input tokens that had nothing to do with the cache.
    pub input_tokens: Option<i64>,
    /// The usage of each pass, where an answer took several.
    pub iterations: Option<Vec<AnthropicUsageIteration>>,
    /// Tokens that were generated.
    pub output_tokens: i64,
    /// What the generated tokens were used for.
    pub output_tokens_details: Option<AnthropicOutputTokensDetails>,
    /// How often tools of the server were used.
    pub server_tool_use: Option<MessagesDeltaServerToolUsage>,
}

/// How often tools of the server were used in a streamed answer.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct MessagesDeltaServerToolUsage {
    /// How many pages were fetched.
    pub web_fetch_requests: i64,
    /// How many web searches were made.
    pub web_search_requests: i64,
}

/// The event that ends an answer.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct MessagesStopEvent {
    /// How the request was routed, if that was asked for.
    pub openrouter_metadata: Option<OpenRouterMetadata>,
}

/// The event that starts a content block.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct MessagesContentBlockStartEvent {
    /// The block, still empty or without its rest.
    pub content_block: MessagesStartedContentBlock,
    /// The place of the block in the answer, from 0.
    pub index: i64,
}

response_union! {
    /// A content block as a stream starts it.
    pub enum MessagesStartedContentBlock {
        tag type = "text" => Text(AnthropicTextBlock),
        tag type = "tool_use" => ToolUse(AnthropicToolUseBlock),
        tag type = "thinking" => Thinking(AnthropicThinkingBlock),
        tag type = "redacted_thinking" => RedactedThinking(AnthropicRedactedThinkingBlock),
        tag type = "server_tool_use" => ServerToolUse(ORAnthropicServerToolUseBlock),
        tag type = "web_search_tool_result" => WebSearchToolResult(AnthropicWebSearchToolResult),
        tag type = "web_fetch_tool_result" => WebFetchToolResult(AnthropicWebFetchToolResult),
        tag type = "code_execution_tool_result" => CodeExecutionToolResult(AnthropicCodeExecutionToolResult),
        tag type = "bash_code_execution_tool_result" => BashCodeExecutionToolResult(AnthropicBashExecutionToolResult),
        tag type = "text_editor_code_execution_tool_result" => TextEditorCodeExecutionToolResult(AnthropicTextEditorToolResult),
        tag type = "tool_search_tool_result" => ToolSearchToolResult(AnthropicToolSearchToolResult),
        tag type = "container_upload" => ContainerUpload(AnthropicContainerUpload),
        tag type = "compaction" => Compaction(AnthropicCompactionBlock),
        tag type = "advisor_tool_result" => AdvisorToolResult(AnthropicAdvisorToolResult),
        tag type = "openrouter_shell_tool_result" => OpenrouterShellToolResult(ORAnthropicShellToolResult),
        tag type = "openrouter_bash_tool_result" => OpenrouterBashToolResult(ORAnthropicBashToolResult),
        tag type = "compaction" => StartedCompaction(MessagesStartedCompaction),
    }
}

/// A summary of the older conversation as a stream starts it.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct MessagesStartedCompaction {
    /// The text of the summary so far.
    pub content: Option<String>,
    /// The encrypted content, to be sent back unchanged.
    pub encrypted_content: Option<String>,
}

/// The event that adds to a content block.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct MessagesContentBlockDeltaEvent {
    /// What is added.
    pub delta: MessagesContentBlockDelta,
    /// The place of the block in the answer, from 0.
    pub index: i64,
}

response_union! {
    /// An addition to a content block.
    pub enum MessagesContentBlockDelta {
        tag type = "text_delta" => TextDelta(MessagesTextDelta),
        tag type = "input_json_delta" => InputJsonDelta(MessagesInputJsonDelta),
        tag type = "thinking_delta" => ThinkingDelta(MessagesThinkingDelta),
        tag type = "signature_delta" => SignatureDelta(MessagesSignatureDelta),
        tag type = "citations_delta" => CitationsDelta(MessagesCitationsDelta),
        tag type = "compaction_delta" => CompactionDelta(MessagesCompactionDelta),
    }
}

/// Text that is added to a block.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct MessagesTextDelta {
    /// The next piece of the text.
    pub text: String,
}

/// A piece of the arguments of a tool call.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct MessagesInputJsonDelta {
    /// The next piece of the JSON text.
    pub partial_json: String,
}

/// Thinking that is added to a block.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct MessagesThinkingDelta {
    /// The next piece of the thinking.
    pub thinking: String,
}

/// The signature of a block of thinking.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct MessagesSignatureDelta {
    /// A proof that the thinking is the model's own, to be sent back unchanged.
    pub signature: String,
}

/// A citation that is added to a block.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct MessagesCitationsDelta {
    /// The citation to add.
    pub citation: MessagesDeltaCitation,
}

response_union! {
    /// A citation that a stream adds, by the kind of its source.
    pub enum MessagesDeltaCitation {
        tag type = "char_location" => CharLocation(AnthropicCharCitation),
        tag type = "page_location" => PageLocation(AnthropicPageCitation),
        tag type = "content_block_location" => ContentBlockLocation(AnthropicBlockCitation),
        tag type = "web_search_result_location" => WebSearchResultLocation(AnthropicWebSearchCitation),
        tag type = "search_result_location" => SearchResultLocation(AnthropicSearchResultCitation),
    }
}

/// An addition to a summary of the older conversation.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct MessagesCompactionDelta {
    /// The text of the summary.
    pub content: Option<String>,
    /// The encrypted content, to be sent back unchanged.
    pub encrypted_content: Option<String>,
}

/// The event that ends a content block.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct MessagesContentBlockStopEvent {
    /// The place of the block in the answer, from 0.
    pub index: i64,
}

/// An event without content that keeps the connection open.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct MessagesPingEvent {}

/// The event of an error in the stream.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct MessagesErrorEvent {
    /// What went wrong.
    pub error: MessagesStreamError,
    /// How the request was routed, if that was asked for.
    pub openrouter_metadata: Option<OpenRouterMetadata>,
}

/// An error in a stream.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct MessagesStreamError {
    /// The kind of error, named alike in all APIs of OpenRouter.
    pub error_type: Option<ApiErrorType>,
    /// What went wrong, in words.
    pub message: String,
    /// The kind of error.
    pub r#type: String,
}
