//! The conversation that a request holds.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{
    AdditionalTool, AdvisorServerToolItem, ApplyPatchCallOperation, ApplyPatchCallStatus,
    ApplyPatchServerToolItem, AssistantContentPart, BashServerToolItem, BrowserUseServerToolItem,
    CodeInterpreterServerToolItem, DatetimeServerToolItem, EasyInputMessage,
    FileSearchServerToolItem, FilesServerToolItem, FunctionCallItem, FunctionCallOutputContent,
    FunctionCallOutputItem, FusionServerToolItem, ImageGenerationServerToolItem, InputMessageImage,
    InputMessageItem, InputMessagePhase, InputText, McpServerToolItem, MemoryServerToolItem,
    OutputCodeInterpreterCallItem, OutputComputerCallItem, OutputCustomToolCallItem,
    OutputFileSearchCallItem, OutputFunctionCallItem, OutputImageGenerationCallItem,
    OutputWebSearchCallItem, ReasoningItem, ReasoningSummaryText, ReasoningTextPart,
    SearchModelsServerToolItem, ShellCallOutputContent, ShellServerToolAction, ShellServerToolItem,
    SubagentServerToolItem, TextEditorServerToolItem, ToolSearchServerToolItem,
    WebFetchServerToolItem, WebSearchServerToolItem,
};
use crate::{
    common::ReasoningFormat,
    json::{Nullable, Object, constant, open_enum, union},
    responses::OutputItemStatus,
};

union! {
    /// What a model is to respond to: a text or a list of items.
    pub enum ResponsesInput {
        _ => Text(String),
        _ => List(Vec<ResponsesInputItem>),
    }
}

union! {
    /// An item of the input: a message, reasoning, a call of a tool or its output.
    pub enum ResponsesInputItem {
        tag type = "reasoning" => Reasoning(ReasoningItem),
        _ => EasyInputMessage(EasyInputMessage),
        _ => InputMessage(InputMessageItem),
        tag type = "function_call" => FunctionCall(FunctionCallItem),
        tag type = "function_call_output" => FunctionCallOutput(FunctionCallOutputItem),
        tag type = "apply_patch_call" => ApplyPatchCall(ApplyPatchCallItem),
        tag type = "apply_patch_call_output" => ApplyPatchCallOutput(ApplyPatchCallOutputItem),
        tag type = "message" => Message(InputAssistantMessage),
        tag type = "reasoning" => EarlierReasoning(InputReasoningItem),
        tag type = "function_call" => EarlierFunctionCall(OutputFunctionCallItem),
        tag type = "custom_tool_call" => CustomToolCall(OutputCustomToolCallItem),
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
        tag type = "openrouter:web_fetch" => WebFetch(WebFetchServerToolItem),
        tag type = "openrouter:tool_search" => ToolSearch(ToolSearchServerToolItem),
        tag type = "openrouter:memory" => Memory(MemoryServerToolItem),
        tag type = "openrouter:mcp" => Mcp(McpServerToolItem),
        tag type = "openrouter:experimental__search_models" => ExperimentalSearchModels(SearchModelsServerToolItem),
        tag type = "openrouter:fusion" => Fusion(FusionServerToolItem),
        tag type = "openrouter:advisor" => Advisor(AdvisorServerToolItem),
        tag type = "openrouter:subagent" => Subagent(SubagentServerToolItem),
        tag type = "openrouter:files" => Files(FilesServerToolItem),
        tag type = "openrouter:shell" => Shell(ShellServerToolItem),
        tag type = "local_shell_call" => LocalShellCall(LocalShellCallItem),
        tag type = "local_shell_call_output" => LocalShellCallOutput(LocalShellCallOutputItem),
        tag type = "shell_call" => ShellCall(ShellCallItem),
        tag type = "shell_call_output" => ShellCallOutput(ShellCallOutputItem),
        tag type = "mcp_list_tools" => McpListTools(McpListToolsItem),
        tag type = "mcp_approval_request" => McpApprovalRequest(McpApprovalRequestItem),
        tag type = "mcp_approval_response" => McpApprovalResponse(McpApprovalResponseItem),
        tag type = "mcp_call" => McpCall(McpCallItem),
        tag type = "custom_tool_call" => InputCustomToolCall(CustomToolCallItem),
        tag type = "custom_tool_call_output" => CustomToolCallOutput(CustomToolCallOutputItem),
        tag type = "compaction" => Compaction(CompactionItem),
        tag type = "context_compaction" => ContextCompaction(ContextCompactionItem),
        tag type = "item_reference" => ItemReference(ItemReferenceItem),
        tag type = "additional_tools" => AdditionalTools(AdditionalToolsItem),
        tag type = "agent_message" => AgentMessage(AgentMessageItem),
    }
}

/// A request of the model to patch a file, which you apply and answer with an `apply_patch_call_output`.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ApplyPatchCallItem {
    /// What ties the call to its output.
    pub call_id: String,
    /// What names the call's item.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub id: Nullable<String>,
    /// What to do with which file.
    pub operation: ApplyPatchCallOperation,
    /// How far the request has got.
    pub status: ApplyPatchCallStatus,
}

/// Your answer to a request to patch a file.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ApplyPatchCallOutputItem {
    /// The `call_id` of the request that this answers.
    pub call_id: String,
    /// What names the answer's item.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub id: Nullable<String>,
    /// A log of the patching for people to read.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub output: Nullable<String>,
    /// Whether the patch could be applied.
    pub status: ApplyPatchOutputStatus,
}

open_enum! {
    /// Whether a patch could be applied.
    pub enum ApplyPatchOutputStatus { Completed, Failed }
}

/// A message of the assistant, given back as input.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct InputAssistantMessage {
    /// What the assistant said.
    pub content: Option<InputAssistantContent>,
    /// What names the message.
    pub id: String,
    /// Whether an assistant message is a comment on the way or the final answer; send it back, or quality can suffer.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub phase: Nullable<InputMessagePhase>,
    /// Always `assistant`.
    pub role: InputAssistantRole,
    /// How far the message had got.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<OutputItemStatus>,
}

union! {
    /// What the assistant said, in parts or as one text.
    pub enum InputAssistantContent {
        _ => List(Vec<AssistantContentPart>),
        _ => Text(String),
    }
}

constant! {
    /// The text `assistant`.
    pub struct InputAssistantRole = "assistant";
}

/// Reasoning of an earlier response, given back as input.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct InputReasoningItem {
    /// The text of the reasoning, in parts.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub content: Nullable<Vec<ReasoningTextPart>>,
    /// The reasoning in encrypted form, to be sent back as it is.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub encrypted_content: Nullable<String>,
    /// What names the reasoning item.
    pub id: String,
    /// How far the reasoning has got.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<OutputItemStatus>,
    /// The summary of the reasoning, in parts.
    pub summary: Option<Vec<ReasoningSummaryText>>,
    /// The format of the reasoning, which depends on the provider.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub format: Nullable<ReasoningFormat>,
    /// What the reasoning is verified by.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub signature: Nullable<String>,
}

/// A call to run a command in the local shell.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct LocalShellCallItem {
    /// The command to run, and how.
    pub action: LocalShellAction,
    /// What ties the call to its output.
    pub call_id: String,
    /// What names the item.
    pub id: String,
    /// How far the call has got.
    pub status: OutputItemStatus,
}

/// A command for the local shell, with its surroundings.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct LocalShellAction {
    /// The program and its arguments.
    pub command: Vec<String>,
    /// The environment variables to set for the command.
    pub env: BTreeMap<String, String>,
    /// The time limit of the command, in milliseconds.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub timeout_ms: Nullable<i64>,
    /// Always `exec`.
    pub r#type: LocalShellCallItemActionType,
    /// The user to run the command as.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub user: Nullable<String>,
    /// The directory to run the command in.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub working_directory: Nullable<String>,
}

constant! {
    /// The text `exec`.
    pub struct LocalShellCallItemActionType = "exec";
}

/// What a command in the local shell gave.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct LocalShellCallOutputItem {
    /// What names the item.
    pub id: String,
    /// What the command wrote, as text.
    pub output: String,
    /// How far the call has got.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub status: Nullable<OutputItemStatus>,
}

/// A call to run commands in a shell; the newer form of a local shell call.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ShellCallItem {
    /// The commands to run, and their limits.
    pub action: ShellServerToolAction,
    /// The arguments exactly as the model wrote them; send them back unchanged, so that the provider's cache holds.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub arguments: Nullable<String>,
    /// What ties the call to its output.
    pub call_id: String,
    /// Where the commands run.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub environment: Option<Value>,
    /// What names the item, if it has a name.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub id: Nullable<String>,
    /// How far the call has got.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub status: Nullable<OutputItemStatus>,
}

/// What the commands of a shell call gave; the newer form of a local shell output.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ShellCallOutputItem {
    /// The `call_id` of the call that this answers.
    pub call_id: String,
    /// What names the item, if it has a name.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub id: Nullable<String>,
    /// The most output that was kept, in characters.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub max_output_length: Nullable<i64>,
    /// What each command wrote and how it ended.
    pub output: Vec<ShellCallOutputContent>,
    /// How far the call has got.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub status: Nullable<OutputItemStatus>,
}

/// The tools that an MCP server offers.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct McpListToolsItem {
    /// Why the tools could not be listed.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub error: Nullable<String>,
    /// What names the item.
    pub id: String,
    /// The label of the MCP server.
    pub server_label: String,
    /// The tools of the server.
    pub tools: Vec<McpListedTool>,
}

/// A tool that an MCP server offers.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct McpListedTool {
    /// What else the server says of the tool.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub annotations: Option<Value>,
    /// What the tool does, for the model.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub description: Nullable<String>,
    /// The JSON Schema of the tool's arguments.
    pub input_schema: Object,
    /// The name by which the tool is called.
    pub name: String,
}

/// A request of the model to let it call an MCP tool.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct McpApprovalRequestItem {
    /// The arguments of the tool, as JSON text.
    pub arguments: String,
    /// What names the request; the answer refers to it.
    pub id: String,
    /// The name of the MCP tool to call.
    pub name: String,
    /// The label of the MCP server.
    pub server_label: String,
}

/// The user's answer to a request to call an MCP tool.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct McpApprovalResponseItem {
    /// The `id` of the request that this answers.
    pub approval_request_id: String,
    /// Whether the call may happen.
    pub approve: bool,
    /// What names the item, if it has a name.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub id: Nullable<String>,
    /// Why the user decided so.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub reason: Nullable<String>,
}

/// A call of an MCP tool, with its output or error.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct McpCallItem {
    /// The arguments of the tool, as JSON text.
    pub arguments: String,
    /// Why the call failed.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub error: Nullable<String>,
    /// What names the item.
    pub id: String,
    /// The name of the MCP tool that was called.
    pub name: String,
    /// What the tool gave, as text.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub output: Nullable<String>,
    /// The label of the MCP server.
    pub server_label: String,
}

/// A call of a custom tool, whose input is free text and not JSON arguments.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct CustomToolCallItem {
    /// What ties the call to its output.
    pub call_id: String,
    /// What names the item, if it has a name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The text that the model gives to the tool.
    pub input: String,
    /// The name of the custom tool that is called.
    pub name: String,
    /// The group of tools that the function belongs to, such as an MCP server.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub namespace: Option<String>,
    /// How far the call has got.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<OutputItemStatus>,
}

/// What a custom tool gave; answers a custom tool call, not a function call.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct CustomToolCallOutputItem {
    /// The `call_id` of the call that this answers.
    pub call_id: String,
    /// What names the item, if it has a name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// What the tool gave: text or content parts.
    pub output: FunctionCallOutputContent,
}

/// A mark where earlier context was compacted into an encrypted summary.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct CompactionItem {
    /// The summary in encrypted form, to be sent back as it is.
    pub encrypted_content: String,
    /// What names the item, if it has a name.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub id: Nullable<String>,
    /// Members that have no name here.
    #[serde(flatten)]
    pub extra: BTreeMap<String, Value>,
}

/// A mark where context was compacted, with or without its encrypted summary.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ContextCompactionItem {
    /// The summary in encrypted form, if there is one.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub encrypted_content: Nullable<String>,
    /// What names the item, if it has a name.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub id: Nullable<String>,
    /// Members that have no name here.
    #[serde(flatten)]
    pub extra: BTreeMap<String, Value>,
}

/// A pointer to an item of an earlier response.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ItemReferenceItem {
    /// The `id` of the item that is meant.
    pub id: String,
}

/// Tools that the model may use from this point of the input on.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct AdditionalToolsItem {
    /// What names the item, if it has a name.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub id: Nullable<String>,
    /// In whose name the tools are added.
    pub role: AdditionalToolsRole,
    /// The tools to add.
    pub tools: Vec<AdditionalTool>,
}

open_enum! {
    /// In whose name tools are added within the input.
    pub enum AdditionalToolsRole {
        Unknown, User, Assistant, System, Critic, Discriminator, Developer, Tool,
    }
}

/// A message from one agent to another in a session of several.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct AgentMessageItem {
    /// The agent that the item belongs to.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub agent: Nullable<MessageAgent>,
    /// The agent that wrote the message.
    pub author: String,
    /// The parts of the message.
    pub content: Vec<AgentMessagePart>,
    /// What names the item, if it has a name.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub id: Nullable<String>,
    /// The agent that the message is for.
    pub recipient: String,
    /// Members that have no name here.
    #[serde(flatten)]
    pub extra: BTreeMap<String, Value>,
}

/// An agent in a session of several.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct MessageAgent {
    /// The name of the agent.
    pub agent_name: String,
    /// Members that have no name here.
    #[serde(flatten)]
    pub extra: BTreeMap<String, Value>,
}

union! {
    /// A part of a message between agents: text, an image or encrypted content.
    pub enum AgentMessagePart {
        tag type = "input_text" => InputText(InputText),
        tag type = "input_image" => InputImage(InputMessageImage),
        tag type = "encrypted_content" => EncryptedContent(AgentMessageEncryptedPart),
    }
}

/// An encrypted part of a message between agents.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct AgentMessageEncryptedPart {
    /// The content in encrypted form, to be sent back as it is.
    pub encrypted_content: String,
    /// Members that have no name here.
    #[serde(flatten)]
    pub extra: BTreeMap<String, Value>,
}
