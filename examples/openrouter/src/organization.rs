//! The members of an organization.

use api_request::{ApiRequest, FromHttp};
use serde::{Deserialize, Serialize};

use crate::{OpenRouter, Paging, json::open_enum};

/// Lists the members of the key's organization. Needs a management key.
#[derive(Debug, Clone, Default, Deserialize, ApiRequest, FromHttp)]
#[api(in = OpenRouter, method = GET, path = "/organization/members")]
#[api(name = "listOrganizationMembers", response = ListOrganizationMembersResponse)]
#[api(paginate(offset = paging.offset, limit = paging.limit, total = total_count, items = data, item = OrganizationMember))]
pub struct ListOrganizationMembers {
    /// Where the listing starts, and how many entries to return.
    #[api(flatten)]
    pub paging: Paging,
}

/// A page of members.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
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
