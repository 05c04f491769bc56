//! The API keys of the account, and the one that a request is made with.

use std::fmt::Write as _;

use axum::{
    Extension, Json, Router,
    extract::{Path, State},
    http::StatusCode,
    routing::get,
};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use super::{
    Answer, Created,
    check::Caller,
    collection::Paging,
    query::Query,
    state::{self, Shared, now},
};

pub(super) fn routes() -> Router<Shared> {
    Router::new()
        .route("/key", get(current))
        .route("/keys", get(list).post(create))
        .route("/keys/{hash}", get(read).patch(update).delete(remove))
}

/// What names a key in the API, which the key cannot be found out from.
pub(super) fn hash(key: &str) -> String {
    Sha256::digest(key.as_bytes())
        .iter()
        .fold(String::new(), |mut hash, byte| {
            let _ = write!(hash, "{byte:02x}");
            hash
        })
}

/// A new key, without its secret part.
pub(super) fn describe(key: &str, name: &str, workspace: &str) -> Value {
    json!({
        "hash": hash(key),
        "name": name,
        "label": state::label(key),
        "workspace_id": workspace,
        "creator_user_id": null,
        "disabled": false,
        "limit": null,
        "limit_remaining": null,
        "limit_reset": null,
        "include_byok_in_limit": false,
        "usage": 0.0, "usage_daily": 0.0, "usage_weekly": 0.0, "usage_monthly": 0.0,
        "byok_usage": 0.0, "byok_usage_daily": 0.0, "byok_usage_weekly": 0.0, "byok_usage_monthly": 0.0,
        "created_at": now(),
        "updated_at": null,
        "expires_at": null,
    })
}

async fn current(State(shared): State<Shared>, Extension(caller): Extension<Caller>) -> Answer {
    let state = shared.lock();
    let mut key = state.keys.get(&caller.0)?.clone();
    key["is_free_tier"] = json!(false);
    key["is_management_key"] = json!(true);
    key["is_provisioning_key"] = json!(true);
    let note = "This says nothing any more.";
    key["rate_limit"] = json!({"requests": -1, "interval": "10s", "note": note});
    Ok(Json(json!({"data": key})))
}

#[derive(Deserialize)]
struct Filter {
    include_disabled: Option<bool>,
    workspace_id: Option<String>,
    offset: Option<usize>,
}

async fn list(State(shared): State<Shared>, Query(filter): Query<Filter>) -> Answer {
    let state = shared.lock();
    let workspace = filter.workspace_id.as_deref();
    let workspace = state.workspace(workspace)?;
    let paging = Paging::new(filter.offset, None);
    let page = state.keys.page(&paging, |key| {
        let is_shown = filter.include_disabled == Some(true) || key["disabled"] == false;
        is_shown && key["workspace_id"] == workspace
    });
    Ok(Json(page))
}

async fn create(State(shared): State<Shared>, Json(mut body): Json<Map<String, Value>>) -> Created {
    let mut state = shared.lock();
    let workspace = body.remove("workspace_id");
    let workspace = state.workspace(workspace.as_ref().and_then(Value::as_str))?;
    let key = state.new_key();
    let described = describe(&key, "", &workspace);
    state.keys.insert(described)?;
    let limit = body.get("limit").cloned().unwrap_or_default();
    body.insert("limit_remaining".to_owned(), limit);
    let data = state.keys.update(&hash(&key), body)?;
    let answer = json!({"data": data, "key": key});
    Ok((StatusCode::CREATED, Json(answer)))
}

async fn read(State(shared): State<Shared>, Path(hash): Path<String>) -> Answer {
    let state = shared.lock();
    Ok(Json(json!({"data": state.keys.get(&hash)?})))
}

async fn update(
    State(shared): State<Shared>,
    Path(hash): Path<String>,
    Json(mut changes): Json<Map<String, Value>>,
) -> Answer {
    let mut state = shared.lock();
    if let Some(limit) = changes.get("limit").cloned() {
        changes.insert("limit_remaining".to_owned(), limit);
    }
    changes.insert("updated_at".to_owned(), json!(now()));
    Ok(Json(json!({"data": state.keys.update(&hash, changes)?})))
}

async fn remove(State(shared): State<Shared>, Path(hash): Path<String>) -> Answer {
    shared.lock().keys.remove(&hash)?;
    Ok(Json(json!({"deleted": true})))
}
