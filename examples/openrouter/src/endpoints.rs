//! The providers' endpoints that serve a model, with prices, limits and performance.

use api_request::{ApiRequest, FromHttp};
use serde::{Deserialize, Serialize};

use crate::{
    OpenRouter,
    common::{
        InputModality, InstructType, ModelGroup, OutputModality, Parameter, PricingOverride,
        ProviderName, Quantization,
    },
};

/// Lists the endpoints that are left when zero data retention (ZDR) is required.
#[derive(Debug, Clone, Default, Deserialize, ApiRequest, FromHttp)]
#[api(in = OpenRouter, method = GET, path = "/endpoints/zdr", name = "listEndpointsZdr")]
#[api(response = ListZdrEndpointsResponse)]
pub struct ListZdrEndpoints {}

/// Lists the endpoints that serve a model.
#[derive(Debug, Clone, Default, Deserialize, ApiRequest, FromHttp)]
#[api(in = OpenRouter, method = GET, path = "/models/{author}/{slug}/endpoints")]
#[api(name = "listEndpoints", response = ListModelEndpointsResponse)]
pub struct ListModelEndpoints {
    /// The first part of the model's name: who made it.
    pub author: String,
    /// The second part of the model's name, after the author.
    pub slug: String,
}

/// The endpoints with zero data retention.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ListZdrEndpointsResponse {
    /// The endpoints.
    pub data: Vec<PublicEndpoint>,
}

/// A provider's endpoint that serves a model.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct PublicEndpoint {
    /// How many tokens prompt and answer may have together.
    pub context_length: i64,
    /// Time to the first token in the last 30 minutes, in milliseconds; `null` without authentication.
    pub latency_last_30m: Option<PercentileStats>,
    /// The most tokens an answer may have; `null` if not known.
    pub max_completion_tokens: Option<i64>,
    /// The most tokens a prompt may have; `null` if not known.
    pub max_prompt_tokens: Option<i64>,
    /// The model served, by its permanent slug.
    pub model_id: String,
    /// The name of the model shown to people.
    pub model_name: String,
    /// The name of the endpoint shown to people.
    pub name: String,
    /// What the endpoint charges.
    pub pricing: PublicEndpointPricing,
    /// The provider that runs the endpoint.
    pub provider_name: ProviderName,
    /// The precision of the model's weights.
    pub quantization: Option<Quantization>,
    /// The state of the endpoint as a code: 0 or a negative number.
    pub status: Option<i64>,
    /// The request parameters that have an effect here.
    pub supported_parameters: Vec<Parameter>,
    /// Whether prompts are cached without being asked to.
    pub supports_implicit_caching: bool,
    /// Whether a text-to-speech request may bring a voice sample to clone.
    pub supports_voice_cloning: Option<bool>,
    /// The slug of the provider, as used to pick the endpoint.
    pub tag: String,
    /// Output speed in the last 30 minutes, in tokens per second; `null` without authentication.
    pub throughput_last_30m: Option<PercentileStats>,
    /// Percentage of requests that succeeded in the last day, rate limits aside; `null` with too few data.
    pub uptime_last_1d: Option<f64>,
    /// Percentage of requests that succeeded in the last 30 minutes; `null` with too few data.
    pub uptime_last_30m: Option<f64>,
    /// Percentage of requests that succeeded in the last 5 minutes, rate limits aside; `null` with too few data.
    pub uptime_last_5m: Option<f64>,
}

/// Percentiles of an endpoint's latency or throughput over the last 30 minutes.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct PercentileStats {
    /// The median.
    pub p50: f64,
    /// The value that 75% stay below.
    pub p75: f64,
    /// The value that 90% stay below.
    pub p90: f64,
    /// The value that 99% stay below.
    pub p99: f64,
}

/// What an endpoint charges, in US dollars.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct PublicEndpointPricing {
    /// For a token of audio input.
    pub audio: Option<String>,
    /// For a token of audio output.
    pub audio_output: Option<String>,
    /// For a token of output.
    pub completion: String,
    /// The part of the price that is taken off, from 0 to 1.
    pub discount: Option<f64>,
    /// For an image of input.
    pub image: Option<String>,
    /// For an image of output.
    pub image_output: Option<String>,
    /// For a token of an image.
    pub image_token: Option<String>,
    /// For a token of audio input from the cache.
    pub input_audio_cache: Option<String>,
    /// For a token of input from the cache.
    pub input_cache_read: Option<String>,
    /// For a token that is put into the cache.
    pub input_cache_write: Option<String>,
    /// For a token that is put into the cache for an hour.
    pub input_cache_write_1h: Option<String>,
    /// For a token of reasoning.
    pub internal_reasoning: Option<String>,
    /// Prices that hold under conditions, in place of these.
    pub overrides: Option<Vec<PricingOverride>>,
    /// For a token of input.
    pub prompt: String,
    /// For the request itself.
    pub request: Option<String>,
    /// For a search of the web.
    pub web_search: Option<String>,
}

/// The answer to listing the endpoints of a model.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ListModelEndpointsResponse {
    /// The model with its endpoints.
    pub data: ModelEndpoints,
}

/// A model with its endpoints.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ModelEndpoints {
    /// What the model takes and makes.
    pub architecture: ModelEndpointsArchitecture,
    /// When the model was added, in Unix seconds.
    pub created: i64,
    /// What the model is, for people.
    pub description: String,
    /// The endpoints that serve the model.
    pub endpoints: Vec<PublicEndpoint>,
    /// What names the model in requests.
    pub id: String,
    /// The model's name, for people.
    pub name: String,
}

/// What the model of some endpoints takes and makes.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ModelEndpointsArchitecture {
    /// What the model takes.
    pub input_modalities: Vec<InputModality>,
    /// The format of its instructions.
    pub instruct_type: Option<InstructType>,
    /// What it takes and makes, in one text.
    pub modality: Option<String>,
    /// What the model makes.
    pub output_modalities: Vec<OutputModality>,
    /// The family of tokenizers the model uses.
    pub tokenizer: Option<ModelGroup>,
}
