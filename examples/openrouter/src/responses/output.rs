//! The items of the output, which can be input again.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{
    AdvisorServerToolItem, ApplyPatchCallOperation, ApplyPatchServerToolItem, BashServerToolItem,
    BrowserUseServerToolItem, CodeInterpreterServerToolItem, DatetimeServerToolItem,
    FileSearchServerToolItem, FilesServerToolItem, FusionServerToolItem,
    ImageGenerationServerToolItem, McpServerToolItem, MemoryServerToolItem,
    OutputWebSearchCallItem, SearchModelsServerToolItem, ShellCallOutputContent,
    ShellServerToolItem, SubagentServerToolItem, TextEditorServerToolItem,
    ToolSearchServerToolItem, WebFetchServerToolItem, WebSearchServerToolItem, WebSearchStatus,
};
use crate::{
    common::{MessagesOtherTool, ReasoningFormat},
    json::{Nullable, constant, open_enum, response_union, union},
};

/// A part of the text of a reasoning.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ReasoningTextContent {
    /// The text of the reasoning.
    pub text: String,
}

open_enum! {
    /// How far an item of output has got.
    pub enum OutputItemStatus { Completed, Incomplete, InProgress }
}

/// A part of the summary of a reasoning.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ReasoningSummaryText {
    /// The text of the summary.
    pub text: String,
    /// Always `summary_text`.
    pub r#type: ReasoningSummaryTextType,
}

constant! {
    /// The text `summary_text`.
    pub struct ReasoningSummaryTextType = "summary_text";
}

open_enum! {
    /// Whether an assistant message is a comment on the way or the final answer.
    pub enum InputMessagePhase { Commentary, FinalAnswer }

    /// How far a request to patch a file has got.
    pub enum ApplyPatchCallStatus { InProgress, Completed }
}

union! {
    /// A part of what the assistant said.
    pub enum AssistantContentPart {
        tag type = "output_text" => OutputText(ResponseOutputText),
        tag type = "refusal" => Refusal(ResponsesRefusalContent),
    }
}

/// A text of the output.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ResponseOutputText {
    /// The sources and files that the text refers to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub annotations: Option<Vec<ResponsesAnnotation>>,
    /// Log probabilities of the tokens of the text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub logprobs: Option<Vec<OutputTextLogprob>>,
    /// The text itself.
    pub text: String,
}

union! {
    /// What a text of the output refers to: a file, a web page or the path of a file.
    pub enum ResponsesAnnotation {
        tag type = "file_citation" => FileCitation(FileCitationAnnotation),
        tag type = "url_citation" => UrlCitation(UrlCitationAnnotation),
        tag type = "file_path" => FilePath(FilePathAnnotation),
    }
}

/// A citation of a file.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct FileCitationAnnotation {
    /// What names the cited file.
    pub file_id: String,
    /// The name of the cited file.
    pub filename: String,
    /// The position of the citation.
    pub index: i64,
}

/// A citation of a web page.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct UrlCitationAnnotation {
    /// The cited content of the page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content: Option<String>,
    /// Where the citing passage ends in the text.
    pub end_index: i64,
    /// Where the citing passage starts in the text.
    pub start_index: i64,
    /// The title of the page.
    pub title: String,
    /// The address of the page.
    pub url: String,
}

/// A reference to a file by its path.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct FilePathAnnotation {
    /// What names the file.
    pub file_id: String,
    /// The position of the reference.
    pub index: i64,
}

/// A token of the output with its log probability and alternatives.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct OutputTextLogprob {
    /// The UTF-8 bytes of the token.
    pub bytes: Vec<i64>,
    /// The token's log probability.
    pub logprob: f64,
    /// The token as text.
    pub token: String,
    /// The likeliest tokens at this position.
    pub top_logprobs: Vec<OutputTextTopLogprob>,
}

/// A likely token at a position of the output, with its log probability.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct OutputTextTopLogprob {
    /// The UTF-8 bytes of the alternative token.
    pub bytes: Vec<i64>,
    /// The alternative token's log probability.
    pub logprob: f64,
    /// The alternative token as text.
    pub token: String,
}

/// A refusal of the model to answer.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ResponsesRefusalContent {
    /// What the model says in refusing.
    pub refusal: String,
}

/// A call of a function in the output.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct OutputFunctionCallItem {
    /// The arguments of the function, as JSON text.
    pub arguments: String,
    /// What ties the call to its output.
    pub call_id: String,
    /// What names the call's item.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The name of the function to call.
    pub name: String,
    /// The group of tools that the function belongs to, such as an MCP server.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub namespace: Option<String>,
    /// How far the call has got.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<OutputItemStatus>,
    /// Experimental: the `call_id` of the `openrouter:subagent` call behind this one; absent on ordinary calls.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subagent_id: Option<String>,
    /// Experimental: what the subagent put out this turn, to be sent back untouched; only on the first of parallel
    /// calls.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subagent_items: Option<Vec<MessagesOtherTool>>,
}

/// A call of a custom tool, whose input is free text rather than JSON.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct OutputCustomToolCallItem {
    /// What ties the call to its output.
    pub call_id: String,
    /// What names the call's item.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The input of the tool, as free text.
    pub input: String,
    /// The name of the tool to call.
    pub name: String,
    /// The group of tools that the function belongs to, such as an MCP server.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub namespace: Option<String>,
}

/// A call that searches files.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct OutputFileSearchCallItem {
    /// What names the call's item.
    pub id: String,
    /// The texts that are searched for.
    pub queries: Vec<String>,
    /// How far the call has got.
    pub status: WebSearchStatus,
}

/// A call that makes an image.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct OutputImageGenerationCallItem {
    /// What names the call's item.
    pub id: String,
    /// The image, in base64.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub result: Nullable<String>,
    /// How far the call has got.
    pub status: ImageGenerationStatus,
    /// The prompt behind the image, which may differ from yours.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub prompt: Option<String>,
}

open_enum! {
    /// How far the making of an image has got.
    pub enum ImageGenerationStatus { InProgress, Completed, Generating, Failed }
}

/// A call of the code interpreter, with its outputs.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct OutputCodeInterpreterCallItem {
    /// The code to run.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub code: Nullable<String>,
    /// What names the container that the code runs in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub container_id: Option<String>,
    /// What names the call's item.
    pub id: String,
    /// What the code put out: logs, images and files.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub outputs: Nullable<Vec<CodeInterpreterOutput>>,
    /// How far the call has got.
    pub status: CodeInterpreterCallStatus,
    /// Members that have no name here.
    #[serde(flatten)]
    pub extra: BTreeMap<String, Value>,
}

union! {
    /// An output of the code interpreter: logs, an image or a file.
    pub enum CodeInterpreterOutput {
        tag type = "logs" => Logs(CodeInterpreterLogsOutput),
        tag type = "image" => Image(CodeInterpreterImageOutput),
        tag type = "file" => File(CodeInterpreterFileOutput),
    }
}

/// Logs that code wrote in the interpreter.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct CodeInterpreterLogsOutput {
    /// The text of the logs.
    pub logs: String,
}

/// An image that code made in the interpreter.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct CodeInterpreterImageOutput {
    /// The address of the image.
    pub url: String,
}

/// A file that code made in the interpreter.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct CodeInterpreterFileOutput {
    /// Where the provider offers the file, mostly signed and only until `expires_at`: fetch it soon.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub download_url: Option<String>,
    /// The provider's error code where the file could not be made or kept; absent on success.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub error_code: Nullable<String>,
    /// When `download_url` stops to work, as an ISO 8601 time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<String>,
    /// The name of the file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub filename: Option<String>,
    /// What names the file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The media type of the file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub media_type: Option<String>,
    /// The SHA-256 hash of the file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sha256: Option<String>,
    /// The size of the file, in bytes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub size_bytes: Option<i64>,
    /// Whether the file is ready; with anything but `ready` it may not be there to download.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
}

open_enum! {
    /// How far a call of the code interpreter has got.
    pub enum CodeInterpreterCallStatus { InProgress, Completed, Incomplete, Interpreting, Failed }
}

/// A call that operates a computer.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct OutputComputerCallItem {
    /// What to do on the computer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub action: Option<Value>,
    /// What ties the call to its output.
    pub call_id: String,
    /// What names the call's item.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Safety checks to be acknowledged before the call goes on.
    pub pending_safety_checks: Vec<ComputerCallSafetyCheck>,
    /// How far the call has got.
    pub status: OutputItemStatus,
}

/// A safety check to be acknowledged before a computer is operated.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ComputerCallSafetyCheck {
    /// The kind of the check.
    pub code: String,
    /// What names the check.
    pub id: String,
    /// What the check is about, in words.
    pub message: String,
}

/// A call that made an image, among the instructions.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct InstructionsImageGenerationCall {
    /// What names the item.
    pub id: String,
    /// The image in base64, once it is made.
    pub result: Option<String>,
    /// How far the image has got.
    pub status: ImageGenerationStatus,
}

/// A message of the model, among the instructions.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct InstructionsOutputMessage {
    /// The parts of the message: text or a refusal.
    pub content: Vec<AssistantContentPart>,
    /// What names the item.
    pub id: String,
    /// Whether an assistant message is a comment on the way or the final answer; send it back, or quality can suffer.
    pub phase: Option<InputMessagePhase>,
    /// How far the message has got.
    pub status: Option<OutputItemStatus>,
}

response_union! {
    /// An item of a response's output.
    pub enum ResponsesOutputItem {
        tag type = "message" => Message(OutputMessageItem),
        tag type = "reasoning" => Reasoning(OutputReasoningItem),
        tag type = "function_call" => FunctionCall(OutputFunctionCallItem),
        tag type = "web_search_call" => WebSearchCall(OutputWebSearchCallItem),
        tag type = "file_search_call" => FileSearchCall(OutputFileSearchCallItem),
        tag type = "image_generation_call" => ImageGenerationCall(OutputImageGenerationCallItem),
        tag type = "code_interpreter_call" => CodeInterpreterCall(OutputCodeInterpreterCallItem),
        tag type = "computer_call" => ComputerCall(OutputComputerCallItem),
        tag type = "openrouter:datetime" => Datetime(DatetimeServerToolItem),
        tag type = "openrouter:web_search" => WebSearch(WebSearchServerToolItem),
        tag type = "openrouter:code_interpreter" => CodeInterpreter(CodeInterpreterServerToolItem),
        tag type = "openrouter:file_search" => FileSearch(FileSearchServerToolItem),
        tag type = "openrouter:image_generation" => ImageGeneration(ImageGenerationServerToolItem),
        tag type = "openrouter:browser_use" => BrowserUse(BrowserUseServerToolItem),
        tag type = "openrouter:bash" => Bash(BashServerToolItem),
        tag type = "openrouter:text_editor" => TextEditor(TextEditorServerToolItem),
        tag type = "openrouter:apply_patch" => ApplyPatch(ApplyPatchServerToolItem),
        tag type = "apply_patch_call" => ApplyPatchCall(OutputApplyPatchCallItem),
        tag type = "shell_call" => ShellCall(OutputShellCallItem),
        tag type = "shell_call_output" => ShellCallOutput(OutputShellCallOutputItem),
        tag type = "openrouter:shell" => Shell(ShellServerToolItem),
        tag type = "openrouter:web_fetch" => WebFetch(WebFetchServerToolItem),
        tag type = "openrouter:tool_search" => ToolSearch(ToolSearchServerToolItem),
        tag type = "openrouter:memory" => Memory(MemoryServerToolItem),
        tag type = "openrouter:mcp" => Mcp(McpServerToolItem),
        tag type = "openrouter:experimental__search_models" => ExperimentalSearchModels(SearchModelsServerToolItem),
        tag type = "openrouter:fusion" => Fusion(FusionServerToolItem),
        tag type = "openrouter:advisor" => Advisor(AdvisorServerToolItem),
        tag type = "openrouter:subagent" => Subagent(SubagentServerToolItem),
        tag type = "openrouter:files" => Files(FilesServerToolItem),
        tag type = "custom_tool_call" => CustomToolCall(OutputCustomToolCallItem),
    }
}

/// A message of the model, in the output.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct OutputMessageItem {
    /// The parts of the message: text or a refusal.
    pub content: Vec<AssistantContentPart>,
    /// What names the item.
    pub id: String,
    /// Whether an assistant message is a comment on the way or the final answer; send it back, or quality can suffer.
    pub phase: Option<InputMessagePhase>,
    /// How far the message has got.
    pub status: Option<OutputItemStatus>,
}

/// Reasoning of the model, in the output.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct OutputReasoningItem {
    /// The reasoning as text, where the model shows it.
    pub content: Option<Vec<ReasoningTextContent>>,
    /// The reasoning in encrypted form, to be sent back as it is.
    pub encrypted_content: Option<String>,
    /// What names the item.
    pub id: String,
    /// How far the reasoning has got.
    pub status: Option<OutputItemStatus>,
    /// A summary of the reasoning, in parts.
    pub summary: Vec<ReasoningSummaryText>,
    /// The format that the reasoning is in, by its provider.
    pub format: Option<ReasoningFormat>,
    /// What the reasoning is verified by.
    pub signature: Option<String>,
}

/// A call to change a file with a patch, in OpenAI's form; given where the request had the tool `apply_patch`.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct OutputApplyPatchCallItem {
    /// What ties the call to its output.
    pub call_id: String,
    /// What names the item.
    pub id: String,
    /// What to do with which file.
    pub operation: ApplyPatchCallOperation,
    /// How far the request has got.
    pub status: ApplyPatchCallStatus,
}

/// A call to run commands in a shell, in OpenAI's form; given for the tool `shell` with a sandbox.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct OutputShellCallItem {
    /// The commands to run, and their limits.
    pub action: Option<OutputShellCallAction>,
    /// The arguments exactly as the model wrote them; send them back unchanged, so that the provider's cache holds.
    pub arguments: Option<String>,
    /// What ties the call to its output.
    pub call_id: String,
    /// What names the item.
    pub id: String,
    /// How far the call has got.
    pub status: OutputItemStatus,
}

/// The commands of a shell call, with their limits.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct OutputShellCallAction {
    /// The commands to run.
    pub commands: Vec<String>,
    /// The most output to keep, in characters.
    pub max_output_length: Option<i64>,
    /// The time limit of the commands, in milliseconds.
    pub timeout_ms: Option<i64>,
}

/// What the commands of a shell call gave, in OpenAI's form.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct OutputShellCallOutputItem {
    /// The `call_id` of the call that this answers.
    pub call_id: String,
    /// What names the item.
    pub id: String,
    /// The most output that was kept, in characters.
    pub max_output_length: Option<i64>,
    /// What each command wrote and how it ended.
    pub output: Vec<ShellCallOutputContent>,
    /// How far the call has got.
    pub status: OutputItemStatus,
}

union! {
    /// A part of the text of a reasoning.
    pub enum ReasoningTextPart {
        tag type = "reasoning_text" => ReasoningText(ReasoningTextContent),
    }
}
