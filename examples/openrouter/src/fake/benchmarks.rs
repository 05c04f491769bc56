//! Scores of models: those that the catalogue has, and a few others of each source.

use std::collections::BTreeSet;

use axum::{Json, Router, extract::Query, routing::get};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{
    Answer,
    catalogue::{MODELS, Model},
    refusal::Refusal,
    state::Shared,
};

pub(super) fn routes() -> Router<Shared> {
    Router::new().route("/benchmarks", get(list))
}

/// When the scores are of.
const AS_OF: &str = "2026-06-03T12:00:00Z";

#[derive(Deserialize)]
struct Filter {
    source: Option<String>,
    task_type: Option<String>,
    benchmark_type: Option<String>,
    #[serde(default)]
    include_run_config: bool,
    search_engine: Option<String>,
    search_surface: Option<String>,
    arena: Option<String>,
    category: Option<String>,
    max_results: Option<usize>,
}

impl Filter {
    fn takes(&self, item: &Value) -> bool {
        let is_search = item["search_engine"].is_string();
        let benchmark = self.benchmark_type.as_deref().unwrap_or_default();
        let of_source = match item["source"].as_str() {
            Some("openrouter") if is_search => {
                is(self.search_engine.as_deref(), &item["search_engine"])
                    && is(self.search_surface.as_deref(), &item["search_surface"])
                    && is(self.benchmark_type.as_deref(), &item["benchmark_type"])
            }
            Some("openrouter") => is(self.benchmark_type.as_deref(), &item["benchmark_type"]),
            Some("design-arena") => {
                let arena = self
                    .arena
                    .as_deref()
                    .or((self.source.is_some()).then_some("models"));
                is(arena, &item["arena"]) && is(self.category.as_deref(), &item["category"])
            }
            _ => true,
        };
        let of_search =
            self.task_type.as_deref() == Some("search") || benchmark.starts_with("search_");
        of_source
            && is(self.source.as_deref(), &item["source"])
            && (is_search || !of_search)
            && self.is_of_task(item)
    }

    /// Whether an item is about a kind of task, in the way of its source.
    fn is_of_task(&self, item: &Value) -> bool {
        let Some(task) = self.task_type.as_deref() else {
            return true;
        };
        match item["source"].as_str() {
            Some("artificial-analysis") => !item[format!("{task}_index")].is_null(),
            Some("design-arena") => task == "coding" && item["category"] == "codecategories",
            _ if item["search_engine"].is_string() => task == "search",
            _ => match item["benchmark_type"].as_str() {
                Some("gpqa_diamond") => task == "intelligence",
                _ => task == "agentic",
            },
        }
    }
}

fn is(wanted: Option<&str>, value: &Value) -> bool {
    wanted.is_none_or(|wanted| value == wanted)
}

fn pricing(model: &Model) -> Value {
    let pricing = model.pricing();
    json!({"prompt": pricing["prompt"], "completion": pricing["completion"]})
}

/// The scores of a model that has indexes.
fn items(model: &Model, [intelligence, coding, agentic]: [f64; 3]) -> Vec<Value> {
    let with_name = |mut item: Value| {
        item["model_permaslug"] = json!(model.id);
        item["display_name"] = json!(model.name);
        item
    };
    let arena = |arena: &str, category: &str| {
        json!({
            "source": "design-arena",
            "arena": arena,
            "category": category,
            "elo": 1000.0 + 5.0 * coding,
            "win_rate": coding,
            "avg_generation_time_ms": 30_000.0,
            "pricing": pricing(model),
            "tournament_stats": {"first_place": 40, "second_place": 30, "third_place": 20, "fourth_place": 10, "total": 100},
        })
    };
    let own = |benchmark: &str, accuracy: f64| {
        json!({
            "source": "openrouter",
            "benchmark_type": benchmark,
            "accuracy": accuracy,
            "accuracy_stddev": 0.03,
            "avg_cost_per_task": 0.002,
            "last_run_timestamp": AS_OF,
            "total_tasks": 300,
        })
    };
    let search = |benchmark: &str, metric: &str, engine: &str, surface: &str| {
        json!({
            "source": "openrouter",
            "benchmark_type": benchmark,
            "primary_metric": metric,
            "primary_score": agentic / 100.0,
            "search_engine": engine,
            "search_surface": surface,
            "avg_cost_per_task": 0.05,
            "avg_latency_per_task_ms": 20_000.0,
            "last_run_timestamp": AS_OF,
            "total_tasks": 100,
            "run_config": {"max_agent_turns": 25, "reasoning_effort": "high", "temperature": null},
        })
    };
    let items = [
        json!({
            "source": "artificial-analysis",
            "intelligence_index": intelligence,
            "coding_index": coding,
            "agentic_index": agentic,
            "pricing": pricing(model),
        }),
        arena("models", "codecategories"),
        arena("models", "dataviz"),
        arena("agents", "codecategories"),
        own("gpqa_diamond", intelligence / 100.0),
        own("tau_bench_verified_airline", agentic / 100.0),
        search("search_browsecomp", "accuracy", "exa", "server-tool"),
        search("search_widesearch", "f1_by_item", "native", "plugin"),
    ];
    items.map(with_name).into()
}

async fn list(Query(filter): Query<Filter>) -> Answer {
    if filter.max_results == Some(0) {
        return Err(Refusal::bad_request("`max_results` is not 1 or more"));
    }
    let scored = MODELS
        .iter()
        .filter_map(|model| Some((model, model.indexes?)));
    let mut items: Vec<Value> = scored
        .flat_map(|(model, indexes)| items(model, indexes))
        .collect();
    items.retain(|item| filter.takes(item));
    items.truncate(filter.max_results.unwrap_or(usize::MAX));
    if !filter.include_run_config {
        for item in items.iter_mut().filter_map(Value::as_object_mut) {
            item.remove("run_config");
        }
    }
    let models: BTreeSet<&str> = items
        .iter()
        .filter_map(|item| item["model_permaslug"].as_str())
        .collect();
    let meta = json!({
        "as_of": AS_OF,
        "version": "v1",
        "citation": null,
        "model_count": models.len(),
        "source": filter.source,
        "source_url": null,
        "task_type": filter.task_type,
    });
    Ok(Json(json!({"data": items, "meta": meta})))
}
