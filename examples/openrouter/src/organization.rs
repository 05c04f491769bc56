//! The members of an organization.

use api_request::ApiRequest;
use serde::{Deserialize, Serialize};

use crate::{OpenRouter, json::open_enum};

/// Lists the members of the key's organization. Needs a management key.
#[derive(Debug, Clone, Default, Deserialize, ApiRequest)]
#[api(in = OpenRouter, method = GET, path = "/organization/members")]
#[api(name = "listOrganizationMembers", fields = query, response = ListOrganizationMembersResponse)]
#[api(paginate(offset = offset, limit = limit, total = total_count, items = data, item = OrganizationMember))]
pub struct ListOrganizationMembers {
    /// How many entries to skip before the first one returned.
    pub offset: Option<u64>,
    /// How many entries to return, at most 100.
    pub limit: Option<u32>,
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
