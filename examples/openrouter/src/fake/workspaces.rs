//! The workspaces of the account. What is inside of one has files of its own.

use axum::{
    Json, Router,
    extract::{Path, State},
    http::StatusCode,
    routing::get,
};
use serde_json::{Value, json};

use super::{
    Answer, Created,
    collection::{Paging, members},
    guardrails,
    organization::OWNER,
    query::Query,
    refusal::Refusal,
    rules,
    state::{self, DEFAULT_WORKSPACE, Shared, now},
};
use crate::json::Object;

pub(super) fn routes() -> Router<Shared> {
    Router::new()
        .route("/workspaces", get(list).post(create))
        .route("/workspaces/{id}", get(read).patch(update).delete(remove))
}

/// A workspace as it is when it is created.
pub(super) fn describe(id: &str, name: &str, slug: &str) -> Value {
    json!({
        "id": id,
        "name": name,
        "slug": slug,
        "description": null,
        "default_guardrail_id": default_guardrail(id),
        "default_text_model": null,
        "default_image_model": null,
        "default_provider_sort": null,
        "include_byok_in_budgets": false,
        "io_logging_api_key_ids": null,
        "io_logging_sampling_rate": 1.0,
        "is_data_discount_logging_enabled": false,
        "is_observability_broadcast_enabled": false,
        "is_observability_io_logging_enabled": false,
        "created_at": now(),
        "created_by": OWNER,
        "updated_at": null,
    })
}

/// What names the guardrail of all traffic of a workspace, which need not be there: the same UUID, in the version for
/// those that are made from a name.
fn default_guardrail(workspace: &str) -> String {
    workspace.replacen("-4", "-5", 1)
}

/// The workspace that a path names by its ID or slug.
pub(super) fn resolve(state: &state::State, name: &str) -> Result<String, Refusal> {
    let mut workspaces = state.workspaces.all().iter();
    let found = workspaces.find(|workspace| workspace["slug"] == name);
    let id = found.and_then(|workspace| workspace["id"].as_str());
    state.workspace(Some(id.unwrap_or(name)))
}

async fn list(State(shared): State<Shared>, Query(paging): Query<Paging>) -> Answer {
    Ok(Json(shared.lock().workspaces.page(&paging, |_| true)))
}

async fn create(State(shared): State<Shared>, Json(body): Json<Object>) -> Created {
    let mut state = shared.lock();
    check(&state, &body, None)?;
    let id = state.new_id();
    state.workspaces.insert(describe(&id, "", ""))?;
    let data = state.workspaces.update(&id, body)?;
    Ok((StatusCode::CREATED, Json(json!({"data": data}))))
}

/// Refuses members that make no sense, and the slug of another workspace.
fn check(state: &state::State, body: &Object, id: Option<&str>) -> Result<(), Refusal> {
    rules::length(body, "name", 1..=100)?;
    rules::length(body, "description", 0..=500)?;
    rules::share(body, "io_logging_sampling_rate")?;
    let Some(slug) = body.get("slug").and_then(Value::as_str) else {
        return Ok(());
    };
    rules::slug(slug)?;
    let mut others = state.workspaces.all().iter();
    if others.any(|other| other["slug"] == slug && other["id"].as_str() != id) {
        let message = format!("there is a workspace `{slug}` already");
        return Err(Refusal::conflict(message));
    }
    Ok(())
}

async fn read(State(shared): State<Shared>, Path(name): Path<String>) -> Answer {
    let state = shared.lock();
    let id = resolve(&state, &name)?;
    Ok(Json(json!({"data": state.workspaces.get(&id)?})))
}

async fn update(
    State(shared): State<Shared>,
    Path(name): Path<String>,
    Json(mut changes): Json<Object>,
) -> Answer {
    let mut state = shared.lock();
    let id = resolve(&state, &name)?;
    check(&state, &changes, Some(&id))?;
    changes.insert("updated_at".to_owned(), now().into());
    let data = state.workspaces.update(&id, changes)?;
    Ok(Json(json!({"data": data})))
}

async fn remove(State(shared): State<Shared>, Path(name): Path<String>) -> Answer {
    let mut state = shared.lock();
    let id = resolve(&state, &name)?;
    if id == DEFAULT_WORKSPACE {
        let message = "the default workspace cannot be deleted";
        return Err(Refusal::new(StatusCode::FORBIDDEN, message));
    }
    let is_active = |key: &Value| key["workspace_id"] == id && key["disabled"] == false;
    if state.keys.all().iter().any(is_active) {
        return Err(Refusal::bad_request("the workspace has active keys"));
    }
    state.workspaces.remove(&id)?;
    state
        .budgets
        .remove_all(|budget| budget["workspace_id"] == id);
    state
        .memberships
        .remove_all(|member| member["workspace_id"] == id);
    state
        .scim_mappings
        .remove_all(|mapping| mapping["workspace_id"] == id);
    state.codes.remove_all(|code| code["workspace_id"] == id);
    guardrails::remove_all(&mut state, &id);
    let off = members([("enabled", false.into())]);
    let is_in_it = |destination: &Value| destination["workspace_id"] == id;
    state.destinations.update_all(&off, is_in_it);
    Ok(Json(json!({"deleted": true})))
}
