//! What a workspace may spend in an interval: one budget for each interval, the shorter the smaller.

use axum::{
    Json, Router,
    extract::{Path, State},
    routing::get,
};
use serde_json::{Value, json};

use super::{
    Answer,
    collection::members,
    refusal::Refusal,
    state::{self, Shared, now},
    workspaces::resolve,
};
use crate::json::Object;

/// The intervals that end, from the shortest to the longest; the one after them is `lifetime`.
const INTERVALS: [&str; 3] = ["daily", "weekly", "monthly"];

pub(super) fn routes() -> Router<Shared> {
    Router::new()
        .route("/workspaces/{id}/budgets", get(list))
        .route(
            "/workspaces/{id}/budgets/{interval}",
            get(read).put(set).delete(remove),
        )
}

/// What a budget of this interval has as its `reset_interval`.
fn read_interval(name: &str) -> Result<Value, Refusal> {
    match name {
        "lifetime" => Ok(Value::Null),
        _ if INTERVALS.contains(&name) => Ok(name.into()),
        _ => Err(Refusal::bad_request(format!("`{name}` is no interval"))),
    }
}

/// The place of an interval among all, the shortest first.
fn rank(interval: &Value) -> usize {
    let place = INTERVALS.iter().position(|name| interval == name);
    place.unwrap_or(INTERVALS.len())
}

/// An answer about the budgets of a workspace.
fn answer(state: &state::State, workspace: &str, data: &Value) -> Answer {
    let byok = &state.workspaces.get(workspace)?["include_byok_in_budgets"];
    Ok(Json(json!({"data": data, "include_byok_in_budgets": byok})))
}

async fn list(State(shared): State<Shared>, Path(workspace): Path<String>) -> Answer {
    let state = shared.lock();
    let workspace = resolve(&state, &workspace)?;
    let budgets = state.budgets.all().iter();
    let budgets: Vec<_> = budgets
        .filter(|budget| budget["workspace_id"] == workspace)
        .collect();
    answer(&state, &workspace, &json!(budgets))
}

async fn read(
    State(shared): State<Shared>,
    Path((workspace, interval)): Path<(String, String)>,
) -> Answer {
    let state = shared.lock();
    let workspace = resolve(&state, &workspace)?;
    let reset = read_interval(&interval)?;
    let budget = find(&state, &workspace, &reset)
        .ok_or_else(|| Refusal::not_found(format!("there is no {interval} budget")))?;
    answer(&state, &workspace, budget)
}

fn find<'a>(state: &'a state::State, workspace: &str, reset: &Value) -> Option<&'a Value> {
    let mut budgets = state.budgets.all().iter();
    budgets.find(|budget| budget["workspace_id"] == workspace && budget["reset_interval"] == *reset)
}

async fn set(
    State(shared): State<Shared>,
    Path((workspace, interval)): Path<(String, String)>,
    Json(body): Json<Object>,
) -> Answer {
    let mut state = shared.lock();
    let workspace = resolve(&state, &workspace)?;
    let reset = read_interval(&interval)?;
    let limit = &body["limit_usd"];
    check(&state, &workspace, &reset, limit)?;
    if let Some(byok) = body.get("include_byok_in_budgets") {
        let changes = members([("include_byok_in_budgets", byok.clone())]);
        state.workspaces.update(&workspace, changes)?;
    }
    let found = find(&state, &workspace, &reset);
    let budget = if let Some(Value::String(id)) = found.map(|budget| budget["id"].clone()) {
        let changes = members([("limit_usd", limit.clone()), ("updated_at", now().into())]);
        state.budgets.update(&id, changes)?.clone()
    } else {
        let now = now();
        let budget = json!({
            "id": state.new_id(),
            "workspace_id": workspace,
            "reset_interval": reset,
            "limit_usd": limit,
            "created_at": now,
            "updated_at": now,
        });
        state.budgets.insert(budget)?.clone()
    };
    answer(&state, &workspace, &budget)
}

/// A limit is more than nothing, and between those of the shorter and the longer intervals.
fn check(
    state: &state::State,
    workspace: &str,
    reset: &Value,
    limit: &Value,
) -> Result<(), Refusal> {
    let limit = limit.as_f64().filter(|limit| *limit > 0.0);
    let limit = limit.ok_or_else(|| Refusal::bad_request("`limit_usd` has to be more than 0"))?;
    let budgets = state.budgets.all().iter();
    for other in budgets.filter(|budget| budget["workspace_id"] == workspace) {
        let other_limit = other["limit_usd"].as_f64().unwrap_or_default();
        let order = rank(reset).cmp(&rank(&other["reset_interval"]));
        if order.is_ne() && limit.total_cmp(&other_limit) != order {
            let message = "a budget has to be less than those of longer intervals";
            return Err(Refusal::bad_request(message));
        }
    }
    Ok(())
}

async fn remove(
    State(shared): State<Shared>,
    Path((workspace, interval)): Path<(String, String)>,
) -> Answer {
    let mut state = shared.lock();
    let workspace = resolve(&state, &workspace)?;
    let reset = read_interval(&interval)?;
    state.budgets.remove_all(|budget| {
        budget["workspace_id"] == workspace && budget["reset_interval"] == reset
    });
    Ok(Json(json!({"deleted": true})))
}
