//! The members of the organization are listed page by page.

use futures_util::TryStreamExt;
use openrouter::{
    Paging,
    organization::{ListOrganizationMembers, OrganizationMember, OrganizationMemberRole},
};

use crate::{assert_refused, start};

fn pages_of(limit: u32) -> ListOrganizationMembers {
    ListOrganizationMembers {
        paging: Paging {
            limit: Some(limit),
            ..Paging::default()
        },
    }
}

#[tokio::test]
async fn members_have_roles_in_the_organization() {
    let (_fake, api) = start().await;
    let pages = pages_of(2);
    let members: Vec<OrganizationMember> = api.call(&pages).items().try_collect().await.unwrap();
    let roles: Vec<_> = members.iter().map(|member| &member.role).collect();
    let (admin, member) = (
        OrganizationMemberRole::OrgAdmin,
        OrganizationMemberRole::OrgMember,
    );
    assert_eq!(roles, [&admin, &member, &member]);
    assert_eq!(members[0].email, "ada@example.com");
}

#[tokio::test]
async fn a_page_has_from_1_to_100_entries() {
    let (_fake, api) = start().await;
    for limit in [0, 101] {
        assert_refused(api.send(&pages_of(limit)).await, 400);
    }
}
