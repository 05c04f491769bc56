//! Scores of models in benchmarks of Artificial Analysis, Design Arena and OpenRouter itself.

use api_request::{ApiRequest, FromHttp};
use serde::{Deserialize, Serialize};

use crate::{
    OpenRouter,
    json::{constant, open_enum, response_union},
};

/// Lists benchmark scores of models, at most 30 times a minute per key and 500 times a day per account.
#[derive(Debug, Clone, Default, Deserialize, ApiRequest, FromHttp)]
#[api(in = OpenRouter, method = GET, path = "/benchmarks", name = "getBenchmarks", fields = query)]
#[api(response = BenchmarksResponse)]
pub struct ListBenchmarks {
    /// Only this source, which decides what the items look like; all if absent.
    #[serde(default, deserialize_with = "crate::json::listed")]
    pub source: Option<BenchmarkSource>,
    /// Only scores for this kind of task, in each source's own index or category; `search` is of OpenRouter only.
    #[serde(default, deserialize_with = "crate::json::listed")]
    pub task_type: Option<BenchmarkTaskType>,
    /// Only this benchmark of OpenRouter: `search_*` leaves search results alone, others do not touch other sources.
    #[serde(default, deserialize_with = "crate::json::listed")]
    pub benchmark_type: Option<BenchmarkType>,
    /// Whether search items come with turns, reasoning effort and temperature of the run; false by default.
    pub include_run_config: Option<bool>,
    /// Only runs with this search engine; for the search benchmarks of OpenRouter.
    pub search_engine: Option<String>,
    /// Only runs over this kind of request; for the search benchmarks of OpenRouter.
    #[serde(default, deserialize_with = "crate::json::listed")]
    pub search_surface: Option<BenchmarkSearchSurface>,
    /// The arena to list; for Design Arena, `models` by default if `source` is `design-arena`.
    #[serde(default, deserialize_with = "crate::json::listed")]
    pub arena: Option<BenchmarkArena>,
    /// Only this category of the arena, such as `dataviz`; for Design Arena, all if absent.
    pub category: Option<String>,
    /// The most items to return, at least 1; all if absent.
    pub max_results: Option<i64>,
}

open_enum! { "kebab-case";
    /// Who measured a benchmark; decides what the items look like.
    pub enum BenchmarkSource { ArtificialAnalysis, DesignArena, Openrouter }
}

open_enum! {
    /// A kind of task that models are measured in.
    pub enum BenchmarkTaskType { Coding, Intelligence, Agentic, Search }

    /// A benchmark of OpenRouter.
    pub enum BenchmarkType {
        GpqaDiamond, TauBenchVerifiedAirline, SearchBrowsecomp, SearchHle, SearchDsqa,
        SearchWidesearch,
    }
}

open_enum! { "kebab-case";
    /// The kind of request a search benchmark ran over.
    pub enum BenchmarkSearchSurface { ServerTool, Plugin }
}

open_enum! {
    /// An arena of Design Arena.
    pub enum BenchmarkArena { Models, Builders, Agents }
}

/// Benchmark scores from one or more sources.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct BenchmarksResponse {
    /// The scores.
    pub data: Vec<Benchmark>,
    /// Where the scores come from and how to cite them.
    pub meta: BenchmarksMeta,
}

response_union! {
    /// A model's score, in the form of its source.
    pub enum Benchmark {
        _ => UnifiedBenchmarksAAItem(ArtificialAnalysisBenchmark),
        _ => UnifiedBenchmarksDAItem(DesignArenaBenchmark),
        _ => UnifiedBenchmarksORItem(OpenRouterBenchmark),
        _ => UnifiedBenchmarksSearchItem(SearchBenchmark),
    }
}

/// A model's scores by Artificial Analysis.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ArtificialAnalysisBenchmark {
    /// The score in the Agentic Index; higher is better.
    pub agentic_index: Option<f64>,
    /// The score in the Coding Index; higher is better.
    pub coding_index: Option<f64>,
    /// What Artificial Analysis calls the model.
    pub display_name: String,
    /// The score in the Intelligence Index; higher is better.
    pub intelligence_index: Option<f64>,
    /// What OpenRouter calls the model for good.
    pub model_permaslug: String,
    /// What the model costs at OpenRouter; `null` if not known.
    pub pricing: Option<BenchmarkPricing>,
    /// Always `artificial-analysis`.
    pub source: UnifiedBenchmarksAAItemSource,
}

/// The prices of a model per token.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct BenchmarkPricing {
    /// The price of a generated token, in US dollars, as decimal text.
    pub completion: String,
    /// The price of a prompt token, in US dollars, as decimal text.
    pub prompt: String,
}

constant! {
    /// The text `artificial-analysis`.
    pub struct UnifiedBenchmarksAAItemSource = "artificial-analysis";
}

/// A model's rank in an arena of Design Arena.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct DesignArenaBenchmark {
    /// The arena of the rank.
    pub arena: String,
    /// How long a generation took on average, in milliseconds.
    pub avg_generation_time_ms: Option<f64>,
    /// The category in the arena.
    pub category: String,
    /// What Design Arena calls the model.
    pub display_name: String,
    /// The Elo rating from duels with other models.
    pub elo: f64,
    /// What OpenRouter calls the model for good; Design Arena's ID if it is not known there.
    pub model_permaslug: String,
    /// What the model costs at OpenRouter; `null` if not known.
    pub pricing: Option<BenchmarkPricing>,
    /// Always `design-arena`.
    pub source: UnifiedBenchmarksDAItemSource,
    /// How often the model came in at each place.
    pub tournament_stats: DesignArenaTournamentStats,
    /// Share of duels won, in percent, 0 to 100.
    pub win_rate: f64,
}

constant! {
    /// The text `design-arena`.
    pub struct UnifiedBenchmarksDAItemSource = "design-arena";
}

/// How often a model came in at each place of a tournament.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct DesignArenaTournamentStats {
    /// How often it came first.
    pub first_place: Option<i64>,
    /// How often it came fourth.
    pub fourth_place: Option<i64>,
    /// How often it came second.
    pub second_place: Option<i64>,
    /// How often it came third.
    pub third_place: Option<i64>,
    /// How many placements there were in all.
    pub total: Option<i64>,
}

/// A model's score in a benchmark that OpenRouter ran.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct OpenRouterBenchmark {
    /// Share of right answers over all runs, 0 to 1; higher is better.
    pub accuracy: f64,
    /// How much the accuracy of the runs differs (standard deviation); `null` for one run.
    pub accuracy_stddev: Option<f64>,
    /// What a task cost on average, in US dollars; `null` if not known.
    pub avg_cost_per_task: Option<f64>,
    /// Which benchmark it was.
    pub benchmark_type: OpenRouterBenchmarkType,
    /// The model's name shown to people.
    pub display_name: String,
    /// When the benchmark was last run in public, an RFC 3339 date.
    pub last_run_timestamp: String,
    /// What OpenRouter calls the model for good.
    pub model_permaslug: String,
    /// Always `openrouter`.
    pub source: UnifiedBenchmarksORItemSource,
    /// How many tasks all runs had together.
    pub total_tasks: i64,
}

open_enum! {
    /// A benchmark of OpenRouter that is not about search.
    pub enum OpenRouterBenchmarkType { GpqaDiamond, TauBenchVerifiedAirline }
}

constant! {
    /// The text `openrouter`.
    pub struct UnifiedBenchmarksORItemSource = "openrouter";
}

/// A model's score in a search benchmark that OpenRouter ran.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SearchBenchmark {
    /// What a task cost on average, in US dollars; `null` if not known.
    pub avg_cost_per_task: Option<f64>,
    /// How long a task took on average, in milliseconds; `null` if not known.
    pub avg_latency_per_task_ms: Option<f64>,
    /// Which search benchmark it was.
    pub benchmark_type: SearchBenchmarkType,
    /// The model's name shown to people.
    pub display_name: String,
    /// When this configuration was last run, an RFC 3339 date.
    pub last_run_timestamp: String,
    /// What OpenRouter calls the model for good.
    pub model_permaslug: String,
    /// What `primary_score` means: `f1_by_item` for `WideSearch`, `accuracy` for all others.
    pub primary_metric: SearchBenchmarkMetric,
    /// The main score, 0 to 1, of the kind that `primary_metric` says; higher is better.
    pub primary_score: f64,
    /// How the benchmark was run; only if the request has `include_run_config`.
    pub run_config: Option<SearchBenchmarkRunConfig>,
    /// The search engine that was used.
    pub search_engine: String,
    /// The kind of request that was used.
    pub search_surface: BenchmarkSearchSurface,
    /// Always `openrouter`.
    pub source: UnifiedBenchmarksSearchItemSource,
    /// How many tasks the runs of this configuration had.
    pub total_tasks: i64,
}

open_enum! {
    /// A search benchmark of OpenRouter.
    pub enum SearchBenchmarkType { SearchBrowsecomp, SearchHle, SearchDsqa, SearchWidesearch }

    /// What the main score of a search benchmark means.
    pub enum SearchBenchmarkMetric { Accuracy, F1ByItem }
}

/// The settings of a benchmark run that are made public.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct SearchBenchmarkRunConfig {
    /// How many turns the agent had; `null` for runs over the plugin.
    pub max_agent_turns: Option<i64>,
    /// The reasoning effort that was set; `null` if none was.
    pub reasoning_effort: Option<String>,
    /// The sampling temperature that was set; `null` if none was.
    pub temperature: Option<f64>,
}

constant! {
    /// The text `openrouter`.
    pub struct UnifiedBenchmarksSearchItemSource = "openrouter";
}

/// Where benchmark scores come from, and what they were filtered by.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct BenchmarksMeta {
    /// When the scores were last updated, an RFC 3339 date.
    pub as_of: String,
    /// The attribution to print with the scores; `null` if they have several sources, to be named one by one.
    pub citation: Option<String>,
    /// How many different models there are.
    pub model_count: i64,
    /// The source that was filtered by; `null` for all.
    pub source: Option<BenchmarkSource>,
    /// Where the source publishes the scores; `null` if there are several sources.
    pub source_url: Option<String>,
    /// The kind of task that was filtered by; `null` for all.
    pub task_type: Option<String>,
}
