//! The organization that the account is of, and its members, who are there from the start.

use super::prelude::*;
use crate::organization::{self as api, ListOrganizationMembers};

/// What names the organization.
pub(super) const ID: &str = "org_offline";

/// The member who makes all requests.
pub(super) const OWNER: &str = "user_ada";

pub(super) fn add(router: Router<Shared>) -> Router<Shared> {
    router.on(list)
}

pub(super) fn members() -> impl Iterator<Item = api::OrganizationMember> {
    let members = typed::<Vec<_>>(json!([
        {"id": OWNER, "first_name": "Ada", "last_name": "Lovelace",
            "email": "ada@example.com", "role": "org:admin"},
        {"id": "user_grace", "first_name": "Grace", "last_name": "Hopper",
            "email": "grace@example.com", "role": "org:member"},
        {"id": "user_alan", "first_name": "Alan", "last_name": "Turing",
            "email": "alan@example.com", "role": "org:member"},
    ]));
    members.into_iter().flatten()
}

async fn list(state: Held, request: ListOrganizationMembers) -> Answer<ListOrganizationMembers> {
    let (data, total_count) = page(&request.paging, state.members.iter())?;
    Ok(api::ListOrganizationMembersResponse { data, total_count })
}
