//! The models that OpenRouter offers, with filters and counts.

use api_request::{ApiRequest, FromHttp};
use serde::{Deserialize, Serialize};

use crate::{
    OpenRouter,
    common::{Model, ModelsListResponse, UseCategory},
    json::open_enum,
};

/// Reads one model by author and slug; variants and known aliases work too.
#[derive(Debug, Clone, Default, Deserialize, ApiRequest, FromHttp)]
#[api(in = OpenRouter, method = GET, path = "/model/{author}/{slug}", name = "getModel")]
#[api(response = ModelResponse)]
pub struct GetModel {
    /// The first part of the model's name: who made it.
    pub author: String,
    /// The second part of the model's name, with its variant if any (`gpt-4:free`).
    pub slug: String,
}

/// Lists the models with all their properties.
#[derive(Debug, Clone, Default, Deserialize, ApiRequest, FromHttp)]
#[api(in = OpenRouter, method = GET, path = "/models", name = "getModels", fields = query)]
#[api(response = ModelsListResponse)]
#[api(paginate(offset = offset, limit = limit, total = total_count, items = data, item = Model))]
pub struct ListModels {
    /// How many entries to skip; all are returned if `limit` is absent too.
    pub offset: Option<u64>,
    /// How many entries to return, at most 1000; all if `offset` is absent too.
    pub limit: Option<u32>,
    /// Only models for this use case.
    #[serde(default, deserialize_with = "crate::json::listed")]
    pub category: Option<UseCategory>,
    /// Only models that take these parameters, separated by commas.
    pub supported_parameters: Option<String>,
    /// Only models that make these, separated by commas, or `all`; `text` by default.
    pub output_modalities: Option<String>,
    /// The order of the models; those without a score in the benchmark come last.
    #[serde(default, deserialize_with = "crate::json::listed")]
    pub sort: Option<ModelsSort>,
    /// Words to find in names and slugs.
    pub q: Option<String>,
    /// Only models that take these: `text`, `image`, `audio`, `file`, separated by commas.
    pub input_modalities: Option<String>,
    /// Only models with at least this many tokens of context.
    pub context: Option<i64>,
    /// The lowest price of prompts, in US dollars per million tokens.
    pub min_price: Option<f64>,
    /// The highest price of prompts, in US dollars per million tokens.
    pub max_price: Option<f64>,
    /// Only models of this family, such as `Claude` or `Llama`.
    pub arch: Option<String>,
    /// Only models made by these authors, by slug, separated by commas.
    pub model_authors: Option<String>,
    /// Only models of these providers, by name, separated by commas.
    pub providers: Option<String>,
    /// Whether models that may be distilled are the only ones (`true`) or left out (`false`).
    #[serde(default, deserialize_with = "crate::json::listed")]
    pub distillable: Option<DistillableFilter>,
    /// With `true`, only models with endpoints that retain no data.
    #[serde(default, deserialize_with = "crate::json::listed")]
    pub zdr: Option<ZdrFilter>,
    /// Only models with endpoints in this region.
    #[serde(default, deserialize_with = "crate::json::listed")]
    pub region: Option<ModelsRegion>,
    /// The lowest price of output, in US dollars per million tokens.
    pub min_output_price: Option<f64>,
    /// The highest price of output, in US dollars per million tokens.
    pub max_output_price: Option<f64>,
    /// Only models at least this many days old.
    pub min_age_days: Option<i64>,
    /// Only models at most this many days old.
    pub max_age_days: Option<i64>,
    /// The lowest intelligence index of Artificial Analysis to list.
    pub min_intelligence_index: Option<f64>,
    /// The highest intelligence index of Artificial Analysis to list.
    pub max_intelligence_index: Option<f64>,
    /// The lowest coding index of Artificial Analysis to list.
    pub min_coding_index: Option<f64>,
    /// The highest coding index of Artificial Analysis to list.
    pub max_coding_index: Option<f64>,
    /// The lowest agentic index of Artificial Analysis to list.
    pub min_agentic_index: Option<f64>,
    /// The highest agentic index of Artificial Analysis to list.
    pub max_agentic_index: Option<f64>,
    /// Only models whose tool calls succeed at least this often, 0 to 1.
    pub min_tool_success_rate: Option<f64>,
    /// Only models whose tool calls succeed at most this often, 0 to 1.
    pub max_tool_success_rate: Option<f64>,
}

/// Counts the models that are available.
#[derive(Debug, Clone, Default, Deserialize, ApiRequest, FromHttp)]
#[api(in = OpenRouter, method = GET, path = "/models/count", name = "listModelsCount")]
#[api(fields = query, response = ModelsCountResponse)]
pub struct CountModels {
    /// Only models that make these, separated by commas, or `all`; `text` by default.
    pub output_modalities: Option<String>,
}

/// Lists the models that your provider preferences, privacy settings and guardrails allow, and a regional host serves.
#[derive(Debug, Clone, Default, Deserialize, ApiRequest, FromHttp)]
#[api(in = OpenRouter, method = GET, path = "/models/user", name = "listModelsUser")]
#[api(fields = query, response = ModelsListResponse)]
#[api(paginate(offset = offset, limit = limit, total = total_count, items = data, item = Model))]
pub struct ListUserModels {
    /// How many entries to skip; all are returned if `limit` is absent too.
    pub offset: Option<u64>,
    /// How many entries to return, at most 1000; all if `offset` is absent too.
    pub limit: Option<u32>,
}

/// The answer to reading a model.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ModelResponse {
    /// The model.
    pub data: Model,
}

open_enum! { "kebab-case";
    /// An order of models, by price, context, speed, popularity, age or scores in benchmarks.
    pub enum ModelsSort {
        MostPopular, Newest, TopWeekly, PricingLowToHigh, PricingHighToLow, ContextHighToLow,
        ThroughputHighToLow, LatencyLowToHigh, IntelligenceHighToLow, CodingHighToLow,
        AgenticHighToLow, DesignArenaEloHighToLow,
    }
}

open_enum! {
    /// Whether the output of models may train others.
    pub enum DistillableFilter { True, False }

    /// Whether only endpoints that keep no data count.
    pub enum ZdrFilter { True }

    /// A region that a model's endpoints can be in.
    pub enum ModelsRegion { Eu, Us }
}

/// The answer to counting models.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ModelsCountResponse {
    /// The count.
    pub data: ModelsCount,
}

/// A count of models.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ModelsCount {
    /// How many models there are.
    pub count: i64,
}
