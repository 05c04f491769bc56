//! The tools of a request, and the choice among them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{
    common::{
        AnthropicCacheControlDirective, ApproximateLocation, BashServerTool, DatetimeServerTool,
        ImageGenerationTool, MessagesOtherTool, OpenRouterShellServerTool,
        OpenRouterWebSearchServerTool, SearchModelsServerToolConfig, ToolSearchServerTool,
        WebFetchServerTool,
    },
    json::{Nullable, constant, open_enum, union},
};

union! {
    /// Whether tools may or must be called.
    pub enum MessagesToolChoice {
        tag type = "auto" => Auto(MessagesToolChoiceAuto),
        tag type = "any" => Any(MessagesToolChoiceAny),
        tag type = "none" => None(MessagesToolChoiceNone),
        tag type = "tool" => Tool(MessagesToolChoiceTool),
    }
}

/// The choice that lets the model decide whether it calls tools.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct MessagesToolChoiceAuto {
    /// Whether at most one tool is called at a time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub disable_parallel_tool_use: Option<bool>,
}

/// The choice that makes the model call some tool.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct MessagesToolChoiceAny {
    /// Whether at most one tool is called at a time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub disable_parallel_tool_use: Option<bool>,
}

/// The choice that lets the model call no tool.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct MessagesToolChoiceNone {}

/// The choice that makes the model call one certain tool.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct MessagesToolChoiceTool {
    /// Whether at most one tool is called at a time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub disable_parallel_tool_use: Option<bool>,
    /// The tool to call.
    pub name: String,
}

union! {
    /// A tool that a model may call: your own, the provider's, or OpenRouter's.
    pub enum MessagesTool {
        _ => Custom(MessagesCustomTool),
        tag type = "bash_20250124" => Bash20250124(MessagesBashTool20250124),
        tag type = "text_editor_20250124" => TextEditor20250124(MessagesTextEditorTool20250124),
        tag type = "web_search_20250305" => WebSearch20250305(MessagesWebSearchTool20250305),
        tag type = "web_search_20260209" => WebSearch20260209(MessagesWebSearchTool20260209),
        tag type = "advisor_20260301" => Advisor20260301(MessagesAdvisorTool20260301),
        tag type = "openrouter:bash" => Bash(BashServerTool),
        tag type = "openrouter:datetime" => Datetime(DatetimeServerTool),
        tag type = "openrouter:image_generation" => ImageGeneration(ImageGenerationTool),
        tag type = "openrouter:experimental__search_models" => ExperimentalSearchModels(MessagesSearchModelsServerTool),
        tag type = "openrouter:web_fetch" => WebFetch(WebFetchServerTool),
        tag type = "openrouter:web_search" => WebSearch(OpenRouterWebSearchServerTool),
        _ => Object(MessagesOtherTool),
        has type = "tool_search_tool_bm25_20251119" | "tool_search_tool_bm25" => ToolSearchToolBm2520251119(AnthropicToolSearchToolBm25),
        has type = "tool_search_tool_regex_20251119" | "tool_search_tool_regex" => ToolSearchToolRegex20251119(AnthropicToolSearchToolRegex),
        tag type = "openrouter:shell" => Shell(OpenRouterShellServerTool),
        tag type = "openrouter:tool_search" => ToolSearch(ToolSearchServerTool),
    }
}

/// A tool of your own, which you run when the model calls it.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct MessagesCustomTool {
    /// Turns on prompt caching: the last block that can be cached is marked for you. A block can be marked by itself
    /// too.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cache_control: Option<AnthropicCacheControlDirective>,
    /// Whether the tool stays out of the prompt until it is searched for or added.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub defer_loading: Option<bool>,
    /// What the tool does, told to the model.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The arguments of the tool.
    pub input_schema: MessagesCustomToolSchema,
    /// What the model calls the tool by.
    pub name: String,
    /// Always `custom`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub r#type: Option<MessagesRequestToolCustomType>,
}

/// The JSON Schema of the arguments of a tool.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct MessagesCustomToolSchema {
    /// The schema of each argument, by name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub properties: Option<Value>,
    /// The arguments that a call must have.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub required: Nullable<Vec<String>>,
    /// The type of the arguments as a whole; default `object`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub r#type: Option<String>,
    /// Members that have no name here.
    #[serde(flatten)]
    pub extra: BTreeMap<String, Value>,
}

constant! {
    /// The text `custom`.
    pub struct MessagesRequestToolCustomType = "custom";
}

/// Anthropic's Bash tool, whose commands you run.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct MessagesBashTool20250124 {
    /// Turns on prompt caching: the last block that can be cached is marked for you. A block can be marked by itself
    /// too.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cache_control: Option<AnthropicCacheControlDirective>,
    /// Always `bash`.
    pub name: MessagesRequestToolBash20250124Name,
}

constant! {
    /// The text `bash`.
    pub struct MessagesRequestToolBash20250124Name = "bash";
}

/// Anthropic's text editor tool, whose edits you make.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct MessagesTextEditorTool20250124 {
    /// Turns on prompt caching: the last block that can be cached is marked for you. A block can be marked by itself
    /// too.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cache_control: Option<AnthropicCacheControlDirective>,
    /// Always `str_replace_editor`.
    pub name: MessagesRequestToolTextEditor20250124Name,
}

constant! {
    /// The text `str_replace_editor`.
    pub struct MessagesRequestToolTextEditor20250124Name = "str_replace_editor";
}

/// Anthropic's web search.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct MessagesWebSearchTool20250305 {
    /// The only domains that results may come from.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub allowed_domains: Nullable<Vec<String>>,
    /// Domains that no result may come from.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub blocked_domains: Nullable<Vec<String>>,
    /// Turns on prompt caching: the last block that can be cached is marked for you. A block can be marked by itself
    /// too.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cache_control: Option<AnthropicCacheControlDirective>,
    /// How often the tool may be used in the request.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub max_uses: Nullable<i64>,
    /// Always `web_search`.
    pub name: MessagesRequestToolWebSearch20250305Name,
    /// Where the user is, so that results fit.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub user_location: Nullable<ApproximateLocation>,
}

constant! {
    /// The text `web_search`.
    pub struct MessagesRequestToolWebSearch20250305Name = "web_search";
}

/// Anthropic's web search, in its version that code can call too.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct MessagesWebSearchTool20260209 {
    /// Who may call the tool: the model itself, or code that it runs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub allowed_callers: Option<Vec<AnthropicAllowedCaller>>,
    /// The only domains that results may come from.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub allowed_domains: Nullable<Vec<String>>,
    /// Domains that no result may come from.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub blocked_domains: Nullable<Vec<String>>,
    /// Turns on prompt caching: the last block that can be cached is marked for you. A block can be marked by itself
    /// too.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cache_control: Option<AnthropicCacheControlDirective>,
    /// How often the tool may be used in the request.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub max_uses: Nullable<i64>,
    /// Always `web_search`.
    pub name: MessagesRequestToolWebSearch20260209Name,
    /// Where the user is, so that results fit.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub user_location: Nullable<ApproximateLocation>,
}

open_enum! {
    /// Who may call a tool: the model itself, or a version of code execution.
    pub enum AnthropicAllowedCaller {
        Direct, CodeExecution20250825 = "code_execution_20250825",
        CodeExecution20260120 = "code_execution_20260120",
    }
}

constant! {
    /// The text `web_search`.
    pub struct MessagesRequestToolWebSearch20260209Name = "web_search";
}

/// Anthropic's advisor: a second model that is asked for advice.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct MessagesAdvisorTool20260301 {
    /// Who may call the tool: the model itself, or code that it runs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub allowed_callers: Option<Vec<AnthropicAllowedCaller>>,
    /// Turns on prompt caching: the last block that can be cached is marked for you. A block can be marked by itself
    /// too.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cache_control: Option<AnthropicCacheControlDirective>,
    /// How what the advisor reads is cached.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub caching: Nullable<AnthropicCacheControlDirective>,
    /// Whether the tool stays out of the prompt until it is searched for or added.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub defer_loading: Option<bool>,
    /// How often the tool may be used in the request.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_uses: Option<i64>,
    /// The model that advises.
    pub model: String,
    /// Always `advisor`.
    pub name: MessagesRequestToolAdvisor20260301Name,
}

constant! {
    /// The text `advisor`.
    pub struct MessagesRequestToolAdvisor20260301Name = "advisor";
}

/// A tool of OpenRouter that finds models in its catalog.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct MessagesSearchModelsServerTool {
    /// Settings of the tool.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parameters: Option<SearchModelsServerToolConfig>,
}

/// A tool by which the model finds deferred tools with words.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct AnthropicToolSearchToolBm25 {
    /// Who may call the tool: the model itself, or code that it runs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub allowed_callers: Option<Vec<AnthropicAllowedCaller>>,
    /// Turns on prompt caching: the last block that can be cached is marked for you. A block can be marked by itself
    /// too.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cache_control: Option<AnthropicCacheControlDirective>,
    /// Whether the tool stays out of the prompt until it is searched for or added.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub defer_loading: Option<bool>,
    /// Always `tool_search_tool_bm25`.
    pub name: AnthropicToolSearchToolBm25Name,
    /// Whether the input of a call must fit the schema exactly.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub strict: Option<bool>,
    /// The version of the tool.
    pub r#type: AnthropicToolSearchToolBm25Type,
}

constant! {
    /// The text `tool_search_tool_bm25`.
    pub struct AnthropicToolSearchToolBm25Name = "tool_search_tool_bm25";
}

open_enum! {
    /// The versions of the tool search with words.
    pub enum AnthropicToolSearchToolBm25Type {
        ToolSearchToolBm2520251119 = "tool_search_tool_bm25_20251119", ToolSearchToolBm25,
    }
}

/// A tool by which the model finds deferred tools with regular expressions.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct AnthropicToolSearchToolRegex {
    /// Who may call the tool: the model itself, or code that it runs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub allowed_callers: Option<Vec<AnthropicAllowedCaller>>,
    /// Turns on prompt caching: the last block that can be cached is marked for you. A block can be marked by itself
    /// too.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cache_control: Option<AnthropicCacheControlDirective>,
    /// Whether the tool stays out of the prompt until it is searched for or added.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub defer_loading: Option<bool>,
    /// Always `tool_search_tool_regex`.
    pub name: AnthropicToolSearchToolRegexName,
    /// Whether the input of a call must fit the schema exactly.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub strict: Option<bool>,
    /// The version of the tool.
    pub r#type: AnthropicToolSearchToolRegexType,
}

constant! {
    /// The text `tool_search_tool_regex`.
    pub struct AnthropicToolSearchToolRegexName = "tool_search_tool_regex";
}

open_enum! {
    /// The versions of the tool search with regular expressions.
    pub enum AnthropicToolSearchToolRegexType {
        ToolSearchToolRegex20251119 = "tool_search_tool_regex_20251119", ToolSearchToolRegex,
    }
}
