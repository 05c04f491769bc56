//! The tools of a request, and the choice among them.

use serde::{Deserialize, Serialize};

use super::{
    CodeInterpreterServerTool, ComputerUseServerTool, FileSearchServerTool,
    ImageGenerationServerTool, McpServerTool,
};
use crate::{
    common::{
        AdvisorServerTool, ApproximateLocation, BashServerTool, DatetimeServerTool,
        FilesServerTool, FusionServerTool, ImageGenerationTool, MessagesOtherTool,
        OpenRouterShellServerTool, SearchModelsServerToolConfig, SearchQualityLevel,
        SubagentServerTool, ToolChoiceMode, ToolSearchServerTool, WebFetchServerTool,
        WebSearchMode, WebSearchToolEngine, WebSearchToolLocation,
    },
    json::{Nullable, Object, open_enum, union},
};

union! {
    /// A tool that is added within the input.
    pub enum AdditionalTool {
        tag type = "function" => Function(ResponsesFunctionTool),
        tag type = "web_search_preview" => WebSearchPreview(PreviewWebSearchTool),
        tag type = "web_search_preview_2025_03_11" => WebSearchPreview20250311(PreviewWebSearchTool20250311),
        tag type = "web_search" => WebSearch(LegacyWebSearchTool),
        tag type = "web_search_2025_08_26" => WebSearch20250826(WebSearchTool20250826),
        tag type = "file_search" => FileSearch(FileSearchServerTool),
        tag type = "computer_use_preview" => ComputerUsePreview(ComputerUseServerTool),
        tag type = "code_interpreter" => CodeInterpreter(CodeInterpreterServerTool),
        tag type = "mcp" => Mcp(McpServerTool),
        tag type = "image_generation" => ImageGeneration(ImageGenerationServerTool),
        tag type = "local_shell" => LocalShell(CodexLocalShellTool),
        tag type = "shell" => Shell(ShellServerTool),
        tag type = "apply_patch" => ApplyPatch(ApplyPatchServerTool),
        tag type = "custom" => Custom(ResponsesCustomTool),
        tag type = "namespace" => Namespace(NamespaceTool),
        tag type = "openrouter:advisor" => Advisor(AdvisorServerTool),
        tag type = "openrouter:subagent" => Subagent(SubagentServerTool),
        tag type = "openrouter:datetime" => Datetime(DatetimeServerTool),
        tag type = "openrouter:files" => Files(FilesServerTool),
        tag type = "openrouter:fusion" => Fusion(FusionServerTool),
        tag type = "openrouter:image_generation" => OpenRouterImageGeneration(ImageGenerationTool),
        tag type = "openrouter:experimental__search_models" => ExperimentalSearchModels(ResponsesSearchModelsServerTool),
        tag type = "openrouter:web_fetch" => WebFetch(WebFetchServerTool),
        tag type = "openrouter:web_search" => OpenRouterWebSearch(ResponsesWebSearchServerTool),
        tag type = "openrouter:apply_patch" => OpenRouterApplyPatch(OpenRouterApplyPatchServerTool),
        tag type = "openrouter:bash" => Bash(BashServerTool),
        tag type = "openrouter:shell" => OpenRouterShell(OpenRouterShellServerTool),
        tag type = "openrouter:tool_search" => ToolSearch(ToolSearchServerTool),
        _ => Object(MessagesOtherTool),
    }
}

/// A function that the model may call.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ResponsesFunctionTool {
    /// What the function does, for the model.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub description: Nullable<String>,
    /// The name by which the function is called.
    pub name: String,
    /// The JSON Schema of the function's arguments.
    pub parameters: Option<Object>,
    /// Whether the arguments must follow the schema exactly.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub strict: Nullable<bool>,
    /// Whether to hide the tool until `openrouter:tool_search` finds it; needs that tool and one that is not hidden.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub defer_loading: Option<bool>,
}

/// Web search, in its preview version.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct PreviewWebSearchTool {
    /// What searches; the provider where it can, by default.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub engine: Option<WebSearchToolEngine>,
    /// Which domains the search may use.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub filters: Nullable<WebSearchDomainFilter>,
    /// The most results of a search, 5 by default.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_results: Option<i64>,
    /// The most searches of a request; more is an error for the model.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_uses: Option<i64>,
    /// How thoroughly the engine searches; which values there are depends on it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mode: Option<WebSearchMode>,
    /// How much of the results to give to the model.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub search_context_size: Option<SearchQualityLevel>,
    /// Roughly where the user is.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub user_location: Nullable<ApproximateLocation>,
}

/// Which domains a web search may use.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct WebSearchDomainFilter {
    /// The only domains to take results from.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub allowed_domains: Nullable<Vec<String>>,
    /// Domains to take no results from.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub blocked_domains: Nullable<Vec<String>>,
    /// Domains to leave out of the results.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub excluded_domains: Nullable<Vec<String>>,
}

/// Web search, in its preview version of 2025-03-11.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct PreviewWebSearchTool20250311 {
    /// What searches; the provider where it can, by default.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub engine: Option<WebSearchToolEngine>,
    /// Which domains the search may use.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub filters: Nullable<WebSearchDomainFilter>,
    /// The most results of a search, 5 by default.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_results: Option<i64>,
    /// The most searches of a request; more is an error for the model.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_uses: Option<i64>,
    /// How thoroughly the engine searches; which values there are depends on it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mode: Option<WebSearchMode>,
    /// How much of the results to give to the model.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub search_context_size: Option<SearchQualityLevel>,
    /// Roughly where the user is.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub user_location: Nullable<ApproximateLocation>,
}

/// Web search, in its version without a date.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct LegacyWebSearchTool {
    /// What searches; the provider where it can, by default.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub engine: Option<WebSearchToolEngine>,
    /// Which domains the search may use.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub filters: Nullable<WebSearchDomainFilter>,
    /// The most results of a search, 5 by default.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_results: Option<i64>,
    /// The most searches of a request; more is an error for the model.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_uses: Option<i64>,
    /// How thoroughly the engine searches; which values there are depends on it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mode: Option<WebSearchMode>,
    /// How much of the results to give to the model.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub search_context_size: Option<SearchQualityLevel>,
    /// Roughly where the user is.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub user_location: Nullable<WebSearchToolLocation>,
}

/// Web search, in its version of 2025-08-26.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct WebSearchTool20250826 {
    /// What searches; the provider where it can, by default.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub engine: Option<WebSearchToolEngine>,
    /// Which domains the search may use.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub filters: Nullable<WebSearchDomainFilter>,
    /// The most results of a search, 5 by default.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_results: Option<i64>,
    /// The most searches of a request; more is an error for the model.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_uses: Option<i64>,
    /// How thoroughly the engine searches; which values there are depends on it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mode: Option<WebSearchMode>,
    /// How much of the results to give to the model.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub search_context_size: Option<SearchQualityLevel>,
    /// Roughly where the user is.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub user_location: Nullable<WebSearchToolLocation>,
}

/// A shell on the user's machine, as Codex has it.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct CodexLocalShellTool {}

/// A shell that the model may give commands to.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ShellServerTool {}

/// A tool by which the model changes files with patches.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ApplyPatchServerTool {}

/// A tool of the user's own that takes text, not JSON arguments.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ResponsesCustomTool {
    /// What the tool does, for the model.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Which text the tool takes; any where absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub format: Option<CustomToolFormat>,
    /// The name by which the tool is called.
    pub name: String,
}

union! {
    /// Which text a custom tool takes: any, or that of a grammar.
    pub enum CustomToolFormat {
        tag type = "text" => Text(CustomToolFormatText),
        tag type = "grammar" => Grammar(CustomToolFormatGrammar),
    }
}

/// Any text, as input of a custom tool.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct CustomToolFormatText {}

/// Text that follows a grammar, as input of a custom tool.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct CustomToolFormatGrammar {
    /// The grammar itself.
    pub definition: String,
    /// The language that the grammar is written in.
    pub syntax: CustomToolGrammarSyntax,
}

open_enum! {
    /// The language of a custom tool's grammar.
    pub enum CustomToolGrammarSyntax { Lark, Regex }
}

/// Function and custom tools under a common namespace.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct NamespaceTool {
    /// What the tools have in common, for the model.
    pub description: String,
    /// The name of the namespace.
    pub name: String,
    /// The tools of the namespace.
    pub tools: Vec<NamespacedTool>,
}

union! {
    /// A tool of a namespace.
    pub enum NamespacedTool {
        tag type = "function" => Function(NamespaceFunctionTool),
        tag type = "custom" => Custom(ResponsesCustomTool),
    }
}

/// A function tool of a namespace.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct NamespaceFunctionTool {
    /// Who may call the function.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub allowed_callers: Nullable<Vec<NamespaceFunctionCaller>>,
    /// Whether to hide the tool until a tool search finds it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub defer_loading: Option<bool>,
    /// What the function does, for the model.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub description: Nullable<String>,
    /// The name of the function within its namespace.
    pub name: String,
    /// The JSON Schema of what the function gives.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub output_schema: Nullable<Object>,
    /// The JSON Schema of the function's arguments.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub parameters: Nullable<Object>,
    /// Whether the arguments must follow the schema exactly.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub strict: Nullable<bool>,
}

open_enum! {
    /// Who may call a function: the model itself, or a program that it wrote.
    pub enum NamespaceFunctionCaller { Direct, Programmatic }
}

/// OpenRouter's own tool that searches the models it offers.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ResponsesSearchModelsServerTool {
    /// Settings of the tool.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parameters: Option<SearchModelsServerToolConfig>,
}

/// OpenRouter's own tool that searches the web.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ResponsesWebSearchServerTool {
    /// How the web search is set up.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parameters: Option<ResponsesWebSearchConfig>,
}

/// How the tool `openrouter:web_search` is set up.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ResponsesWebSearchConfig {
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
    /// How much of each result is read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub search_context_size: Option<SearchQualityLevel>,
    /// About where the user is, for results nearby.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_location: Option<WebSearchToolLocation>,
}

/// OpenRouter's own tool that checks `V4A` patches of files; only for the Responses API.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct OpenRouterApplyPatchServerTool {
    /// How the patch tool is set up.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parameters: Option<ApplyPatchServerToolConfig>,
}

/// How the tool `openrouter:apply_patch` is set up.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ApplyPatchServerToolConfig {
    /// Who handles patches; `auto` by default.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub engine: Option<ApplyPatchEngine>,
}

open_enum! {
    /// Who handles patches: the endpoint's own tool where it has one (`auto`, `native`), or always OpenRouter's
    /// validator.
    pub enum ApplyPatchEngine { Auto, Native, Openrouter }
}

union! {
    /// Which tool the model calls: its own choice, none, any, or a given one.
    pub enum ResponsesToolChoice {
        _ => Mode(ToolChoiceMode),
        tag type = "function" => Function(ResponsesToolChoiceFunction),
        has type = "web_search_preview_2025_03_11" | "web_search_preview" => WebSearch(ResponsesToolChoiceWebSearch),
        tag type = "allowed_tools" => AllowedTools(ResponsesToolChoiceAllowed),
        tag type = "apply_patch" => ApplyPatch(ResponsesToolChoiceApplyPatch),
        tag type = "shell" => Shell(ResponsesToolChoiceShell),
    }
}

/// Makes the model call a given function.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ResponsesToolChoiceFunction {
    /// The name of the function to call.
    pub name: String,
}

/// Makes the model search the web.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ResponsesToolChoiceWebSearch {
    /// Which version of the tool is to be called.
    pub r#type: ResponsesWebSearchVersion,
}

open_enum! {
    /// The versions of the web search.
    pub enum ResponsesWebSearchVersion {
        WebSearchPreview20250311 = "web_search_preview_2025_03_11", WebSearchPreview,
    }
}

/// Limits the model to some of the tools.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ResponsesToolChoiceAllowed {
    /// Whether the model may or must call one of the tools.
    pub mode: ResponsesToolChoiceAllowedMode,
    /// The tools that the model is limited to.
    pub tools: Vec<Object>,
}

open_enum! {
    /// Whether the model may (`auto`) or must (`required`) call one of the allowed tools.
    pub enum ResponsesToolChoiceAllowedMode { Auto, Required }
}

/// Makes the model call the patch tool.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ResponsesToolChoiceApplyPatch {}

/// Makes the model call the shell tool.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ResponsesToolChoiceShell {}

union! {
    /// A tool that the model may use.
    pub enum ResponsesTool {
        tag type = "function" => Function(ResponsesFunctionTool),
        tag type = "web_search_preview" => WebSearchPreview(PreviewWebSearchTool),
        tag type = "web_search_preview_2025_03_11" => WebSearchPreview20250311(PreviewWebSearchTool20250311),
        tag type = "web_search" => WebSearch(LegacyWebSearchTool),
        tag type = "web_search_2025_08_26" => WebSearch20250826(WebSearchTool20250826),
        tag type = "file_search" => FileSearch(FileSearchServerTool),
        tag type = "computer_use_preview" => ComputerUsePreview(ComputerUseServerTool),
        tag type = "code_interpreter" => CodeInterpreter(CodeInterpreterServerTool),
        tag type = "mcp" => Mcp(McpServerTool),
        tag type = "image_generation" => ImageGeneration(ImageGenerationServerTool),
        tag type = "local_shell" => LocalShell(CodexLocalShellTool),
        tag type = "shell" => Shell(ShellServerTool),
        tag type = "apply_patch" => ApplyPatch(ApplyPatchServerTool),
        tag type = "custom" => Custom(ResponsesCustomTool),
        tag type = "namespace" => Namespace(NamespaceTool),
        tag type = "openrouter:advisor" => Advisor(AdvisorServerTool),
        tag type = "openrouter:subagent" => Subagent(SubagentServerTool),
        tag type = "openrouter:datetime" => Datetime(DatetimeServerTool),
        tag type = "openrouter:files" => Files(FilesServerTool),
        tag type = "openrouter:fusion" => Fusion(FusionServerTool),
        tag type = "openrouter:image_generation" => OpenRouterImageGeneration(ImageGenerationTool),
        tag type = "openrouter:experimental__search_models" => ExperimentalSearchModels(ResponsesSearchModelsServerTool),
        tag type = "openrouter:web_fetch" => WebFetch(WebFetchServerTool),
        tag type = "openrouter:web_search" => OpenRouterWebSearch(ResponsesWebSearchServerTool),
        tag type = "openrouter:apply_patch" => OpenRouterApplyPatch(OpenRouterApplyPatchServerTool),
        tag type = "openrouter:bash" => Bash(BashServerTool),
        tag type = "openrouter:shell" => OpenRouterShell(OpenRouterShellServerTool),
        tag type = "openrouter:tool_search" => ToolSearch(ToolSearchServerTool),
    }
}
