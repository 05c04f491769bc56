//! Scores of models: those that the catalogue has, and a few others of each source.

use url::form_urlencoded;

use super::prelude::*;
use crate::benchmarks as api;

pub(super) fn add(router: Router<Shared>) -> Router<Shared> {
    router.on(list)
}

/// When the scores are of.
const AS_OF: &str = "2026-06-03T12:00:00Z";

async fn list(mut request: api::ListBenchmarks) -> Answer<api::ListBenchmarks> {
    let most = request.max_results.unwrap_or(i64::MAX);
    ensure(most >= 1, "`max_results` is not 1 or more")?;
    if request.source == Some(api::BenchmarkSource::DesignArena) {
        request.arena.get_or_insert(api::BenchmarkArena::Models);
    }
    let with_config = request.include_run_config == Some(true);
    let scores = MODELS.iter().map(|model| scores_of(model, with_config));
    let mut scores: Vec<_> = scores.flatten().flatten().collect();
    retain(&mut scores, &request);
    scores.truncate(usize::try_from(most).unwrap_or(usize::MAX));
    let mut models: Vec<_> = scores.iter().map(|it| &it["model_permaslug"]).collect();
    models.dedup();
    let (source, task) = (request.source, request.task_type);
    let meta =
        json!({"as_of": AS_OF, "model_count": models.len(), "source": source, "task_type": task});
    typed(json!({"data": scores, "meta": meta}))
}

/// Leaves the scores that are asked for: a parameter that is a member of a score, too, has to be equal.
fn retain(scores: &mut Vec<Value>, request: &api::ListBenchmarks) {
    let path = path(request);
    let (_, query) = path.split_once('?').unwrap_or_default();
    let filters: Vec<_> = form_urlencoded::parse(query.as_bytes()).collect();
    let task = request.task_type.as_ref().map(|task| json!(task));
    let benchmark = request.benchmark_type.as_ref().map_or("", |it| it.as_str());
    let of_search = benchmark.starts_with("search_");
    scores.retain(|score| {
        let tells_of = |task| (score["tasks"].as_array()).is_some_and(|it| it.contains(task));
        let mut filters = filters.iter();
        filters.all(|(name, wanted)| score.get(&**name).is_none_or(|value| value == &**wanted))
            && task.as_ref().is_none_or(tells_of)
            && (!of_search || score["search_engine"].is_string())
    });
}

/// The scores of a model, each with the tasks that it tells of, and if that is wanted with how it was found.
fn scores_of(model: &Model, with_config: bool) -> Option<[Value; 8]> {
    let [intelligence, coding, agentic] = model.indexes?;
    let arena = |arena: &str, category: &str, tasks: &[&str]| {
        json!({
            "source": "design-arena", "arena": arena, "category": category, "tasks": tasks, "pricing": model.pricing(),
            "elo": 1000.0 + 5.0 * coding, "win_rate": coding, "avg_generation_time_ms": 30_000.0,
            "tournament_stats": {"first_place": 40, "second_place": 30, "third_place": 20, "fourth_place": 10, "total": 100},
        })
    };
    let own = |benchmark: &str, score: f64, task: &str| {
        json!({
            "source": "openrouter", "benchmark_type": benchmark, "tasks": [task], "accuracy": score / 100.0,
            "accuracy_stddev": 0.03, "avg_cost_per_task": 0.002, "last_run_timestamp": AS_OF, "total_tasks": 300,
        })
    };
    let config = with_config.then(|| json!({"max_agent_turns": 25, "reasoning_effort": "high"}));
    let search = |benchmark: &str, metric: &str, engine: &str, surface: &str| {
        json!({
            "source": "openrouter", "benchmark_type": benchmark, "search_engine": engine, "search_surface": surface,
            "primary_metric": metric, "primary_score": agentic / 100.0, "tasks": ["search"], "avg_cost_per_task": 0.05,
            "avg_latency_per_task_ms": 20_000.0, "last_run_timestamp": AS_OF, "total_tasks": 100,
            "run_config": config,
        })
    };
    let mut scores = [
        json!({
            "source": "artificial-analysis", "tasks": ["intelligence", "coding", "agentic"], "pricing": model.pricing(),
            "intelligence_index": intelligence, "coding_index": coding, "agentic_index": agentic,
        }),
        arena("models", "codecategories", &["coding"]),
        arena("models", "dataviz", &[]),
        arena("agents", "codecategories", &["coding"]),
        own("gpqa_diamond", intelligence, "intelligence"),
        own("tau_bench_verified_airline", agentic, "agentic"),
        search("search_browsecomp", "accuracy", "exa", "server-tool"),
        search("search_widesearch", "f1_by_item", "native", "plugin"),
    ];
    for score in &mut scores {
        score["model_permaslug"] = json!(model.id);
        score["display_name"] = json!(model.name);
    }
    Some(scores)
}
