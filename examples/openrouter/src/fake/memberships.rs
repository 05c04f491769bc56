//! Which members of the organization are in which workspaces. All of them are in the default one.

use super::{organization, prelude::*, scim, workspaces::resolve};
use crate::{
    common::MemberRole,
    organization::OrganizationMember,
    workspaces::{
        self as api, AddWorkspaceMembers, ListWorkspaceMembers, RemoveWorkspaceMembers,
        WorkspaceMember as Member,
    },
};

pub(super) fn add(router: Router<Shared>) -> Router<Shared> {
    router.on(list).on(join).on(leave)
}

/// Puts all members of the organization into the default workspace.
pub(super) fn fill(state: &mut State) {
    for member in organization::members() {
        put(state, DEFAULT_WORKSPACE, &member.id, role(&member));
    }
}

/// The role in workspaces that a member of the organization has from there.
fn role(member: &OrganizationMember) -> MemberRole {
    member.role.as_str().trim_start_matches("org:").into()
}

/// Makes a user a member with this role.
pub(super) fn put(state: &mut State, workspace: &str, user: &str, role: MemberRole) -> Member {
    let mut members = state.memberships.iter();
    let found = members.find(|it| it.workspace_id == workspace && it.user_id == user);
    let member = match found.cloned() {
        Some(found) => Member { role, ..found },
        None => Member {
            created_at: now(),
            id: state.new_id(),
            role,
            user_id: user.to_owned(),
            workspace_id: workspace.to_owned(),
        },
    };
    state.memberships.put(member.clone());
    member
}

/// Refuses what is not a list for a workspace whose members can be chosen.
fn check(users: &[String], workspace: &str) -> Result {
    let fits = (1..=100).contains(&users.len());
    ensure(fits, "`user_ids` has to have from 1 to 100 entries")?;
    let message = "the default workspace has all members of the organization";
    ensure(workspace != DEFAULT_WORKSPACE, message)
}

async fn list(state: Held, request: ListWorkspaceMembers) -> Answer<ListWorkspaceMembers> {
    let workspace = &resolve(&state, &request.id)?.id;
    let members = state.memberships.iter();
    let members = members.filter(|it| it.workspace_id == *workspace);
    let (data, total_count) = page(&request.paging, members)?;
    Ok(api::ListWorkspaceMembersResponse { data, total_count })
}

async fn join(mut state: Held, request: AddWorkspaceMembers) -> Answer<AddWorkspaceMembers> {
    let workspace = resolve(&state, &request.id)?.id.clone();
    check(&request.user_ids, &workspace)?;
    state.members.check(&request.user_ids)?;
    let mut data = Vec::new();
    for user in &request.user_ids {
        let role = role(state.members.get(user)?);
        data.push(put(&mut state, &workspace, user, role));
    }
    let added_count = count(data.len());
    Ok(api::BulkAddWorkspaceMembersResponse { added_count, data })
}

async fn leave(mut state: Held, request: RemoveWorkspaceMembers) -> Answer<RemoveWorkspaceMembers> {
    let workspace = resolve(&state, &request.id)?.id.clone();
    let users = request.user_ids;
    check(&users, &workspace)?;
    let keys = state.keys.iter();
    let mut keys = keys.filter(|key| key.workspace_id == workspace && !key.disabled);
    let is_named = |user: &String| users.contains(user);
    let have_keys = keys.any(|key| key.creator_user_id.as_ref().is_some_and(is_named));
    ensure(!have_keys, "a member has active keys in the workspace")?;
    let is_managed = |user: &String| scim::is_managed(&state, &workspace, user);
    let are_managed = users.iter().any(is_managed);
    ensure(!are_managed, "a member is managed by the identity provider")?;
    let leaves = |it: &Member| it.workspace_id == workspace && is_named(&it.user_id);
    let removed_count = state.memberships.remove_all(leaves);
    Ok(api::BulkRemoveMembersResponse { removed_count })
}
