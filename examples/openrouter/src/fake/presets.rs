//! Presets, which are made from requests: of a request is kept what other requests can take over.

use axum::{
    Extension, Json, Router,
    extract::{Path, State},
    routing::{get, post},
};
use serde_json::{Value, json};

use super::{
    Answer,
    check::Caller,
    collection::Paging,
    organization::OWNER,
    query::Query,
    refusal::Refusal,
    state::{self, Shared, now},
};
use crate::json::Object;

/// The members of requests that are settings: not what is asked, nor who asks, nor how the answer comes.
const SETTINGS: [&str; 28] = [
    "frequency_penalty",
    "logit_bias",
    "max_completion_tokens",
    "max_output_tokens",
    "max_tokens",
    "min_p",
    "model",
    "models",
    "parallel_tool_calls",
    "plugins",
    "presence_penalty",
    "provider",
    "reasoning",
    "repetition_penalty",
    "response_format",
    "route",
    "seed",
    "service_tier",
    "stop",
    "stop_sequences",
    "temperature",
    "thinking",
    "tool_choice",
    "tools",
    "top_a",
    "top_k",
    "top_p",
    "verbosity",
];

pub(super) fn routes() -> Router<Shared> {
    Router::new()
        .route("/presets", get(list))
        .route("/presets/{slug}", get(read))
        .route("/presets/{slug}/chat/completions", post(create))
        .route("/presets/{slug}/messages", post(create))
        .route("/presets/{slug}/responses", post(create))
        .route("/presets/{slug}/versions", get(list_versions))
        .route("/presets/{slug}/versions/{version}", get(read_version))
}

/// A preset without a version.
fn describe(id: &str, slug: &str, workspace: &Value) -> Value {
    json!({
        "id": id,
        "slug": slug,
        "name": slug,
        "description": null,
        "status": "active",
        "status_updated_at": null,
        "creator_user_id": OWNER,
        "workspace_id": workspace,
        "created_at": now(),
    })
}

/// The last that was changed comes first.
async fn list(State(shared): State<Shared>, Query(paging): Query<Paging>) -> Answer {
    let state = shared.lock();
    Ok(Json(paging.cut(state.presets.all().iter().rev())))
}

async fn read(State(shared): State<Shared>, Path(slug): Path<String>) -> Answer {
    answer(&shared.lock(), &slug)
}

/// A preset, with the version that is in use.
fn answer(state: &state::State, slug: &str) -> Answer {
    let mut preset = state.presets.get(slug)?.clone();
    let version = preset["designated_version_id"].as_str().unwrap_or_default();
    preset["designated_version"] = state.preset_versions.get(version)?.clone();
    Ok(Json(json!({"data": preset})))
}

/// Makes a preset, or a new version of one that is there, which is in use from then on.
async fn create(
    State(shared): State<Shared>,
    Extension(caller): Extension<Caller>,
    Path(slug): Path<String>,
    Json(body): Json<Object>,
) -> Answer {
    let mut state = shared.lock();
    let workspace = state.keys.get(&caller.0)?["workspace_id"].clone();
    let mut preset = if let Ok(preset) = state.presets.get(&slug) {
        preset.clone()
    } else {
        check(&slug)?;
        describe(&state.new_id(), &slug, &workspace)
    };
    let now = now();
    let version_id = state.new_id();
    let version = json!({
        "id": version_id,
        "preset_id": preset["id"],
        "version": versions(&state, &preset["id"]).count() + 1,
        "config": settings(&body),
        "system_prompt": system_prompt(&body),
        "creator_id": OWNER,
        "created_at": now,
        "updated_at": now,
    });
    state.preset_versions.insert(version)?;
    preset["designated_version_id"] = version_id.into();
    preset["updated_at"] = now.into();
    // To its place in the order of changes.
    let _ = state.presets.remove(&slug);
    state.presets.insert(preset)?;
    answer(&state, &slug)
}

/// A slug stands in URLs as it is (RFC 3986, section 2.3).
fn check(slug: &str) -> Result<(), Refusal> {
    let is_unreserved = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    if !slug.is_empty() && slug.bytes().all(is_unreserved) {
        return Ok(());
    }
    Err(Refusal::bad_request(format!("`{slug}` is no slug")))
}

fn settings(body: &Object) -> Object {
    let members = body.iter();
    members
        .filter(|(name, value)| SETTINGS.contains(&&***name) && !value.is_null())
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect()
}

/// What a request tells the model before the user does: in a member of its own, or in a message.
fn system_prompt(body: &Object) -> Option<String> {
    let mut messages = body
        .get("messages")
        .and_then(Value::as_array)
        .into_iter()
        .flatten();
    let message = || Some(&messages.find(|message| message["role"] == "system")?["content"]);
    let own = body.get("system").or_else(|| body.get("instructions"));
    match own.or_else(message)? {
        Value::String(text) => Some(text.clone()),
        Value::Array(parts) => {
            let texts = parts.iter().filter_map(|part| part["text"].as_str());
            Some(texts.collect::<Vec<_>>().join("\n"))
        }
        _ => None,
    }
}

/// The versions of a preset, the oldest first.
fn versions<'a>(state: &'a state::State, preset: &Value) -> impl Iterator<Item = &'a Value> {
    let versions = state.preset_versions.all().iter();
    versions.filter(move |version| version["preset_id"] == *preset)
}

async fn list_versions(
    State(shared): State<Shared>,
    Path(slug): Path<String>,
    Query(paging): Query<Paging>,
) -> Answer {
    let state = shared.lock();
    let preset = &state.presets.get(&slug)?["id"];
    Ok(Json(paging.cut(versions(&state, preset))))
}

async fn read_version(
    State(shared): State<Shared>,
    Path((slug, version)): Path<(String, String)>,
) -> Answer {
    let state = shared.lock();
    let preset = &state.presets.get(&slug)?["id"];
    let number: u64 = version
        .parse()
        .map_err(|_| Refusal::bad_request(format!("`{version}` is no number")))?;
    let found = versions(&state, preset).find(|version| version["version"] == number);
    let found =
        found.ok_or_else(|| Refusal::not_found(format!("`{slug}` has no version {version}")))?;
    Ok(Json(json!({"data": found})))
}
