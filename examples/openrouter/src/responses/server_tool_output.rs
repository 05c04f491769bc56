//! The items that tools of OpenRouter put into the output.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{
    json::{Nullable, constant, open_enum, union},
    responses::{OutputItemStatus, WebSearchSourceType},
};

union! {
    /// What a patch does: create or update a file by a V4A diff, or delete it.
    pub enum ApplyPatchCallOperation {
        tag type = "create_file" => CreateFile(ApplyPatchCreateFileOperation),
        tag type = "update_file" => UpdateFile(ApplyPatchUpdateFileOperation),
        tag type = "delete_file" => DeleteFile(ApplyPatchDeleteFileOperation),
    }
}

/// A patch that creates a file.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ApplyPatchCreateFileOperation {
    /// The content of the new file, as a V4A diff.
    pub diff: String,
    /// The path of the file to create.
    pub path: String,
}

/// A patch that changes a file.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ApplyPatchUpdateFileOperation {
    /// The changes to the file, as a V4A diff.
    pub diff: String,
    /// The path of the file to change.
    pub path: String,
}

/// A patch that deletes a file.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ApplyPatchDeleteFileOperation {
    /// The path of the file to delete.
    pub path: String,
}

/// A call of the server tool `openrouter:datetime`, with the time it gave.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct DatetimeServerToolItem {
    /// The date and time, in ISO 8601.
    pub datetime: String,
    /// What names the call's item.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// How far the call has got.
    pub status: OutputItemStatus,
    /// The IANA name of the time zone.
    pub timezone: String,
}

/// A call of the server tool `openrouter:web_search`.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct WebSearchServerToolItem {
    /// What was searched for and found.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub action: Option<WebSearchServerToolAction>,
    /// What names the call's item.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// How far the call has got.
    pub status: OutputItemStatus,
}

/// A search of the web by the server tool, in the shape that `OpenAI` uses.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct WebSearchServerToolAction {
    /// The text that the model searched for.
    pub query: String,
    /// The pages that the search provider found.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sources: Option<Vec<WebSearchServerToolSource>>,
    /// Always `search`.
    pub r#type: OutputWebSearchServerToolItemActionType,
}

/// A page that a search by the server tool found.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct WebSearchServerToolSource {
    /// Always `url`.
    pub r#type: WebSearchSourceType,
    /// The address of the page.
    pub url: String,
}

constant! {
    /// The text `search`.
    pub struct OutputWebSearchServerToolItemActionType = "search";
}

/// A call of the server tool `openrouter:code_interpreter`.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct CodeInterpreterServerToolItem {
    /// The code to run.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// The code that the process exited with.
    #[serde(rename = "exitCode", skip_serializing_if = "Option::is_none")]
    pub exit_code: Option<i64>,
    /// What names the call's item.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The language of the code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// How far the call has got.
    pub status: OutputItemStatus,
    /// What the code wrote to standard error.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stderr: Option<String>,
    /// What the code wrote to standard output.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stdout: Option<String>,
}

/// A call of the server tool `openrouter:file_search`.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct FileSearchServerToolItem {
    /// What names the call's item.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The texts that are searched for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub queries: Option<Vec<String>>,
    /// How far the call has got.
    pub status: OutputItemStatus,
}

/// A call of the server tool `openrouter:image_generation`.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ImageGenerationServerToolItem {
    /// What names the call's item.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The image, in base64.
    #[serde(rename = "imageB64", skip_serializing_if = "Option::is_none")]
    pub image_b64: Option<String>,
    /// Where the image can be fetched.
    #[serde(rename = "imageUrl", skip_serializing_if = "Option::is_none")]
    pub image_url: Option<String>,
    /// The prompt behind the image, which may differ from yours.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub prompt: Option<String>,
    /// The image in base64 or its URL, as `OpenAI` gives it.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub result: Nullable<String>,
    /// The prompt as it was rewritten for the image.
    #[serde(rename = "revisedPrompt", skip_serializing_if = "Option::is_none")]
    pub revised_prompt: Option<String>,
    /// How far the call has got.
    pub status: OutputItemStatus,
}

/// A call of the server tool `openrouter:browser_use`.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct BrowserUseServerToolItem {
    /// What was done in the browser.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub action: Option<String>,
    /// What names the call's item.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// A picture of the browser, in base64.
    #[serde(rename = "screenshotB64", skip_serializing_if = "Option::is_none")]
    pub screenshot_b64: Option<String>,
    /// How far the call has got.
    pub status: OutputItemStatus,
}

/// A call of the server tool `openrouter:bash`.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct BashServerToolItem {
    /// The arguments as the model wrote them.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub arguments: Nullable<String>,
    /// What the model named the call in its turn.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub call_id: Nullable<String>,
    /// The command to run.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub command: Option<String>,
    /// The code that the command exited with.
    #[serde(rename = "exitCode", skip_serializing_if = "Option::is_none")]
    pub exit_code: Option<i64>,
    /// What names the call's item.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// How far the call has got.
    pub status: OutputItemStatus,
    /// What the command wrote to standard error.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stderr: Option<String>,
    /// What the command wrote to standard output.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stdout: Option<String>,
}

/// A call of the server tool `openrouter:text_editor`.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct TextEditorServerToolItem {
    /// What to do with the file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub command: Option<TextEditorServerToolCommand>,
    /// The path of the file.
    #[serde(rename = "filePath", skip_serializing_if = "Option::is_none")]
    pub file_path: Option<String>,
    /// What names the call's item.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// How far the call has got.
    pub status: OutputItemStatus,
}

open_enum! {
    /// What the text editor does with a file.
    pub enum TextEditorServerToolCommand { View, Create, StrReplace, Insert }
}

/// A call of the server tool `openrouter:apply_patch`; a valid one ends the turn so that you apply the patch and
/// answer.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ApplyPatchServerToolItem {
    /// What ties the call to its output.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub call_id: Option<String>,
    /// What names the call's item.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// What to do with which file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub operation: Option<ApplyPatchCallOperation>,
    /// How far the call has got.
    pub status: OutputItemStatus,
}

/// A call of the server tool `openrouter:web_fetch`.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct WebFetchServerToolItem {
    /// The content of the page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content: Option<String>,
    /// Why the page could not be fetched.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
    /// The HTTP status that the page answered with.
    #[serde(rename = "httpStatus", skip_serializing_if = "Option::is_none")]
    pub http_status: Option<i64>,
    /// What names the call's item.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// How far the call has got.
    pub status: OutputItemStatus,
    /// The title of the page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The address of the page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

/// A call of the server tool `openrouter:tool_search`.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ToolSearchServerToolItem {
    /// What names the call's item.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// What kind of tool is searched for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub query: Option<String>,
    /// How far the call has got.
    pub status: OutputItemStatus,
}

/// A call of the server tool `openrouter:memory`.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct MemoryServerToolItem {
    /// Whether the memory is read, written or deleted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub action: Option<MemoryServerToolAction>,
    /// What names the call's item.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// What the remembered value is filed under.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// How far the call has got.
    pub status: OutputItemStatus,
    /// The remembered value.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<Value>,
}

open_enum! {
    /// What is done with a remembered value.
    pub enum MemoryServerToolAction { Read, Write, Delete }
}

/// A call of the server tool `openrouter:mcp`.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct McpServerToolItem {
    /// What names the call's item.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The label of the MCP server.
    #[serde(rename = "serverLabel", skip_serializing_if = "Option::is_none")]
    pub server_label: Option<String>,
    /// How far the call has got.
    pub status: OutputItemStatus,
    /// The name of the tool on the MCP server.
    #[serde(rename = "toolName", skip_serializing_if = "Option::is_none")]
    pub tool_name: Option<String>,
}

/// A call of the server tool `openrouter:experimental__search_models`.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SearchModelsServerToolItem {
    /// The arguments of the search, as JSON text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub arguments: Option<String>,
    /// What names the call's item.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// What models are searched for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub query: Option<String>,
    /// How far the call has got.
    pub status: OutputItemStatus,
}

/// A call of the server tool `openrouter:files`.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct FilesServerToolItem {
    /// The arguments as the model wrote them.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub arguments: Nullable<String>,
    /// What the model named the call in its turn.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub call_id: Nullable<String>,
    /// Why the operation failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
    /// The id of the file that the call asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file_id: Option<String>,
    /// The name of the file that the call asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub filename: Option<String>,
    /// What names the call's item.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// What was done: `list`, `read`, `write` or `edit`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub operation: Option<String>,
    /// What the operation gave, as JSON text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub result: Option<String>,
    /// How far the call has got.
    pub status: OutputItemStatus,
}

/// A call of the server tool `openrouter:shell`.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ShellServerToolItem {
    /// The commands to run and their limits.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub action: Option<ShellServerToolAction>,
    /// The arguments as the model wrote them.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub arguments: Nullable<String>,
    /// What the model named the call in its turn.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub call_id: Nullable<String>,
    /// What names the call's item.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// What each command wrote and how it ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub output: Option<Vec<ShellCallOutputContent>>,
    /// How far the call has got.
    pub status: OutputItemStatus,
}

/// Commands for a shell and their limits.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ShellServerToolAction {
    /// The commands to run.
    pub commands: Vec<String>,
    /// The most characters of output to keep.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub max_output_length: Nullable<i64>,
    /// How long the commands may run, in milliseconds.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub timeout_ms: Nullable<i64>,
}

/// What a command of a shell call wrote and how it ended.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ShellCallOutputContent {
    /// Whether the command exited or ran out of time.
    pub outcome: ShellOutcome,
    /// What the command wrote to standard error.
    pub stderr: String,
    /// What the command wrote to standard output.
    pub stdout: String,
    /// Members that have no name here.
    #[serde(flatten)]
    pub extra: BTreeMap<String, Value>,
}

union! {
    /// How a shell command ended: by itself or by the time limit.
    pub enum ShellOutcome {
        tag type = "exit" => Exit(ShellOutcomeExit),
        tag type = "timeout" => Timeout(ShellOutcomeTimeout),
    }
}

/// A shell command that ended by itself.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ShellOutcomeExit {
    /// The exit code of the command; 0 is success.
    pub exit_code: i64,
    /// Members that have no name here.
    #[serde(flatten)]
    pub extra: BTreeMap<String, Value>,
}

/// A shell command that ran into its time limit.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ShellOutcomeTimeout {
    /// Members that have no name here.
    #[serde(flatten)]
    pub extra: BTreeMap<String, Value>,
}
