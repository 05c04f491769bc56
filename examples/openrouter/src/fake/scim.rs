//! Groups of an identity provider, which are there from the start, and the workspaces that their users are brought into.

use super::{memberships, organization, prelude::*};
use crate::scim::{
    self as api, CreateScimGroupMapping as Create, DeleteScimGroupMapping as Delete,
    KeepMembersText, ListScimGroupMappings as List, ScimGroupMapping, ScimKeepMembers,
    UpdateScimGroupMapping as Update,
};

/// The groups by UUID and name.
const GROUPS: [(&str, &str); 2] = [
    ("10000000-0000-4000-8000-000000000001", "Engineering"),
    ("10000000-0000-4000-8000-000000000002", "Research"),
];

/// The users of each group.
const USERS: [[&str; 2]; 2] = [["user_ada", "user_grace"], ["user_grace", "user_alan"]];

pub(super) fn add(router: Router<Shared>) -> Router<Shared> {
    let router = router.on(list_groups);
    router.on(list).on(create).on(read).on(update).on(remove)
}

pub(super) fn groups() -> impl Iterator<Item = api::ScimGroup> {
    GROUPS.iter().flat_map(|(id, name)| {
        let external_id = format!("idp-{}", name.to_lowercase());
        let group = json!({"id": id, "display_name": name, "external_id": external_id,
            "organization_id": organization::ID, "created_at": now(), "updated_at": now()});
        typed(group)
    })
}

/// The users of the group of a mapping.
fn users(mapping: &ScimGroupMapping) -> impl Iterator<Item = &'static str> {
    let groups = GROUPS.iter().zip(USERS);
    let groups = groups.filter(|((id, _), _)| mapping.scim_group_id == *id);
    groups.flat_map(|(_, users)| users)
}

/// Whether a mapping brought the user into the workspace, so that only the identity provider takes the user out.
pub(super) fn is_managed(state: &State, workspace: &str, user: &str) -> bool {
    let mut mappings = state.scim_mappings.iter();
    mappings.any(|it| it.workspace_id == workspace && users(it).any(|it| it == user))
}

/// Brings the users of a mapping's group into its workspace, in its role.
fn apply(state: &mut State, mapping: &ScimGroupMapping) {
    for user in users(mapping) {
        memberships::put(state, &mapping.workspace_id, user, mapping.role.clone());
    }
}

async fn list_groups(state: Held, request: api::ListScimGroups) -> Answer<api::ListScimGroups> {
    let (data, total_count) = page(&request.paging, state.scim_groups.iter())?;
    Ok(api::ListScimGroupsResponse { data, total_count })
}

async fn list(state: Held, request: List) -> Answer<List> {
    let (data, total_count) = page(&request.paging, state.scim_mappings.iter())?;
    Ok(api::ListScimGroupMappingsResponse { data, total_count })
}

async fn create(mut state: Held, request: Create) -> Answer<Create> {
    let (group, workspace) = (request.scim_group_id, request.workspace_id);
    state.scim_groups.get(&group)?;
    state.workspaces.get(&workspace)?;
    let mut mappings = state.scim_mappings.iter();
    if mappings.any(|it| it.scim_group_id == group && it.workspace_id == workspace) {
        return Err(conflict("the group is mapped to the workspace already"));
    }
    let data: ScimGroupMapping = typed(json!({
        "id": state.new_id(), "organization_id": organization::ID, "scim_group_id": group,
        "workspace_id": workspace, "role": request.role, "created_at": now(), "updated_at": now(),
    }))?;
    apply(&mut state, &data);
    state.scim_mappings.put(data.clone());
    Ok(api::CreateScimGroupMappingResponse { data })
}

async fn read(state: Held, request: api::GetScimGroupMapping) -> Answer<api::GetScimGroupMapping> {
    let data = state.scim_mappings.get(&request.id)?.clone();
    Ok(api::GetScimGroupMappingResponse { data })
}

async fn update(mut state: Held, request: Update) -> Answer<Update> {
    let mapping = state.scim_mappings.get_mut(&request.id)?;
    mapping.role = request.role;
    mapping.updated_at = now();
    let data = mapping.clone();
    apply(&mut state, &data);
    Ok(api::UpdateScimGroupMappingResponse { data })
}

async fn remove(mut state: Held, request: Delete) -> Answer<Delete> {
    let keeps_members = match request.keep_members {
        ScimKeepMembers::Mode(KeepMembersText::True) => true,
        ScimKeepMembers::Mode(KeepMembersText::False) => false,
        _ => return Err(bad_request("`keep_members` has to be `true` or `false`")),
    };
    let mapping = state.scim_mappings.remove(&request.id)?;
    if !keeps_members {
        take_out(&mut state, &mapping);
    }
    Ok(api::DeleteScimGroupMappingResponse { deleted: true })
}

/// Takes those out of a workspace that a mapping brought there, unless something else does too.
fn take_out(state: &mut State, mapping: &ScimGroupMapping) {
    let workspace = &mapping.workspace_id;
    let is_user = |user: &str| users(mapping).any(|it| it == user);
    let members = &mut state.memberships;
    members.remove_all(|it| it.workspace_id == *workspace && is_user(&it.user_id));
    if workspace == DEFAULT_WORKSPACE {
        memberships::fill(state);
    }
    let others: Vec<_> = state.scim_mappings.iter().cloned().collect();
    for other in others.iter().filter(|it| it.workspace_id == *workspace) {
        apply(state, other);
    }
}
