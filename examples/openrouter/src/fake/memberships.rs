//! Which members of the organization are in which workspaces. All of them are in the default one.

use axum::{
    Json, Router,
    extract::{Path, State},
    routing::{get, post},
};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{
    Answer,
    collection::{Paging, members},
    query::Query,
    refusal::Refusal,
    scim,
    state::{self, DEFAULT_WORKSPACE, Shared, now},
    workspaces::resolve,
};

pub(super) fn routes() -> Router<Shared> {
    Router::new()
        .route("/workspaces/{id}/members", get(list))
        .route("/workspaces/{id}/members/add", post(add))
        .route("/workspaces/{id}/members/remove", post(remove))
}

/// Puts all members of the organization into the default workspace.
pub(super) fn fill(state: &mut state::State) {
    let members = state.members.all().iter();
    let users: Vec<String> = members
        .filter_map(|member| Some(member["id"].as_str()?.to_owned()))
        .collect();
    for user in users {
        if let Ok(role) = role(state, &user) {
            // There are no other ones yet.
            let _ = put(state, DEFAULT_WORKSPACE, &user, &role);
        }
    }
}

#[derive(Deserialize)]
struct Users {
    user_ids: Vec<String>,
}

impl Users {
    /// Refuses what is no list for a workspace whose members can be chosen.
    fn check(&self, workspace: &str) -> Result<(), Refusal> {
        if !(1..=100).contains(&self.user_ids.len()) {
            let message = "`user_ids` has to have from 1 to 100 entries";
            return Err(Refusal::bad_request(message));
        }
        if workspace == DEFAULT_WORKSPACE {
            let message = "the default workspace has all members of the organization";
            return Err(Refusal::bad_request(message));
        }
        Ok(())
    }
}

async fn list(
    State(shared): State<Shared>,
    Path(workspace): Path<String>,
    Query(paging): Query<Paging>,
) -> Answer {
    let state = shared.lock();
    let workspace = resolve(&state, &workspace)?;
    let page = state
        .memberships
        .page(&paging, |member| member["workspace_id"] == workspace);
    Ok(Json(page))
}

async fn add(
    State(shared): State<Shared>,
    Path(workspace): Path<String>,
    Json(users): Json<Users>,
) -> Answer {
    let mut state = shared.lock();
    let workspace = resolve(&state, &workspace)?;
    users.check(&workspace)?;
    let users: Vec<(&String, String)> = users
        .user_ids
        .iter()
        .map(|user| Ok((user, role(&state, user)?)))
        .collect::<Result<_, Refusal>>()?;
    let mut added = Vec::new();
    for (user, role) in users {
        added.push(put(&mut state, &workspace, user, &role)?);
    }
    Ok(Json(json!({"added_count": added.len(), "data": added})))
}

/// The role that a member of the organization has there.
fn role(state: &state::State, user: &str) -> Result<String, Refusal> {
    let member = state.members.get(user);
    let member = member.map_err(|_| Refusal::bad_request(format!("`{user}` is no member")))?;
    let role = member["role"].as_str().unwrap_or_default();
    Ok(role.trim_start_matches("org:").to_owned())
}

/// Makes a user a member with this role.
pub(super) fn put(
    state: &mut state::State,
    workspace: &str,
    user: &str,
    role: &str,
) -> Result<Value, Refusal> {
    let is_it = |member: &&Value| member["workspace_id"] == workspace && member["user_id"] == user;
    let found = state.memberships.all().iter().find(is_it);
    if let Some(Value::String(id)) = found.map(|member| member["id"].clone()) {
        let changes = members([("role", role.into())]);
        return state.memberships.update(&id, changes).cloned();
    }
    let id = state.new_id();
    state
        .memberships
        .insert(json!({
            "id": id,
            "user_id": user,
            "workspace_id": workspace,
            "role": role,
            "created_at": now(),
        }))
        .cloned()
}

async fn remove(
    State(shared): State<Shared>,
    Path(workspace): Path<String>,
    Json(users): Json<Users>,
) -> Answer {
    let mut state = shared.lock();
    let workspace = resolve(&state, &workspace)?;
    users.check(&workspace)?;
    let is_named = |user: &Value| users.user_ids.iter().any(|id| user == id);
    let has_key = |key: &Value| {
        key["workspace_id"] == workspace
            && key["disabled"] == false
            && is_named(&key["creator_user_id"])
    };
    if state.keys.all().iter().any(has_key) {
        return Err(Refusal::bad_request(
            "a member has active keys in the workspace",
        ));
    }
    let is_managed = |user: &String| scim::is_managed(&state, &workspace, user);
    if users.user_ids.iter().any(is_managed) {
        let message = "a member is managed by the identity provider";
        return Err(Refusal::bad_request(message));
    }
    let removed = state
        .memberships
        .remove_all(|member| member["workspace_id"] == workspace && is_named(&member["user_id"]));
    Ok(Json(json!({"removed_count": removed})))
}
