//! Groups of an identity provider, which are there from the start, and the workspaces that their users are brought into.

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
    collection::{Collection, Paging},
    memberships, organization,
    query::Query,
    refusal::Refusal,
    state::{self, DEFAULT_WORKSPACE, Shared, now},
};
use crate::json::Object;

/// The groups: UUID, name, what they are called at the identity provider, and their users.
const GROUPS: [(&str, &str, &str, &[&str]); 2] = [
    (
        "10000000-0000-4000-8000-000000000001",
        "Engineering",
        "idp-engineering",
        &["user_ada", "user_grace"],
    ),
    (
        "10000000-0000-4000-8000-000000000002",
        "Research",
        "idp-research",
        &["user_grace", "user_alan"],
    ),
];

pub(super) fn routes() -> Router<Shared> {
    Router::new()
        .route("/scim/groups", get(list_groups))
        .route("/scim/group-mappings", get(list).post(create))
        .route(
            "/scim/group-mappings/{id}",
            get(read).patch(update).delete(remove),
        )
}

pub(super) fn groups() -> Collection {
    let now = now();
    let groups = GROUPS.map(|(id, name, external_id, _)| {
        json!({
            "id": id,
            "display_name": name,
            "external_id": external_id,
            "organization_id": organization::ID,
            "created_at": now,
            "updated_at": now,
        })
    });
    Collection::filled("group", "id", Vec::from(groups))
}

/// The users of the group of a mapping.
fn users(mapping: &Value) -> &'static [&'static str] {
    let mut groups = GROUPS.iter();
    let group = groups.find(|group| mapping["scim_group_id"] == group.0);
    group.map_or(&[], |group| group.3)
}

/// Whether a mapping brought the user into the workspace, so that only the identity provider takes the user out.
pub(super) fn is_managed(state: &state::State, workspace: &str, user: &str) -> bool {
    let mut mappings = state.scim_mappings.all().iter();
    mappings.any(|mapping| mapping["workspace_id"] == workspace && users(mapping).contains(&user))
}

/// Brings the users of a mapping's group into its workspace, in its role.
fn apply(state: &mut state::State, mapping: &Value) -> Result<(), Refusal> {
    let workspace = mapping["workspace_id"].as_str().unwrap_or_default();
    let role = mapping["role"].as_str().unwrap_or_default();
    for user in users(mapping) {
        memberships::put(state, workspace, user, role)?;
    }
    Ok(())
}

async fn list_groups(State(shared): State<Shared>, Query(paging): Query<Paging>) -> Answer {
    Ok(Json(shared.lock().scim_groups.page(&paging, |_| true)))
}

async fn list(State(shared): State<Shared>, Query(paging): Query<Paging>) -> Answer {
    Ok(Json(shared.lock().scim_mappings.page(&paging, |_| true)))
}

async fn create(State(shared): State<Shared>, Json(body): Json<Object>) -> Created {
    let mut state = shared.lock();
    check_role(&body)?;
    let (group, workspace) = (&body["scim_group_id"], &body["workspace_id"]);
    state.scim_groups.get(group.as_str().unwrap_or_default())?;
    state.workspace(workspace.as_str())?;
    let is_it =
        |other: &Value| other["scim_group_id"] == *group && other["workspace_id"] == *workspace;
    if state.scim_mappings.all().iter().any(is_it) {
        return Err(Refusal::conflict(
            "the group is mapped to the workspace already",
        ));
    }
    let now = now();
    let mapping = json!({
        "id": state.new_id(),
        "organization_id": organization::ID,
        "scim_group_id": group,
        "workspace_id": workspace,
        "role": body["role"],
        "created_at": now,
        "updated_at": now,
    });
    apply(&mut state, &mapping)?;
    let data = state.scim_mappings.insert(mapping)?;
    Ok((StatusCode::CREATED, Json(json!({"data": data}))))
}

fn check_role(body: &Object) -> Result<(), Refusal> {
    match body["role"].as_str() {
        Some("admin" | "member") => Ok(()),
        _ => Err(Refusal::bad_request("`role` has to be `admin` or `member`")),
    }
}

async fn read(State(shared): State<Shared>, Path(id): Path<String>) -> Answer {
    let state = shared.lock();
    Ok(Json(json!({"data": state.scim_mappings.get(&id)?})))
}

async fn update(
    State(shared): State<Shared>,
    Path(id): Path<String>,
    Json(mut changes): Json<Object>,
) -> Answer {
    let mut state = shared.lock();
    check_role(&changes)?;
    changes.insert("updated_at".to_owned(), now().into());
    let mapping = state.scim_mappings.update(&id, changes)?.clone();
    apply(&mut state, &mapping)?;
    Ok(Json(json!({"data": mapping})))
}

#[derive(Deserialize)]
struct Removal {
    keep_members: bool,
}

async fn remove(
    State(shared): State<Shared>,
    Path(id): Path<String>,
    Query(removal): Query<Removal>,
) -> Answer {
    let mut state = shared.lock();
    let mapping = state.scim_mappings.remove(&id)?;
    if !removal.keep_members {
        take_out(&mut state, &mapping)?;
    }
    Ok(Json(json!({"deleted": true})))
}

/// Takes those out of a workspace that a mapping brought there, unless something else does too.
fn take_out(state: &mut state::State, mapping: &Value) -> Result<(), Refusal> {
    let workspace = &mapping["workspace_id"];
    state.memberships.remove_all(|member| {
        let user = member["user_id"].as_str();
        let is_of_it = user.is_some_and(|user| users(mapping).contains(&user));
        member["workspace_id"] == *workspace && is_of_it
    });
    if workspace == DEFAULT_WORKSPACE {
        memberships::fill(state);
    }
    let others = state.scim_mappings.all().iter();
    let others = others.filter(|other| other["workspace_id"] == *workspace);
    for other in others.cloned().collect::<Vec<_>>() {
        apply(state, &other)?;
    }
    Ok(())
}
