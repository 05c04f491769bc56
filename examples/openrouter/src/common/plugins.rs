//! Plugins of a request.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{
    common::ApproximateLocation,
    json::{Nullable, constant, open_enum, union},
};

union! {
    /// A plugin that works on a request before or after the model.
    pub enum Plugin {
        tag id = "auto-router" => AutoRouter(AutoRouterPlugin),
        tag id = "auto-beta-router" => AutoBetaRouter(AutoBetaRouterPlugin),
        tag id = "moderation" => Moderation(ModerationPlugin),
        tag id = "web" => Web(WebSearchPlugin),
        tag id = "web-fetch" => WebFetch(WebFetchPlugin),
        tag id = "file-parser" => FileParser(FileParserPlugin),
        tag id = "response-healing" => ResponseHealing(ResponseHealingPlugin),
        tag id = "context-compression" => ContextCompression(ContextCompressionPlugin),
        tag id = "pareto-router" => ParetoRouter(ParetoRouterPlugin),
        tag id = "fusion" => Fusion(FusionPlugin),
    }
}

/// Settings of the router that chooses a model for the task.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct AutoRouterPlugin {
    /// Patterns of the models to choose from, such as `anthropic/*`; at most 1024.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub allowed_models: Option<Vec<String>>,
    /// Deprecated in favour of `cost_tier`: from 0, the best, to 10, the cheapest.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cost_quality_tradeoff: Option<i64>,
    /// How much a model may cost; beats `cost_quality_tradeoff`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cost_tier: Option<CostTier>,
    /// Whether the plugin works on this request; it does by default.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enabled: Option<bool>,
    /// Patterns of the models that are not chosen, such as `meta-llama/*`; at most 1024.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub excluded_models: Option<Vec<String>>,
    /// Whether later turns stay with the model of the last answer; not by default.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pin_model: Option<bool>,
}

open_enum! {
    /// A band of costs, by fifths of all models.
    pub enum CostTier { Low, Medium, High, Xhigh, Max }
}

/// Settings of the router that tries out new ways to choose a model.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct AutoBetaRouterPlugin {
    /// Patterns of the models to choose from, such as `anthropic/*`; at most 1024.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub allowed_models: Option<Vec<String>>,
    /// Deprecated in favour of `cost_tier`: from 0, the best, to 10, the cheapest.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cost_quality_tradeoff: Option<i64>,
    /// How much a model may cost; beats `cost_quality_tradeoff`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cost_tier: Option<CostTier>,
    /// Whether the plugin works on this request; it does by default.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enabled: Option<bool>,
    /// Patterns of the models that are not chosen, such as `meta-llama/*`; at most 1024.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub excluded_models: Option<Vec<String>>,
}

/// Checks what goes in and comes out.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ModerationPlugin {}

/// Searches the web and puts what it finds before the model.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct WebSearchPlugin {
    /// Whether the plugin works on this request; it does by default.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enabled: Option<bool>,
    /// What searches.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub engine: Option<WebSearchEngine>,
    /// Domains that results are not taken from; `*` and paths may be in them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exclude_domains: Option<Vec<String>>,
    /// The only domains that results are taken from; `*` and paths may be in them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub include_domains: Option<Vec<String>>,
    /// The most results.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_results: Option<i64>,
    /// The most searches in a turn, where the provider heeds it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_uses: Option<i64>,
    /// How thoroughly the engine searches; which values there are depends on it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mode: Option<WebSearchMode>,
    /// The text that introduces the results to the model.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub search_prompt: Option<String>,
    /// About where the user is, for results nearby.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub user_location: Nullable<ApproximateLocation>,
}

open_enum! {
    /// What searches the web.
    pub enum WebSearchEngine { Native, Exa, Firecrawl, Parallel, Perplexity }
}

open_enum! { "kebab-case";
    /// How thoroughly an engine searches.
    pub enum WebSearchMode {
        Instant, Fast, Auto, DeepLite, Deep, DeepReasoning, Turbo, Basic, Advanced,
    }
}

/// Reads pages that the conversation points to.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct WebFetchPlugin {
    /// The only domains that are read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub allowed_domains: Option<Vec<String>>,
    /// Domains that are never read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub blocked_domains: Option<Vec<String>>,
    /// About how many tokens of a page are kept; the rest is cut off.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_content_tokens: Option<i64>,
    /// The most pages for a request; more is an error for the model.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_uses: Option<i64>,
}

/// Reads files for models that cannot.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct FileParserPlugin {
    /// Whether the plugin works on this request; it does by default.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enabled: Option<bool>,
    /// How PDF files are read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pdf: Option<PdfParserOptions>,
}

/// How PDF files are read.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct PdfParserOptions {
    /// What reads them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub engine: Option<PdfParserEngine>,
}

open_enum! { "kebab-case";
    /// What reads PDF files; `pdf-text` is an old name of `cloudflare-ai`.
    pub enum PdfParserEngine { MistralOcr, Native, CloudflareAi, PdfText }
}

/// Mends answers that are not quite the JSON they should be.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ResponseHealingPlugin {
    /// Whether the plugin works on this request; it does by default.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enabled: Option<bool>,
}

/// Shortens conversations that do not fit into the model's context.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ContextCompressionPlugin {
    /// Whether the plugin works on this request; it does by default.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enabled: Option<bool>,
    /// Always `middle-out`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub engine: Option<ContextCompressionEngine>,
}

constant! {
    /// The text `middle-out`.
    pub struct ContextCompressionEngine = "middle-out";
}

/// Settings of the router that weighs the quality of code against the price.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ParetoRouterPlugin {
    /// Whether the plugin works on this request; it does by default.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enabled: Option<bool>,
    /// The most that the input may cost, in US dollars per million tokens; beats `min_coding_score`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_price: Option<f64>,
    /// The least quality of code, from 0 to 1; steps are at 0.33 and 0.66.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_coding_score: Option<f64>,
    /// Which price counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub price_source: Option<ParetoPriceSource>,
}

open_enum! {
    /// Which price counts: that of the catalogue, or the average of what is paid.
    pub enum ParetoPriceSource { Prompt, WeightedAvg }
}

/// Asks several models, and makes one answer of theirs.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct FusionPlugin {
    /// The models that are asked, at most 8.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub analysis_models: Option<Vec<String>>,
    /// Whether the plugin works on this request; it does by default.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enabled: Option<bool>,
    /// The most steps with tools that each model may take.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_tool_calls: Option<i64>,
    /// The model that makes one answer of all; by default the first of the preset for quality.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub model: Option<String>,
    /// A set of models to ask.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub preset: Option<FusionPreset>,
    /// The tools that the models may use.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tools: Option<Vec<FusionPluginTool>>,
}

open_enum! { "kebab-case";
    /// A set of models to ask.
    pub enum FusionPreset { GeneralHigh, GeneralBudget, GeneralFast }
}

/// A tool that the models may use.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct FusionPluginTool {
    /// The tool's settings.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parameters: Option<BTreeMap<String, Option<FusionToolSetting>>>,
    /// The tool's name: `openrouter:web_search`.
    pub r#type: String,
}

union! {
    /// A setting of a tool.
    pub enum FusionToolSetting {
        _ => Text(String),
        _ => Number(f64),
        _ => Bool(bool),
        _ => List(Vec<Option<FusionToolScalar>>),
        _ => Object(BTreeMap<String, Option<FusionToolScalar>>),
    }
}

union! {
    /// A setting of a tool that is no list and no object.
    pub enum FusionToolScalar {
        _ => Text(String),
        _ => Number(f64),
        _ => Bool(bool),
    }
}
