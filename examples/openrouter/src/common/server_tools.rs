//! Tools that OpenRouter runs.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{ImageConfigValue, ReasoningEffort, WebSearchMode};
use crate::{
    common::ApproximateLocationType,
    json::{Nullable, Object, constant, open_enum, union},
};

/// Asks to cache the prompt up to here; at the top level of a request, to set the breakpoints by itself.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct AnthropicCacheControlDirective {
    /// How long the cache lives.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ttl: Option<AnthropicCacheControlTtl>,
    /// Always `ephemeral`.
    pub r#type: AnthropicCacheControlDirectiveType,
}

open_enum! {
    /// The lifetime of a cached prompt.
    pub enum AnthropicCacheControlTtl { V5m = "5m", V1h = "1h" }
}

constant! {
    /// The text `ephemeral`.
    pub struct AnthropicCacheControlDirectiveType = "ephemeral";
}

/// A tool that asks a stronger model for advice.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct AdvisorServerTool {
    /// The tool's settings.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parameters: Option<AdvisorServerToolConfig>,
}

/// Settings of an advisor.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct AdvisorServerToolConfig {
    /// Whether the advisor sees the whole conversation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub forward_transcript: Option<bool>,
    /// The advisor's system prompt; it has none by default.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub instructions: Option<String>,
    /// The most tokens of its advice, reasoning included.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_completion_tokens: Option<i64>,
    /// The advisor's model; by default the one that the tool call names, or that of the request.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub model: Option<String>,
    /// The advisor's name, where there are several; unique among them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// How much the advisor reasons.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reasoning: Option<AdvisorReasoning>,
    /// Whether its advice comes piece by piece.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stream: Option<bool>,
    /// The advisor's sampling temperature; the provider's default where unset.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub temperature: Option<f64>,
}

/// How much an advisor reasons.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct AdvisorReasoning {
    /// The effort of the advisor's reasoning.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub effort: Option<ReasoningEffort>,
    /// The most tokens of the advisor's reasoning.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_tokens: Option<i64>,
}

/// A tool that runs shell commands in a container of OpenRouter.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct BashServerTool {
    /// The settings of the shell.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parameters: Option<BashServerToolConfig>,
}

/// Settings of a shell.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct BashServerToolConfig {
    /// Who runs the commands.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub engine: Option<BashServerToolEngine>,
    /// Where they run.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub environment: Option<BashServerToolEnvironment>,
    /// How long the container waits for another command, in seconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sleep_after_seconds: Option<i64>,
}

open_enum! {
    /// Who runs commands: OpenRouter, or the client.
    pub enum BashServerToolEngine { Auto, Native, Openrouter }
}

union! {
    /// The container that commands run in.
    pub enum BashServerToolEnvironment {
        tag type = "container_auto" => ContainerAuto(ContainerAutoEnvironment),
        tag type = "container_reference" => ContainerReference(ContainerReferenceEnvironment),
    }
}

/// A new container, for this request alone.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ContainerAutoEnvironment {}

/// A container that is there already.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ContainerReferenceEnvironment {
    /// What names the container, at most 20 characters.
    pub container_id: String,
}

/// A tool that tells the date and the time.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct DatetimeServerTool {
    /// The settings of the clock.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parameters: Option<DatetimeServerToolConfig>,
}

/// Settings of a clock.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct DatetimeServerToolConfig {
    /// The time zone, by its IANA name; UTC by default.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub timezone: Option<String>,
}

/// A tool that works on the files of the workspace.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct FilesServerTool {
    /// The tool's settings, of which there are none yet.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parameters: Option<Object>,
}

/// A tool that asks several models, and analyses what they answer.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct FusionServerTool {
    /// The settings of the panel.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parameters: Option<FusionServerToolConfig>,
}

/// Settings of a panel of models.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct FusionServerToolConfig {
    /// The models of the panel.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub analysis_models: Option<Vec<String>>,
    /// Turns on prompt caching: the last block that can be cached is marked for you. A block can be marked by itself
    /// too.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cache_control: Option<AnthropicCacheControlDirective>,
    /// The most tokens that each may write, reasoning included.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_completion_tokens: Option<i64>,
    /// The most steps with tools that each may take.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_tool_calls: Option<i64>,
    /// The model that analyses their answers; that of the request by default.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub model: Option<String>,
    /// How much they reason.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reasoning: Option<FusionReasoning>,
    /// The sampling temperature of the panel; the analysis has 0.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub temperature: Option<f64>,
    /// The tools that they may use.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tools: Option<Vec<FusionServerNestedTool>>,
}

/// How much the models of a panel reason.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct FusionReasoning {
    /// The effort of their reasoning.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub effort: Option<ReasoningEffort>,
    /// The most tokens of each one's reasoning.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_tokens: Option<i64>,
}

/// A tool that the models of a panel may use.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct FusionServerNestedTool {
    /// The tool's settings.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parameters: Option<Object>,
    /// The tool's name: `openrouter:web_search`.
    pub r#type: String,
}

/// A tool that makes images.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ImageGenerationTool {
    /// The settings of the images.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parameters: Option<ImageGenerationToolConfig>,
}

/// Settings of the images that a tool makes: any setting of image generation.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ImageGenerationToolConfig {
    /// The model that makes them; `openai/gpt-5-image` by default.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub model: Option<String>,
    /// Members that have no name here.
    #[serde(flatten)]
    pub extra: BTreeMap<String, ImageConfigValue>,
}

/// Settings of a search for models.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct SearchModelsServerToolConfig {
    /// The most models that are found: 5 by default, at most 20.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_results: Option<i64>,
}

/// A tool that hands a task to a smaller model.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct SubagentServerTool {
    /// The settings of the smaller model.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parameters: Option<SubagentServerToolConfig>,
}

/// Settings of a subagent.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct SubagentServerToolConfig {
    /// Experimental: whether the subagent has all functions of the request.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub inherit_functions: Option<bool>,
    /// Experimental: the functions of the request that the subagent has.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub inherited_function_names: Option<Vec<String>>,
    /// The subagent's system prompt; it has none by default.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub instructions: Option<String>,
    /// The most tokens that it may write, reasoning included.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_completion_tokens: Option<i64>,
    /// The most steps with tools that it may take, at most 25.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_tool_calls: Option<i64>,
    /// The subagent's model; that of the request by default.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub model: Option<String>,
    /// The subagent's name, where there are several; unique among them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// How much the subagent reasons.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reasoning: Option<SubagentReasoning>,
    /// The subagent's sampling temperature; the provider's default where unset.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub temperature: Option<f64>,
    /// The tools of OpenRouter that it may use.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tools: Option<Vec<SubagentNestedTool>>,
}

/// How much a subagent reasons.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct SubagentReasoning {
    /// The effort of the subagent's reasoning.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub effort: Option<ReasoningEffort>,
    /// The most tokens of the subagent's reasoning.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_tokens: Option<i64>,
}

/// A tool that a subagent may use.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct SubagentNestedTool {
    /// The tool's settings.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parameters: Option<Object>,
    /// The tool's name: `openrouter:web_search`.
    pub r#type: String,
    /// Members that have no name here.
    #[serde(flatten)]
    pub extra: BTreeMap<String, Value>,
}

/// A tool that reads a page or a PDF of the web.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct WebFetchServerTool {
    /// The settings of the reading.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parameters: Option<WebFetchServerToolConfig>,
}

/// Settings of a tool that reads pages.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct WebFetchServerToolConfig {
    /// The only domains that are read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub allowed_domains: Option<Vec<String>>,
    /// Domains that are never read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub blocked_domains: Option<Vec<String>>,
    /// What reads them; the provider where it can, by default.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub engine: Option<WebFetchEngine>,
    /// About how many tokens of a page are kept; the rest is cut off.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_content_tokens: Option<i64>,
    /// The most pages for a request; more is an error for the model.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_uses: Option<i64>,
}

open_enum! {
    /// What reads pages.
    pub enum WebFetchEngine { Auto, Native, Openrouter, Exa, Parallel, Firecrawl }
}

/// A tool that searches the web.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct OpenRouterWebSearchServerTool {
    /// The settings of the search.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parameters: Option<WebSearchConfig>,
}

/// Settings of a search of the web.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct WebSearchConfig {
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
    /// How thoroughly the engine searches.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mode: Option<WebSearchMode>,
    /// How much of each result is read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub search_context_size: Option<SearchQualityLevel>,
    /// About where the user is, for results nearby.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_location: Option<WebSearchToolLocation>,
}

open_enum! {
    /// What a tool searches the web with.
    pub enum WebSearchToolEngine { Native, Exa, Parallel, Firecrawl, Perplexity, Auto }

    /// How much of each result is read.
    pub enum SearchQualityLevel { Low, Medium, High }
}

/// About where the user of a tool is.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct WebSearchToolLocation {
    /// The city.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub city: Nullable<String>,
    /// The country, by its two letters of ISO 3166.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub country: Nullable<String>,
    /// The region or state.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub region: Nullable<String>,
    /// The time zone, by its IANA name.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub timezone: Nullable<String>,
    /// Always `approximate`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub r#type: Option<ApproximateLocationType>,
}

/// How often tools of OpenRouter were used.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ServerToolUseDetails {
    /// How many calls ran and had a result.
    pub tool_calls_executed: Option<i64>,
    /// How many calls the model asked for.
    pub tool_calls_requested: Option<i64>,
    /// How many searches of the web there were.
    pub web_search_requests: Option<i64>,
}

/// A tool that runs shell commands in a sandbox.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct OpenRouterShellServerTool {
    /// The settings of the sandbox.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parameters: Option<ShellServerToolConfig>,
}

/// Settings of a shell in a sandbox.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ShellServerToolConfig {
    /// Who runs the commands; the provider where it can, by default.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub engine: Option<ShellServerToolEngine>,
    /// The container that they run in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub environment: Option<ShellServerToolEnvironment>,
    /// How long the container waits for another command, in seconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sleep_after_seconds: Option<i64>,
}

open_enum! {
    /// Who runs commands in a sandbox.
    pub enum ShellServerToolEngine { Auto, Openrouter }
}

union! {
    /// The container of a sandbox.
    pub enum ShellServerToolEnvironment {
        tag type = "container_auto" => ContainerAuto(ContainerAutoEnvironment),
        tag type = "container_reference" => ContainerReference(ContainerReferenceEnvironment),
    }
}

/// A tool that finds those whose loading is deferred.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ToolSearchServerTool {
    /// The settings of the search for tools.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parameters: Option<ToolSearchServerToolConfig>,
}

/// Settings of a search for tools.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ToolSearchServerToolConfig {
    /// The most tools that a search finds, 5 by default.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_results: Option<i64>,
}
