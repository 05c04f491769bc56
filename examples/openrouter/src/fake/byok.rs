//! Credentials for providers. Their keys are not kept: nothing is sent to a provider.

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
    secret::mask,
    state::{self, Shared, now},
};
use crate::{byok::ByokProviderSlug, json::Object};

pub(super) fn routes() -> Router<Shared> {
    Router::new()
        .route("/byok", get(list).post(create))
        .route("/byok/{id}", get(read).patch(update).delete(remove))
}

#[derive(Deserialize)]
struct Filter {
    workspace_id: Option<String>,
    provider: Option<String>,
}

async fn list(
    State(shared): State<Shared>,
    Query(filter): Query<Filter>,
    Query(paging): Query<Paging>,
) -> Answer {
    let state = shared.lock();
    let workspace = rules::workspace(&state, filter.workspace_id.as_deref())?;
    let provider = filter.provider;
    let page = state.byok.page(&paging, |credential| {
        let is_asked_for = |provider: &String| credential["provider"] == *provider;
        credential["workspace_id"] == workspace && provider.as_ref().is_none_or(is_asked_for)
    });
    Ok(Json(page))
}

async fn create(State(shared): State<Shared>, Json(mut body): Json<Object>) -> Created {
    let mut state = shared.lock();
    check(&state, &body)?;
    let provider = body["provider"].as_str().unwrap_or_default();
    if let ByokProviderSlug::Other(provider) = provider.into() {
        let message = format!("there is no provider `{provider}`");
        return Err(Refusal::bad_request(message));
    }
    let workspace = body.remove("workspace_id");
    let workspace = rules::workspace(&state, workspace.as_ref().and_then(Value::as_str))?;
    hide_key(&mut body);
    let id = state.new_id();
    let others = state.byok.all().iter().filter(|other| {
        other["workspace_id"] == workspace && other["provider"] == body["provider"]
    });
    let last = others
        .filter_map(|other| other["sort_order"].as_u64())
        .max();
    state.byok.insert(json!({
        "id": id,
        "name": null,
        "workspace_id": workspace,
        "sort_order": last.map_or(0, |last| last + 1),
        "disabled": false,
        "is_fallback": false,
        "allowed_api_key_hashes": null,
        "allowed_models": null,
        "allowed_user_ids": null,
        "created_at": now(),
    }))?;
    let data = state.byok.update(&id, body)?;
    Ok((StatusCode::CREATED, Json(json!({"data": data}))))
}

fn check(state: &state::State, body: &Object) -> Result<(), Refusal> {
    rules::length(body, "key", 1..=usize::MAX)?;
    rules::length(body, "name", 0..=255)?;
    rules::not_empty(body, "allowed_api_key_hashes")?;
    rules::known_keys(state, body, "allowed_api_key_hashes")
}

/// Puts what may be shown of a key in its place.
fn hide_key(body: &mut Object) {
    if let Some(Value::String(key)) = body.remove("key") {
        body.insert("label".to_owned(), mask(&key).into());
    }
}

async fn read(State(shared): State<Shared>, Path(id): Path<String>) -> Answer {
    let state = shared.lock();
    Ok(Json(json!({"data": state.byok.get(&id)?})))
}

async fn update(
    State(shared): State<Shared>,
    Path(id): Path<String>,
    Json(mut changes): Json<Object>,
) -> Answer {
    let mut state = shared.lock();
    check(&state, &changes)?;
    hide_key(&mut changes);
    Ok(Json(json!({"data": state.byok.update(&id, changes)?})))
}

async fn remove(State(shared): State<Shared>, Path(id): Path<String>) -> Answer {
    shared.lock().byok.remove(&id)?;
    Ok(Json(json!({"deleted": true})))
}
