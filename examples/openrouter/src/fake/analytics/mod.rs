//! Questions about the requests to models: sums of them, by what they have in common and by time.

mod question;

use std::collections::BTreeMap;

use axum::{
    Json, Router,
    extract::State,
    routing::{get, post},
};
use serde_json::{Map, Value, json};

use self::question::{Question, Range, dimension};
use super::{Answer, days, refusal::Refusal, state::Shared};

pub(super) fn routes() -> Router<Shared> {
    Router::new()
        .route("/analytics/meta", get(meta))
        .route("/analytics/query", post(query))
}

/// What rows can be divided by: its name, the name for people, and where a kept generation has it.
const DIMENSIONS: [(&str, &str, &str); 5] = [
    ("model", "Model", "/data/model"),
    ("provider", "Provider", "/data/provider_name"),
    ("api_key_id", "API Key", "/key"),
    ("workspace", "Workspace", "/data/workspace_id"),
    ("api_type", "API", "/data/api_type"),
];

/// What can be counted: its name, the name for people, how it is shown, and where a kept generation has it.
const METRICS: [(&str, &str, &str, &str); 4] = [
    ("request_count", "Request Count", "number", ""),
    (
        "tokens_prompt",
        "Prompt Tokens",
        "number",
        "/data/tokens_prompt",
    ),
    (
        "tokens_completion",
        "Completion Tokens",
        "number",
        "/data/tokens_completion",
    ),
    ("total_usage", "Usage", "currency", "/data/total_cost"),
];

const GRANULARITIES: [(&str, &str); 5] = [
    ("minute", "Minute"),
    ("hour", "Hour"),
    ("day", "Day"),
    ("week", "Week"),
    ("month", "Month"),
];

const OPERATORS: [(&str, &str); 4] = [
    ("eq", "scalar"),
    ("neq", "scalar"),
    ("in", "array"),
    ("not_in", "array"),
];

async fn meta() -> Answer {
    Ok(Json(json!({"data": {
        "dimensions": DIMENSIONS.map(|(name, label, _)| json!({"name": name, "display_label": label})),
        "metrics": METRICS.map(|(name, label, format, _)| json!({
            "name": name,
            "display_label": label,
            "display_format": format,
            "is_rate": false,
        })),
        "granularities": GRANULARITIES.map(|(name, label)| json!({"name": name, "display_label": label})),
        "operators": OPERATORS.map(|(name, kind)| json!({"name": name, "value_type": kind})),
    }})))
}

async fn query(State(shared): State<Shared>, Json(body): Json<Value>) -> Answer {
    let question: Question =
        serde_json::from_value(body).map_err(|error| Refusal::bad_request(error.to_string()))?;
    question.check()?;
    let range = match &question.time_range {
        Some(Range { start, end }) => days::parse_time(start)?..days::parse_time(end)?,
        None => 0..u64::MAX,
    };
    let state = shared.lock();
    let mut groups: BTreeMap<(u64, Vec<String>), Vec<&Value>> = BTreeMap::new();
    if question.dimensions.is_empty() && question.granularity.is_none() {
        // A sum of everything is there even if it is one of nothing.
        groups.insert((0, Vec::new()), Vec::new());
    }
    'kept: for kept in state.generations.iter() {
        let time = days::parse_time(kept["data"]["created_at"].as_str().unwrap_or_default())?;
        for filter in &question.filters {
            if !filter.takes(kept)? {
                continue 'kept;
            }
        }
        if range.contains(&time) {
            let values = question.dimensions.iter().map(|name| {
                let value = dimension(name, kept)?;
                Ok(value.as_str().unwrap_or_default().to_owned())
            });
            let values = values.collect::<Result<Vec<String>, Refusal>>()?;
            let group = (question.bucket(time)?, values);
            groups.entry(group).or_default().push(kept);
        }
    }
    let mut rows = Vec::new();
    let mut of_group: BTreeMap<&[String], usize> = BTreeMap::new();
    for ((bucket, values), kept) in &groups {
        let count = of_group.entry(values).or_default();
        *count += 1;
        if values.is_empty() || *count <= question.group_limit.unwrap_or(usize::MAX) {
            rows.push((question.row(*bucket, values, kept)?, kept.len()));
        }
    }
    question.sort(&mut rows);
    let limit = question.limit.unwrap_or(1000);
    let truncated = rows.len() > limit;
    rows.truncate(limit);
    let rows: Vec<Map<String, Value>> = rows.into_iter().map(|(row, _)| row).collect();
    let metadata = json!({"query_time_ms": 0.0, "row_count": rows.len(), "truncated": truncated});
    Ok(Json(json!({"data": {"data": rows, "metadata": metadata}})))
}
