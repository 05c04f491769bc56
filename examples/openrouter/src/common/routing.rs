//! Which providers may serve a request, and which did.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::ProviderName;
use crate::json::{Nullable, Object, open_enum, union};

/// Which providers may serve a request, and in which order.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ProviderPreferences {
    /// Whether other providers step in where the chosen one fails; they do by default.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub allow_fallbacks: Nullable<bool>,
    /// Whether providers that keep data may serve the request; they may by default.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub data_collection: Nullable<DataCollection>,
    /// Whether only models whose authors allow distillation may serve it.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub enforce_distillable_text: Nullable<bool>,
    /// Slugs of providers that are left out, besides those of the account's settings.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub ignore: Nullable<Vec<ProviderName>>,
    /// The most that the request may cost.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_price: Option<MaxPrice>,
    /// Slugs of the only providers that may serve it, besides those of the account's settings.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub only: Nullable<Vec<ProviderName>>,
    /// Slugs of the providers to try first, in this order.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub order: Nullable<Vec<ProviderName>>,
    /// The latency that is preferred, in seconds: of the median, or by percentile.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub preferred_max_latency: Nullable<PreferredMaxLatency>,
    /// The throughput that is preferred, in tokens per second: of the median, or by percentile.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub preferred_min_throughput: Nullable<PreferredMinThroughput>,
    /// The quantizations that may serve it.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub quantizations: Nullable<Vec<Quantization>>,
    /// Whether only providers that know all parameters of the request may serve it; not by default.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub require_parameters: Nullable<bool>,
    /// What providers are sorted by, where there is no `order`; then load is not balanced.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub sort: Nullable<ProviderOrder>,
    /// Whether only endpoints that keep no prompts may serve it.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub zdr: Nullable<bool>,
}

open_enum! {
    /// Whether providers that keep data may serve a request.
    pub enum DataCollection { Deny, Allow }
}

/// The most that a request may cost, in US dollars.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct MaxPrice {
    /// For a unit of audio.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub audio: Option<String>,
    /// For a million tokens of output.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub completion: Option<String>,
    /// For an image.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image: Option<String>,
    /// For a million tokens of input.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub prompt: Option<String>,
    /// For the request itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request: Option<String>,
}

union! {
    /// A latency in seconds, of the median or by percentile.
    pub enum PreferredMaxLatency {
        _ => Number(f64),
        _ => PercentileLatencyCutoffs(PercentileLatencyCutoffs),
    }
}

/// Latencies in seconds, all of which are to be met.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct PercentileLatencyCutoffs {
    /// The most at the median, in seconds.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub p50: Nullable<f64>,
    /// The most at the 75th percentile, in seconds.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub p75: Nullable<f64>,
    /// The most at the 90th percentile, in seconds.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub p90: Nullable<f64>,
    /// The most at the 99th percentile, in seconds.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub p99: Nullable<f64>,
}

union! {
    /// A throughput in tokens per second, of the median or by percentile.
    pub enum PreferredMinThroughput {
        _ => Number(f64),
        _ => PercentileThroughputCutoffs(PercentileThroughputCutoffs),
    }
}

/// Throughputs in tokens per second, all of which are to be met.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct PercentileThroughputCutoffs {
    /// The least at the median, in tokens per second.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub p50: Nullable<f64>,
    /// The least at the 75th percentile, in tokens per second.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub p75: Nullable<f64>,
    /// The least at the 90th percentile, in tokens per second.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub p90: Nullable<f64>,
    /// The least at the 99th percentile, in tokens per second.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub p99: Nullable<f64>,
}

open_enum! {
    /// The precision that a model's weights are stored in.
    pub enum Quantization {
        Int4, Int8, Fp4, Mxfp4, Nvfp4, Fp6, Fp8, Mxfp8, Fp16, Bf16, Fp32, Unknown,
    }
}

union! {
    /// What providers are sorted by, alone or with settings.
    pub enum ProviderOrder {
        _ => Mode(ProviderSort),
        _ => ProviderSortConfig(ProviderSortConfig),
    }
}

open_enum! {
    /// What providers are sorted by.
    pub enum ProviderSort { Price, Throughput, Latency, Exacto }
}

/// What providers are sorted by, and within what.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ProviderSortConfig {
    /// What they are sorted by.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub by: Nullable<ProviderSort>,
    /// Whether they are sorted for each model, which is the default, or all together.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub partition: Nullable<ProviderPartition>,
}

open_enum! {
    /// Whether providers are sorted for each model or all together.
    pub enum ProviderPartition { Model, None }
}

/// How a request was routed, where it asked for that.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct OpenRouterMetadata {
    /// Which attempt succeeded, counted from 1.
    pub attempt: i64,
    /// The attempts, in order.
    pub attempts: Option<Vec<RouterAttempt>>,
    /// The endpoints that there were.
    pub endpoints: EndpointsMetadata,
    /// Whether a provider's key of the account's own was used.
    pub is_byok: bool,
    /// What the router went by.
    pub params: Option<RouterParams>,
    /// What worked on the request and the answer.
    pub pipeline: Option<Vec<PipelineStage>>,
    /// Where the request was served.
    pub region: Option<String>,
    /// The model that was asked for.
    pub requested: String,
    /// How the model was chosen.
    pub strategy: RoutingStrategy,
    /// All of it in a sentence.
    pub summary: String,
}

/// An attempt to have a request served.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct RouterAttempt {
    /// The model that was tried.
    pub model: String,
    /// The provider that was tried.
    pub provider: String,
    /// The HTTP status that it answered.
    pub status: i64,
}

/// The endpoints that could serve a request.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct EndpointsMetadata {
    /// Those that were up.
    pub available: Vec<EndpointInfo>,
    /// How many there are in all.
    pub total: i64,
}

/// An endpoint that could serve a request.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct EndpointInfo {
    /// The endpoint's model.
    pub model: String,
    /// The endpoint's provider.
    pub provider: String,
    /// Whether it served the request.
    pub selected: bool,
}

/// What a router went by.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct RouterParams {
    /// The least quality.
    pub quality_floor: Option<f64>,
    /// The least throughput, in tokens per second.
    pub throughput_floor: Option<f64>,
    /// The group of versions that the model was chosen from.
    pub version_group: Option<String>,
    /// Members that have no name here.
    #[serde(flatten)]
    pub extra: BTreeMap<String, Value>,
}

/// Something that worked on a request or its answer.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct PipelineStage {
    /// What it cost, in US dollars.
    pub cost_usd: Option<f64>,
    /// More about it, by kind.
    pub data: Option<Object>,
    /// The guardrail that it belongs to.
    pub guardrail_id: Option<String>,
    /// What the guardrail is for.
    pub guardrail_scope: Option<String>,
    /// What it is called: which plugin, which guardrail.
    pub name: String,
    /// What it did, in a sentence.
    pub summary: Option<String>,
    /// What kind it is.
    pub r#type: PipelineStageType,
}

open_enum! {
    /// The kind of something that worked on a request.
    pub enum PipelineStageType {
        Guardrail, Plugin, ServerTools, ResponseHealing, ContextCompression,
    }

    /// How a model was chosen.
    pub enum RoutingStrategy {
        Direct, Auto, Free, Latest, Alias, Fallback, Pareto, Bodybuilder, Fusion,
    }
}
