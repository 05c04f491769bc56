//! Which keys and which members of the organization have which guardrails.

use std::collections::BTreeSet;

use super::{organization, prelude::*};
use crate::{
    Paging,
    guardrails::{
        self as api, AssignKeysToGuardrail as AssignKeys,
        AssignMembersToGuardrail as AssignMembers, KeyAssignment, ListAllKeyAssignments,
        ListAllMemberAssignments as ListAllMembers, ListGuardrailKeyAssignments as ListKeys,
        ListGuardrailMemberAssignments as ListMembers, MemberAssignment,
        UnassignKeysFromGuardrail as UnassignKeys, UnassignMembersFromGuardrail as UnassignMembers,
    },
};

pub(super) fn add(router: Router<Shared>) -> Router<Shared> {
    let router = router.on(list_all_keys).on(list_keys);
    let router = router.on(assign_keys).on(unassign_keys);
    let router = router.on(list_all_members).on(list_members);
    router.on(assign_members).on(unassign_members)
}

/// The names of a list, each once. There is one at least, and all name what is there.
fn known<T>(names: Vec<String>, all: &Collection<T>) -> Result<BTreeSet<String>> {
    ensure(!names.is_empty(), "there has to be one at least")?;
    all.check(&names)?;
    Ok(names.into_iter().collect())
}

async fn list_all_keys(state: Held, request: ListAllKeyAssignments) -> Answer<ListKeys> {
    page_of_keys(&state, &request.paging, None)
}

async fn list_keys(state: Held, request: ListKeys) -> Answer<ListKeys> {
    state.guardrails.get(&request.id)?;
    page_of_keys(&state, &request.paging, Some(&request.id))
}

/// A page of assignments to the keys that are still there, under the names that they have now.
fn page_of_keys(state: &State, paging: &Paging, guardrail: Option<&String>) -> Answer<ListKeys> {
    let assignments = state.key_assignments.iter();
    let assignments = assignments.filter(|it| is(guardrail, &it.guardrail_id));
    let named = assignments.filter_map(|assignment| {
        let key = state.keys.get(&assignment.key_hash).ok()?;
        let mut assignment = assignment.clone();
        assignment.key_label.clone_from(&key.label);
        assignment.key_name.clone_from(&key.name);
        Some(assignment)
    });
    let (data, total_count) = page(paging, &named.collect::<Vec<_>>())?;
    Ok(api::ListKeyAssignmentsResponse { data, total_count })
}

/// A key has one guardrail: the last that it got.
async fn assign_keys(mut state: Held, request: AssignKeys) -> Answer<AssignKeys> {
    state.guardrails.get(&request.id)?;
    let hashes = known(request.key_hashes, &state.keys)?;
    let assigned_count = count(hashes.len());
    for key_hash in hashes {
        let _ = state.key_assignments.remove(&key_hash);
        let assignment = json!({"id": state.new_id(), "guardrail_id": request.id, "key_hash": key_hash,
            "key_label": "", "key_name": "", "assigned_by": OWNER, "created_at": now()});
        state.key_assignments.put(typed(assignment)?);
    }
    Ok(api::BulkAssignKeysResponse { assigned_count })
}

async fn unassign_keys(mut state: Held, request: UnassignKeys) -> Answer<UnassignKeys> {
    state.guardrails.get(&request.id)?;
    let (id, keys) = (request.id, request.key_hashes);
    let is_it = |it: &KeyAssignment| it.guardrail_id == id && keys.contains(&it.key_hash);
    let unassigned_count = state.key_assignments.remove_all(is_it);
    Ok(api::BulkUnassignKeysResponse { unassigned_count })
}

async fn list_all_members(state: Held, request: ListAllMembers) -> Answer<ListAllMembers> {
    let (data, total_count) = page(&request.paging, state.member_assignments.iter())?;
    Ok(api::ListMemberAssignmentsResponse { data, total_count })
}

async fn list_members(state: Held, request: ListMembers) -> Answer<ListMembers> {
    state.guardrails.get(&request.id)?;
    let assignments = state.member_assignments.iter();
    let assignments = assignments.filter(|it| it.guardrail_id == request.id);
    let (data, total_count) = page(&request.paging, assignments)?;
    Ok(api::ListMemberAssignmentsResponse { data, total_count })
}

async fn assign_members(mut state: Held, request: AssignMembers) -> Answer<AssignMembers> {
    state.guardrails.get(&request.id)?;
    let users = known(request.member_user_ids, &state.members)?;
    let assigned_count = count(users.len());
    for user_id in users {
        let is_it = |it: &MemberAssignment| it.guardrail_id == request.id && it.user_id == user_id;
        state.member_assignments.remove_all(is_it);
        let assignment = json!({"id": state.new_id(), "guardrail_id": request.id, "user_id": user_id,
            "organization_id": organization::ID, "assigned_by": OWNER, "created_at": now()});
        state.member_assignments.put(typed(assignment)?);
    }
    Ok(api::BulkAssignMembersResponse { assigned_count })
}

async fn unassign_members(mut state: Held, request: UnassignMembers) -> Answer<UnassignMembers> {
    state.guardrails.get(&request.id)?;
    let (id, users) = (request.id, request.member_user_ids);
    let is_it = |it: &MemberAssignment| it.guardrail_id == id && users.contains(&it.user_id);
    let unassigned_count = state.member_assignments.remove_all(is_it);
    Ok(api::BulkUnassignMembersResponse { unassigned_count })
}
