//! The workspaces of the account. What is inside of one has files of its own.

use super::{guardrails, prelude::*};
use crate::workspaces as api;

pub(super) fn add(router: Router<Shared>) -> Router<Shared> {
    router.on(list).on(create).on(read).on(update).on(remove)
}

/// A workspace as it is when it is created, without a name.
pub(super) fn new(id: &str) -> api::Workspace {
    api::Workspace {
        id: id.to_owned(),
        // It need not be there. The same UUID, in the version for those that are made from a name.
        default_guardrail_id: id.replacen("-4", "-5", 1),
        include_byok_in_budgets: Some(false),
        io_logging_sampling_rate: 1.0,
        created_at: now(),
        created_by: Some(OWNER.to_owned()),
        ..api::Workspace::default()
    }
}

/// The workspace that a path names by its ID or slug.
pub(super) fn resolve<'s>(state: &'s State, name: &str) -> Result<&'s api::Workspace> {
    let found = state.workspaces.iter().find(|it| it.slug == name);
    found.map_or_else(|| state.workspaces.get(name), Ok)
}

async fn list(state: Held, request: api::ListWorkspaces) -> Answer<api::ListWorkspaces> {
    let (data, total_count) = page(&request.paging, state.workspaces.iter())?;
    Ok(api::ListWorkspacesResponse { data, total_count })
}

async fn create(mut state: Held, request: api::CreateWorkspace) -> Answer<api::CreateWorkspace> {
    let mut data = new(&state.new_id());
    merge(&mut data, &members(&request))?;
    check(&state, &data)?;
    state.workspaces.put(data.clone());
    Ok(api::CreateWorkspaceResponse { data })
}

/// Refuses values that make no sense, and the slug of another workspace.
fn check(state: &State, workspace: &api::Workspace) -> Result {
    rules::length("name", Some(&workspace.name), 1..=100)?;
    rules::length("description", workspace.description.as_deref(), 0..=500)?;
    let rate = workspace.io_logging_sampling_rate;
    rules::share("io_logging_sampling_rate", Some(rate))?;
    let slug = &workspace.slug;
    rules::slug(slug)?;
    let mut others = state.workspaces.iter();
    if others.any(|other| other.slug == *slug && other.id != workspace.id) {
        return Err(conflict(format!("there is a workspace `{slug}` already")));
    }
    Ok(())
}

async fn read(state: Held, request: api::GetWorkspace) -> Answer<api::GetWorkspace> {
    let data = resolve(&state, &request.id)?.clone();
    Ok(api::GetWorkspaceResponse { data })
}

async fn update(mut state: Held, request: api::UpdateWorkspace) -> Answer<api::UpdateWorkspace> {
    let mut data = resolve(&state, &request.id)?.clone();
    merge(&mut data, &members(&request))?;
    check(&state, &data)?;
    data.updated_at = Some(now());
    state.workspaces.put(data.clone());
    Ok(api::UpdateWorkspaceResponse { data })
}

async fn remove(mut state: Held, request: api::DeleteWorkspace) -> Answer<api::DeleteWorkspace> {
    let state = &mut *state;
    let id = resolve(state, &request.id)?.id.clone();
    if id == DEFAULT_WORKSPACE {
        return Err(forbidden("the default workspace cannot be deleted"));
    }
    let mut keys = state.keys.iter();
    let in_use = keys.any(|key| key.workspace_id == id && !key.disabled);
    ensure(!in_use, "the workspace has active keys")?;
    state.workspaces.remove(&id)?;
    state.budgets.remove_all(|it| it.workspace_id == id);
    state.memberships.remove_all(|it| it.workspace_id == id);
    state.scim_mappings.remove_all(|it| it.workspace_id == id);
    state.codes.remove_all(|it| it.key.workspace_id == id);
    guardrails::remove_all(state, |it| it.workspace_id.as_ref() == Some(&id));
    let destinations = state.destinations.iter_mut();
    let destinations = destinations.filter(|it| it.workspace_id == id);
    destinations.for_each(|it| it.enabled = false);
    Ok(api::DeleteWorkspaceResponse { deleted: true })
}
