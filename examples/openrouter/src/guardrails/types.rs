//! What the answers hold.

use api_request::ApiResponse;
use serde::{Deserialize, Serialize};

use crate::{
    common::LimitReset,
    json::{Nullable, open_enum},
};

/// A page of guardrails.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ListGuardrailsResponse {
    /// The guardrails of this page.
    pub data: Vec<Guardrail>,
    /// How many guardrails there are on all pages.
    pub total_count: i64,
}

/// Limits on spending, models, providers and content that keys or members can get.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Guardrail {
    /// The only models allowed, by their canonical slugs, which never change.
    pub allowed_models: Option<Vec<String>>,
    /// The only providers allowed, by their IDs.
    pub allowed_providers: Option<Vec<String>>,
    /// Filters of the server that apply, for personal data and for prompt injection.
    pub content_filter_builtins: Option<Vec<ContentFilterBuiltinEntry>>,
    /// Regular expressions of your own that messages are checked for.
    pub content_filters: Option<Vec<ContentFilterEntry>>,
    /// When the guardrail was created, an RFC 3339 date.
    pub created_at: String,
    /// What the guardrail is for, in words.
    pub description: Option<String>,
    /// Whether free endpoints that publish prompts may be used.
    pub enable_free_model_publication: Option<bool>,
    /// Whether free endpoints that train on requests may be used.
    pub enable_free_model_training: Option<bool>,
    /// Whether paid endpoints that train on requests may be used.
    pub enable_paid_model_training: Option<bool>,
    /// Deprecated: zero data retention for all; sets each `enforce_zdr_*` member that the request leaves out.
    pub enforce_zdr: Option<bool>,
    /// Whether models of Anthropic need zero data retention; `enforce_zdr` if absent.
    pub enforce_zdr_anthropic: Option<bool>,
    /// Whether models of Google need zero data retention; `enforce_zdr` if absent.
    pub enforce_zdr_google: Option<bool>,
    /// Whether models of OpenAI need zero data retention; `enforce_zdr` if absent.
    pub enforce_zdr_openai: Option<bool>,
    /// Whether models of all other makers need zero data retention; `enforce_zdr` if absent.
    pub enforce_zdr_other: Option<bool>,
    /// Whether models of `xAI` need zero data retention; `enforce_zdr` if absent.
    pub enforce_zdr_xai: Option<bool>,
    /// What names the guardrail in this API.
    pub id: String,
    /// Models never to route to, by their canonical slugs.
    pub ignored_models: Option<Vec<String>>,
    /// Providers never to route to, by their IDs.
    pub ignored_providers: Option<Vec<String>>,
    /// Whether spending with your own provider keys (BYOK) counts against `limit_usd` too.
    pub include_byok_in_budgets: bool,
    /// The most that may be spent, in US dollars.
    pub limit_usd: Option<f64>,
    /// What the guardrail is called.
    pub name: String,
    /// How often the spending counter starts again from zero.
    pub reset_interval: Option<LimitReset>,
    /// When the guardrail was last changed, an RFC 3339 date.
    pub updated_at: Option<String>,
    /// The workspace it is filed in, whose traffic it does not limit by that; `null` for one older than workspaces.
    pub workspace_id: Option<String>,
}

/// A filter of the server in a guardrail: a detector of personal data or of prompt injection.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ContentFilterBuiltinEntry {
    /// What happens when the filter finds something.
    pub action: ContentFilterAction,
    /// The placeholder put in place of a find, such as `[EMAIL]`; set by the server alone.
    pub label: Option<String>,
    /// Which messages to scan, for `regex-prompt-injection` only; `all_messages` by default.
    pub scan_scope: Option<PromptInjectionScanScope>,
    /// Which filter this is.
    pub slug: ContentFilterBuiltinSlug,
}

open_enum! {
    /// Which messages the prompt injection filter scans: the user's, or all (the default).
    pub enum PromptInjectionScanScope { UserOnly, AllMessages }
}

open_enum! { "kebab-case";
    /// A content filter that the server has.
    pub enum ContentFilterBuiltinSlug {
        Email, Phone, Ssn, CreditCard, IpAddress, PersonName, Address, RegexPromptInjection,
    }
}

/// A regular expression that messages are checked for, and what to do on a match.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ContentFilterEntry {
    /// What happens on a match.
    pub action: ContentFilterAction,
    /// A name for the match in placeholders and error messages.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub label: Nullable<String>,
    /// The regular expression to look for.
    pub pattern: String,
}

open_enum! {
    /// What a filter of your own does on a match.
    pub enum ContentFilterAction { Redact, Block, Flag }
}

/// A filter of the server, as requests send it; without a label, which the server sets.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ContentFilterBuiltinEntryInput {
    /// What happens when the filter finds something.
    pub action: ContentFilterAction,
    /// Deprecated: ignored by the server, which sets the labels itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// Which messages to scan, for `regex-prompt-injection` only; `all_messages` by default.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scan_scope: Option<PromptInjectionScanScope>,
    /// Which filter this is.
    pub slug: ContentFilterBuiltinSlug,
}

/// The answer to creating a guardrail.
#[derive(Debug, Clone, ApiResponse)]
#[api(status = 201, fields = json)]
pub struct CreateGuardrailResponse {
    /// The guardrail that was created.
    pub data: Guardrail,
}

/// The answer to reading a guardrail.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct GetGuardrailResponse {
    /// The guardrail asked for.
    pub data: Guardrail,
}

/// The answer to changing a guardrail.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct UpdateGuardrailResponse {
    /// The guardrail after the change.
    pub data: Guardrail,
}

/// The answer to deleting a guardrail.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct DeleteGuardrailResponse {
    /// Whether the guardrail was deleted.
    pub deleted: bool,
}

/// A page of assignments of guardrails to keys.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ListKeyAssignmentsResponse {
    /// The assignments of this page.
    pub data: Vec<KeyAssignment>,
    /// How many assignments to keys there are on all pages.
    pub total_count: i64,
}

/// The fact that an API key has a guardrail.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct KeyAssignment {
    /// The user who made the assignment, by ID.
    pub assigned_by: Option<String>,
    /// When the assignment was made, an RFC 3339 date.
    pub created_at: String,
    /// The guardrail that was assigned.
    pub guardrail_id: String,
    /// What names the assignment in this API.
    pub id: String,
    /// The key that has the guardrail, by its hash.
    pub key_hash: String,
    /// The label of the key that has the guardrail, such as `prod-key`.
    pub key_label: String,
    /// What the key is called.
    pub key_name: String,
}

/// The answer to putting a guardrail on keys.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct BulkAssignKeysResponse {
    /// How many keys got the guardrail.
    pub assigned_count: i64,
}

/// The answer to taking a guardrail off keys.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct BulkUnassignKeysResponse {
    /// How many keys lost the guardrail.
    pub unassigned_count: i64,
}

/// A page of assignments of guardrails to members.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ListMemberAssignmentsResponse {
    /// The assignments of this page.
    pub data: Vec<MemberAssignment>,
    /// How many assignments to members there are on all pages.
    pub total_count: i64,
}

/// The fact that a member of the organization has a guardrail.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct MemberAssignment {
    /// The user who made the assignment, by ID.
    pub assigned_by: Option<String>,
    /// When the assignment was made, an RFC 3339 date.
    pub created_at: String,
    /// The guardrail that was assigned.
    pub guardrail_id: String,
    /// What names the assignment in this API.
    pub id: String,
    /// The organization the member belongs to.
    pub organization_id: String,
    /// The member who has the guardrail, by Clerk user ID.
    pub user_id: String,
}

/// The answer to putting a guardrail on members.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct BulkAssignMembersResponse {
    /// How many members got the guardrail.
    pub assigned_count: i64,
}

/// The answer to taking a guardrail off members.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct BulkUnassignMembersResponse {
    /// How many members lost the guardrail.
    pub unassigned_count: i64,
}
