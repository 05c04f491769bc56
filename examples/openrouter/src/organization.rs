//! The members of an organization.

use api_request::ApiRequest;
use serde::{Deserialize, Serialize};

use crate::{error::OpenRouterError, json::open_enum};

/// Lists the members of the key's organization. Needs a management key.
#[derive(Debug, Clone, Default, Deserialize, ApiRequest)]
#[api(method = GET, path = "/organization/members", name = "listOrganizationMembers")]
#[api(fields = query, response = ListOrganizationMembersResponse, error = OpenRouterError)]
#[api(paginate(offset = offset, limit = limit, total = total_count, items = data, item = OrganizationMember))]
pub struct ListOrganizationMembers {
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

/// A page of members.
#[derive(Debug, Clone, Deserialize)]
pub struct ListOrganizationMembersResponse {
    /// The members of this page.
    pub data: Vec<OrganizationMember>,
    /// How many members the organization has.
    pub total_count: i64,
}

/// A member of an organization.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct OrganizationMember {
    /// The e-mail address of the member.
    pub email: String,
    /// The member's first name.
    pub first_name: Option<String>,
    /// The member, by user ID.
    pub id: String,
    /// The member's last name.
    pub last_name: Option<String>,
    /// What the member may do in the organization.
    pub role: OrganizationMemberRole,
}

open_enum! {
    /// A role in an organization.
    pub enum OrganizationMemberRole { OrgAdmin = "org:admin", OrgMember = "org:member" }
}
