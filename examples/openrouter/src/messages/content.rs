//! The content of the messages of a request.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::AnthropicDocumentBlockParam;
use crate::{
    common::AnthropicCacheControlDirective,
    json::{Nullable, Object, constant, open_enum, union},
};

/// A message of a conversation that is sent, with additions of OpenRouter.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct AnthropicMessageParam {
    /// What the message says.
    pub content: AnthropicMessageContent,
    /// Who speaks.
    pub role: AnthropicMessageRole,
}

union! {
    /// The content of a message: a text, or a list of blocks.
    pub enum AnthropicMessageContent {
        _ => Text(String),
        _ => List(Vec<AnthropicBlockParam>),
    }
}

union! {
    /// A block of the content of a message that is sent.
    pub enum AnthropicBlockParam {
        tag type = "text" => Text(AnthropicTextBlockParam),
        tag type = "image" => Image(AnthropicImageBlockParam),
        tag type = "document" => Document(AnthropicDocumentBlockParam),
        tag type = "tool_use" => ToolUse(AnthropicToolUseBlockParam),
        tag type = "tool_result" => ToolResult(AnthropicToolResultBlockParam),
        tag type = "thinking" => Thinking(AnthropicThinkingBlockParam),
        tag type = "redacted_thinking" => RedactedThinking(AnthropicRedactedThinkingParam),
        tag type = "server_tool_use" => ServerToolUse(AnthropicServerToolUseParam),
        tag type = "web_search_tool_result" => WebSearchToolResult(AnthropicWebSearchToolResultParam),
        tag type = "search_result" => SearchResult(AnthropicSearchResultBlockParam),
        tag type = "compaction" => Compaction(AnthropicCompactionBlockParam),
        tag type = "advisor_tool_result" => AdvisorToolResult(MessagesAdvisorToolResultBlock),
        tag type = "tool_addition" => ToolAddition(MessagesToolAdditionBlock),
        tag type = "tool_removal" => ToolRemoval(MessagesToolRemovalBlock),
        tag type = "openrouter_shell_tool_result" => OpenrouterShellToolResult(MessagesShellToolResultBlock),
        tag type = "openrouter_bash_tool_result" => OpenrouterBashToolResult(MessagesBashToolResultBlock),
    }
}

/// A block of text.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct AnthropicTextBlockParam {
    /// Turns on prompt caching: the last block that can be cached is marked for you. A block can be marked by itself
    /// too.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cache_control: Option<AnthropicCacheControlDirective>,
    /// The sources that the text cites.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub citations: Nullable<Vec<AnthropicCitationParam>>,
    /// What the block says.
    pub text: String,
}

union! {
    /// A citation in a text that is sent, by the kind of its source.
    pub enum AnthropicCitationParam {
        tag type = "char_location" => CharLocation(AnthropicCharCitationParam),
        tag type = "page_location" => PageLocation(AnthropicPageCitationParam),
        tag type = "content_block_location" => ContentBlockLocation(AnthropicBlockCitationParam),
        tag type = "web_search_result_location" => WebSearchResultLocation(AnthropicWebSearchCitationParam),
        tag type = "search_result_location" => SearchResultLocation(AnthropicSearchResultCitationParam),
    }
}

/// A citation of a range of characters of a document, as it is sent.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct AnthropicCharCitationParam {
    /// The passage that is cited.
    pub cited_text: String,
    /// The place of the cited document among the documents of the request, from 0.
    pub document_index: i64,
    /// The title of the cited document.
    pub document_title: Option<String>,
    /// The end of the cited characters, exclusive.
    pub end_char_index: i64,
    /// The first cited character, counted from 0.
    pub start_char_index: i64,
}

/// A citation of pages of a document, as it is sent.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct AnthropicPageCitationParam {
    /// The passage that is cited.
    pub cited_text: String,
    /// The place of the cited document among the documents of the request, from 0.
    pub document_index: i64,
    /// The title of the cited document.
    pub document_title: Option<String>,
    /// The end of the cited pages, exclusive.
    pub end_page_number: i64,
    /// The first cited page, counted from 1.
    pub start_page_number: i64,
}

/// A citation of content blocks of a document, as it is sent.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct AnthropicBlockCitationParam {
    /// The passage that is cited.
    pub cited_text: String,
    /// The place of the cited document among the documents of the request, from 0.
    pub document_index: i64,
    /// The title of the cited document.
    pub document_title: Option<String>,
    /// The end of the cited blocks, exclusive.
    pub end_block_index: i64,
    /// The first cited block, counted from 0.
    pub start_block_index: i64,
}

/// A citation of a result of a web search, as it is sent.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct AnthropicWebSearchCitationParam {
    /// The passage that is cited.
    pub cited_text: String,
    /// An opaque reference to the result, to be sent back unchanged.
    pub encrypted_index: String,
    /// The title of the page or document.
    pub title: Option<String>,
    /// The web address.
    pub url: String,
}

/// A citation of a search result that the conversation held, as it is sent.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct AnthropicSearchResultCitationParam {
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

/// A block that shows an image to the model.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct AnthropicImageBlockParam {
    /// Turns on prompt caching: the last block that can be cached is marked for you. A block can be marked by itself
    /// too.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cache_control: Option<AnthropicCacheControlDirective>,
    /// The image itself, or where it is.
    pub source: AnthropicImageSourceParam,
}

union! {
    /// An image: its data, or its address.
    pub enum AnthropicImageSourceParam {
        tag type = "base64" => Base64(AnthropicBase64ImageSource),
        tag type = "url" => Url(AnthropicUrlImageSource),
    }
}

/// An image as `base64` text.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct AnthropicBase64ImageSource {
    /// The bytes of the image in `base64`.
    pub data: String,
    /// The format of the image.
    pub media_type: AnthropicImageMimeType,
}

open_enum! {
    /// The format of an image, as a MIME type.
    pub enum AnthropicImageMimeType {
        ImageJpeg = "image/jpeg", ImagePng = "image/png", ImageGif = "image/gif",
        ImageWebp = "image/webp",
    }
}

/// An image by its address.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct AnthropicUrlImageSource {
    /// Where the image is.
    pub url: String,
}

/// A call of one of your tools that the model made in an earlier turn.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct AnthropicToolUseBlockParam {
    /// Turns on prompt caching: the last block that can be cached is marked for you. A block can be marked by itself
    /// too.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cache_control: Option<AnthropicCacheControlDirective>,
    /// What names the call; its result refers to it.
    pub id: String,
    /// The arguments of the call.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub input: Option<Value>,
    /// The tool that was called.
    pub name: String,
}

/// The result of a tool that you ran for the model.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct AnthropicToolResultBlockParam {
    /// Turns on prompt caching: the last block that can be cached is marked for you. A block can be marked by itself
    /// too.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cache_control: Option<AnthropicCacheControlDirective>,
    /// What the tool answered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content: Option<AnthropicToolResultContentParam>,
    /// Whether the tool failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_error: Option<bool>,
    /// The call that this is the result of.
    pub tool_use_id: String,
}

union! {
    /// The content of a tool result: a text, or a list of blocks.
    pub enum AnthropicToolResultContentParam {
        _ => Text(String),
        _ => List(Vec<AnthropicToolResultPartParam>),
    }
}

union! {
    /// A block of a tool result.
    pub enum AnthropicToolResultPartParam {
        tag type = "text" => Text(AnthropicTextBlockParam),
        tag type = "image" => Image(AnthropicImageBlockParam),
        tag type = "tool_reference" => ToolReference(AnthropicToolReferenceParam),
        tag type = "search_result" => SearchResult(AnthropicSearchResultBlockParam),
        tag type = "document" => Document(AnthropicDocumentBlockParam),
    }
}

/// A tool that the result makes known to the model.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct AnthropicToolReferenceParam {
    /// The name of the tool.
    pub tool_name: String,
}

/// A search result that you give to the model, so that it can cite it.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct AnthropicSearchResultBlockParam {
    /// Turns on prompt caching: the last block that can be cached is marked for you. A block can be marked by itself
    /// too.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cache_control: Option<AnthropicCacheControlDirective>,
    /// Whether the answer may cite the result.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub citations: Option<AnthropicSearchCitationsConfig>,
    /// The text of the result.
    pub content: Vec<MessagesTextPart>,
    /// Where the result comes from, for instance its address.
    pub source: String,
    /// The title of the result.
    pub title: String,
}

/// The citations of a search result: on or off.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct AnthropicSearchCitationsConfig {
    /// Whether the answer may cite the result.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enabled: Option<bool>,
}

/// What the model thought in an earlier turn.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct AnthropicThinkingBlockParam {
    /// A proof that the thinking is the model's own, to be sent back unchanged.
    pub signature: String,
    /// What the model thinks.
    pub thinking: String,
}

/// Encrypted thinking of an earlier turn.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct AnthropicRedactedThinkingParam {
    /// The encrypted thinking, to be sent back unchanged.
    pub data: String,
}

/// A call that the model made in an earlier turn of a tool that runs on the server.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct AnthropicServerToolUseParam {
    /// Turns on prompt caching: the last block that can be cached is marked for you. A block can be marked by itself
    /// too.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cache_control: Option<AnthropicCacheControlDirective>,
    /// What names the call; its result refers to it.
    pub id: String,
    /// The arguments of the call.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub input: Option<Value>,
    /// The tool that was called.
    pub name: String,
}

/// The result of a web search of an earlier turn.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct AnthropicWebSearchToolResultParam {
    /// Turns on prompt caching: the last block that can be cached is marked for you. A block can be marked by itself
    /// too.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cache_control: Option<AnthropicCacheControlDirective>,
    /// The pages that were found, or why the search failed.
    pub content: AnthropicWebSearchContentParam,
    /// The call that this is the result of.
    pub tool_use_id: String,
}

union! {
    /// The outcome of a web search that is sent back: pages, or an error.
    pub enum AnthropicWebSearchContentParam {
        _ => List(Vec<AnthropicWebSearchResultParam>),
        tag type = "web_search_tool_result_error" => WebSearchToolResultError(AnthropicWebSearchErrorParam),
    }
}

/// A page that a web search found, as it is sent back.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct AnthropicWebSearchResultParam {
    /// The encrypted content, to be sent back unchanged.
    pub encrypted_content: String,
    /// How old the page is, in words of the search.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub page_age: Nullable<String>,
    /// The title of the page.
    pub title: String,
    /// Always `web_search_result`.
    pub r#type: AnthropicWebSearchResultBlockParamType,
    /// The address of the page.
    pub url: String,
}

constant! {
    /// The text `web_search_result`.
    pub struct AnthropicWebSearchResultBlockParamType = "web_search_result";
}

/// The failure of a web search, as it is sent back.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct AnthropicWebSearchErrorParam {
    /// Why the tool failed.
    pub error_code: AnthropicWebSearchErrorCodeParam,
}

open_enum! {
    /// A reason why a web search failed, as it is sent back.
    pub enum AnthropicWebSearchErrorCodeParam {
        InvalidToolInput, Unavailable, MaxUsesExceeded, TooManyRequests, QueryTooLong,
    }
}

/// The summary of an older part of the conversation.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct AnthropicCompactionBlockParam {
    /// Turns on prompt caching: the last block that can be cached is marked for you. A block can be marked by itself
    /// too.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cache_control: Option<AnthropicCacheControlDirective>,
    /// The text of the summary.
    pub content: Option<String>,
    /// The encrypted content, to be sent back unchanged.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub encrypted_content: Nullable<String>,
}

/// What the advisor tool answered in an earlier turn, sent back to the model.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct MessagesAdvisorToolResultBlock {
    /// The block that the tool returned, unchanged.
    pub content: Object,
    /// The call that this is the result of.
    pub tool_use_id: String,
}

/// A tool declared with `defer_loading` that becomes usable from here on; the prompt cache stays valid. Only in
/// messages of the role `system`, from Claude Opus 4.8 on, not with Claude Sonnet 5.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct MessagesToolAdditionBlock {
    /// Turns on prompt caching: the last block that can be cached is marked for you. A block can be marked by itself
    /// too.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cache_control: Option<AnthropicCacheControlDirective>,
    /// The tool to add.
    pub tool: MessagesToolTarget,
}

union! {
    /// A tool, or a set of tools, that is added or removed.
    pub enum MessagesToolTarget {
        tag type = "tool_reference" => ToolReference(MessagesToolReference),
        tag type = "mcp_tool_reference" => McpToolReference(MessagesMcpToolReference),
        tag type = "mcp_toolset_reference" => McpToolsetReference(MessagesMcpToolsetReference),
    }
}

/// One of the tools of the request.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct MessagesToolReference {
    /// The name of the tool.
    pub name: String,
}

/// A tool of an MCP server.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct MessagesMcpToolReference {
    /// The name of the tool on its server.
    pub name: String,
    /// The name of the MCP server.
    pub server_name: String,
}

/// All tools of an MCP server.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct MessagesMcpToolsetReference {
    /// The name of the MCP server.
    pub server_name: String,
}

/// A tool that is gone from here on; the prompt cache stays valid. Only in messages of the role `system`, from Claude
/// Opus 4.8 on, not with Claude Sonnet 5.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct MessagesToolRemovalBlock {
    /// Turns on prompt caching: the last block that can be cached is marked for you. A block can be marked by itself
    /// too.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cache_control: Option<AnthropicCacheControlDirective>,
    /// The tool to remove.
    pub tool: MessagesToolTarget,
}

/// The result of `openrouter:shell` in an earlier turn; it is taken, but not passed on to the provider.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct MessagesShellToolResultBlock {
    /// What the shell put out.
    pub content: Object,
    /// The call that this is the result of.
    pub tool_use_id: String,
}

/// The result of `openrouter:bash` in an earlier turn; it is taken, but not passed on to the provider.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct MessagesBashToolResultBlock {
    /// What Bash put out.
    pub content: Object,
    /// The call that this is the result of.
    pub tool_use_id: String,
}

open_enum! {
    /// The speaker of a message.
    pub enum AnthropicMessageRole { User, Assistant, System }
}

union! {
    /// A block of text.
    pub enum MessagesTextPart {
        tag type = "text" => Text(AnthropicTextBlockParam),
    }
}
