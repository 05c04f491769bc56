//! Destinations of traces. Nothing is sent to them; answers show their settings with secrets masked.

use std::mem::discriminant;

use super::{prelude::*, secret::mask};
use crate::observability::{
    self as api, CreateObservabilityDestination as Create,
    DeleteObservabilityDestination as Delete, GetObservabilityDestination as Get,
    ListObservabilityDestinations as List, ObservabilityDestination as Destination,
    UpdateObservabilityDestination as Update,
};

/// How many destinations of one type a workspace may have.
const LIMIT: usize = 5;

pub(super) fn add(router: Router<Shared>) -> Router<Shared> {
    router.on(list).on(create).on(read).on(update).on(remove)
}

/// A destination as answers show it.
fn show(destination: &Destination) -> Value {
    let mut shown = json!(destination);
    for (name, setting) in shown["config"].as_object_mut().into_iter().flatten() {
        let name = name.to_lowercase();
        let mut secrets = ["key", "password", "token"].into_iter();
        let is_secret = secrets.any(|secret| name.contains(secret));
        if is_secret && let Some(secret) = setting.as_str() {
            *setting = mask(secret).into();
        }
    }
    shown
}

async fn list(state: Held, request: List) -> Answer<List> {
    let workspace = state.workspace(request.workspace_id.as_deref())?;
    let all = state.destinations.iter();
    let listed = all.filter(|destination| destination.workspace_id == workspace);
    let (data, total_count) = page(&request.paging, listed)?;
    let data: Vec<_> = data.iter().map(show).collect();
    typed(json!({"data": data, "total_count": total_count}))
}

async fn create(mut state: Held, request: Create) -> Answer<Create> {
    let now = now();
    let mut data: Destination = typed(json!({
        "id": state.new_id(), "workspace_id": state.workspace(request.workspace_id.as_deref())?,
        "enabled": true, "privacy_mode": false, "sampling_rate": 1.0,
        "broadcast_generation_cost": false, "broadcast_generation_identity": false,
        "broadcast_generation_request_context": false, "created_at": now, "updated_at": now,
    }))?;
    merge(&mut data, &members(&request))?;
    complete(&state, &mut data)?;
    let alike = state.destinations.iter().filter(|other| {
        other.workspace_id == data.workspace_id
            && discriminant(&other.kind) == discriminant(&data.kind)
    });
    let message = format!("a workspace has {LIMIT} destinations of a type at most");
    ensure(alike.count() < LIMIT, message)?;
    let data = typed(show(state.destinations.insert(data)?))?;
    Ok(api::CreateDestinationResponse { data })
}

/// Refuses values that make no sense, and adds what is left out of rules.
fn complete(state: &State, data: &mut Destination) -> Result {
    if let api::ObservabilityDestinationKind::Other(kind) = &data.kind {
        let message = "`config` does not have the settings of the type";
        return Err(bad_request(format!("{message} {}", kind["type"])));
    }
    let name = data.name.as_deref().unwrap_or_default();
    rules::length("name", Some(name), 1..=usize::MAX)?;
    rules::share("sampling_rate", Some(data.sampling_rate))?;
    let hashes = data.api_key_hashes.as_ref();
    rules::not_empty("api_key_hashes", hashes)?;
    state.keys.check(hashes.into_iter().flatten())?;
    let others = state.destinations.iter().filter(|it| it.id != data.id);
    let mut others = others.filter(|it| it.workspace_id == data.workspace_id);
    if others.any(|other| other.name == data.name) {
        return Err(conflict(format!("there is a destination `{name}` already")));
    }
    if let Some(rules) = &mut data.filter_rules {
        rules.enabled.get_or_insert(true);
    }
    Ok(())
}

async fn read(state: Held, request: Get) -> Answer<Get> {
    typed(json!({"data": show(state.destinations.get(&request.id)?)}))
}

async fn update(mut state: Held, mut request: Update) -> Answer<Update> {
    let mut data = state.destinations.get(&request.id)?.clone();
    if let Some(settings) = &mut request.config {
        keep(&data, settings);
    }
    merge(&mut data, &members(&request))?;
    complete(&state, &mut data)?;
    data.updated_at = now();
    let shown = show(&data);
    state.destinations.put(data);
    typed(json!({"data": shown}))
}

/// Keeps the settings of a destination that are left out, and those that are as answers show them.
fn keep(destination: &Destination, settings: &mut Object) {
    let (kept, shown) = (json!(destination), show(destination));
    for (name, value) in kept["config"].as_object().into_iter().flatten() {
        let setting = settings.get(name);
        if setting.is_none_or(|setting| *setting == shown["config"][name]) {
            settings.insert(name.clone(), value.clone());
        }
    }
}

async fn remove(mut state: Held, request: Delete) -> Answer<Delete> {
    state.destinations.remove(&request.id)?;
    Ok(api::DeleteDestinationResponse { deleted: true })
}
