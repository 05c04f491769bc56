//! What was asked of models, day by day. Unlike at the API, today counts too.

use std::collections::BTreeMap;

use axum::{
    Json, Router,
    extract::{Query, State},
    routing::get,
};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Answer, catalogue::MODELS, days, refusal::Refusal, state::Shared};

pub(super) fn routes() -> Router<Shared> {
    Router::new().route("/activity", get(list))
}

#[derive(Deserialize)]
struct Filter {
    date: Option<String>,
    api_key_hash: Option<String>,
    user_id: Option<String>,
    group_by: Option<String>,
    workspace_id: Option<String>,
}

#[derive(Default)]
struct Sum {
    requests: u64,
    input: u64,
    output: u64,
    cost: f64,
}

async fn list(State(shared): State<Shared>, Query(filter): Query<Filter>) -> Answer {
    if let Some(date) = &filter.date {
        let day = days::parse(date)?;
        if day > days::today() || day + 30 < days::today() {
            return Err(Refusal::bad_request("`date` is none of the last 30 days"));
        }
    }
    let by_workspace = filter.group_by.as_deref() == Some("workspace");
    let state = shared.lock();
    let mut sums: BTreeMap<(String, String, Option<String>), Sum> = BTreeMap::new();
    for kept in state.generations.iter() {
        let data = &kept["data"];
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let day = text(&data["created_at"])
            .chars()
            .take(10)
            .collect::<String>();
        let workspace = text(&data["workspace_id"]);
        let is_it = |wanted: &Option<String>, value: &str| {
            wanted.as_deref().is_none_or(|wanted| wanted == value)
        };
        // The keys of the stand-in have no creator.
        if filter.user_id.is_some()
            || !is_it(&filter.date, &day)
            || !is_it(&filter.workspace_id, &workspace)
            || !is_it(&filter.api_key_hash, &text(&kept["key"]))
        {
            continue;
        }
        let row = (day, text(&data["model"]), by_workspace.then_some(workspace));
        let sum = sums.entry(row).or_default();
        sum.requests += 1;
        sum.input += data["tokens_prompt"].as_u64().unwrap_or(0);
        sum.output += data["tokens_completion"].as_u64().unwrap_or(0);
        sum.cost += data["total_cost"].as_f64().unwrap_or(0.0);
    }
    let rows: Vec<Value> = sums
        .into_iter()
        .rev()
        .map(|(row, sum)| describe(row, &sum))
        .collect();
    Ok(Json(json!({"data": rows})))
}

fn describe((date, id, workspace): (String, String, Option<String>), sum: &Sum) -> Value {
    let place = MODELS.iter().position(|model| model.id == id).unwrap_or(0);
    let mut row = json!({
        "date": date,
        "model": id,
        "model_permaslug": id,
        "endpoint_id": format!("00000000-0000-4000-9000-{place:012}"),
        "provider_name": MODELS[place].provider().name,
        "requests": sum.requests,
        "prompt_tokens": sum.input,
        "completion_tokens": sum.output,
        "reasoning_tokens": 0,
        "usage": sum.cost,
        "byok_usage_inference": 0.0,
    });
    if let Some(workspace) = workspace {
        row["workspace_id"] = json!(workspace);
    }
    row
}
