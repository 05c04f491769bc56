//! Limits on spending, models, providers and content, and the keys and members they apply to.

mod types;

use api_request::{ApiRequest, FromHttp};
use serde::Deserialize;

pub use self::types::*;
use crate::{OpenRouter, Paging, common::LimitReset, json::Nullable};

/// Lists the guardrails of a workspace. Needs a management key.
#[derive(Debug, Clone, Default, Deserialize, ApiRequest, FromHttp)]
#[api(in = OpenRouter, method = GET, path = "/guardrails", name = "listGuardrails", fields = query)]
#[api(response = ListGuardrailsResponse)]
#[api(paginate(offset = paging.offset, limit = paging.limit, total = total_count, items = data, item = Guardrail))]
pub struct ListGuardrails {
    /// Where the listing starts, and how many entries to return.
    #[api(flatten)]
    pub paging: Paging,
    /// The workspace whose guardrails to list, by its ID; the default workspace if absent.
    pub workspace_id: Option<String>,
}

/// Creates a guardrail, which does nothing until keys or members get it. Needs a management key.
#[derive(Debug, Clone, Default, Deserialize, ApiRequest, FromHttp)]
#[api(in = OpenRouter, method = POST, path = "/guardrails", name = "createGuardrail")]
#[api(fields = json, response = CreateGuardrailResponse)]
pub struct CreateGuardrail {
    /// The only models to allow, by slug or canonical slug.
    #[serde(default)]
    pub allowed_models: Nullable<Vec<String>>,
    /// The only providers allowed, by their IDs.
    #[serde(default)]
    pub allowed_providers: Nullable<Vec<String>>,
    /// Filters of the server to apply; each can `block`, `redact` or only `flag`.
    #[serde(default)]
    pub content_filter_builtins: Nullable<Vec<ContentFilterBuiltinEntryInput>>,
    /// Regular expressions of your own to check messages for.
    #[serde(default)]
    pub content_filters: Nullable<Vec<ContentFilterEntry>>,
    /// What the guardrail is for, in words.
    #[serde(default)]
    pub description: Nullable<String>,
    /// Whether free endpoints that publish prompts may be used.
    #[serde(default)]
    pub enable_free_model_publication: Nullable<bool>,
    /// Whether free endpoints that train on requests may be used.
    #[serde(default)]
    pub enable_free_model_training: Nullable<bool>,
    /// Whether paid endpoints that train on requests may be used.
    #[serde(default)]
    pub enable_paid_model_training: Nullable<bool>,
    /// Deprecated: zero data retention for all; sets each `enforce_zdr_*` member that the request leaves out.
    #[serde(default)]
    pub enforce_zdr: Nullable<bool>,
    /// Whether models of Anthropic need zero data retention; `enforce_zdr` if absent.
    #[serde(default)]
    pub enforce_zdr_anthropic: Nullable<bool>,
    /// Whether models of Google need zero data retention; `enforce_zdr` if absent.
    #[serde(default)]
    pub enforce_zdr_google: Nullable<bool>,
    /// Whether models of OpenAI need zero data retention; `enforce_zdr` if absent.
    #[serde(default)]
    pub enforce_zdr_openai: Nullable<bool>,
    /// Whether models of all other makers need zero data retention; `enforce_zdr` if absent.
    #[serde(default)]
    pub enforce_zdr_other: Nullable<bool>,
    /// Whether models of `xAI` need zero data retention; `enforce_zdr` if absent.
    #[serde(default)]
    pub enforce_zdr_xai: Nullable<bool>,
    /// Models never to route to, by slug or canonical slug.
    #[serde(default)]
    pub ignored_models: Nullable<Vec<String>>,
    /// Providers never to route to, by their IDs.
    #[serde(default)]
    pub ignored_providers: Nullable<Vec<String>>,
    /// Whether spending with your own provider keys (BYOK) counts against `limit_usd` too; false by default.
    pub include_byok_in_budgets: Option<bool>,
    /// The most that may be spent, in US dollars.
    #[serde(default)]
    pub limit_usd: Nullable<f64>,
    /// What to call the guardrail.
    pub name: String,
    /// How often the spending counter starts again from zero.
    #[serde(default, deserialize_with = "crate::json::listed")]
    pub reset_interval: Nullable<LimitReset>,
    /// The workspace to file it in, without limiting its traffic; the default one if absent, an error if that was
    /// deleted.
    pub workspace_id: Option<String>,
}

/// Reads one guardrail. Needs a management key.
#[derive(Debug, Clone, Default, Deserialize, ApiRequest, FromHttp)]
#[api(in = OpenRouter, method = GET, path = "/guardrails/{id}", name = "getGuardrail")]
#[api(response = GetGuardrailResponse)]
pub struct GetGuardrail {
    /// The guardrail to read, by its ID.
    pub id: String,
}

/// Changes a guardrail, or sets up a workspace's default one; lists are replaced whole. Needs a management key.
#[derive(Debug, Clone, Default, Deserialize, ApiRequest, FromHttp)]
#[api(in = OpenRouter, method = PATCH, path = "/guardrails/{id}", name = "updateGuardrail")]
#[api(fields = json, response = UpdateGuardrailResponse)]
pub struct UpdateGuardrail {
    /// The guardrail to change, by its ID.
    pub id: String,
    /// The only models to allow, by slug or canonical slug.
    #[serde(default)]
    pub allowed_models: Nullable<Vec<String>>,
    /// The only providers to allow from now on, by their IDs.
    #[serde(default)]
    pub allowed_providers: Nullable<Vec<String>>,
    /// Filters of the server to apply, each to `block`, `redact` or only `flag`; `null` removes all.
    #[serde(default)]
    pub content_filter_builtins: Nullable<Vec<ContentFilterBuiltinEntryInput>>,
    /// Regular expressions of your own to check for; `null` removes all.
    #[serde(default)]
    pub content_filters: Nullable<Vec<ContentFilterEntry>>,
    /// What the guardrail is for, in words, from now on.
    #[serde(default)]
    pub description: Nullable<String>,
    /// Whether free endpoints that publish prompts may be used.
    #[serde(default)]
    pub enable_free_model_publication: Nullable<bool>,
    /// Whether free endpoints that train on requests may be used.
    #[serde(default)]
    pub enable_free_model_training: Nullable<bool>,
    /// Whether paid endpoints that train on requests may be used.
    #[serde(default)]
    pub enable_paid_model_training: Nullable<bool>,
    /// Deprecated: zero data retention for all; sets each `enforce_zdr_*` member that the request leaves out.
    #[serde(default)]
    pub enforce_zdr: Nullable<bool>,
    /// Whether models of Anthropic need zero data retention; `enforce_zdr` if absent.
    #[serde(default)]
    pub enforce_zdr_anthropic: Nullable<bool>,
    /// Whether models of Google need zero data retention; `enforce_zdr` if absent.
    #[serde(default)]
    pub enforce_zdr_google: Nullable<bool>,
    /// Whether models of OpenAI need zero data retention; `enforce_zdr` if absent.
    #[serde(default)]
    pub enforce_zdr_openai: Nullable<bool>,
    /// Whether models of all other makers need zero data retention; `enforce_zdr` if absent.
    #[serde(default)]
    pub enforce_zdr_other: Nullable<bool>,
    /// Whether models of `xAI` need zero data retention; `enforce_zdr` if absent.
    #[serde(default)]
    pub enforce_zdr_xai: Nullable<bool>,
    /// Models never to route to, by slug or canonical slug.
    #[serde(default)]
    pub ignored_models: Nullable<Vec<String>>,
    /// Providers never to route to, by their IDs.
    #[serde(default)]
    pub ignored_providers: Nullable<Vec<String>>,
    /// Whether spending with your own provider keys (BYOK) counts against `limit_usd` too; absent to keep the setting.
    pub include_byok_in_budgets: Option<bool>,
    /// The most that may be spent from now on, in US dollars.
    #[serde(default)]
    pub limit_usd: Nullable<f64>,
    /// What to call the guardrail from now on.
    pub name: Option<String>,
    /// How often the spending counter starts again from zero.
    #[serde(default, deserialize_with = "crate::json::listed")]
    pub reset_interval: Nullable<LimitReset>,
}

/// Deletes a guardrail. Needs a management key.
#[derive(Debug, Clone, Default, Deserialize, ApiRequest, FromHttp)]
#[api(in = OpenRouter, method = DELETE, path = "/guardrails/{id}", name = "deleteGuardrail")]
#[api(response = DeleteGuardrailResponse)]
pub struct DeleteGuardrail {
    /// The guardrail to delete, by its ID.
    pub id: String,
}

/// Lists the API keys that have a guardrail. Needs a management key.
#[derive(Debug, Clone, Default, Deserialize, ApiRequest, FromHttp)]
#[api(in = OpenRouter, method = GET, path = "/guardrails/{id}/assignments/keys")]
#[api(name = "listGuardrailKeyAssignments", response = ListKeyAssignmentsResponse)]
#[api(paginate(offset = paging.offset, limit = paging.limit, total = total_count, items = data, item = KeyAssignment))]
pub struct ListGuardrailKeyAssignments {
    /// The guardrail, by its ID.
    pub id: String,
    /// Where the listing starts, and how many entries to return.
    #[api(flatten)]
    pub paging: Paging,
}

/// Puts a guardrail on API keys, in place of the one a key had. Needs a management key.
#[derive(Debug, Clone, Default, Deserialize, ApiRequest, FromHttp)]
#[api(in = OpenRouter, method = POST, path = "/guardrails/{id}/assignments/keys")]
#[api(name = "bulkAssignKeysToGuardrail", fields = json, response = BulkAssignKeysResponse)]
pub struct AssignKeysToGuardrail {
    /// The guardrail, by its ID.
    pub id: String,
    /// Hashes of the keys that get the guardrail, at least one.
    pub key_hashes: Vec<String>,
}

/// Takes a guardrail off API keys. Needs a management key.
#[derive(Debug, Clone, Default, Deserialize, ApiRequest, FromHttp)]
#[api(in = OpenRouter, method = POST, path = "/guardrails/{id}/assignments/keys/remove")]
#[api(name = "bulkUnassignKeysFromGuardrail", fields = json, response = BulkUnassignKeysResponse)]
pub struct UnassignKeysFromGuardrail {
    /// The guardrail, by its ID.
    pub id: String,
    /// Hashes of the keys that lose the guardrail.
    pub key_hashes: Vec<String>,
}

/// Lists the members that have a guardrail. Needs a management key.
#[derive(Debug, Clone, Default, Deserialize, ApiRequest, FromHttp)]
#[api(in = OpenRouter, method = GET, path = "/guardrails/{id}/assignments/members")]
#[api(name = "listGuardrailMemberAssignments", fields = query)]
#[api(response = ListMemberAssignmentsResponse)]
#[api(paginate(offset = paging.offset, limit = paging.limit, total = total_count, items = data, item = MemberAssignment))]
pub struct ListGuardrailMemberAssignments {
    /// The guardrail, by its ID.
    pub id: String,
    /// Where the listing starts, and how many entries to return.
    #[api(flatten)]
    pub paging: Paging,
}

/// Puts a guardrail on members of the organization. Needs a management key.
#[derive(Debug, Clone, Default, Deserialize, ApiRequest, FromHttp)]
#[api(in = OpenRouter, method = POST, path = "/guardrails/{id}/assignments/members")]
#[api(name = "bulkAssignMembersToGuardrail", fields = json, response = BulkAssignMembersResponse)]
pub struct AssignMembersToGuardrail {
    /// The guardrail, by its ID.
    pub id: String,
    /// User IDs of the members that get the guardrail.
    pub member_user_ids: Vec<String>,
}

/// Takes a guardrail off members of the organization. Needs a management key.
#[derive(Debug, Clone, Default, Deserialize, ApiRequest, FromHttp)]
#[api(in = OpenRouter, method = POST, path = "/guardrails/{id}/assignments/members/remove")]
#[api(name = "bulkUnassignMembersFromGuardrail", fields = json)]
#[api(response = BulkUnassignMembersResponse)]
pub struct UnassignMembersFromGuardrail {
    /// The guardrail, by its ID.
    pub id: String,
    /// User IDs of the members that lose the guardrail.
    pub member_user_ids: Vec<String>,
}

/// Lists which keys have which guardrails, over all guardrails. Needs a management key.
#[derive(Debug, Clone, Default, Deserialize, ApiRequest, FromHttp)]
#[api(in = OpenRouter, method = GET, path = "/guardrails/assignments/keys")]
#[api(name = "listKeyAssignments", response = ListKeyAssignmentsResponse)]
#[api(paginate(offset = paging.offset, limit = paging.limit, total = total_count, items = data, item = KeyAssignment))]
pub struct ListAllKeyAssignments {
    /// Where the listing starts, and how many entries to return.
    #[api(flatten)]
    pub paging: Paging,
}

/// Lists which members have which guardrails, over all guardrails. Needs a management key.
#[derive(Debug, Clone, Default, Deserialize, ApiRequest, FromHttp)]
#[api(in = OpenRouter, method = GET, path = "/guardrails/assignments/members")]
#[api(name = "listMemberAssignments", response = ListMemberAssignmentsResponse)]
#[api(paginate(offset = paging.offset, limit = paging.limit, total = total_count, items = data, item = MemberAssignment))]
pub struct ListAllMemberAssignments {
    /// Where the listing starts, and how many entries to return.
    #[api(flatten)]
    pub paging: Paging,
}
