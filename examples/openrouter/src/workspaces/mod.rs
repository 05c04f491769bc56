//! Workspaces that separate keys, budgets, members and settings inside an account.

mod types;

use api_request::{ApiRequest, FromHttp};
use serde::Deserialize;

pub use self::types::*;
use crate::{OpenRouter, Paging, json::Nullable};

/// Lists the workspaces of the account. Needs a management key.
#[derive(Debug, Clone, Default, Deserialize, ApiRequest, FromHttp)]
#[api(in = OpenRouter, method = GET, path = "/workspaces", name = "listWorkspaces", fields = query)]
#[api(response = ListWorkspacesResponse)]
#[api(paginate(offset = paging.offset, limit = paging.limit, total = total_count, items = data, item = Workspace))]
pub struct ListWorkspaces {
    /// Where the listing starts, and how many entries to return.
    #[api(flatten)]
    pub paging: Paging,
}

/// Creates a workspace. Needs a management key.
#[derive(Debug, Clone, Default, Deserialize, ApiRequest, FromHttp)]
#[api(in = OpenRouter, method = POST, path = "/workspaces", name = "createWorkspace")]
#[api(fields = json, response = CreateWorkspaceResponse)]
pub struct CreateWorkspace {
    /// The image model for requests that name none.
    #[serde(default)]
    pub default_image_model: Nullable<String>,
    /// What providers are sorted by if a request does not say: `price`, `throughput`, `latency` or `exacto`.
    #[serde(default)]
    pub default_provider_sort: Nullable<String>,
    /// The text model for requests that name none.
    #[serde(default)]
    pub default_text_model: Nullable<String>,
    /// What the workspace is for, in words.
    #[serde(default)]
    pub description: Nullable<String>,
    /// The keys whose inputs and outputs to log, by their numeric IDs.
    #[serde(default)]
    pub io_logging_api_key_ids: Nullable<Vec<i64>>,
    /// Share of the requests whose inputs and outputs to log, from 0.0001 to 1.
    pub io_logging_sampling_rate: Option<f64>,
    /// Whether to turn on data discount logging.
    pub is_data_discount_logging_enabled: Option<bool>,
    /// Whether to send traces to the observability destinations.
    pub is_observability_broadcast_enabled: Option<bool>,
    /// Whether to log inputs and outputs privately.
    pub is_observability_io_logging_enabled: Option<bool>,
    /// What to call the workspace, up to 100 characters.
    pub name: String,
    /// The name in URLs, up to 50 characters: lowercase letters and digits, in parts joined by single hyphens.
    pub slug: String,
}

/// Reads one workspace. Needs a management key.
#[derive(Debug, Clone, Default, Deserialize, ApiRequest, FromHttp)]
#[api(in = OpenRouter, method = GET, path = "/workspaces/{id}", name = "getWorkspace")]
#[api(response = GetWorkspaceResponse)]
pub struct GetWorkspace {
    /// The workspace, by its ID (a UUID) or slug.
    pub id: String,
}

/// Changes a workspace. Needs a management key.
#[derive(Debug, Clone, Default, Deserialize, ApiRequest, FromHttp)]
#[api(in = OpenRouter, method = PATCH, path = "/workspaces/{id}", name = "updateWorkspace")]
#[api(fields = json, response = UpdateWorkspaceResponse)]
pub struct UpdateWorkspace {
    /// The workspace, by its ID (a UUID) or slug.
    pub id: String,
    /// The image model for requests that name none.
    #[serde(default)]
    pub default_image_model: Nullable<String>,
    /// What providers are sorted by if a request does not say: `price`, `throughput`, `latency` or `exacto`.
    #[serde(default)]
    pub default_provider_sort: Nullable<String>,
    /// The text model for requests that name none.
    #[serde(default)]
    pub default_text_model: Nullable<String>,
    /// What the workspace is for, in words, from now on.
    #[serde(default)]
    pub description: Nullable<String>,
    /// The keys whose inputs and outputs to log, by their numeric IDs.
    #[serde(default)]
    pub io_logging_api_key_ids: Nullable<Vec<i64>>,
    /// Share of the requests whose inputs and outputs to log, from 0.0001 to 1.
    pub io_logging_sampling_rate: Option<f64>,
    /// Whether to turn on data discount logging.
    pub is_data_discount_logging_enabled: Option<bool>,
    /// Whether to send traces to the observability destinations.
    pub is_observability_broadcast_enabled: Option<bool>,
    /// Whether to log inputs and outputs privately.
    pub is_observability_io_logging_enabled: Option<bool>,
    /// What to call the workspace from now on.
    pub name: Option<String>,
    /// The name in URLs from now on: lowercase letters and digits, in parts joined by single hyphens.
    pub slug: Option<String>,
}

/// Deletes a workspace without active keys, with its budgets and guardrails; its classifiers and destinations are
/// disabled. Needs a management key.
#[derive(Debug, Clone, Default, Deserialize, ApiRequest, FromHttp)]
#[api(in = OpenRouter, method = DELETE, path = "/workspaces/{id}", name = "deleteWorkspace")]
#[api(response = DeleteWorkspaceResponse)]
pub struct DeleteWorkspace {
    /// The workspace, by its ID (a UUID) or slug.
    pub id: String,
}

/// Lists the budgets of a workspace. Needs a management key.
#[derive(Debug, Clone, Default, Deserialize, ApiRequest, FromHttp)]
#[api(in = OpenRouter, method = GET, path = "/workspaces/{id}/budgets")]
#[api(name = "listWorkspaceBudgets", response = ListWorkspaceBudgetsResponse)]
pub struct ListWorkspaceBudgets {
    /// The workspace, by its ID (a UUID) or slug.
    pub id: String,
}

/// Reads a workspace's budget of one interval. Needs a management key.
#[derive(Debug, Clone, Deserialize, ApiRequest, FromHttp)]
#[api(in = OpenRouter, method = GET, path = "/workspaces/{id}/budgets/{interval}")]
#[api(name = "getWorkspaceBudget", response = GetWorkspaceBudgetResponse)]
pub struct GetWorkspaceBudget {
    /// The workspace, by its ID (a UUID) or slug.
    pub id: String,
    /// How often the budget starts again; `lifetime` for one that never does.
    #[serde(deserialize_with = "crate::json::listed")]
    pub interval: WorkspaceBudgetInterval,
}

/// Sets a workspace's budget of one interval, below that of each longer interval. Needs a management key.
#[derive(Debug, Clone, Deserialize, ApiRequest, FromHttp)]
#[api(in = OpenRouter, method = PUT, path = "/workspaces/{id}/budgets/{interval}")]
#[api(name = "upsertWorkspaceBudget", fields = json, response = UpsertWorkspaceBudgetResponse)]
pub struct SetWorkspaceBudget {
    /// The workspace, by its ID (a UUID) or slug.
    pub id: String,
    /// How often the budget starts again; `lifetime` for one that never does.
    #[serde(deserialize_with = "crate::json::listed")]
    pub interval: WorkspaceBudgetInterval,
    /// Whether spending with your own provider keys (BYOK) counts, for all budgets of the workspace; absent to keep the
    /// setting.
    pub include_byok_in_budgets: Option<bool>,
    /// The most that may be spent, in US dollars; more than 0.
    pub limit_usd: f64,
}

/// Deletes a workspace's budget of one interval. Needs a management key.
#[derive(Debug, Clone, Deserialize, ApiRequest, FromHttp)]
#[api(in = OpenRouter, method = DELETE, path = "/workspaces/{id}/budgets/{interval}")]
#[api(name = "deleteWorkspaceBudget", response = DeleteWorkspaceBudgetResponse)]
pub struct DeleteWorkspaceBudget {
    /// The workspace, by its ID (a UUID) or slug.
    pub id: String,
    /// How often the budget starts again; `lifetime` for one that never does.
    #[serde(deserialize_with = "crate::json::listed")]
    pub interval: WorkspaceBudgetInterval,
}

/// Lists the members of a workspace; the default one has all of the organization. Needs a management key.
#[derive(Debug, Clone, Default, Deserialize, ApiRequest, FromHttp)]
#[api(in = OpenRouter, method = GET, path = "/workspaces/{id}/members")]
#[api(name = "listWorkspaceMembers", response = ListWorkspaceMembersResponse)]
#[api(paginate(offset = paging.offset, limit = paging.limit, total = total_count, items = data, item = WorkspaceMember))]
pub struct ListWorkspaceMembers {
    /// The workspace, by its ID (a UUID) or slug.
    pub id: String,
    /// Where the listing starts, and how many entries to return.
    #[api(flatten)]
    pub paging: Paging,
}

/// Adds members of the organization to a workspace, in the role they have there. Needs a management key.
#[derive(Debug, Clone, Default, Deserialize, ApiRequest, FromHttp)]
#[api(in = OpenRouter, method = POST, path = "/workspaces/{id}/members/add")]
#[api(name = "bulkAddWorkspaceMembers", fields = json, response = BulkAddWorkspaceMembersResponse)]
pub struct AddWorkspaceMembers {
    /// The workspace, by its ID (a UUID) or slug.
    pub id: String,
    /// User IDs of the members to add, 1 to 100; they keep their role in the organization.
    pub user_ids: Vec<String>,
}

/// Removes members from a workspace, if they have no active keys in it and SCIM does not manage them. Needs a
/// management key.
#[derive(Debug, Clone, Default, Deserialize, ApiRequest, FromHttp)]
#[api(in = OpenRouter, method = POST, path = "/workspaces/{id}/members/remove")]
#[api(name = "bulkRemoveWorkspaceMembers", fields = json, response = BulkRemoveMembersResponse)]
pub struct RemoveWorkspaceMembers {
    /// The workspace, by its ID (a UUID) or slug.
    pub id: String,
    /// User IDs of the members to remove.
    pub user_ids: Vec<String>,
}
