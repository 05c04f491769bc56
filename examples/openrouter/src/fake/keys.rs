//! The API keys of the account, and the one that a request is made with.

use sha2::{Digest, Sha256};

use super::{prelude::*, state::label};
use crate::api_keys as api;

pub(super) fn add(router: Router<Shared>) -> Router<Shared> {
    let router = router.on(current);
    router.on(list).on(create).on(read).on(update).on(remove)
}

/// What names a key in the API, which the key cannot be found out from.
pub(super) fn hash(key: &str) -> String {
    let digest = Sha256::digest(key);
    let digits: Vec<_> = digest.iter().map(|it| format!("{it:02x}")).collect();
    digits.concat()
}

/// A new key, without its secret part and without a name.
pub(super) fn new(key: &str, workspace: &str) -> api::KeyInfo {
    api::KeyInfo {
        hash: hash(key),
        label: label(key),
        workspace_id: workspace.to_owned(),
        created_at: now(),
        ..api::KeyInfo::default()
    }
}

async fn current(state: Held, _: api::GetCurrentKey) -> Answer<api::GetCurrentKey> {
    let mut data = api::CurrentKeyInfo::default();
    merge(&mut data, state.keys.get(&state.caller)?)?;
    data.is_management_key = true;
    data.is_provisioning_key = true;
    let note = "This says nothing any more.";
    data.rate_limit = typed(json!({"interval": "10s", "note": note, "requests": -1}))?;
    Ok(api::GetCurrentKeyResponse { data })
}

async fn list(state: Held, request: api::ListKeys) -> Answer<api::ListKeys> {
    let workspace = state.workspace(request.workspace_id.as_deref())?;
    let keys = state.keys.iter().filter(|key| {
        let is_shown = request.include_disabled == Some(true) || !key.disabled;
        is_shown && key.workspace_id == workspace
    });
    let (data, _) = page_of(request.offset, 100, 100, keys)?;
    Ok(api::ListKeysResponse { data })
}

async fn create(mut state: Held, request: api::CreateKey) -> Answer<api::CreateKey> {
    let workspace = state.workspace(request.workspace_id.as_deref())?;
    let key = state.new_key();
    let mut data = new(&key, &workspace);
    merge(&mut data, &members(&request))?;
    data.limit_remaining = data.limit;
    state.keys.put(data.clone());
    let key = key.into();
    Ok(api::CreateKeyResponse { data, key })
}

async fn read(state: Held, request: api::GetKey) -> Answer<api::GetKey> {
    let data = state.keys.get(&request.hash)?.clone();
    Ok(api::GetKeyResponse { data })
}

async fn update(mut state: Held, request: api::UpdateKey) -> Answer<api::UpdateKey> {
    let key = state.keys.get_mut(&request.hash)?;
    merge(key, &members(&request))?;
    if !request.limit.is_absent() {
        key.limit_remaining = key.limit;
    }
    key.updated_at = Some(now());
    Ok(api::UpdateKeyResponse { data: key.clone() })
}

async fn remove(mut state: Held, request: api::DeleteKey) -> Answer<api::DeleteKey> {
    state.keys.remove(&request.hash)?;
    Ok(api::DeleteKeyResponse { deleted: true })
}
