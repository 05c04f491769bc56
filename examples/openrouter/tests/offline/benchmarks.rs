//! Scores in benchmarks, by source and kind of task.

use openrouter::benchmarks::{
    Benchmark, BenchmarkArena, BenchmarkSource, BenchmarkTaskType, BenchmarkType, ListBenchmarks,
};

use crate::start;

/// What kind of score it is.
fn kind(item: &Benchmark) -> &'static str {
    match item {
        Benchmark::UnifiedBenchmarksAAItem(_) => "index",
        Benchmark::UnifiedBenchmarksDAItem(_) => "arena",
        Benchmark::UnifiedBenchmarksORItem(_) => "own",
        Benchmark::UnifiedBenchmarksSearchItem(_) => "search",
        Benchmark::Other(_) => "unknown",
    }
}

#[tokio::test]
async fn filters_choose_scores() {
    let (_fake, api) = start().await;
    let filtered = |filter: fn(&mut ListBenchmarks)| {
        let mut list = ListBenchmarks::default();
        filter(&mut list);
        list
    };
    for (list, kinds, count) in [
        (
            filtered(|_| {}),
            &["index", "arena", "own", "search"][..],
            3 * 8,
        ),
        (
            filtered(|list| list.source = Some(BenchmarkSource::ArtificialAnalysis)),
            &["index"],
            3,
        ),
        (
            filtered(|list| list.source = Some(BenchmarkSource::DesignArena)),
            &["arena"],
            3 * 2,
        ),
        (
            filtered(|list| list.arena = Some(BenchmarkArena::Agents)),
            &["index", "arena", "own", "search"],
            3 * 6,
        ),
        (
            filtered(|list| list.task_type = Some(BenchmarkTaskType::Coding)),
            &["index", "arena"],
            3 * 3,
        ),
        (
            filtered(|list| list.task_type = Some(BenchmarkTaskType::Search)),
            &["search"],
            3 * 2,
        ),
        (
            filtered(|list| list.benchmark_type = Some(BenchmarkType::SearchBrowsecomp)),
            &["search"],
            3,
        ),
        (filtered(|list| list.max_results = Some(1)), &["index"], 1),
    ] {
        let answer = api.send(&list).await.unwrap();
        let mut found: Vec<&str> = Vec::new();
        for item in &answer.data {
            if !found.contains(&kind(item)) {
                found.push(kind(item));
            }
        }
        assert_eq!(found, kinds, "{list:?}");
        assert_eq!(answer.data.len(), count, "{list:?}");
    }
}

#[tokio::test]
async fn a_run_is_described_where_that_is_asked_for() {
    let (_fake, api) = start().await;
    let mut list = ListBenchmarks {
        search_engine: Some("exa".to_owned()),
        task_type: Some(BenchmarkTaskType::Search),
        ..ListBenchmarks::default()
    };
    for wanted in [false, true] {
        list.include_run_config = Some(wanted);
        let answer = api.send(&list).await.unwrap();
        assert_eq!(answer.meta.model_count, 3);
        for item in &answer.data {
            let Benchmark::UnifiedBenchmarksSearchItem(item) = item else {
                panic!("{item:?}");
            };
            assert_eq!(item.search_engine, "exa");
            assert_eq!(item.run_config.is_some(), wanted);
        }
    }
}
