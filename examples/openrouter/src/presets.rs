//! Named, versioned settings of requests (model, parameters, system prompt) that requests can refer to.

use api_request::{ApiRequest, FromHttp};
use serde::{Deserialize, Serialize};

use crate::{
    OpenRouter, Paging,
    chat::ChatRequest,
    json::{Object, open_enum},
    messages::MessagesRequest,
    responses::ResponsesRequest,
};

/// Lists your presets, last changed first.
#[derive(Debug, Clone, Default, Deserialize, ApiRequest, FromHttp)]
#[api(in = OpenRouter, method = GET, path = "/presets", name = "listPresets", fields = query)]
#[api(response = ListPresetsResponse)]
#[api(paginate(offset = paging.offset, limit = paging.limit, total = total_count, items = data, item = Preset))]
pub struct ListPresets {
    /// Where the listing starts, and how many entries to return.
    #[api(flatten)]
    pub paging: Paging,
}

/// Reads a preset with its designated version.
#[derive(Debug, Clone, Default, Deserialize, ApiRequest, FromHttp)]
#[api(in = OpenRouter, method = GET, path = "/presets/{slug}", name = "getPreset")]
#[api(response = GetPresetResponse)]
pub struct GetPreset {
    /// The preset, by its slug.
    pub slug: String,
}

/// Makes a preset, or a new version of it, from a chat completion request; what a preset cannot hold is left out.
#[derive(Debug, Clone, Default, Deserialize, ApiRequest, FromHttp)]
#[api(in = OpenRouter, method = POST, path = "/presets/{slug}/chat/completions")]
#[api(name = "createPresetsChatCompletions", response = CreatePresetResponse)]
pub struct CreatePresetFromChat {
    /// The preset by its slug; made if there is none.
    pub slug: String,
    /// What is asked for.
    #[api(body)]
    pub body: ChatRequest,
}

/// Makes a preset, or a new version of it, from a request to the Messages API; what a preset cannot hold is left out.
#[derive(Debug, Clone, Default, Deserialize, ApiRequest, FromHttp)]
#[api(in = OpenRouter, method = POST, path = "/presets/{slug}/messages")]
#[api(name = "createPresetsMessages", response = CreatePresetResponse)]
pub struct CreatePresetFromMessages {
    /// The preset by its slug; made if there is none.
    pub slug: String,
    /// What is asked for.
    #[api(body)]
    pub body: MessagesRequest,
}

/// Makes a preset, or a new version of it, from a request to the Responses API; what a preset cannot hold is left out.
#[derive(Debug, Clone, Default, Deserialize, ApiRequest, FromHttp)]
#[api(in = OpenRouter, method = POST, path = "/presets/{slug}/responses")]
#[api(name = "createPresetsResponses", response = CreatePresetResponse)]
pub struct CreatePresetFromResponses {
    /// The preset by its slug; made if there is none.
    pub slug: String,
    /// What is asked for.
    #[api(body)]
    pub body: ResponsesRequest,
}

/// Lists the versions of a preset, oldest first.
#[derive(Debug, Clone, Default, Deserialize, ApiRequest, FromHttp)]
#[api(in = OpenRouter, method = GET, path = "/presets/{slug}/versions")]
#[api(name = "listPresetVersions", response = ListPresetVersionsResponse)]
#[api(paginate(offset = paging.offset, limit = paging.limit, total = total_count, items = data, item = PresetVersion))]
pub struct ListPresetVersions {
    /// The preset, by its slug.
    pub slug: String,
    /// Where the listing starts, and how many entries to return.
    #[api(flatten)]
    pub paging: Paging,
}

/// Reads one version of a preset by its number.
#[derive(Debug, Clone, Default, Deserialize, ApiRequest, FromHttp)]
#[api(in = OpenRouter, method = GET, path = "/presets/{slug}/versions/{version}")]
#[api(name = "getPresetVersion", response = GetPresetVersionResponse)]
pub struct GetPresetVersion {
    /// The preset, by its slug.
    pub slug: String,
    /// Which version of the preset, by its number.
    pub version: String,
}

/// A page of presets.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ListPresetsResponse {
    /// The presets of this page.
    pub data: Vec<Preset>,
    /// How many presets there are on all pages.
    pub total_count: i64,
}

/// A preset, without its versions.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Preset {
    /// When the preset was created, an RFC 3339 date.
    pub created_at: String,
    /// The user who created the preset; `null` if not known.
    pub creator_user_id: Option<String>,
    /// What the preset is for, in its author's words; `null` if not said.
    pub description: Option<String>,
    /// The version in use, by its ID; `null` if none is.
    pub designated_version_id: Option<String>,
    /// What names the preset in answers; requests use `slug`.
    pub id: String,
    /// The name shown to people.
    pub name: String,
    /// What names the preset in requests.
    pub slug: String,
    /// Whether the preset is in use, off or archived.
    pub status: PresetStatus,
    /// When `status` last changed, an RFC 3339 date; `null` if it never did.
    pub status_updated_at: Option<String>,
    /// When the preset was last changed, an RFC 3339 date.
    pub updated_at: String,
    /// The workspace the preset is part of; `null` if none.
    pub workspace_id: Option<String>,
}

open_enum! {
    /// Whether a preset is in use, off or archived.
    pub enum PresetStatus { Active, Disabled, Archived }
}

/// The answer to reading a preset.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct GetPresetResponse {
    /// The preset with its designated version.
    pub data: PresetWithDesignatedVersion,
}

/// A preset with the version that is in use.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct PresetWithDesignatedVersion {
    /// When the preset was created, an RFC 3339 date.
    pub created_at: String,
    /// The user who created the preset; `null` if not known.
    pub creator_user_id: Option<String>,
    /// What the preset is for, in its author's words; `null` if not said.
    pub description: Option<String>,
    /// The version in use, by its ID; `null` if none is.
    pub designated_version_id: Option<String>,
    /// What names the preset in answers; requests use `slug`.
    pub id: String,
    /// The name shown to people.
    pub name: String,
    /// What names the preset in requests.
    pub slug: String,
    /// Whether the preset is in use, off or archived.
    pub status: PresetStatus,
    /// When `status` last changed, an RFC 3339 date; `null` if it never did.
    pub status_updated_at: Option<String>,
    /// When the preset was last changed, an RFC 3339 date.
    pub updated_at: String,
    /// The workspace the preset is part of; `null` if none.
    pub workspace_id: Option<String>,
    /// The version in use; `null` if none is.
    pub designated_version: Option<PresetVersion>,
}

/// A version of a preset: settings and perhaps a system prompt.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct PresetVersion {
    /// The settings of requests, such as `model` and `temperature`.
    pub config: Object,
    /// When the version was created, an RFC 3339 date.
    pub created_at: String,
    /// The user who created the version.
    pub creator_id: String,
    /// What names the version in this API.
    pub id: String,
    /// The preset it is a version of.
    pub preset_id: String,
    /// The system prompt; `null` if there is none.
    pub system_prompt: Option<String>,
    /// When the version was last changed, an RFC 3339 date.
    pub updated_at: String,
    /// The number of the version; newer ones have higher numbers.
    pub version: i64,
}

/// The answer to making a preset from a request.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct CreatePresetResponse {
    /// The preset with its designated version.
    pub data: PresetWithDesignatedVersion,
}

/// A page of versions of a preset.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ListPresetVersionsResponse {
    /// The versions of this page.
    pub data: Vec<PresetVersion>,
    /// How many versions there are on all pages.
    pub total_count: i64,
}

/// The answer to reading a version of a preset.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct GetPresetVersionResponse {
    /// The version.
    pub data: Option<PresetVersion>,
}
