//! The guardrails of the account. Whom they are put on stands in `assignments.rs`.

use axum::{
    Json, Router,
    extract::{Path, State},
    http::StatusCode,
    routing::get,
};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{
    Answer, Created,
    collection::Paging,
    query::Query,
    refusal::Refusal,
    rules,
    state::{self, Shared, now},
};
use crate::json::Object;

/// What asks for zero data retention, one for each maker of models.
const ZDR: [&str; 5] = [
    "enforce_zdr_anthropic",
    "enforce_zdr_google",
    "enforce_zdr_openai",
    "enforce_zdr_other",
    "enforce_zdr_xai",
];

/// The lists that allow nothing if they are empty, so they may not be.
const LISTS: [&str; 4] = [
    "allowed_models",
    "allowed_providers",
    "ignored_models",
    "ignored_providers",
];

pub(super) fn routes() -> Router<Shared> {
    Router::new()
        .route("/guardrails", get(list).post(create))
        .route("/guardrails/{id}", get(read).patch(update).delete(remove))
}

/// A guardrail that limits nothing.
fn describe(id: &str, name: &str, workspace: &str) -> Value {
    json!({
        "id": id,
        "name": name,
        "description": null,
        "workspace_id": workspace,
        "allowed_models": null,
        "allowed_providers": null,
        "ignored_models": null,
        "ignored_providers": null,
        "content_filter_builtins": null,
        "content_filters": null,
        "enable_free_model_publication": null,
        "enable_free_model_training": null,
        "enable_paid_model_training": null,
        "enforce_zdr": null,
        "enforce_zdr_anthropic": null,
        "enforce_zdr_google": null,
        "enforce_zdr_openai": null,
        "enforce_zdr_other": null,
        "enforce_zdr_xai": null,
        "include_byok_in_budgets": false,
        "limit_usd": null,
        "reset_interval": null,
        "created_at": now(),
        "updated_at": null,
    })
}

#[derive(Deserialize)]
struct Filter {
    workspace_id: Option<String>,
}

async fn list(
    State(shared): State<Shared>,
    Query(filter): Query<Filter>,
    Query(paging): Query<Paging>,
) -> Answer {
    let state = shared.lock();
    let workspace = rules::workspace(&state, filter.workspace_id.as_deref())?;
    let page = state
        .guardrails
        .page(&paging, |guardrail| guardrail["workspace_id"] == workspace);
    Ok(Json(page))
}

async fn create(State(shared): State<Shared>, Json(mut body): Json<Object>) -> Created {
    let mut state = shared.lock();
    complete(&mut body)?;
    let workspace = body.remove("workspace_id");
    let workspace = rules::workspace(&state, workspace.as_ref().and_then(Value::as_str))?;
    let id = state.new_id();
    state.guardrails.insert(describe(&id, "", &workspace))?;
    let data = state.guardrails.update(&id, body)?;
    Ok((StatusCode::CREATED, Json(json!({"data": data}))))
}

/// Refuses members that make no sense, and adds those that follow from others.
fn complete(body: &mut Object) -> Result<(), Refusal> {
    rules::length(body, "name", 1..=200)?;
    rules::length(body, "description", 0..=1000)?;
    for list in LISTS {
        rules::not_empty(body, list)?;
    }
    if let Some(all) = body.get("enforce_zdr").cloned() {
        for one in ZDR {
            body.entry(one).or_insert_with(|| all.clone());
        }
    }
    let builtins = body.get_mut("content_filter_builtins");
    for filter in builtins.and_then(Value::as_array_mut).into_iter().flatten() {
        let slug = filter["slug"].as_str().unwrap_or_default();
        filter["label"] = format!("[{}]", slug.replace('-', "_").to_uppercase()).into();
    }
    Ok(())
}

async fn read(State(shared): State<Shared>, Path(id): Path<String>) -> Answer {
    let state = shared.lock();
    Ok(Json(json!({"data": state.guardrails.get(&id)?})))
}

async fn update(
    State(shared): State<Shared>,
    Path(id): Path<String>,
    Json(mut changes): Json<Object>,
) -> Answer {
    let mut state = shared.lock();
    complete(&mut changes)?;
    if let Some(default) = default_of(&state, &id) {
        if changes.contains_key("name") {
            let message = "the default guardrail of a workspace has its name from there";
            return Err(Refusal::bad_request(message));
        }
        if state.guardrails.get(&id).is_err() {
            state.guardrails.insert(default)?;
        }
    }
    changes.insert("updated_at".to_owned(), now().into());
    let data = state.guardrails.update(&id, changes)?;
    Ok(Json(json!({"data": data})))
}

/// The guardrail for all traffic of a workspace, as it is before it is changed, if that is what the ID names.
fn default_of(state: &state::State, id: &str) -> Option<Value> {
    let mut workspaces = state.workspaces.all().iter();
    let workspace = workspaces.find(|workspace| workspace["default_guardrail_id"] == id)?;
    let name = format!("Default of {}", workspace["name"].as_str()?);
    Some(describe(id, &name, workspace["id"].as_str()?))
}

async fn remove(State(shared): State<Shared>, Path(id): Path<String>) -> Answer {
    let mut state = shared.lock();
    state.guardrails.remove(&id)?;
    let is_of_it = |assignment: &Value| assignment["guardrail_id"] == id;
    state.key_assignments.remove_all(is_of_it);
    state.member_assignments.remove_all(is_of_it);
    Ok(Json(json!({"deleted": true})))
}

/// Deletes what a workspace had that is deleted itself.
pub(super) fn remove_all(state: &mut state::State, workspace: &str) {
    let is_in_it = |guardrail: &Value| guardrail["workspace_id"] == workspace;
    state.guardrails.remove_all(is_in_it);
    let guardrails = &state.guardrails;
    let is_lost = |assignment: &Value| {
        let guardrail = assignment["guardrail_id"].as_str();
        guardrail.is_none_or(|id| guardrails.get(id).is_err())
    };
    state.key_assignments.remove_all(is_lost);
    state.member_assignments.remove_all(is_lost);
}
