//! Groups from an identity provider (SCIM), and the workspace roles their members get.

use api_request::ApiRequest;
use serde::{Deserialize, Serialize};

use crate::{
    common::MemberRole,
    error::OpenRouterError,
    json::{open_enum, union},
};

/// Lists the mappings of SCIM groups to workspaces. Needs a management key.
#[derive(Debug, Clone, Default, Deserialize, ApiRequest)]
#[api(method = GET, path = "/scim/group-mappings", name = "listScimGroupMappings")]
#[api(fields = query, response = ListScimGroupMappingsResponse, error = OpenRouterError)]
#[api(paginate(offset = offset, limit = limit, total = total_count, items = data, item = ScimGroupMapping))]
pub struct ListScimGroupMappings {
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

/// Gives the members of a SCIM group a role in a workspace. Needs a management key.
#[derive(Debug, Clone, Deserialize, ApiRequest)]
#[api(method = POST, path = "/scim/group-mappings", name = "createScimGroupMapping")]
#[api(fields = json, response = CreateScimGroupMappingResponse, error = OpenRouterError)]
pub struct CreateScimGroupMapping {
    /// The role that the members get in the workspace.
    pub role: MemberRole,
    /// The SCIM group, by its UUID.
    pub scim_group_id: String,
    /// The workspace, by its UUID.
    pub workspace_id: String,
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

/// Reads one mapping of a SCIM group to a workspace. Needs a management key.
#[derive(Debug, Clone, Default, Deserialize, ApiRequest)]
#[api(method = GET, path = "/scim/group-mappings/{id}", name = "getScimGroupMapping")]
#[api(response = GetScimGroupMappingResponse, error = OpenRouterError)]
pub struct GetScimGroupMapping {
    /// What names the mapping, a UUID.
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

/// Changes the role that a mapping gives. Needs a management key.
#[derive(Debug, Clone, Deserialize, ApiRequest)]
#[api(method = PATCH, path = "/scim/group-mappings/{id}", name = "updateScimGroupMapping")]
#[api(fields = json, response = UpdateScimGroupMappingResponse, error = OpenRouterError)]
pub struct UpdateScimGroupMapping {
    /// What names the mapping.
    pub id: String,
    /// The role that the members get from now on.
    pub role: MemberRole,
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

/// Deletes a mapping, with or without the memberships it gave. Needs a management key.
#[derive(Debug, Clone, Deserialize, ApiRequest)]
#[api(method = DELETE, path = "/scim/group-mappings/{id}", name = "deleteScimGroupMapping")]
#[api(fields = query, response = DeleteScimGroupMappingResponse, error = OpenRouterError)]
pub struct DeleteScimGroupMapping {
    /// What names the mapping.
    pub id: String,
    /// Whether the workspace keeps the members the mapping brought; required, `false` removes them.
    pub keep_members: ScimKeepMembers,
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

/// Lists the SCIM groups of the organization. Needs a management key.
#[derive(Debug, Clone, Default, Deserialize, ApiRequest)]
#[api(method = GET, path = "/scim/groups", name = "listScimGroups")]
#[api(fields = query, response = ListScimGroupsResponse, error = OpenRouterError)]
#[api(paginate(offset = offset, limit = limit, total = total_count, items = data, item = ScimGroup))]
pub struct ListScimGroups {
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

/// A page of mappings.
#[derive(Debug, Clone, Deserialize)]
pub struct ListScimGroupMappingsResponse {
    /// The mappings of this page.
    pub data: Vec<ScimGroupMapping>,
    /// How many mappings there are on all pages.
    pub total_count: i64,
}

/// The fact that the members of a SCIM group have a role in a workspace.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ScimGroupMapping {
    /// When the mapping was created, an RFC 3339 date.
    pub created_at: String,
    /// What names the mapping in this API, a UUID.
    pub id: String,
    /// The organization the mapping is part of.
    pub organization_id: String,
    /// The role that the members get in the workspace.
    pub role: MemberRole,
    /// The SCIM group, by its UUID.
    pub scim_group_id: String,
    /// When the mapping was last changed, an RFC 3339 date.
    pub updated_at: String,
    /// The workspace, by its UUID.
    pub workspace_id: String,
}

/// The answer to creating a mapping.
#[derive(Debug, Clone, Deserialize)]
pub struct CreateScimGroupMappingResponse {
    /// The new mapping.
    pub data: ScimGroupMapping,
}

/// The answer to reading a mapping.
#[derive(Debug, Clone, Deserialize)]
pub struct GetScimGroupMappingResponse {
    /// The mapping.
    pub data: ScimGroupMapping,
}

/// The answer to changing a mapping.
#[derive(Debug, Clone, Deserialize)]
pub struct UpdateScimGroupMappingResponse {
    /// The changed mapping.
    pub data: ScimGroupMapping,
}

union! {
    /// Whether members stay when the mapping that brought them is deleted; `false` removes them.
    pub enum ScimKeepMembers {
        _ => Mode(KeepMembersText),
        _ => Bool(bool),
    }
}

open_enum! {
    /// Whether members stay, as a text.
    pub enum KeepMembersText { True, False }
}

/// The answer to deleting a mapping.
#[derive(Debug, Clone, Deserialize)]
pub struct DeleteScimGroupMappingResponse {
    /// Whether the mapping is gone.
    pub deleted: bool,
}

/// A page of SCIM groups.
#[derive(Debug, Clone, Deserialize)]
pub struct ListScimGroupsResponse {
    /// The groups of this page.
    pub data: Vec<ScimGroup>,
    /// How many groups there are on all pages.
    pub total_count: i64,
}

/// A group of people, kept by an identity provider.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ScimGroup {
    /// When the group was created here, an RFC 3339 date.
    pub created_at: String,
    /// The name shown to people.
    pub display_name: String,
    /// What names the group at the identity provider; `null` if not known.
    pub external_id: Option<String>,
    /// What names the group in this API, a UUID.
    pub id: String,
    /// The organization the group is part of.
    pub organization_id: String,
    /// When the group was last changed, an RFC 3339 date.
    pub updated_at: String,
}
