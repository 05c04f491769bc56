//! The tools of a request, and the choice among them.

use serde::{Deserialize, Serialize};

use super::ChatContentCacheControl;
use crate::{
    common::{
        AdvisorServerTool, BashServerTool, DatetimeServerTool, FilesServerTool, FusionServerTool,
        ImageGenerationTool, OpenRouterWebSearchServerTool, SearchModelsServerToolConfig,
        SearchQualityLevel, SubagentServerTool, ToolChoiceMode, WebFetchServerTool,
        WebSearchConfig, WebSearchMode, WebSearchToolEngine, WebSearchToolLocation,
    },
    json::{Nullable, Object, constant, open_enum, union},
};

union! {
    /// Whether tools may or must be called, or which one.
    pub enum ChatToolChoice {
        _ => Mode(ToolChoiceMode),
        _ => ChatNamedToolChoice(ChatNamedToolChoice),
        _ => ChatServerToolChoice(ChatServerToolChoice),
    }
}

/// The choice of one certain function.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ChatNamedToolChoice {
    /// The function to call.
    pub function: ChatNamedToolChoiceFunction,
    /// Always `function`.
    pub r#type: ChatNamedToolChoiceType,
}

/// The name of the function that must be called.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ChatNamedToolChoiceFunction {
    /// The function to call.
    pub name: String,
}

constant! {
    /// The text `function`.
    pub struct ChatNamedToolChoiceType = "function";
}

/// The choice of one tool of OpenRouter, named by its type; an addition to the `OpenAI` API.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ChatServerToolChoice {
    /// The type of the tool, for instance `openrouter:web_search` or `web_search`.
    pub r#type: String,
}

union! {
    /// A tool that a model may call: a function of yours, or a tool of OpenRouter.
    pub enum ChatTool {
        tag type = "function" => Function(ChatToolFunction),
        tag type = "openrouter:advisor" => Advisor(AdvisorServerTool),
        tag type = "openrouter:bash" => Bash(BashServerTool),
        tag type = "openrouter:datetime" => Datetime(DatetimeServerTool),
        tag type = "openrouter:files" => Files(FilesServerTool),
        tag type = "openrouter:fusion" => Fusion(FusionServerTool),
        tag type = "openrouter:image_generation" => ImageGeneration(ImageGenerationTool),
        tag type = "openrouter:experimental__search_models" => ExperimentalSearchModels(ChatSearchModelsServerTool),
        tag type = "openrouter:subagent" => Subagent(SubagentServerTool),
        tag type = "openrouter:web_fetch" => WebFetch(WebFetchServerTool),
        tag type = "openrouter:web_search" => WebSearch(OpenRouterWebSearchServerTool),
        has type = "web_search" | "web_search_preview" | "web_search_preview_2025_03_11" | "web_search_2025_08_26" => ChatWebSearchShorthand(ChatWebSearchShorthand),
    }
}

/// A function of yours, which you run when the model calls it.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ChatToolFunction {
    /// Marks the end of what is cached, in Anthropic's form; OpenRouter turns it into the form the provider knows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cache_control: Option<ChatContentCacheControl>,
    /// What the function is called, does and takes.
    pub function: ChatFunctionDefinition,
}

/// The definition of a function.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ChatFunctionDefinition {
    /// What the function does, told to the model.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// What the model calls the function by: letters, digits, underscores and dashes, at most 64.
    pub name: String,
    /// The arguments, as a JSON Schema.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parameters: Option<Object>,
    /// Whether the answer must fit the schema exactly.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub strict: Nullable<bool>,
}

/// A tool of OpenRouter that finds models in its catalog.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ChatSearchModelsServerTool {
    /// Settings of the tool.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parameters: Option<SearchModelsServerToolConfig>,
}

/// A web search, written as in the `OpenAI` Responses API; it becomes `openrouter:web_search`.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ChatWebSearchShorthand {
    /// The only domains that results are taken from; not beside `excluded_domains`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub allowed_domains: Option<Vec<String>>,
    /// What searches; the provider where it can, by default.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub engine: Option<WebSearchToolEngine>,
    /// Domains that results are not taken from; not beside `allowed_domains`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub excluded_domains: Option<Vec<String>>,
    /// The most characters of each result, where the engine heeds it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_characters: Option<i64>,
    /// The most results of a search, 5 by default.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_results: Option<i64>,
    /// The most results of all searches of a request.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_total_results: Option<i64>,
    /// The most searches of a request; more is an error for the model.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_uses: Option<i64>,
    /// How thoroughly the engine searches; which values there are depends on it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mode: Option<WebSearchMode>,
    /// Settings of the search.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parameters: Option<WebSearchConfig>,
    /// How much of each result is read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub search_context_size: Option<SearchQualityLevel>,
    /// The name that the search goes by.
    pub r#type: ChatWebSearchShorthandType,
    /// About where the user is, for results nearby.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_location: Option<WebSearchToolLocation>,
}

open_enum! {
    /// The names of the web search in the `OpenAI` Responses API.
    pub enum ChatWebSearchShorthandType {
        WebSearch, WebSearchPreview, WebSearchPreview20250311 = "web_search_preview_2025_03_11",
        WebSearch20250826 = "web_search_2025_08_26",
    }
}
