//! Presets, which are made from requests: of a request is kept what other requests can take over.

use std::future::ready;

use serde::de::DeserializeOwned;

use super::prelude::*;
use crate::presets as api;

/// The members of requests that are settings: not what is asked, nor who asks, nor how the answer comes.
const SETTINGS: &str = "frequency_penalty logit_bias max_completion_tokens max_output_tokens max_tokens min_p model \
    models parallel_tool_calls plugins presence_penalty provider reasoning repetition_penalty response_format route \
    seed service_tier stop stop_sequences temperature thinking tool_choice tools top_a top_k top_p verbosity";

pub(super) fn add(router: Router<Shared>) -> Router<Shared> {
    let router = router.on(list).on(read).on(list_versions).on(read_version);
    router
        .on(|held, it: api::CreatePresetFromChat| ready(create(held, &it.slug, members(&it))))
        .on(|held, it: api::CreatePresetFromMessages| ready(create(held, &it.slug, members(&it))))
        .on(|held, it: api::CreatePresetFromResponses| ready(create(held, &it.slug, members(&it))))
}

/// The last that was changed comes first.
async fn list(state: Held, request: api::ListPresets) -> Answer<api::ListPresets> {
    let (data, total_count) = page(&request.paging, state.presets.iter().rev())?;
    Ok(api::ListPresetsResponse { data, total_count })
}

async fn read(state: Held, request: api::GetPreset) -> Answer<api::GetPreset> {
    show(&state, state.presets.get(&request.slug)?)
}

/// A preset, with the version that is in use.
fn show<T: DeserializeOwned>(state: &State, preset: &api::Preset) -> Result<T> {
    let version = preset.designated_version_id.as_deref().unwrap_or_default();
    let mut shown = json!(preset);
    shown["designated_version"] = json!(state.preset_versions.get(version)?);
    typed(json!({"data": shown}))
}

/// Makes a preset, or a new version of one that is there, which is in use from then on.
fn create(mut state: Held, slug: &str, body: Object) -> Result<api::CreatePresetResponse> {
    let now = now();
    let last = versions(&state, slug).map_or(0, |versions| versions.len());
    // The last that is changed is the last of all.
    let mut preset = match state.presets.remove(slug) {
        Ok(preset) => preset,
        Err(_) => typed(json!({
            "id": state.new_id(), "slug": check(slug)?, "name": slug, "status": "active",
            "workspace_id": state.keys.get(&state.caller)?.workspace_id,
            "creator_user_id": OWNER, "created_at": now, "updated_at": now,
        }))?,
    };
    let system_prompt = system_prompt(&body);
    let mut settings = body;
    settings.retain(|name, value| SETTINGS.split(' ').any(|it| it == name) && !value.is_null());
    let version: api::PresetVersion = typed(json!({
        "id": state.new_id(), "preset_id": preset.id, "version": last + 1,
        "config": settings, "system_prompt": system_prompt,
        "creator_id": OWNER, "created_at": now, "updated_at": now,
    }))?;
    preset.designated_version_id = Some(version.id.clone());
    preset.updated_at = now;
    state.preset_versions.insert(version)?;
    let shown = show(&state, &preset);
    state.presets.insert(preset)?;
    shown
}

/// A slug stands in URLs as it is (RFC 3986, section 2.3).
fn check(slug: &str) -> Result<&str> {
    let is_unreserved = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    let message = format!("`{slug}` is not a slug");
    ensure(slug.bytes().all(is_unreserved), message).map(|()| slug)
}

/// What a request tells the model before the user does: in a member of its own, or in a message.
fn system_prompt(body: &Object) -> Option<String> {
    let own = body.get("system").or_else(|| body.get("instructions"));
    let messages = body.get("messages").and_then(Value::as_array);
    let mut messages = messages.into_iter().flatten();
    let message = || Some(&messages.find(|message| message["role"] == "system")?["content"]);
    own.or_else(message).map(words::of_content)
}

/// The versions of a preset, the oldest first.
fn versions<'s>(state: &'s State, slug: &str) -> Result<Vec<&'s api::PresetVersion>> {
    let preset = state.presets.get(slug)?;
    let versions = state.preset_versions.iter();
    Ok(versions.filter(|it| it.preset_id == preset.id).collect())
}

async fn list_versions(
    state: Held,
    request: api::ListPresetVersions,
) -> Answer<api::ListPresetVersions> {
    let (data, total_count) = page(&request.paging, versions(&state, &request.slug)?)?;
    Ok(api::ListPresetVersionsResponse { data, total_count })
}

async fn read_version(state: Held, get: api::GetPresetVersion) -> Answer<api::GetPresetVersion> {
    let (slug, version) = (get.slug, get.version);
    let number = version.parse::<i64>();
    let number = number.map_err(|_| bad_request(format!("`{version}` is not a number")))?;
    let mut versions = versions(&state, &slug)?.into_iter();
    let found = versions.find(|version| version.version == number);
    let found = found.ok_or_else(|| not_found(format!("`{slug}` has no version {version}")))?;
    typed(json!({"data": found}))
}
