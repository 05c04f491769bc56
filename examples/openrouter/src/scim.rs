//! Groups from an identity provider (SCIM), and the workspace roles their members get.

use api_request::{ApiRequest, ApiResponse, FromHttp};
use serde::{Deserialize, Serialize};

use crate::{
    OpenRouter, Paging,
    common::MemberRole,
    json::{open_enum, union},
};

/// Lists the mappings of SCIM groups to workspaces. Needs a management key.
#[derive(Debug, Clone, Default, Deserialize, ApiRequest, FromHttp)]
#[api(in = OpenRouter, method = GET, path = "/scim/group-mappings", name = "listScimGroupMappings")]
#[api(response = ListScimGroupMappingsResponse)]
#[api(paginate(offset = paging.offset, limit = paging.limit, total = total_count, items = data, item = ScimGroupMapping))]
pub struct ListScimGroupMappings {
    /// Where the listing starts, and how many entries to return.
    #[api(flatten)]
    pub paging: Paging,
}

/// Gives the members of a SCIM group a role in a workspace. Needs a management key.
#[derive(Debug, Clone, Deserialize, ApiRequest, FromHttp)]
#[api(in = OpenRouter, method = POST, path = "/scim/group-mappings")]
#[api(name = "createScimGroupMapping", fields = json, response = CreateScimGroupMappingResponse)]
pub struct CreateScimGroupMapping {
    /// The role that the members get in the workspace.
    #[serde(deserialize_with = "crate::json::listed")]
    pub role: MemberRole,
    /// The SCIM group, by its UUID.
    pub scim_group_id: String,
    /// The workspace, by its UUID.
    pub workspace_id: String,
}

/// Reads one mapping of a SCIM group to a workspace. Needs a management key.
#[derive(Debug, Clone, Default, Deserialize, ApiRequest, FromHttp)]
#[api(in = OpenRouter, method = GET, path = "/scim/group-mappings/{id}")]
#[api(name = "getScimGroupMapping", response = GetScimGroupMappingResponse)]
pub struct GetScimGroupMapping {
    /// What names the mapping, a UUID.
    pub id: String,
}

/// Changes the role that a mapping gives. Needs a management key.
#[derive(Debug, Clone, Deserialize, ApiRequest, FromHttp)]
#[api(in = OpenRouter, method = PATCH, path = "/scim/group-mappings/{id}")]
#[api(name = "updateScimGroupMapping", fields = json, response = UpdateScimGroupMappingResponse)]
pub struct UpdateScimGroupMapping {
    /// What names the mapping.
    pub id: String,
    /// The role that the members get from now on.
    #[serde(deserialize_with = "crate::json::listed")]
    pub role: MemberRole,
}

/// Deletes a mapping, with or without the memberships it gave. Needs a management key.
#[derive(Debug, Clone, Deserialize, ApiRequest, FromHttp)]
#[api(in = OpenRouter, method = DELETE, path = "/scim/group-mappings/{id}")]
#[api(name = "deleteScimGroupMapping", fields = query, response = DeleteScimGroupMappingResponse)]
pub struct DeleteScimGroupMapping {
    /// What names the mapping.
    pub id: String,
    /// Whether the workspace keeps the members the mapping brought; required, `false` removes them.
    pub keep_members: ScimKeepMembers,
}

/// Lists the SCIM groups of the organization. Needs a management key.
#[derive(Debug, Clone, Default, Deserialize, ApiRequest, FromHttp)]
#[api(in = OpenRouter, method = GET, path = "/scim/groups", name = "listScimGroups")]
#[api(response = ListScimGroupsResponse)]
#[api(paginate(offset = paging.offset, limit = paging.limit, total = total_count, items = data, item = ScimGroup))]
pub struct ListScimGroups {
    /// Where the listing starts, and how many entries to return.
    #[api(flatten)]
    pub paging: Paging,
}

/// A page of mappings.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
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
#[derive(Debug, Clone, ApiResponse)]
#[api(status = 201, fields = json)]
pub struct CreateScimGroupMappingResponse {
    /// The new mapping.
    pub data: ScimGroupMapping,
}

/// The answer to reading a mapping.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct GetScimGroupMappingResponse {
    /// The mapping.
    pub data: ScimGroupMapping,
}

/// The answer to changing a mapping.
#[derive(Debug, Clone, Serialize, Deserialize)]
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
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct DeleteScimGroupMappingResponse {
    /// Whether the mapping is gone.
    pub deleted: bool,
}

/// A page of SCIM groups.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ListScimGroupsResponse {
    /// The groups of this page.
    pub data: Vec<ScimGroup>,
    /// How many groups there are on all pages.
    pub total_count: i64,
}

/// A group of people, kept by an identity provider.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
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
