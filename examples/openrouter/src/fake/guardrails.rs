//! The guardrails of the account. Whom they are put on stands in `assignments.rs`.

use super::prelude::*;
use crate::guardrails::{self as api, Guardrail};

pub(super) fn add(router: Router<Shared>) -> Router<Shared> {
    router.on(list).on(create).on(read).on(update).on(remove)
}

/// A guardrail that limits nothing, without a name.
fn new(id: &str, workspace: &str) -> Guardrail {
    Guardrail {
        id: id.to_owned(),
        workspace_id: Some(workspace.to_owned()),
        created_at: now(),
        ..Guardrail::default()
    }
}

async fn list(state: Held, request: api::ListGuardrails) -> Answer<api::ListGuardrails> {
    let workspace = state.workspace(request.workspace_id.as_deref())?;
    let guardrails = state.guardrails.iter();
    let guardrails = guardrails.filter(|it| it.workspace_id.as_ref() == Some(&workspace));
    let (data, total_count) = page(&request.paging, guardrails)?;
    Ok(api::ListGuardrailsResponse { data, total_count })
}

async fn create(mut state: Held, request: api::CreateGuardrail) -> Answer<api::CreateGuardrail> {
    let workspace = state.workspace(request.workspace_id.as_deref())?;
    let mut data = new(&state.new_id(), &workspace);
    change(&mut data, members(&request))?;
    state.guardrails.put(data.clone());
    Ok(api::CreateGuardrailResponse { data })
}

/// Puts members over those of a guardrail, adds those that follow from others, and refuses values that make no sense.
fn change(guardrail: &mut Guardrail, mut changes: Object) -> Result {
    if let Some(for_all) = changes.get("enforce_zdr").cloned() {
        for whose in ["anthropic", "google", "openai", "other", "xai"] {
            let member = changes.entry(format!("enforce_zdr_{whose}"));
            member.or_insert_with(|| for_all.clone());
        }
    }
    merge(guardrail, &changes)?;
    for filter in guardrail.content_filter_builtins.iter_mut().flatten() {
        let name = filter.slug.as_str().replace('-', "_").to_uppercase();
        filter.label = Some(format!("[{name}]"));
    }
    rules::length("name", Some(&guardrail.name), 1..=200)?;
    rules::length("description", guardrail.description.as_deref(), 0..=1000)?;
    // An empty list would allow nothing.
    rules::not_empty("allowed_models", guardrail.allowed_models.as_ref())?;
    rules::not_empty("allowed_providers", guardrail.allowed_providers.as_ref())?;
    rules::not_empty("ignored_models", guardrail.ignored_models.as_ref())?;
    rules::not_empty("ignored_providers", guardrail.ignored_providers.as_ref())
}

async fn read(state: Held, request: api::GetGuardrail) -> Answer<api::GetGuardrail> {
    let data = state.guardrails.get(&request.id)?.clone();
    Ok(api::GetGuardrailResponse { data })
}

async fn update(mut state: Held, request: api::UpdateGuardrail) -> Answer<api::UpdateGuardrail> {
    let default = default_of(&state, &request.id);
    let message = "the default guardrail of a workspace has its name from there";
    ensure(default.is_none() || request.name.is_none(), message)?;
    let found = state.guardrails.get(&request.id).cloned();
    let mut data = found.or_else(|missing| default.ok_or(missing))?;
    change(&mut data, members(&request))?;
    data.updated_at = Some(now());
    state.guardrails.put(data.clone());
    Ok(api::UpdateGuardrailResponse { data })
}

/// The guardrail for all traffic of a workspace, as it is before it is changed, if that is what the ID names.
fn default_of(state: &State, id: &str) -> Option<Guardrail> {
    let mut workspaces = state.workspaces.iter();
    let workspace = workspaces.find(|it| it.default_guardrail_id == id)?;
    Some(Guardrail {
        name: format!("Default of {}", workspace.name),
        ..new(id, &workspace.id)
    })
}

async fn remove(mut state: Held, request: api::DeleteGuardrail) -> Answer<api::DeleteGuardrail> {
    state.guardrails.get(&request.id)?;
    remove_all(&mut state, |it| it.id == request.id);
    Ok(api::DeleteGuardrailResponse { deleted: true })
}

/// Deletes those that the filter takes, and takes them off keys and members.
pub(super) fn remove_all(state: &mut State, filter: impl Fn(&Guardrail) -> bool) {
    state.guardrails.remove_all(filter);
    let is_lost = |guardrail: &str| state.guardrails.get(guardrail).is_err();
    let keys = &mut state.key_assignments;
    keys.remove_all(|it| is_lost(&it.guardrail_id));
    let members = &mut state.member_assignments;
    members.remove_all(|it| is_lost(&it.guardrail_id));
}
