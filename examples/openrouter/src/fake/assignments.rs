//! Which keys and which members of the organization have which guardrails.

use std::collections::BTreeSet;

use axum::{
    Json, Router,
    extract::{Path, State},
    routing::{get, post},
};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{
    Answer,
    collection::Paging,
    organization::{self, OWNER},
    query::Query,
    refusal::Refusal,
    state::{self, Shared, now},
};

pub(super) fn routes() -> Router<Shared> {
    Router::new()
        .route("/guardrails/assignments/keys", get(list_all_keys))
        .route("/guardrails/assignments/members", get(list_all_members))
        .route(
            "/guardrails/{id}/assignments/keys",
            get(list_keys).post(assign_keys),
        )
        .route(
            "/guardrails/{id}/assignments/keys/remove",
            post(unassign_keys),
        )
        .route(
            "/guardrails/{id}/assignments/members",
            get(list_members).post(assign_members),
        )
        .route(
            "/guardrails/{id}/assignments/members/remove",
            post(unassign_members),
        )
}

#[derive(Deserialize)]
struct Keys {
    key_hashes: BTreeSet<String>,
}

#[derive(Deserialize)]
struct Members {
    member_user_ids: BTreeSet<String>,
}

/// Refuses a list that is empty, or that names what is not there.
fn check(names: &BTreeSet<String>, is_there: impl Fn(&str) -> bool) -> Result<(), Refusal> {
    if names.is_empty() {
        return Err(Refusal::bad_request("there has to be one at least"));
    }
    match names.iter().find(|name| !is_there(name)) {
        Some(name) => Err(Refusal::bad_request(format!("there is no `{name}`"))),
        None => Ok(()),
    }
}

async fn list_all_keys(State(shared): State<Shared>, Query(paging): Query<Paging>) -> Answer {
    Ok(Json(page_of_keys(&shared.lock(), &paging, |_| true)))
}

async fn list_keys(
    State(shared): State<Shared>,
    Path(id): Path<String>,
    Query(paging): Query<Paging>,
) -> Answer {
    let state = shared.lock();
    state.guardrails.get(&id)?;
    let page = page_of_keys(&state, &paging, |assignment| {
        assignment["guardrail_id"] == id
    });
    Ok(Json(page))
}

/// A page of assignments to the keys that are still there, under the names that they have now.
fn page_of_keys(state: &state::State, paging: &Paging, filter: impl Fn(&Value) -> bool) -> Value {
    let assignments = state.key_assignments.all().iter();
    paging.cut(
        assignments
            .filter(|assignment| filter(assignment))
            .filter_map(|assignment| {
                let key = state.keys.get(assignment["key_hash"].as_str()?).ok()?;
                let mut assignment = assignment.clone();
                assignment["key_label"] = key["label"].clone();
                assignment["key_name"] = key["name"].clone();
                Some(assignment)
            }),
    )
}

/// A key has one guardrail: the last that it got.
async fn assign_keys(
    State(shared): State<Shared>,
    Path(id): Path<String>,
    Json(Keys { key_hashes }): Json<Keys>,
) -> Answer {
    let mut state = shared.lock();
    state.guardrails.get(&id)?;
    check(&key_hashes, |hash| state.keys.get(hash).is_ok())?;
    for hash in &key_hashes {
        state
            .key_assignments
            .remove_all(|assignment| assignment["key_hash"] == *hash);
        let assignment = json!({
            "id": state.new_id(),
            "guardrail_id": id,
            "key_hash": hash,
            "assigned_by": OWNER,
            "created_at": now(),
        });
        state.key_assignments.insert(assignment)?;
    }
    Ok(Json(json!({"assigned_count": key_hashes.len()})))
}

async fn unassign_keys(
    State(shared): State<Shared>,
    Path(id): Path<String>,
    Json(Keys { key_hashes }): Json<Keys>,
) -> Answer {
    let mut state = shared.lock();
    state.guardrails.get(&id)?;
    let removed = state.key_assignments.remove_all(|assignment| {
        let hash = assignment["key_hash"].as_str();
        assignment["guardrail_id"] == id && hash.is_some_and(|hash| key_hashes.contains(hash))
    });
    Ok(Json(json!({"unassigned_count": removed})))
}

async fn list_all_members(State(shared): State<Shared>, Query(paging): Query<Paging>) -> Answer {
    let state = shared.lock();
    Ok(Json(state.member_assignments.page(&paging, |_| true)))
}

async fn list_members(
    State(shared): State<Shared>,
    Path(id): Path<String>,
    Query(paging): Query<Paging>,
) -> Answer {
    let state = shared.lock();
    state.guardrails.get(&id)?;
    let page = state
        .member_assignments
        .page(&paging, |assignment| assignment["guardrail_id"] == id);
    Ok(Json(page))
}

async fn assign_members(
    State(shared): State<Shared>,
    Path(id): Path<String>,
    Json(Members { member_user_ids }): Json<Members>,
) -> Answer {
    let mut state = shared.lock();
    state.guardrails.get(&id)?;
    check(&member_user_ids, |user| state.members.get(user).is_ok())?;
    for user in &member_user_ids {
        state.member_assignments.remove_all(|assignment| {
            assignment["guardrail_id"] == id && assignment["user_id"] == *user
        });
        let assignment = json!({
            "id": state.new_id(),
            "guardrail_id": id,
            "user_id": user,
            "organization_id": organization::ID,
            "assigned_by": OWNER,
            "created_at": now(),
        });
        state.member_assignments.insert(assignment)?;
    }
    Ok(Json(json!({"assigned_count": member_user_ids.len()})))
}

async fn unassign_members(
    State(shared): State<Shared>,
    Path(id): Path<String>,
    Json(Members { member_user_ids }): Json<Members>,
) -> Answer {
    let mut state = shared.lock();
    state.guardrails.get(&id)?;
    let removed = state.member_assignments.remove_all(|assignment| {
        let user = assignment["user_id"].as_str();
        assignment["guardrail_id"] == id && user.is_some_and(|user| member_user_ids.contains(user))
    });
    Ok(Json(json!({"unassigned_count": removed})))
}
