//! What tools of the provider put into the answer.

use serde::{Deserialize, Serialize};

use super::{AnthropicBase64PdfSource, AnthropicCaller, AnthropicPlainTextSource};
use crate::json::{Object, open_enum, response_union};

/// A citation of a result of a web search.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct AnthropicWebSearchCitation {
    /// The passage that is cited.
    pub cited_text: String,
    /// An opaque reference to the result, to be sent back unchanged.
    pub encrypted_index: String,
    /// The title of the page or document.
    pub title: Option<String>,
    /// The web address.
    pub url: String,
}

/// A citation of a search result that the conversation held.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct AnthropicSearchResultCitation {
    /// The passage that is cited.
    pub cited_text: String,
    /// The end of the cited blocks, exclusive.
    pub end_block_index: i64,
    /// The place of the cited result among the search results of the request, from 0.
    pub search_result_index: i64,
    /// Where the search result comes from, for instance its address.
    pub source: String,
    /// The first cited block, counted from 0.
    pub start_block_index: i64,
    /// The title of the page or document.
    pub title: Option<String>,
}

/// The result of a web search.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct AnthropicWebSearchToolResult {
    /// What called the tool: the model itself, or code that it ran.
    pub caller: AnthropicCaller,
    /// The pages that were found, or why the search failed.
    pub content: AnthropicWebSearchContent,
    /// The call that this is the result of.
    pub tool_use_id: String,
}

response_union! {
    /// The outcome of a web search: pages, or an error.
    pub enum AnthropicWebSearchContent {
        _ => List(Vec<AnthropicWebSearchResult>),
        tag type = "web_search_tool_result_error" => WebSearchToolResultError(AnthropicWebSearchError),
    }
}

/// A page that a web search found.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct AnthropicWebSearchResult {
    /// The encrypted content, to be sent back unchanged.
    pub encrypted_content: String,
    /// How old the page is, in words of the search.
    pub page_age: Option<String>,
    /// The title of the page.
    pub title: String,
    /// The address of the page.
    pub url: String,
}

/// The failure of a web search.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct AnthropicWebSearchError {
    /// Why the tool failed.
    pub error_code: AnthropicWebSearchErrorCode,
}

open_enum! {
    /// A reason why a web search failed.
    pub enum AnthropicWebSearchErrorCode {
        InvalidToolInput, Unavailable, MaxUsesExceeded, TooManyRequests, QueryTooLong,
        RequestTooLarge,
    }
}

/// The result of fetching a page.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct AnthropicWebFetchToolResult {
    /// What called the tool: the model itself, or code that it ran.
    pub caller: AnthropicCaller,
    /// The page, or why it could not be fetched.
    pub content: AnthropicWebFetchContent,
    /// The call that this is the result of.
    pub tool_use_id: String,
}

response_union! {
    /// The outcome of fetching a page: the page, or an error.
    pub enum AnthropicWebFetchContent {
        tag type = "web_fetch_tool_result_error" => WebFetchToolResultError(AnthropicWebFetchError),
        tag type = "web_fetch_result" => WebFetchResult(AnthropicWebFetchBlock),
    }
}

/// The failure to fetch a page.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct AnthropicWebFetchError {
    /// Why the tool failed.
    pub error_code: AnthropicWebFetchErrorCode,
}

open_enum! {
    /// A reason why a page could not be fetched.
    pub enum AnthropicWebFetchErrorCode {
        InvalidToolInput, UrlTooLong, UrlNotAllowed, UrlNotAccessible, UnsupportedContentType,
        TooManyRequests, MaxUsesExceeded, Unavailable,
    }
}

/// A page that was fetched.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct AnthropicWebFetchBlock {
    /// The page as a document.
    pub content: AnthropicDocumentBlock,
    /// When the page was fetched, an RFC 3339 date.
    pub retrieved_at: Option<String>,
    /// The address of the page.
    pub url: String,
}

/// A document in an answer.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct AnthropicDocumentBlock {
    /// Whether the document can be cited.
    pub citations: Option<AnthropicCitationsConfig>,
    /// What the document holds.
    pub source: AnthropicDocumentBlockSource,
    /// The title of the document.
    pub title: Option<String>,
}

/// The citations of a document of an answer: on or off.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct AnthropicCitationsConfig {
    /// Whether the document can be cited.
    pub enabled: bool,
}

response_union! {
    /// The content of a document of an answer: a PDF or a text.
    pub enum AnthropicDocumentBlockSource {
        tag type = "base64" => Base64(AnthropicBase64PdfSource),
        tag type = "text" => Text(AnthropicPlainTextSource),
    }
}

/// The result of code that the model ran.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct AnthropicCodeExecutionToolResult {
    /// What the code put out, or why it did not run.
    pub content: AnthropicCodeExecutionContent,
    /// The call that this is the result of.
    pub tool_use_id: String,
}

response_union! {
    /// The outcome of running code: its output, plain or encrypted, or an error.
    pub enum AnthropicCodeExecutionContent {
        tag type = "code_execution_tool_result_error" => CodeExecutionToolResultError(AnthropicCodeExecutionError),
        tag type = "code_execution_result" => CodeExecutionResult(AnthropicCodeExecutionResult),
        tag type = "encrypted_code_execution_result" => EncryptedCodeExecutionResult(AnthropicEncryptedExecutionResult),
    }
}

/// The failure to run code.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct AnthropicCodeExecutionError {
    /// Why the tool failed.
    pub error_code: AnthropicServerToolErrorCode,
}

open_enum! {
    /// A reason why a tool of the server failed.
    pub enum AnthropicServerToolErrorCode {
        InvalidToolInput, Unavailable, TooManyRequests, ExecutionTimeExceeded,
    }
}

/// The output of code that ran.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct AnthropicCodeExecutionResult {
    /// The files that the code made.
    pub content: Vec<AnthropicCodeExecutionOutput>,
    /// The exit code of the process; 0 is success.
    pub return_code: i64,
    /// What was written to standard error.
    pub stderr: String,
    /// What was written to standard output.
    pub stdout: String,
}

/// A file that code made.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct AnthropicCodeExecutionOutput {
    /// The file, as the files of the provider name it.
    pub file_id: String,
}

/// The output of code that ran, with its standard output encrypted.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct AnthropicEncryptedExecutionResult {
    /// The files that the code made.
    pub content: Vec<AnthropicCodeExecutionOutput>,
    /// What was written to standard output, encrypted; to be sent back unchanged.
    pub encrypted_stdout: String,
    /// The exit code of the process; 0 is success.
    pub return_code: i64,
    /// What was written to standard error.
    pub stderr: String,
}

/// The result of a Bash command that the model ran.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct AnthropicBashExecutionToolResult {
    /// What the command put out, or why it did not run.
    pub content: AnthropicBashExecutionContent,
    /// The call that this is the result of.
    pub tool_use_id: String,
}

response_union! {
    /// The outcome of a Bash command: its output, or an error.
    pub enum AnthropicBashExecutionContent {
        tag type = "bash_code_execution_tool_result_error" => BashCodeExecutionToolResultError(AnthropicBashExecutionError),
        tag type = "bash_code_execution_result" => BashCodeExecutionResult(AnthropicBashExecutionResult),
    }
}

/// The failure to run a Bash command.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct AnthropicBashExecutionError {
    /// Why the tool failed.
    pub error_code: AnthropicBashExecutionErrorCode,
}

open_enum! {
    /// A reason why a Bash command could not be run.
    pub enum AnthropicBashExecutionErrorCode {
        InvalidToolInput, Unavailable, TooManyRequests, ExecutionTimeExceeded, OutputFileTooLarge,
    }
}

/// The output of a Bash command.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct AnthropicBashExecutionResult {
    /// The files that the command made.
    pub content: Vec<AnthropicBashExecutionOutput>,
    /// The exit code of the command; 0 is success.
    pub return_code: i64,
    /// What was written to standard error.
    pub stderr: String,
    /// What was written to standard output.
    pub stdout: String,
}

/// A file that a Bash command made.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct AnthropicBashExecutionOutput {
    /// The file, as the files of the provider name it.
    pub file_id: String,
}

/// The result of an action of the text editor that runs on the server.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct AnthropicTextEditorToolResult {
    /// What the editor did or showed, or why it failed.
    pub content: AnthropicTextEditorContent,
    /// The call that this is the result of.
    pub tool_use_id: String,
}

response_union! {
    /// The outcome of an action of the text editor.
    pub enum AnthropicTextEditorContent {
        tag type = "text_editor_code_execution_tool_result_error" => TextEditorCodeExecutionToolResultError(AnthropicTextEditorError),
        tag type = "text_editor_code_execution_view_result" => TextEditorCodeExecutionViewResult(AnthropicTextEditorViewResult),
        tag type = "text_editor_code_execution_create_result" => TextEditorCodeExecutionCreateResult(AnthropicTextEditorCreateResult),
        tag type = "text_editor_code_execution_str_replace_result" => TextEditorCodeExecutionStrReplaceResult(AnthropicTextEditorReplaceResult),
    }
}

/// The failure of an action of the text editor.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct AnthropicTextEditorError {
    /// Why the tool failed.
    pub error_code: AnthropicTextEditorErrorCode,
    /// What went wrong, in words.
    pub error_message: Option<String>,
}

open_enum! {
    /// A reason why the text editor failed.
    pub enum AnthropicTextEditorErrorCode {
        InvalidToolInput, Unavailable, TooManyRequests, ExecutionTimeExceeded, FileNotFound,
    }
}

/// A file, or a part of one, that the text editor showed.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct AnthropicTextEditorViewResult {
    /// The lines that were shown.
    pub content: String,
    /// What kind of file it is.
    pub file_type: AnthropicTextEditorFileType,
    /// How many lines were shown.
    pub num_lines: Option<i64>,
    /// The number of the first line that was shown.
    pub start_line: Option<i64>,
    /// How many lines the file has.
    pub total_lines: Option<i64>,
}

open_enum! {
    /// The kind of a file that the text editor showed.
    pub enum AnthropicTextEditorFileType { Text, Image, Pdf }
}

/// The writing of a file by the text editor.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct AnthropicTextEditorCreateResult {
    /// Whether the file existed before.
    pub is_file_update: bool,
}

/// The replacement of text in a file by the text editor.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct AnthropicTextEditorReplaceResult {
    /// The changed lines, as a diff.
    pub lines: Option<Vec<String>>,
    /// How many lines the new part has.
    pub new_lines: Option<i64>,
    /// Where the new part starts, as a line number.
    pub new_start: Option<i64>,
    /// How many lines the old part had.
    pub old_lines: Option<i64>,
    /// Where the old part started, as a line number.
    pub old_start: Option<i64>,
}

/// The result of a search for tools.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct AnthropicToolSearchToolResult {
    /// The tools that were found, or why the search failed.
    pub content: AnthropicToolSearchContent,
    /// The call that this is the result of.
    pub tool_use_id: String,
}

response_union! {
    /// The outcome of a search for tools: references, or an error.
    pub enum AnthropicToolSearchContent {
        tag type = "tool_search_tool_result_error" => ToolSearchToolResultError(AnthropicToolSearchError),
        tag type = "tool_search_tool_search_result" => ToolSearchToolSearchResult(AnthropicToolSearchResult),
    }
}

/// The failure of a search for tools.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct AnthropicToolSearchError {
    /// Why the tool failed.
    pub error_code: AnthropicServerToolErrorCode,
    /// What went wrong, in words.
    pub error_message: Option<String>,
}

/// The tools that a search found.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct AnthropicToolSearchResult {
    /// The tools that were found.
    pub tool_references: Vec<AnthropicToolReference>,
}

/// A tool that a search found.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct AnthropicToolReference {
    /// The name of the tool.
    pub tool_name: String,
}

/// What the advisor tool answered.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct AnthropicAdvisorToolResult {
    /// The advice; send it back unchanged in the next turn.
    pub content: Object,
    /// The call that this is the result of.
    pub tool_use_id: String,
}

/// The output of `openrouter:shell`, run in the sandbox of OpenRouter.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ORAnthropicShellToolResult {
    /// What the shell put out.
    pub content: Object,
    /// The call that this is the result of.
    pub tool_use_id: String,
}

/// The output of `openrouter:bash`, run in the sandbox of OpenRouter (engine `openrouter`).
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ORAnthropicBashToolResult {
    /// What Bash put out.
    pub content: Object,
    /// The call that this is the result of.
    pub tool_use_id: String,
}
