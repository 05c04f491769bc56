//! What the answers hold.

use api_request::ApiResponse;
use serde::{Deserialize, Serialize};

use crate::{
    common::{LimitReset, MemberRole},
    json::open_enum,
};

/// A page of workspaces.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ListWorkspacesResponse {
    /// The workspaces of this page.
    pub data: Vec<Workspace>,
    /// How many workspaces there are on all pages.
    pub total_count: i64,
}

/// A part of an account with keys, budgets, members and settings of its own.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Workspace {
    /// When the workspace was created, an RFC 3339 date.
    pub created_at: String,
    /// The user who created it, by ID.
    pub created_by: Option<String>,
    /// The guardrail for all of its traffic; the ID is fixed, the guardrail exists once it is first configured.
    pub default_guardrail_id: String,
    /// The image model for requests that name none.
    pub default_image_model: Option<String>,
    /// What providers are sorted by if a request does not say: `price`, `throughput`, `latency` or `exacto`.
    pub default_provider_sort: Option<String>,
    /// The text model for requests that name none.
    pub default_text_model: Option<String>,
    /// What the workspace is for, in words.
    pub description: Option<String>,
    /// What names the workspace in this API.
    pub id: String,
    /// Whether spending with your own provider keys (BYOK) counts against the budgets; set together with a budget.
    pub include_byok_in_budgets: Option<bool>,
    /// The keys whose inputs and outputs are logged, by their numeric IDs; `null` for all.
    pub io_logging_api_key_ids: Option<Vec<i64>>,
    /// Share of the requests whose inputs and outputs are logged, from 0.0001 to 1 (all).
    pub io_logging_sampling_rate: f64,
    /// Whether data discount logging is on for the workspace.
    pub is_data_discount_logging_enabled: bool,
    /// Whether traces are sent to the observability destinations.
    pub is_observability_broadcast_enabled: bool,
    /// Whether inputs and outputs are logged privately.
    pub is_observability_io_logging_enabled: bool,
    /// What the workspace is called.
    pub name: String,
    /// The workspace's name in URLs.
    pub slug: String,
    /// When the workspace was last changed, an RFC 3339 date.
    pub updated_at: Option<String>,
}

/// The answer to creating a workspace.
#[derive(Debug, Clone, ApiResponse)]
#[api(status = 201, fields = json)]
pub struct CreateWorkspaceResponse {
    /// The workspace that was created.
    pub data: Workspace,
}

/// The answer to reading a workspace.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct GetWorkspaceResponse {
    /// The workspace asked for.
    pub data: Workspace,
}

/// The answer to changing a workspace.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct UpdateWorkspaceResponse {
    /// The workspace after the change.
    pub data: Workspace,
}

/// The answer to deleting a workspace.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct DeleteWorkspaceResponse {
    /// Whether the workspace was deleted.
    pub deleted: bool,
}

/// The budgets of a workspace.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ListWorkspaceBudgetsResponse {
    /// The budgets, one per interval that has one.
    pub data: Vec<WorkspaceBudget>,
    /// Whether spending with your own provider keys (BYOK) counts against all budgets of the workspace.
    pub include_byok_in_budgets: Option<bool>,
}

/// The most a workspace may spend in an interval.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct WorkspaceBudget {
    /// When the budget was created, an RFC 3339 date.
    pub created_at: String,
    /// What names the budget in this API.
    pub id: String,
    /// The most that may be spent in the interval, in US dollars.
    pub limit_usd: f64,
    /// How often spending starts again from zero; `null` for never (`lifetime`).
    pub reset_interval: Option<LimitReset>,
    /// When the budget was last changed, an RFC 3339 date.
    pub updated_at: String,
    /// The workspace the budget is for.
    pub workspace_id: String,
}

open_enum! {
    /// How often a budget starts again; `lifetime` for never.
    pub enum WorkspaceBudgetInterval { Daily, Weekly, Monthly, Lifetime }
}

/// The answer to reading a budget.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct GetWorkspaceBudgetResponse {
    /// The budget asked for.
    pub data: WorkspaceBudget,
    /// Whether spending with your own provider keys (BYOK) counts against all budgets of the workspace.
    pub include_byok_in_budgets: Option<bool>,
}

/// The answer to setting a budget.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct UpsertWorkspaceBudgetResponse {
    /// The budget after the change.
    pub data: WorkspaceBudget,
    /// Whether spending with your own provider keys (BYOK) counts against all budgets of the workspace.
    pub include_byok_in_budgets: Option<bool>,
}

/// The answer to deleting a budget.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct DeleteWorkspaceBudgetResponse {
    /// Whether there is no such budget now; also true if there was none before.
    pub deleted: bool,
}

/// A page of the members of a workspace.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ListWorkspaceMembersResponse {
    /// The members of this page.
    pub data: Vec<WorkspaceMember>,
    /// How many members the workspace has on all pages.
    pub total_count: i64,
}

/// A user's membership of a workspace.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct WorkspaceMember {
    /// When the user became a member, an RFC 3339 date.
    pub created_at: String,
    /// What names the membership in this API.
    pub id: String,
    /// What the user may do in the workspace.
    pub role: MemberRole,
    /// The user, by Clerk user ID.
    pub user_id: String,
    /// The workspace, by its ID.
    pub workspace_id: String,
}

/// The answer to adding members.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct BulkAddWorkspaceMembersResponse {
    /// How many memberships were created or changed.
    pub added_count: i64,
    /// The memberships that were added.
    pub data: Vec<WorkspaceMember>,
}

/// The answer to removing members.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct BulkRemoveMembersResponse {
    /// How many members were removed.
    pub removed_count: i64,
}
