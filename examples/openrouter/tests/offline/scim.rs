//! Groups of an identity provider bring their users into workspaces.

use api_request::Client;
use futures_util::TryStreamExt;
use openrouter::{
    Paging,
    common::MemberRole,
    scim::{
        CreateScimGroupMapping, DeleteScimGroupMapping, GetScimGroupMapping, ListScimGroupMappings,
        ListScimGroups, ScimGroup, ScimGroupMapping, ScimKeepMembers, UpdateScimGroupMapping,
    },
    workspaces::DeleteWorkspace,
};

use crate::{
    assert_refused, start,
    workspaces::{create, members, remove},
};

/// The groups of the stand-in, by name.
async fn groups(api: &Client) -> Vec<ScimGroup> {
    let list = ListScimGroups {
        paging: Paging {
            limit: Some(1),
            ..Paging::default()
        },
    };
    api.call(&list).items().try_collect().await.unwrap()
}

fn mapping(group: &ScimGroup, workspace: &str, role: MemberRole) -> CreateScimGroupMapping {
    CreateScimGroupMapping {
        role,
        scim_group_id: group.id.clone(),
        workspace_id: workspace.to_owned(),
    }
}

fn get(id: &str) -> GetScimGroupMapping {
    GetScimGroupMapping { id: id.to_owned() }
}

fn delete(id: &str, keep_members: impl Into<ScimKeepMembers>) -> DeleteScimGroupMapping {
    DeleteScimGroupMapping {
        id: id.to_owned(),
        keep_members: keep_members.into(),
    }
}

#[tokio::test]
async fn a_mapping_brings_the_users_of_its_group() {
    let (_fake, api) = start().await;
    let workspace = create(&api, "team").await;
    let groups = groups(&api).await;
    let names: Vec<_> = groups.iter().map(|group| &*group.display_name).collect();
    assert_eq!(names, ["Engineering", "Research"]);
    let create = mapping(&groups[0], &workspace, MemberRole::Member);
    let id = api.send(&create).await.unwrap().data.id;
    let of_role = |role: &MemberRole| {
        let users = ["user_ada", "user_grace"];
        users.map(|user| (user.to_owned(), role.clone()))
    };
    let expected = of_role(&MemberRole::Member);
    assert_eq!(members(&api, &workspace).await, expected);
    assert_refused(api.send(&remove(&workspace, &["user_ada"])).await, 400);
    let update = UpdateScimGroupMapping {
        id: id.clone(),
        role: MemberRole::Admin,
    };
    api.send(&update).await.unwrap();
    let read = api.send(&get(&id)).await.unwrap().data;
    assert_eq!(read.role, MemberRole::Admin);
    let expected = of_role(&MemberRole::Admin);
    assert_eq!(members(&api, &workspace).await, expected);
    assert!(api.send(&delete(&id, true)).await.unwrap().deleted);
    assert_refused(api.send(&get(&id)).await, 404);
    // They stay, and are no longer managed.
    assert_eq!(members(&api, &workspace).await, expected);
    api.send(&remove(&workspace, &["user_ada"])).await.unwrap();
    assert_eq!(members(&api, &workspace).await, expected[1..]);
}

#[tokio::test]
async fn who_is_in_another_group_stays_in_the_role_of_that() {
    let (_fake, api) = start().await;
    let workspace = create(&api, "team").await;
    let groups = groups(&api).await;
    let mut ids = Vec::new();
    for (group, role) in groups.iter().zip([MemberRole::Member, MemberRole::Admin]) {
        let mapping = mapping(group, &workspace, role);
        ids.push(api.send(&mapping).await.unwrap().data.id);
    }
    let list = ListScimGroupMappings {
        paging: Paging {
            limit: Some(1),
            ..Paging::default()
        },
    };
    let listed: Vec<ScimGroupMapping> = api.call(&list).items().try_collect().await.unwrap();
    let listed: Vec<_> = listed.into_iter().map(|mapping| mapping.id).collect();
    assert_eq!(listed, ids);
    api.send(&delete(&ids[1], false)).await.unwrap();
    let mut left = members(&api, &workspace).await;
    left.sort_by(|one, other| one.0.cmp(&other.0));
    let expected = ["user_ada", "user_grace"].map(|user| (user.to_owned(), MemberRole::Member));
    assert_eq!(left, expected);
    api.send(&delete(&ids[0], false)).await.unwrap();
    assert_eq!(members(&api, &workspace).await, []);
}

#[tokio::test]
async fn the_default_workspace_keeps_its_members() {
    let (_fake, api) = start().await;
    let before = members(&api, "default").await;
    let groups = groups(&api).await;
    let default = "00000000-0000-4000-8000-000000000000";
    let mapping = mapping(&groups[1], default, MemberRole::Admin);
    let id = api.send(&mapping).await.unwrap().data.id;
    let admin = ("user_alan".to_owned(), MemberRole::Admin);
    assert!(members(&api, default).await.contains(&admin));
    api.send(&delete(&id, false)).await.unwrap();
    assert_eq!(members(&api, default).await, before);
}

#[tokio::test]
async fn a_mapping_that_makes_no_sense_is_refused() {
    let (_fake, api) = start().await;
    let workspace = create(&api, "team").await;
    let groups = groups(&api).await;
    let first = mapping(&groups[0], &workspace, MemberRole::Member);
    let id = api.send(&first).await.unwrap().data.id;
    let unknown = ScimGroup {
        id: "nobody".to_owned(),
        ..groups[0].clone()
    };
    let king = MemberRole::Other("king".to_owned());
    let cases = [
        (first, 409),
        (mapping(&unknown, &workspace, MemberRole::Member), 404),
        (mapping(&groups[1], "nowhere", MemberRole::Member), 404),
        (mapping(&groups[1], &workspace, king), 400),
    ];
    for (create, status) in cases {
        assert_refused(api.send(&create).await, status);
    }
    let delete = DeleteWorkspace { id: workspace };
    api.send(&delete).await.unwrap();
    assert_refused(api.send(&get(&id)).await, 404);
}
