//! The answer.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{
    AnthropicAdvisorToolResult, AnthropicBashExecutionToolResult, AnthropicCodeExecutionToolResult,
    AnthropicSearchResultCitation, AnthropicTextEditorToolResult, AnthropicToolSearchToolResult,
    AnthropicWebFetchToolResult, AnthropicWebSearchCitation, AnthropicWebSearchToolResult,
    ORAnthropicBashToolResult, ORAnthropicShellToolResult,
};
use crate::{
    common::{
        AnthropicCacheCreation, AnthropicSpeed, AnthropicUsageIteration, CostDetails,
        MessagesOtherTool, OpenRouterMetadata, ProviderName,
    },
    json::{open_enum, response_union},
};

/// A whole answer in the format of the Anthropic Messages API.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct MessagesResult {
    /// The container that code ran in, if any.
    pub container: Option<AnthropicContainer>,
    /// What the model answered, block by block.
    pub content: Vec<ORAnthropicContentBlock>,
    /// What names the answer.
    pub id: String,
    /// The model that answered.
    pub model: String,
    /// Why the model refused, if it did.
    pub stop_details: Option<AnthropicRefusalStopDetails>,
    /// Why the generation ended.
    pub stop_reason: Option<ORAnthropicStopReason>,
    /// The stop sequence that ended the generation, if one did.
    pub stop_sequence: Option<String>,
    /// The tokens used, and what they cost.
    pub usage: MessagesUsage,
    /// What was done to the context of the conversation.
    pub context_management: Option<MessagesAppliedContextEdits>,
    /// How the request was routed, if that was asked for.
    pub openrouter_metadata: Option<OpenRouterMetadata>,
    /// The provider that served the request.
    pub provider: Option<ProviderName>,
}

/// A container that code runs in.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct AnthropicContainer {
    /// When the container is gone, an RFC 3339 date.
    pub expires_at: String,
    /// What names the container.
    pub id: String,
}

response_union! {
    /// A block of an answer.
    pub enum ORAnthropicContentBlock {
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
    }
}

/// Text of an answer.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct AnthropicTextBlock {
    /// The sources that the text cites.
    pub citations: Option<Vec<AnthropicCitation>>,
    /// What the model says.
    pub text: String,
}

response_union! {
    /// A citation in an answer, by the kind of its source.
    pub enum AnthropicCitation {
        tag type = "char_location" => CharLocation(AnthropicCharCitation),
        tag type = "page_location" => PageLocation(AnthropicPageCitation),
        tag type = "content_block_location" => ContentBlockLocation(AnthropicBlockCitation),
        tag type = "web_search_result_location" => WebSearchResultLocation(AnthropicWebSearchCitation),
        tag type = "search_result_location" => SearchResultLocation(AnthropicSearchResultCitation),
    }
}

/// A citation of a range of characters of a document.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct AnthropicCharCitation {
    /// The passage that is cited.
    pub cited_text: String,
    /// The place of the cited document among the documents of the request, from 0.
    pub document_index: i64,
    /// The title of the cited document.
    pub document_title: Option<String>,
    /// The end of the cited characters, exclusive.
    pub end_char_index: i64,
    /// The file, as the files of the provider name it.
    pub file_id: Option<String>,
    /// The first cited character, counted from 0.
    pub start_char_index: i64,
}

/// A citation of pages of a document.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct AnthropicPageCitation {
    /// The passage that is cited.
    pub cited_text: String,
    /// The place of the cited document among the documents of the request, from 0.
    pub document_index: i64,
    /// The title of the cited document.
    pub document_title: Option<String>,
    /// The end of the cited pages, exclusive.
    pub end_page_number: i64,
    /// The file, as the files of the provider name it.
    pub file_id: Option<String>,
    /// The first cited page, counted from 1.
    pub start_page_number: i64,
}

/// A citation of content blocks of a document.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct AnthropicBlockCitation {
    /// The passage that is cited.
    pub cited_text: String,
    /// The place of the cited document among the documents of the request, from 0.
    pub document_index: i64,
    /// The title of the cited document.
    pub document_title: Option<String>,
    /// The end of the cited blocks, exclusive.
    pub end_block_index: i64,
    /// The file, as the files of the provider name it.
    pub file_id: Option<String>,
    /// The first cited block, counted from 0.
    pub start_block_index: i64,
}

/// A call of one of your tools.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct AnthropicToolUseBlock {
    /// What called the tool: the model itself, or code that it ran.
    pub caller: AnthropicCaller,
    /// What names the call; its result must refer to it.
    pub id: String,
    /// The arguments of the call.
    pub input: Option<Value>,
    /// The tool to run.
    pub name: String,
}

response_union! {
    /// What called a tool.
    pub enum AnthropicCaller {
        tag type = "direct" => Direct(AnthropicDirectCaller),
        tag type = "code_execution_20250825" => CodeExecution20250825(AnthropicCodeCaller20250825),
        tag type = "code_execution_20260120" => CodeExecution20260120(AnthropicCodeCaller20260120),
    }
}

/// The model itself as the caller of a tool.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct AnthropicDirectCaller {}

/// Code of the version `code_execution_20250825` as the caller of a tool.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct AnthropicCodeCaller20250825 {
    /// The use of the code execution tool that made the call.
    pub tool_id: String,
}

/// Code of the version `code_execution_20260120` as the caller of a tool.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct AnthropicCodeCaller20260120 {
    /// The use of the code execution tool that made the call.
    pub tool_id: String,
}

/// What the model thought before it answered.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct AnthropicThinkingBlock {
    /// A proof that the thinking is the model's own, to be sent back unchanged.
    pub signature: String,
    /// What the model thinks.
    pub thinking: String,
}

/// Thinking that is shown only encrypted.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct AnthropicRedactedThinkingBlock {
    /// The encrypted thinking, to be sent back unchanged.
    pub data: String,
}

/// A call of a tool that runs on the server.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ORAnthropicServerToolUseBlock {
    /// What called the tool: the model itself, or code that it ran.
    pub caller: Option<ORAnthropicCaller>,
    /// What names the call; its result refers to it.
    pub id: String,
    /// The arguments of the call.
    pub input: Option<Value>,
    /// The tool that was called.
    pub name: String,
}

response_union! {
    /// What called a tool of the server, if it is known.
    pub enum ORAnthropicCaller {
        tag type = "direct" => Direct(AnthropicDirectCaller),
        tag type = "code_execution_20250825" => CodeExecution20250825(AnthropicCodeCaller20250825),
        tag type = "code_execution_20260120" => CodeExecution20260120(AnthropicCodeCaller20260120),
    }
}

/// A file that was put into the container of the code.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct AnthropicContainerUpload {
    /// The file, as the files of the provider name it.
    pub file_id: String,
}

/// A summary that replaces an older part of the conversation.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct AnthropicCompactionBlock {
    /// The text of the summary.
    pub content: Option<String>,
    /// The encrypted content, to be sent back unchanged.
    pub encrypted_content: Option<String>,
}

/// The reasons of a refusal.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct AnthropicRefusalStopDetails {
    /// The subject that was refused.
    pub category: Option<AnthropicRefusalCategory>,
    /// Why it was refused, in words.
    pub explanation: Option<String>,
}

open_enum! {
    /// The subject of a refusal.
    pub enum AnthropicRefusalCategory { Cyber, Bio, FrontierLlm, ReasoningExtraction, GeneralHarms }

    /// A reason why a generation ended.
    pub enum ORAnthropicStopReason {
        EndTurn, MaxTokens, ModelContextWindowExceeded, StopSequence, ToolUse, PauseTurn, Refusal,
        Compaction,
    }
}

/// The tokens that an answer took, and their cost.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct MessagesUsage {
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
    /// The class of service the request was processed in.
    pub service_tier: Option<String>,
    /// The cost in US dollars.
    pub cost: Option<f64>,
    /// What the provider charged, in parts.
    pub cost_details: Option<CostDetails>,
    /// Whether a provider key of your own (BYOK) was used.
    pub is_byok: Option<bool>,
    /// The usage of each pass, where an answer took several.
    pub iterations: Option<Vec<AnthropicUsageIteration>>,
    /// How fast the answer was generated.
    pub speed: Option<AnthropicSpeed>,
}

/// What generated tokens were used for.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct AnthropicOutputTokensDetails {
    /// Tokens of thinking.
    pub thinking_tokens: i64,
}

/// How often tools of the server were used.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct AnthropicServerToolUsage {
    /// How many pages were fetched.
    pub web_fetch_requests: i64,
    /// How many web searches were made.
    pub web_search_requests: i64,
}

/// What was done to the context of a conversation.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct MessagesAppliedContextEdits {
    /// The edits that were applied.
    pub applied_edits: Vec<MessagesOtherTool>,
}
