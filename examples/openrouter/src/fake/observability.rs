//! Destinations of traces. Nothing is sent to them; answers show their settings with secrets masked.

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
use crate::{json::Object, observability::ObservabilityDestinationKind};

/// How many destinations of one type a workspace may have.
const LIMIT: usize = 5;

/// The settings that are masked in answers.
const SECRETS: [&str; 10] = [
    "accessKeyId",
    "apiKey",
    "licenseKey",
    "password",
    "publicKey",
    "secretAccessKey",
    "secretKey",
    "sessionToken",
    "spaceKey",
    "token",
];

pub(super) fn routes() -> Router<Shared> {
    Router::new()
        .route("/observability/destinations", get(list).post(create))
        .route(
            "/observability/destinations/{id}",
            get(read).patch(update).delete(remove),
        )
}

/// A destination as answers show it.
fn show(destination: &Value) -> Value {
    let mut shown = destination.clone();
    for name in SECRETS {
        if let Some(setting) = shown["config"].get_mut(name) {
            *setting = mask(setting.as_str().unwrap_or_default()).into();
        }
    }
    shown
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
    let all = state.destinations.all().iter();
    let listed = all.filter(|destination| destination["workspace_id"] == workspace);
    Ok(Json(paging.cut(listed.map(show))))
}

async fn create(State(shared): State<Shared>, Json(mut body): Json<Object>) -> Created {
    let mut state = shared.lock();
    complete(&state, &mut body)?;
    check_settings(&body["type"], &body["config"])?;
    let workspace = body.remove("workspace_id");
    let workspace = rules::workspace(&state, workspace.as_ref().and_then(Value::as_str))?;
    check_name(&state, &workspace, "", &body["name"])?;
    let others = state
        .destinations
        .all()
        .iter()
        .filter(|other| other["workspace_id"] == workspace && other["type"] == body["type"]);
    if others.count() >= LIMIT {
        let message = "a workspace has 5 destinations of a type at most";
        return Err(Refusal::bad_request(message));
    }
    let id = state.new_id();
    let now = now();
    state.destinations.insert(json!({
        "id": id,
        "workspace_id": workspace,
        "enabled": true,
        "api_key_hashes": null,
        "filter_rules": null,
        "privacy_mode": false,
        "sampling_rate": 1.0,
        "broadcast_generation_cost": false,
        "broadcast_generation_identity": false,
        "broadcast_generation_request_context": false,
        "created_at": now,
        "updated_at": now,
    }))?;
    let data = show(state.destinations.update(&id, body)?);
    Ok((StatusCode::CREATED, Json(json!({"data": data}))))
}

/// Refuses members that make no sense, and adds what is left out of rules.
fn complete(state: &state::State, body: &mut Object) -> Result<(), Refusal> {
    rules::length(body, "name", 1..=usize::MAX)?;
    rules::share(body, "sampling_rate")?;
    rules::not_empty(body, "api_key_hashes")?;
    rules::known_keys(state, body, "api_key_hashes")?;
    if let Some(Value::Object(rules)) = body.get_mut("filter_rules") {
        rules.entry("enabled").or_insert(true.into());
    }
    Ok(())
}

/// The settings have to be those of a destination of the type.
fn check_settings(kind: &Value, config: &Value) -> Result<(), Refusal> {
    let settings = json!({"type": kind, "config": config});
    match serde_json::from_value(settings) {
        Ok(ObservabilityDestinationKind::Other(_)) | Err(_) => {
            let message = format!("`config` does not have the settings of the type {kind}");
            Err(Refusal::bad_request(message))
        }
        Ok(_) => Ok(()),
    }
}

/// No other destination of the workspace has the name.
fn check_name(
    state: &state::State,
    workspace: &str,
    id: &str,
    name: &Value,
) -> Result<(), Refusal> {
    let is_taken = |other: &Value| {
        other["workspace_id"] == workspace && other["name"] == *name && other["id"] != id
    };
    if state.destinations.all().iter().any(is_taken) {
        let message = format!("there is a destination {name} already");
        return Err(Refusal::conflict(message));
    }
    Ok(())
}

async fn read(State(shared): State<Shared>, Path(id): Path<String>) -> Answer {
    let state = shared.lock();
    let data = show(state.destinations.get(&id)?);
    Ok(Json(json!({"data": data})))
}

async fn update(
    State(shared): State<Shared>,
    Path(id): Path<String>,
    Json(mut changes): Json<Object>,
) -> Answer {
    let mut state = shared.lock();
    let old = state.destinations.get(&id)?;
    complete(&state, &mut changes)?;
    if let Some(name) = changes.get("name") {
        let workspace = old["workspace_id"].as_str().unwrap_or_default();
        check_name(&state, workspace, &id, name)?;
    }
    if let Some(Value::Object(settings)) = changes.get_mut("config") {
        merge(settings, old);
        check_settings(&old["type"], &changes["config"])?;
    }
    changes.insert("updated_at".to_owned(), now().into());
    let data = show(state.destinations.update(&id, changes)?);
    Ok(Json(json!({"data": data})))
}

/// Puts the settings of a destination in place of those that are left out, and of those that are as answers show them.
fn merge(settings: &mut Object, old: &Value) {
    let shown = &show(old)["config"];
    for (name, value) in old["config"].as_object().into_iter().flatten() {
        let is_masked = SECRETS.contains(&&**name) && settings.get(name) == shown.get(name);
        if is_masked || !settings.contains_key(name) {
            settings.insert(name.clone(), value.clone());
        }
    }
}

async fn remove(State(shared): State<Shared>, Path(id): Path<String>) -> Answer {
    shared.lock().destinations.remove(&id)?;
    Ok(Json(json!({"deleted": true})))
}
