//! What models are used for: fixed shares, whose models are those of the catalogue.

use axum::{Json, Router, extract::Query, routing::get};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Answer, catalogue::DEFAULT_MODEL, days, refusal::Refusal, state::Shared};

pub(super) fn routes() -> Router<Shared> {
    Router::new().route("/classifications/task", get(read))
}

/// Groups of tasks, with their shares of requests and of tokens.
const GROUPS: [(&str, &str, f64, f64); 2] =
    [("code", "Code", 0.45, 0.52), ("data", "Data", 0.2, 0.15)];

/// Tasks, with their names and their shares of requests and tokens within their group.
const TASKS: [(&str, &str, f64, f64); 3] = [
    ("code:general_impl", "Code Generation", 0.6, 0.5),
    ("code:debugging", "Debugging", 0.4, 0.5),
    ("data:extraction", "Data Extraction", 1.0, 1.0),
];

#[derive(Deserialize)]
struct Wanted {
    window: Option<String>,
}

async fn read(Query(wanted): Query<Wanted>) -> Answer {
    if wanted.window.is_some_and(|window| window != "7d") {
        return Err(Refusal::bad_request("`window` is not `7d`"));
    }
    let groups = GROUPS.map(|(key, label, usage, tokens)| {
        json!({"key": key, "label": label, "usage_share": usage, "token_share": tokens})
    });
    let tasks: Vec<Value> = GROUPS
        .iter()
        .flat_map(|group| TASKS.iter().filter_map(|task| describe(group, task)))
        .collect();
    Ok(Json(json!({"data": {
        "as_of": days::format(days::today() - 1),
        "window_days": 7,
        "macro_categories": groups,
        "classifications": tasks,
    }})))
}

/// A task, if it is of the group.
fn describe(
    (group, _, group_usage, group_tokens): &(&str, &str, f64, f64),
    (tag, name, usage, tokens): &(&str, &str, f64, f64),
) -> Option<Value> {
    tag.strip_prefix(group)?.strip_prefix(':')?;
    let models = [
        json!({"id": DEFAULT_MODEL, "tag_usage_share": 0.6, "tag_token_share": 0.7}),
        json!({"id": "anthropic/claude-sonnet-4.5", "tag_usage_share": 0.4, "tag_token_share": 0.3}),
    ];
    Some(json!({
        "tag": tag,
        "display_name": name,
        "macro_category": group,
        "usage_share": group_usage * usage,
        "token_share": group_tokens * tokens,
        "category_usage_share": usage,
        "category_token_share": tokens,
        "models": models,
    }))
}
