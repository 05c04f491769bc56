//! Credentials for providers. Their keys are not kept: nothing is sent to a provider.

use super::{prelude::*, secret::mask};
use crate::byok::{self as api, ByokKey, ByokProviderSlug};
use api_request::Secret;

pub(super) fn add(router: Router<Shared>) -> Router<Shared> {
    router.on(list).on(create).on(read).on(update).on(remove)
}

async fn list(state: Held, request: api::ListByokKeys) -> Answer<api::ListByokKeys> {
    let workspace = state.workspace(request.workspace_id.as_deref())?;
    let credentials = in_workspace(&state, &workspace);
    let credentials = credentials.filter(|it| is(request.provider.as_ref(), it.provider.as_str()));
    let (data, total_count) = page(&request.paging, credentials)?;
    Ok(api::ListByokKeysResponse { data, total_count })
}

fn in_workspace<'a>(state: &'a State, workspace: &str) -> impl Iterator<Item = &'a ByokKey> {
    let credentials = state.byok.iter();
    credentials.filter(move |it| it.workspace_id.as_deref() == Some(workspace))
}

async fn create(mut state: Held, request: api::CreateByokKey) -> Answer<api::CreateByokKey> {
    let keys = request.allowed_api_key_hashes.as_ref();
    check(&state, request.name.as_ref(), keys)?;
    if let ByokProviderSlug::Other(provider) = &request.provider {
        return Err(bad_request(format!("there is no provider `{provider}`")));
    }
    let workspace = state.workspace(request.workspace_id.as_deref())?;
    let others = in_workspace(&state, &workspace).filter(|it| it.provider == request.provider);
    let last = others.map(|it| it.sort_order).max();
    let mut data: ByokKey = typed(json!({
        "id": state.new_id(), "label": label(&request.key)?, "provider": request.provider,
        "workspace_id": workspace, "sort_order": last.map_or(0, |last| last + 1),
        "disabled": false, "is_fallback": false, "created_at": now(),
    }))?;
    // The key itself is not a member of what is kept.
    merge(&mut data, &members(&request))?;
    state.byok.put(data.clone());
    Ok(api::CreateByokKeyResponse { data })
}

/// Refuses a name that is too long, and keys of the account that there are not.
fn check(state: &State, name: Option<&String>, keys: Option<&Vec<String>>) -> Result {
    rules::length("name", name.map(String::as_str), 0..=255)?;
    rules::not_empty("allowed_api_key_hashes", keys)?;
    state.keys.check(keys.into_iter().flatten())
}

/// What may be shown of a key.
fn label(key: &Secret<String>) -> Result<String> {
    rules::length("key", Some(key.expose()), 1..=usize::MAX)?;
    Ok(mask(key.expose()))
}

async fn read(state: Held, request: api::GetByokKey) -> Answer<api::GetByokKey> {
    let data = state.byok.get(&request.id)?.clone();
    Ok(api::GetByokKeyResponse { data })
}

async fn update(mut state: Held, request: api::UpdateByokKey) -> Answer<api::UpdateByokKey> {
    let keys = request.allowed_api_key_hashes.as_ref();
    check(&state, request.name.as_ref(), keys)?;
    let label = request.key.as_ref().map(label).transpose()?;
    let credential = state.byok.get_mut(&request.id)?;
    merge(credential, &members(&request))?;
    if let Some(label) = label {
        credential.label = label;
    }
    let data = credential.clone();
    Ok(api::UpdateByokKeyResponse { data })
}

async fn remove(mut state: Held, request: api::DeleteByokKey) -> Answer<api::DeleteByokKey> {
    state.byok.remove(&request.id)?;
    Ok(api::DeleteByokKeyResponse { deleted: true })
}
