//! Credentials for providers live until they are deleted, and their keys are never shown.

use api_request::Secret;
use openrouter::{
    Paging,
    byok::{
        ByokProviderSlug, CreateByokKey, DeleteByokKey, GetByokKey, ListByokKeys, UpdateByokKey,
    },
    json::Nullable,
};

use crate::{assert_refused, start, workspaces};

fn credential(provider: ByokProviderSlug) -> CreateByokKey {
    CreateByokKey {
        allowed_api_key_hashes: Nullable::Absent,
        allowed_models: Nullable::Absent,
        allowed_user_ids: Nullable::Absent,
        disabled: None,
        is_fallback: None,
        key: Secret::new("sk-proj-0123456789abcdef".to_owned()),
        name: Nullable::Absent,
        provider,
        workspace_id: None,
    }
}

#[tokio::test]
async fn a_credential_lives_until_it_is_deleted() {
    let (_fake, api) = start().await;
    let create = credential(ByokProviderSlug::Openai);
    let created = api.send(&create).await.unwrap().data;
    assert_eq!(created.label, "sk-p...cdef");
    assert!(!created.disabled);
    let update = UpdateByokKey {
        id: created.id.clone(),
        disabled: Some(true),
        key: Some(Secret::new("sk-proj-fedcba9876543210".to_owned())),
        name: "Ours".to_owned().into(),
        ..UpdateByokKey::default()
    };
    api.send(&update).await.unwrap();
    let get = GetByokKey {
        id: created.id.clone(),
    };
    let read = api.send(&get).await.unwrap().data;
    assert_eq!((&*read.label, read.disabled), ("sk-p...3210", true));
    assert_eq!(read.name.as_deref(), Some("Ours"));
    let delete = DeleteByokKey { id: created.id };
    assert!(api.send(&delete).await.unwrap().deleted);
    assert_refused(api.send(&get).await, 404);
    assert_refused(api.send(&update).await, 404);
}

#[tokio::test]
async fn credentials_are_listed_by_workspace_and_provider() {
    let (_fake, api) = start().await;
    let workspace = workspaces::create(&api, "team").await;
    for provider in [
        ByokProviderSlug::Openai,
        ByokProviderSlug::Groq,
        ByokProviderSlug::Openai,
    ] {
        api.send(&credential(provider)).await.unwrap();
    }
    let mut theirs = credential(ByokProviderSlug::Openai);
    theirs.workspace_id = Some(workspace.clone());
    api.send(&theirs).await.unwrap();
    let cases = [
        (None, None, 3),
        (None, Some(ByokProviderSlug::Openai), 2),
        (Some(&workspace), None, 1),
        (Some(&workspace), Some(ByokProviderSlug::Groq), 0),
    ];
    for (workspace, provider, count) in cases {
        let list = ListByokKeys {
            workspace_id: workspace.cloned(),
            provider,
            paging: Paging {
                limit: Some(2),
                ..Paging::default()
            },
        };
        assert_eq!(api.send(&list).await.unwrap().total_count, count);
    }
    let list = ListByokKeys {
        provider: Some(ByokProviderSlug::Openai),
        ..ListByokKeys::default()
    };
    let order = api.send(&list).await.unwrap().data;
    assert_eq!([order[0].sort_order, order[1].sort_order], [0, 1]);
}

#[tokio::test]
async fn a_credential_that_makes_no_sense_is_refused() {
    let (_fake, api) = start().await;
    let unknown = credential(ByokProviderSlug::Other("nobody".to_owned()));
    let mut nowhere = credential(ByokProviderSlug::Openai);
    nowhere.workspace_id = Some("nowhere".to_owned());
    let mut for_nobody = credential(ByokProviderSlug::Openai);
    for_nobody.allowed_api_key_hashes = Vec::new().into();
    let mut for_other_account = credential(ByokProviderSlug::Openai);
    for_other_account.allowed_api_key_hashes = vec!["f01d".to_owned()].into();
    let mut without_key = credential(ByokProviderSlug::Openai);
    without_key.key = Secret::new(String::new());
    for request in [unknown, nowhere, for_nobody, for_other_account, without_key] {
        assert_refused(api.send(&request).await, 400);
    }
}
