//! Keys are created, listed page by page, read, changed and deleted.

use futures_util::TryStreamExt;
use openrouter::{
    api_keys::{CreateKey, DeleteKey, GetCurrentKey, GetKey, KeyInfo, ListKeys, UpdateKey},
    error::OpenRouterError,
    fake::Fake,
};

use crate::{client, start};

fn named(name: &str) -> CreateKey {
    CreateKey {
        name: name.to_owned(),
        limit: 5.0.into(),
        ..CreateKey::default()
    }
}

#[tokio::test]
async fn a_key_lives_until_it_is_deleted() {
    let (fake, api) = start().await;
    let created = api.send(&named("First")).await.unwrap();
    assert_eq!(created.data.limit_remaining, Some(5.0));
    let hash = created.data.hash;
    let update = UpdateKey {
        hash: hash.clone(),
        disabled: Some(true),
        ..UpdateKey::default()
    };
    assert!(api.send(&update).await.unwrap().data.disabled);
    let get = GetKey { hash: hash.clone() };
    assert_eq!(api.send(&get).await.unwrap().data.name, "First");
    let disabled = client(&fake, created.key.expose());
    let error = disabled.send(&GetCurrentKey::default()).await;
    let error = error.unwrap_err();
    assert_eq!(error.status().unwrap().as_u16(), 401);
    let delete = DeleteKey { hash };
    assert!(api.send(&delete).await.unwrap().deleted);
    let error = api.send(&get).await.unwrap_err();
    assert!(
        matches!(error.api(), Some(OpenRouterError::NotFound(_))),
        "{error}"
    );
}

#[tokio::test]
async fn all_pages_of_keys_are_followed() {
    let (_fake, api) = start().await;
    for number in 0..150 {
        api.send(&named(&number.to_string())).await.unwrap();
    }
    let keys: Vec<KeyInfo> = api
        .call(&ListKeys::default())
        .items()
        .try_collect()
        .await
        .unwrap();
    assert_eq!(keys.len(), 151);
    assert_eq!(keys[150].name, "149");
}

#[tokio::test]
async fn the_key_of_a_request_is_described() {
    let (_fake, api) = start().await;
    let current = api.send(&GetCurrentKey::default()).await.unwrap();
    assert_eq!(current.data.label, "sk-or-v1-off...ine");
}

#[tokio::test]
async fn a_member_that_is_not_declared_is_refused() {
    let (fake, _) = start().await;
    let http = reqwest::Client::new();
    for content_type in [
        "application/json",
        "Application/JSON ; charset=utf-8",
        "application/merge-patch+json",
    ] {
        let request = http.post(format!("{}/keys", fake.base_url()));
        let request = request
            .bearer_auth(Fake::KEY)
            .header("Content-Type", content_type)
            .body(r#"{"nam": "x"}"#);
        let answer = request.send().await.unwrap();
        assert_eq!(answer.status(), 400);
        let text = answer.text().await.unwrap();
        assert!(text.contains("`nam` is not declared"), "{text}");
    }
}
