//! Workspaces live until they are deleted, with their budgets and members.

use api_request::Client;
use futures_util::TryStreamExt;
use openrouter::{
    Paging,
    api_keys::{CreateKey, DeleteKey},
    common::MemberRole,
    workspaces::{
        AddWorkspaceMembers, CreateWorkspace, DeleteWorkspace, DeleteWorkspaceBudget, GetWorkspace,
        GetWorkspaceBudget, ListWorkspaceBudgets, ListWorkspaceMembers, ListWorkspaces,
        RemoveWorkspaceMembers, SetWorkspaceBudget, UpdateWorkspace, Workspace,
        WorkspaceBudgetInterval, WorkspaceMember,
    },
};

use crate::{assert_refused, start};

fn named(name: &str, slug: &str) -> CreateWorkspace {
    CreateWorkspace {
        name: name.to_owned(),
        slug: slug.to_owned(),
        ..CreateWorkspace::default()
    }
}

/// A new workspace, by its ID.
pub(crate) async fn create(api: &Client, slug: &str) -> String {
    api.send(&named("Team", slug)).await.unwrap().data.id
}

fn get(id: &str) -> GetWorkspace {
    GetWorkspace { id: id.to_owned() }
}

fn delete(id: &str) -> DeleteWorkspace {
    DeleteWorkspace { id: id.to_owned() }
}

#[tokio::test]
async fn a_workspace_is_found_by_its_id_and_its_slug() {
    let (_fake, api) = start().await;
    let id = create(&api, "team").await;
    let update = UpdateWorkspace {
        id: "team".to_owned(),
        slug: Some("crew-1".to_owned()),
        description: "All of us".to_owned().into(),
        ..UpdateWorkspace::default()
    };
    let updated = api.send(&update).await.unwrap().data;
    assert_eq!(updated.id, id);
    assert!(updated.updated_at.is_some());
    for name in [&*id, "crew-1"] {
        let found = api.send(&get(name)).await.unwrap().data;
        assert_eq!(found.name, "Team");
        assert_eq!(found.description.as_deref(), Some("All of us"));
    }
    assert_refused(api.send(&get("team")).await, 404);
    let all: Vec<Workspace> = api
        .call(&ListWorkspaces::default())
        .items()
        .try_collect()
        .await
        .unwrap();
    let slugs: Vec<_> = all.iter().map(|workspace| &*workspace.slug).collect();
    assert_eq!(slugs, ["default", "crew-1"]);
    assert!(api.send(&delete("crew-1")).await.unwrap().deleted);
    assert_refused(api.send(&get(&id)).await, 404);
}

#[tokio::test]
async fn slugs_are_well_formed_and_differ() {
    let (_fake, api) = start().await;
    create(&api, "team").await;
    let cases = [
        ("team", 409),
        ("default", 409),
        ("Team", 400),
        ("a--b", 400),
        ("-", 400),
        ("", 400),
    ];
    for (slug, status) in cases {
        assert_refused(api.send(&named("Team", slug)).await, status);
    }
    assert_refused(api.send(&named("", "other")).await, 400);
    let clash = UpdateWorkspace {
        id: "team".to_owned(),
        slug: Some("default".to_owned()),
        ..UpdateWorkspace::default()
    };
    assert_refused(api.send(&clash).await, 409);
}

#[tokio::test]
async fn a_workspace_with_active_keys_stays() {
    let (_fake, api) = start().await;
    let id = create(&api, "team").await;
    let key = CreateKey {
        name: "In use".to_owned(),
        workspace_id: Some(id.clone()),
        ..CreateKey::default()
    };
    let hash = api.send(&key).await.unwrap().data.hash;
    assert_refused(api.send(&delete(&id)).await, 400);
    let key = DeleteKey { hash };
    api.send(&key).await.unwrap();
    assert!(api.send(&delete(&id)).await.unwrap().deleted);
    assert_refused(api.send(&delete("default")).await, 403);
}

fn budget(interval: WorkspaceBudgetInterval, limit_usd: f64) -> SetWorkspaceBudget {
    SetWorkspaceBudget {
        id: "default".to_owned(),
        interval,
        include_byok_in_budgets: None,
        limit_usd,
    }
}

#[tokio::test]
async fn a_budget_is_less_than_those_of_longer_intervals() {
    use WorkspaceBudgetInterval::{Daily, Lifetime, Monthly, Weekly};
    let (_fake, api) = start().await;
    let cases = [
        (Monthly, 100.0, true),
        (Daily, 100.0, false),
        (Daily, 10.0, true),
        (Weekly, 5.0, false),
        (Lifetime, 50.0, false),
        (Lifetime, 1000.0, true),
        (Weekly, 0.0, false),
        (Daily, 20.0, true),
        (
            WorkspaceBudgetInterval::Other("hourly".to_owned()),
            1.0,
            false,
        ),
    ];
    for (interval, limit, fits) in cases {
        let answer = api.send(&budget(interval, limit)).await;
        if fits {
            assert_eq!(answer.unwrap().data.limit_usd.to_bits(), limit.to_bits());
        } else {
            assert_refused(answer, 400);
        }
    }
}

#[tokio::test]
async fn a_workspace_has_one_budget_for_an_interval() {
    let (_fake, api) = start().await;
    let mut set = budget(WorkspaceBudgetInterval::Lifetime, 10.0);
    let first = api.send(&set).await.unwrap();
    assert_eq!(first.include_byok_in_budgets, Some(false));
    set.include_byok_in_budgets = Some(true);
    set.limit_usd = 20.0;
    let second = api.send(&set).await.unwrap();
    assert_eq!(second.data.id, first.data.id);
    let list = ListWorkspaceBudgets {
        id: "default".to_owned(),
    };
    let listed = api.send(&list).await.unwrap();
    assert_eq!(listed.include_byok_in_budgets, Some(true));
    assert_eq!(listed.data.len(), 1);
    assert_eq!(listed.data[0].reset_interval, None);
    let get = GetWorkspaceBudget {
        id: "default".to_owned(),
        interval: WorkspaceBudgetInterval::Lifetime,
    };
    assert_eq!(api.send(&get).await.unwrap().data.id, first.data.id);
    let delete = DeleteWorkspaceBudget {
        id: "default".to_owned(),
        interval: WorkspaceBudgetInterval::Lifetime,
    };
    // Also where there is none.
    for _ in 0..2 {
        assert!(api.send(&delete).await.unwrap().deleted);
    }
    assert_refused(api.send(&get).await, 404);
}

/// The members of a workspace, by user ID.
pub(crate) async fn members(api: &Client, id: &str) -> Vec<(String, MemberRole)> {
    let list = ListWorkspaceMembers {
        id: id.to_owned(),
        paging: Paging {
            limit: Some(2),
            ..Paging::default()
        },
    };
    let members: Vec<WorkspaceMember> = api.call(&list).items().try_collect().await.unwrap();
    let members = members.into_iter();
    members
        .map(|member| (member.user_id, member.role))
        .collect()
}

fn add(id: &str, users: &[&str]) -> AddWorkspaceMembers {
    AddWorkspaceMembers {
        id: id.to_owned(),
        user_ids: users.iter().map(|&user| user.to_owned()).collect(),
    }
}

pub(crate) fn remove(id: &str, users: &[&str]) -> RemoveWorkspaceMembers {
    RemoveWorkspaceMembers {
        id: id.to_owned(),
        user_ids: users.iter().map(|&user| user.to_owned()).collect(),
    }
}

#[tokio::test]
async fn members_keep_their_role_in_the_organization() {
    let (_fake, api) = start().await;
    let id = create(&api, "team").await;
    assert_eq!(members(&api, "default").await.len(), 3);
    assert_eq!(members(&api, &id).await, []);
    let users = ["user_ada", "user_grace"];
    let added = api.send(&add(&id, &users)).await.unwrap();
    assert_eq!(added.added_count, 2);
    assert_eq!(added.data[1].workspace_id, id);
    // Who is a member stays one.
    api.send(&add("team", &users)).await.unwrap();
    let expected = [
        ("user_ada".to_owned(), MemberRole::Admin),
        ("user_grace".to_owned(), MemberRole::Member),
    ];
    assert_eq!(members(&api, &id).await, expected);
    let removed = api.send(&remove(&id, &["user_ada", "user_alan"])).await;
    assert_eq!(removed.unwrap().removed_count, 1);
    assert_eq!(members(&api, &id).await, expected[1..]);
    for (id, users) in [
        (&*id, &["user_nobody"][..]),
        (&id, &[]),
        ("default", &users[..]),
    ] {
        assert_refused(api.send(&add(id, users)).await, 400);
    }
    assert_refused(api.send(&add("nowhere", &users)).await, 404);
}

#[tokio::test]
async fn a_member_with_an_active_key_stays() {
    let (_fake, api) = start().await;
    let id = create(&api, "team").await;
    api.send(&add(&id, &["user_alan"])).await.unwrap();
    let key = CreateKey {
        name: "In use".to_owned(),
        workspace_id: Some(id.clone()),
        creator_user_id: "user_alan".to_owned().into(),
        ..CreateKey::default()
    };
    api.send(&key).await.unwrap();
    assert_refused(api.send(&remove(&id, &["user_alan"])).await, 400);
}
