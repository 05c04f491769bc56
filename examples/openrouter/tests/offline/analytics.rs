//! What was asked of models can be asked about.

use api_request::Client;
use openrouter::{
    analytics::{
        AnalyticsFilter, AnalyticsOrder, AnalyticsTimeRange, GetAnalyticsMeta, GetUserActivity,
        GetUserActivityGroupBy, QueryAnalytics,
    },
    chat::SendChatCompletion,
    common::SortDirection,
    error::OpenRouterError,
};
use serde_json::{Value, json};

use crate::{chat::say, start};

fn say_to(model: &str, text: &str) -> SendChatCompletion {
    let mut chat = say(text);
    chat.body.model = Some(model.to_owned());
    chat
}

const GPT: &str = "openai/gpt-4o";
const CLAUDE: &str = "anthropic/claude-sonnet-4.5";

/// Two chats with one model, and one with another.
async fn talk(api: &Client) {
    for (model, text) in [(GPT, "one"), (CLAUDE, "one two three"), (GPT, "one two")] {
        api.send(&say_to(model, text)).await.unwrap();
    }
}

fn ask(metrics: &[&str], dimensions: &[&str]) -> QueryAnalytics {
    let texts = |texts: &[&str]| texts.iter().map(|&text| text.to_owned()).collect();
    QueryAnalytics {
        metrics: texts(metrics),
        dimensions: Some(texts(dimensions)),
        ..QueryAnalytics::default()
    }
}

async fn rows(api: &Client, query: &QueryAnalytics) -> Value {
    let rows = api.send(query).await.unwrap().data.data;
    serde_json::to_value(rows).unwrap()
}

#[tokio::test]
async fn metrics_are_summed_by_dimension() {
    let (_fake, api) = start().await;
    let everything = ask(&["request_count", "tokens_completion"], &[]);
    let expected = json!([{"request_count": 0, "tokens_completion": 0}]);
    assert_eq!(rows(&api, &everything).await, expected);
    talk(&api).await;
    let expected = json!([{"request_count": 3, "tokens_completion": 6}]);
    assert_eq!(rows(&api, &everything).await, expected);
    let mut query = ask(&["tokens_completion"], &["model"]);
    query.order_by = Some(AnalyticsOrder {
        field: "request_count".to_owned(),
        direction: SortDirection::Desc,
    });
    let expected = json!([
        {"model": GPT, "tokens_completion": 3},
        {"model": CLAUDE, "tokens_completion": 3},
    ]);
    assert_eq!(rows(&api, &query).await, expected);
    query.limit = Some(1);
    let result = api.send(&query).await.unwrap().data;
    assert!(result.metadata.truncated);
    assert_eq!(result.metadata.row_count, 1);
}

#[tokio::test]
async fn filters_and_times_choose_what_is_counted() {
    let (_fake, api) = start().await;
    talk(&api).await;
    let mut query = ask(&["request_count"], &[]);
    query.filters = Some(vec![AnalyticsFilter {
        field: "model".to_owned(),
        include_unset: None,
        operator: "neq".to_owned(),
        value: GPT.to_owned().into(),
    }]);
    assert_eq!(rows(&api, &query).await, json!([{"request_count": 1}]));
    query.filters = None;
    query.time_range = Some(AnalyticsTimeRange {
        start: "2020-01-01T00:00:00Z".to_owned(),
        end: "2021-01-01T00:00:00Z".to_owned(),
    });
    assert_eq!(rows(&api, &query).await, json!([{"request_count": 0}]));
    query.time_range = None;
    query.granularity = Some("month".to_owned());
    let rows = rows(&api, &query).await;
    let date = rows[0]["date__month"].as_str().unwrap();
    assert!(date.ends_with("-01T00:00:00.000Z"), "{date}");
}

#[tokio::test]
async fn what_cannot_be_asked_is_refused() {
    let (_fake, api) = start().await;
    let meta = api.send(&GetAnalyticsMeta::default()).await.unwrap().data;
    let known: Vec<&str> = meta
        .metrics
        .iter()
        .map(|metric| metric.name.as_str())
        .collect();
    assert!(known.contains(&"request_count"), "{known:?}");
    for query in [
        ask(&["beauty"], &[]),
        ask(&[], &[]),
        ask(&known, &["beauty"]),
        ask(&known, &["model", "provider", "workspace"]),
    ] {
        let error = api.send(&query).await.unwrap_err();
        assert!(
            matches!(error.api(), Some(OpenRouterError::BadRequest(_))),
            "{error}"
        );
    }
}

#[tokio::test]
async fn the_activity_has_a_row_for_each_model() {
    let (_fake, api) = start().await;
    talk(&api).await;
    let mut list = GetUserActivity::default();
    let rows = api.send(&list).await.unwrap().data;
    let models: Vec<&str> = rows.iter().map(|row| row.model.as_str()).collect();
    assert_eq!(models, [GPT, CLAUDE]);
    assert_eq!((rows[0].requests, rows[0].completion_tokens), (2, 3));
    assert_eq!(rows[1].provider_name, "Anthropic");
    assert!(rows[0].workspace_id.is_none());
    list.group_by = Some(GetUserActivityGroupBy::Workspace);
    let rows = api.send(&list).await.unwrap().data;
    assert!(rows[0].workspace_id.is_some());
    list.api_key_hash = Some("another".to_owned());
    assert!(api.send(&list).await.unwrap().data.is_empty());
    list.date = Some("2020-01-01".to_owned());
    let error = api.send(&list).await.unwrap_err();
    assert_eq!(error.status().unwrap().as_u16(), 400);
}
