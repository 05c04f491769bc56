//! Guardrails live until they are deleted, and so does what they are put on.

use api_request::Client;
use futures_util::TryStreamExt;
use openrouter::{
    Paging,
    api_keys::{CreateKey, DeleteKey},
    common::LimitReset,
    guardrails::{
        AssignKeysToGuardrail, AssignMembersToGuardrail, ContentFilterAction,
        ContentFilterBuiltinEntryInput, ContentFilterBuiltinSlug, CreateGuardrail, DeleteGuardrail,
        GetGuardrail, KeyAssignment, ListAllKeyAssignments, ListAllMemberAssignments,
        ListGuardrailKeyAssignments, ListGuardrailMemberAssignments, ListGuardrails,
        MemberAssignment, UnassignKeysFromGuardrail, UnassignMembersFromGuardrail, UpdateGuardrail,
    },
    json::Nullable,
    workspaces::{DeleteWorkspace, GetWorkspace},
};

use crate::{assert_refused, start, workspaces};

fn named(name: &str) -> CreateGuardrail {
    CreateGuardrail {
        name: name.to_owned(),
        ..CreateGuardrail::default()
    }
}

async fn create(api: &Client, name: &str) -> String {
    api.send(&named(name)).await.unwrap().data.id
}

fn get(id: &str) -> GetGuardrail {
    GetGuardrail { id: id.to_owned() }
}

fn delete(id: &str) -> DeleteGuardrail {
    DeleteGuardrail { id: id.to_owned() }
}

#[tokio::test]
async fn a_guardrail_lives_until_it_is_deleted() {
    let (_fake, api) = start().await;
    let email = ContentFilterBuiltinEntryInput {
        action: ContentFilterAction::Redact,
        label: None,
        scan_scope: None,
        slug: ContentFilterBuiltinSlug::CreditCard,
    };
    let limits = CreateGuardrail {
        limit_usd: 50.0.into(),
        reset_interval: LimitReset::Monthly.into(),
        content_filter_builtins: vec![email].into(),
        ..named("Limits")
    };
    let created = api.send(&limits).await.unwrap().data;
    let filters = created.content_filter_builtins.unwrap();
    assert_eq!(filters[0].label.as_deref(), Some("[CREDIT_CARD]"));
    let update = UpdateGuardrail {
        id: created.id.clone(),
        limit_usd: Nullable::Null,
        enforce_zdr: true.into(),
        enforce_zdr_google: false.into(),
        ..UpdateGuardrail::default()
    };
    api.send(&update).await.unwrap();
    let read = api.send(&get(&created.id)).await.unwrap().data;
    assert_eq!(read.limit_usd, None);
    assert_eq!(read.reset_interval, Some(LimitReset::Monthly));
    assert_eq!(read.enforce_zdr_google, Some(false));
    assert_eq!(read.enforce_zdr_xai, Some(true));
    assert!(api.send(&delete(&created.id)).await.unwrap().deleted);
    assert_refused(api.send(&get(&created.id)).await, 404);
}

#[tokio::test]
async fn guardrails_are_listed_by_workspace() {
    let (_fake, api) = start().await;
    let workspace = workspaces::create(&api, "team").await;
    create(&api, "Ours").await;
    let theirs = CreateGuardrail {
        workspace_id: Some(workspace.clone()),
        ..named("Theirs")
    };
    api.send(&theirs).await.unwrap();
    let mut list = ListGuardrails::default();
    let ours = api.send(&list).await.unwrap();
    assert_eq!((ours.total_count, &*ours.data[0].name), (1, "Ours"));
    list.workspace_id = Some(workspace.clone());
    let theirs = api.send(&list).await.unwrap();
    assert_eq!((theirs.total_count, &*theirs.data[0].name), (1, "Theirs"));
    let delete = DeleteWorkspace { id: workspace };
    api.send(&delete).await.unwrap();
    assert_refused(api.send(&list).await, 400);
    assert_refused(api.send(&get(&theirs.data[0].id)).await, 404);
}

#[tokio::test]
async fn the_default_guardrail_of_a_workspace_is_there_once_it_is_changed() {
    let (_fake, api) = start().await;
    let workspace = GetWorkspace {
        id: "default".to_owned(),
    };
    let workspace = api.send(&workspace).await.unwrap().data;
    let id = workspace.default_guardrail_id;
    assert_refused(api.send(&get(&id)).await, 404);
    let mut update = UpdateGuardrail {
        id: id.clone(),
        allowed_providers: vec!["openai".to_owned()].into(),
        ..UpdateGuardrail::default()
    };
    let updated = api.send(&update).await.unwrap().data;
    assert_eq!(updated.id, id);
    assert_eq!(updated.workspace_id.as_deref(), Some(&*workspace.id));
    assert_eq!(api.send(&get(&id)).await.unwrap().data.name, updated.name);
    update.name = Some("Mine".to_owned());
    assert_refused(api.send(&update).await, 400);
}

#[tokio::test]
async fn a_guardrail_that_makes_no_sense_is_refused() {
    let (_fake, api) = start().await;
    assert_refused(api.send(&named("")).await, 400);
    let nothing = CreateGuardrail {
        allowed_models: Vec::new().into(),
        ..named("Nothing")
    };
    assert_refused(api.send(&nothing).await, 400);
    let nowhere = CreateGuardrail {
        workspace_id: Some("nowhere".to_owned()),
        ..named("Nowhere")
    };
    assert_refused(api.send(&nowhere).await, 400);
}

fn assign_keys(id: &str, keys: &[&str]) -> AssignKeysToGuardrail {
    AssignKeysToGuardrail {
        id: id.to_owned(),
        key_hashes: keys.iter().map(|&key| key.to_owned()).collect(),
    }
}

async fn keys_of(api: &Client, id: &str) -> Vec<KeyAssignment> {
    let list = ListGuardrailKeyAssignments {
        id: id.to_owned(),
        paging: Paging {
            limit: Some(1),
            ..Paging::default()
        },
    };
    api.call(&list).items().try_collect().await.unwrap()
}

async fn create_key(api: &Client, name: &str) -> String {
    let key = CreateKey {
        name: name.to_owned(),
        ..CreateKey::default()
    };
    api.send(&key).await.unwrap().data.hash
}

#[tokio::test]
async fn a_key_has_one_guardrail() {
    let (_fake, api) = start().await;
    let (one, other) = (create(&api, "One").await, create(&api, "Other").await);
    let (first, second) = (
        create_key(&api, "First").await,
        create_key(&api, "Second").await,
    );
    let assigned = api.send(&assign_keys(&one, &[&first, &second, &first]));
    assert_eq!(assigned.await.unwrap().assigned_count, 2);
    api.send(&assign_keys(&other, &[&second])).await.unwrap();
    let of_one = keys_of(&api, &one).await;
    assert_eq!(of_one.len(), 1);
    assert_eq!(of_one[0].key_name, "First");
    let all = ListAllKeyAssignments::default();
    let all: Vec<KeyAssignment> = api.call(&all).items().try_collect().await.unwrap();
    let guardrails: Vec<_> = all.iter().map(|entry| &*entry.guardrail_id).collect();
    assert_eq!(guardrails, [&*one, &*other]);
    let unassign = UnassignKeysFromGuardrail {
        id: one.clone(),
        key_hashes: vec![first.clone(), second.clone()],
    };
    // The second key has another guardrail.
    assert_eq!(api.send(&unassign).await.unwrap().unassigned_count, 1);
    assert!(keys_of(&api, &one).await.is_empty());
    let delete_key = DeleteKey { hash: second };
    api.send(&delete_key).await.unwrap();
    assert!(keys_of(&api, &other).await.is_empty());
    for keys in [&["nothing"][..], &[]] {
        assert_refused(api.send(&assign_keys(&one, keys)).await, 400);
    }
    assert_refused(api.send(&assign_keys("nothing", &[&first])).await, 404);
}

#[tokio::test]
async fn members_have_guardrails() {
    let (_fake, api) = start().await;
    let (one, other) = (create(&api, "One").await, create(&api, "Other").await);
    let mut assign = AssignMembersToGuardrail {
        id: one.clone(),
        member_user_ids: vec!["user_ada".to_owned(), "user_grace".to_owned()],
    };
    assert_eq!(api.send(&assign).await.unwrap().assigned_count, 2);
    assign.id.clone_from(&other);
    assert_eq!(api.send(&assign).await.unwrap().assigned_count, 2);
    let all = ListAllMemberAssignments {
        paging: Paging {
            limit: Some(3),
            ..Paging::default()
        },
    };
    let all: Vec<MemberAssignment> = api.call(&all).items().try_collect().await.unwrap();
    assert_eq!(all.len(), 4);
    assert_eq!(all[0].assigned_by.as_deref(), Some("user_ada"));
    let unassign = UnassignMembersFromGuardrail {
        id: one.clone(),
        member_user_ids: vec!["user_grace".to_owned(), "user_alan".to_owned()],
    };
    assert_eq!(api.send(&unassign).await.unwrap().unassigned_count, 1);
    let list = ListGuardrailMemberAssignments {
        id: one.clone(),
        ..ListGuardrailMemberAssignments::default()
    };
    let of_one = api.send(&list).await.unwrap();
    assert_eq!(of_one.total_count, 1);
    assert_eq!(of_one.data[0].user_id, "user_ada");
    api.send(&delete(&other)).await.unwrap();
    let all = api.send(&ListAllMemberAssignments::default()).await;
    assert_eq!(all.unwrap().total_count, 1);
    assign.id = one;
    assign.member_user_ids = vec!["user_nobody".to_owned()];
    assert_refused(api.send(&assign).await, 400);
}
