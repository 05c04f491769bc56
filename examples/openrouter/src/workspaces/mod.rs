//! Workspaces that separate keys, budgets, members and settings inside an account.

mod types;

use api_request::ApiRequest;
use serde::Deserialize;

pub use self::types::*;
use crate::{error::OpenRouterError, json::Nullable};

/// Lists the workspaces of the account. Needs a management key.
#[derive(Debug, Clone, Default, Deserialize, ApiRequest)]
#[api(method = GET, path = "/workspaces", name = "listWorkspaces")]
#[api(fields = query, response = ListWorkspacesResponse, error = OpenRouterError)]
#[api(paginate(offset = offset, limit = limit, total = total_count, items = data, item = Workspace))]
pub struct ListWorkspaces {
    /// How many entries to skip before the first one returned.
    pub offset: Option<u64>,
    /// How many entries to return, at most 100.
    pub limit: Option<u32>,
    /// URL of the app, which rankings know it by; the client's where unset.
    #[api(header = "HTTP-Referer")]
    pub http_referer: Option<String>,
    /// Name of the app that is shown; the client's where unset.
    #[api(header = "X-OpenRouter-Title")]
    pub app_title: Option<String>,
    /// Categories of the app, separated by commas; the client's where unset.
    #[api(header = "X-OpenRouter-Categories")]
    pub app_categories: Option<String>,
}

/// Creates a workspace. Needs a management key.
#[derive(Debug, Clone, Default, Deserialize, ApiRequest)]
#[api(method = POST, path = "/workspaces", name = "createWorkspace")]
#[api(fields = json, response = CreateWorkspaceResponse, error = OpenRouterError)]
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
    /// URL of the app, which rankings know it by; the client's where unset.
    #[api(header = "HTTP-Referer")]
    pub http_referer: Option<String>,
    /// Name of the app that is shown; the client's where unset.
    #[api(header = "X-OpenRouter-Title")]
    pub app_title: Option<String>,
    /// Categories of the app, separated by commas; the client's where unset.
    #[api(header = "X-OpenRouter-Categories")]
    pub app_categories: Option<String>,
}

/// Reads one workspace. Needs a management key.
#[derive(Debug, Clone, Default, Deserialize, ApiRequest)]
#[api(method = GET, path = "/workspaces/{id}", name = "getWorkspace")]
#[api(response = GetWorkspaceResponse, error = OpenRouterError)]
pub struct GetWorkspace {
    /// The workspace, by its ID (a UUID) or slug.
    pub id: String,
    /// URL of the app, which rankings know it by; the client's where unset.
    #[api(header = "HTTP-Referer")]
    pub http_referer: Option<String>,
    /// Name of the app that is shown; the client's where unset.
    #[api(header = "X-OpenRouter-Title")]
    pub app_title: Option<String>,
    /// Categories of the app, separated by commas; the client's where unset.
    #[api(header = "X-OpenRouter-Categories")]
    pub app_categories: Option<String>,
}

/// Changes a workspace. Needs a management key.
#[derive(Debug, Clone, Default, Deserialize, ApiRequest)]
#[api(method = PATCH, path = "/workspaces/{id}", name = "updateWorkspace")]
#[api(fields = json, response = UpdateWorkspaceResponse, error = OpenRouterError)]
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
    /// URL of the app, which rankings know it by; the client's where unset.
    #[api(header = "HTTP-Referer")]
    pub http_referer: Option<String>,
    /// Name of the app that is shown; the client's where unset.
    #[api(header = "X-OpenRouter-Title")]
    pub app_title: Option<String>,
    /// Categories of the app, separated by commas; the client's where unset.
    #[api(header = "X-OpenRouter-Categories")]
    pub app_categories: Option<String>,
}

/// Deletes a workspace without active keys, with its budgets and guardrails; its classifiers and destinations are
/// disabled. Needs a management key.
#[derive(Debug, Clone, Default, Deserialize, ApiRequest)]
#[api(method = DELETE, path = "/workspaces/{id}", name = "deleteWorkspace")]
#[api(response = DeleteWorkspaceResponse, error = OpenRouterError)]
pub struct DeleteWorkspace {
    /// The workspace, by its ID (a UUID) or slug.
    pub id: String,
    /// URL of the app, which rankings know it by; the client's where unset.
    #[api(header = "HTTP-Referer")]
    pub http_referer: Option<String>,
    /// Name of the app that is shown; the client's where unset.
    #[api(header = "X-OpenRouter-Title")]
    pub app_title: Option<String>,
    /// Categories of the app, separated by commas; the client's where unset.
    #[api(header = "X-OpenRouter-Categories")]
    pub app_categories: Option<String>,
}

/// Lists the budgets of a workspace. Needs a management key.
#[derive(Debug, Clone, Default, Deserialize, ApiRequest)]
#[api(method = GET, path = "/workspaces/{id}/budgets", name = "listWorkspaceBudgets")]
#[api(response = ListWorkspaceBudgetsResponse, error = OpenRouterError)]
pub struct ListWorkspaceBudgets {
    /// The workspace, by its ID (a UUID) or slug.
    pub id: String,
    /// URL of the app, which rankings know it by; the client's where unset.
    #[api(header = "HTTP-Referer")]
    pub http_referer: Option<String>,
    /// Name of the app that is shown; the client's where unset.
    #[api(header = "X-OpenRouter-Title")]
    pub app_title: Option<String>,
    /// Categories of the app, separated by commas; the client's where unset.
    #[api(header = "X-OpenRouter-Categories")]
    pub app_categories: Option<String>,
}

/// Reads a workspace's budget of one interval. Needs a management key.
#[derive(Debug, Clone, Deserialize, ApiRequest)]
#[api(method = GET, path = "/workspaces/{id}/budgets/{interval}", name = "getWorkspaceBudget")]
#[api(response = GetWorkspaceBudgetResponse, error = OpenRouterError)]
pub struct GetWorkspaceBudget {
    /// The workspace, by its ID (a UUID) or slug.
    pub id: String,
    /// How often the budget starts again; `lifetime` for one that never does.
    pub interval: WorkspaceBudgetInterval,
    /// URL of the app, which rankings know it by; the client's where unset.
    #[api(header = "HTTP-Referer")]
    pub http_referer: Option<String>,
    /// Name of the app that is shown; the client's where unset.
    #[api(header = "X-OpenRouter-Title")]
    pub app_title: Option<String>,
    /// Categories of the app, separated by commas; the client's where unset.
    #[api(header = "X-OpenRouter-Categories")]
    pub app_categories: Option<String>,
}

/// Sets a workspace's budget of one interval, below that of each longer interval. Needs a management key.
#[derive(Debug, Clone, Deserialize, ApiRequest)]
#[api(method = PUT, path = "/workspaces/{id}/budgets/{interval}", name = "upsertWorkspaceBudget")]
#[api(fields = json, response = UpsertWorkspaceBudgetResponse, error = OpenRouterError)]
pub struct SetWorkspaceBudget {
    /// The workspace, by its ID (a UUID) or slug.
    pub id: String,
    /// How often the budget starts again; `lifetime` for one that never does.
    pub interval: WorkspaceBudgetInterval,
    /// Whether spending with your own provider keys (BYOK) counts, for all budgets of the workspace; absent to keep the
    /// setting.
    pub include_byok_in_budgets: Option<bool>,
    /// The most that may be spent, in US dollars; more than 0.
    pub limit_usd: f64,
    /// URL of the app, which rankings know it by; the client's where unset.
    #[api(header = "HTTP-Referer")]
    pub http_referer: Option<String>,
    /// Name of the app that is shown; the client's where unset.
    #[api(header = "X-OpenRouter-Title")]
    pub app_title: Option<String>,
    /// Categories of the app, separated by commas; the client's where unset.
    #[api(header = "X-OpenRouter-Categories")]
    pub app_categories: Option<String>,
}

/// Deletes a workspace's budget of one interval. Needs a management key.
#[derive(Debug, Clone, Deserialize, ApiRequest)]
#[api(method = DELETE, path = "/workspaces/{id}/budgets/{interval}", name = "deleteWorkspaceBudget")]
#[api(response = DeleteWorkspaceBudgetResponse, error = OpenRouterError)]
pub struct DeleteWorkspaceBudget {
    /// The workspace, by its ID (a UUID) or slug.
    pub id: String,
    /// How often the budget starts again; `lifetime` for one that never does.
    pub interval: WorkspaceBudgetInterval,
    /// URL of the app, which rankings know it by; the client's where unset.
    #[api(header = "HTTP-Referer")]
    pub http_referer: Option<String>,
    /// Name of the app that is shown; the client's where unset.
    #[api(header = "X-OpenRouter-Title")]
    pub app_title: Option<String>,
    /// Categories of the app, separated by commas; the client's where unset.
    #[api(header = "X-OpenRouter-Categories")]
    pub app_categories: Option<String>,
}

/// Lists the members of a workspace; the default one has all of the organization. Needs a management key.
#[derive(Debug, Clone, Default, Deserialize, ApiRequest)]
#[api(method = GET, path = "/workspaces/{id}/members", name = "listWorkspaceMembers")]
#[api(fields = query, response = ListWorkspaceMembersResponse, error = OpenRouterError)]
#[api(paginate(offset = offset, limit = limit, total = total_count, items = data, item = WorkspaceMember))]
pub struct ListWorkspaceMembers {
    /// The workspace, by its ID (a UUID) or slug.
    pub id: String,
    /// How many entries to skip before the first one returned.
    pub offset: Option<u64>,
    /// How many entries to return, at most 100.
    pub limit: Option<u32>,
    /// URL of the app, which rankings know it by; the client's where unset.
    #[api(header = "HTTP-Referer")]
    pub http_referer: Option<String>,
    /// Name of the app that is shown; the client's where unset.
    #[api(header = "X-OpenRouter-Title")]
    pub app_title: Option<String>,
    /// Categories of the app, separated by commas; the client's where unset.
    #[api(header = "X-OpenRouter-Categories")]
    pub app_categories: Option<String>,
}

/// Adds members of the organization to a workspace, in the role they have there. Needs a management key.
#[derive(Debug, Clone, Default, Deserialize, ApiRequest)]
#[api(method = POST, path = "/workspaces/{id}/members/add", name = "bulkAddWorkspaceMembers")]
#[api(fields = json, response = BulkAddWorkspaceMembersResponse, error = OpenRouterError)]
pub struct AddWorkspaceMembers {
    /// The workspace, by its ID (a UUID) or slug.
    pub id: String,
    /// User IDs of the members to add, 1 to 100; they keep their role in the organization.
    pub user_ids: Vec<String>,
    /// URL of the app, which rankings know it by; the client's where unset.
    #[api(header = "HTTP-Referer")]
    pub http_referer: Option<String>,
    /// Name of the app that is shown; the client's where unset.
    #[api(header = "X-OpenRouter-Title")]
    pub app_title: Option<String>,
    /// Categories of the app, separated by commas; the client's where unset.
    #[api(header = "X-OpenRouter-Categories")]
    pub app_categories: Option<String>,
}

/// Removes members from a workspace, if they have no active keys in it and SCIM does not manage them. Needs a
/// management key.
#[derive(Debug, Clone, Default, Deserialize, ApiRequest)]
#[api(method = POST, path = "/workspaces/{id}/members/remove", name = "bulkRemoveWorkspaceMembers")]
#[api(fields = json, response = BulkRemoveMembersResponse, error = OpenRouterError)]
pub struct RemoveWorkspaceMembers {
    /// The workspace, by its ID (a UUID) or slug.
    pub id: String,
    /// User IDs of the members to remove.
    pub user_ids: Vec<String>,
    /// URL of the app, which rankings know it by; the client's where unset.
    #[api(header = "HTTP-Referer")]
    pub http_referer: Option<String>,
    /// Name of the app that is shown; the client's where unset.
    #[api(header = "X-OpenRouter-Title")]
    pub app_title: Option<String>,
    /// Categories of the app, separated by commas; the client's where unset.
    #[api(header = "X-OpenRouter-Categories")]
    pub app_categories: Option<String>,
}
