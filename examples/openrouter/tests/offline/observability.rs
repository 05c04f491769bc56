//! Destinations of traces live until they are deleted, and their secrets are masked.

use api_request::Client;
use futures_util::TryStreamExt;
use openrouter::{
    Paging,
    json::{Nullable, Object},
    observability::{
        CreateObservabilityDestination, DeleteObservabilityDestination,
        GetObservabilityDestination, ListObservabilityDestinations, ObservabilityDestination,
        ObservabilityDestinationKind, ObservabilityDestinationType, ObservabilityFilterRulesInput,
        UpdateObservabilityDestination, WebhookDestinationMethod,
    },
    workspaces::DeleteWorkspace,
};
use serde_json::{Value, json};

use crate::{assert_refused, start, workspaces};

fn object(json: Value) -> Object {
    serde_json::from_value(json).unwrap()
}

fn destination(
    r#type: ObservabilityDestinationType,
    name: &str,
    config: Value,
) -> CreateObservabilityDestination {
    CreateObservabilityDestination {
        api_key_hashes: Nullable::Absent,
        broadcast_generation_cost: None,
        broadcast_generation_identity: None,
        broadcast_generation_request_context: None,
        config: object(config),
        enabled: None,
        filter_rules: Nullable::Absent,
        name: name.to_owned(),
        privacy_mode: None,
        sampling_rate: None,
        r#type,
        workspace_id: None,
    }
}

fn webhook(name: &str) -> CreateObservabilityDestination {
    let config = json!({"url": "https://example.com/traces", "method": "PUT"});
    destination(ObservabilityDestinationType::Webhook, name, config)
}

async fn get(api: &Client, id: &str) -> ObservabilityDestination {
    let get = GetObservabilityDestination { id: id.to_owned() };
    api.send(&get).await.unwrap().data
}

#[tokio::test]
async fn a_destination_lives_until_it_is_deleted() {
    let (_fake, api) = start().await;
    let mut create = webhook("Ours");
    create.filter_rules = ObservabilityFilterRulesInput::default().into();
    let created = api.send(&create).await.unwrap().data;
    assert!(created.enabled);
    assert_eq!(created.filter_rules.unwrap().enabled, Some(true));
    let ObservabilityDestinationKind::Webhook(webhook) = created.kind else {
        panic!("{:?}", created.kind);
    };
    assert_eq!(webhook.config.method, Some(WebhookDestinationMethod::PUT));
    let update = UpdateObservabilityDestination {
        id: created.id.clone(),
        enabled: Some(false),
        filter_rules: Nullable::Null,
        sampling_rate: Some(0.25),
        ..UpdateObservabilityDestination::default()
    };
    api.send(&update).await.unwrap();
    let read = get(&api, &created.id).await;
    assert!(!read.enabled && read.filter_rules.is_none());
    assert_eq!(read.sampling_rate.to_bits(), 0.25_f64.to_bits());
    let delete = DeleteObservabilityDestination { id: created.id };
    assert!(api.send(&delete).await.unwrap().deleted);
    assert_refused(api.send(&delete).await, 404);
    assert_refused(api.send(&update).await, 404);
}

#[tokio::test]
async fn masked_settings_do_not_replace_secrets() {
    let (_fake, api) = start().await;
    let config = json!({"publicKey": "pk-lf-0123456789ab", "secretKey": "sk-lf-0123456789ab"});
    let create = destination(ObservabilityDestinationType::Langfuse, "Ours", config);
    let id = api.send(&create).await.unwrap().data.id;
    let cases = [
        // What an answer showed, and another setting.
        (
            json!({"secretKey": "sk-l...89ab", "baseUrl": "https://example.com"}),
            "sk-l...89ab",
        ),
        (json!({"secretKey": "sk-lf-ba9876543210"}), "sk-l...3210"),
    ];
    for (config, shown) in cases {
        let update = UpdateObservabilityDestination {
            id: id.clone(),
            config: Some(object(config)),
            ..UpdateObservabilityDestination::default()
        };
        api.send(&update).await.unwrap();
        let ObservabilityDestinationKind::Langfuse(langfuse) = get(&api, &id).await.kind else {
            panic!("another kind");
        };
        assert_eq!(langfuse.config.secret_key.expose(), shown);
        assert_eq!(langfuse.config.public_key, "pk-l...89ab");
        let base_url = langfuse.config.base_url.as_deref();
        assert_eq!(base_url, Some("https://example.com"));
    }
}

#[tokio::test]
async fn destinations_are_listed_by_workspace() {
    let (_fake, api) = start().await;
    let workspace = workspaces::create(&api, "team").await;
    for name in ["a", "b", "c"] {
        api.send(&webhook(name)).await.unwrap();
    }
    let mut theirs = webhook("a");
    theirs.workspace_id = Some(workspace.clone());
    let theirs = api.send(&theirs).await.unwrap().data;
    let mut list = ListObservabilityDestinations {
        paging: Paging {
            limit: Some(2),
            ..Paging::default()
        },
        ..ListObservabilityDestinations::default()
    };
    let ours: Vec<ObservabilityDestination> = api.call(&list).items().try_collect().await.unwrap();
    let names: Vec<_> = ours.iter().map(|ours| ours.name.as_deref()).collect();
    assert_eq!(names, [Some("a"), Some("b"), Some("c")]);
    list.workspace_id = Some(workspace.clone());
    assert_eq!(api.send(&list).await.unwrap().total_count, 1);
    let delete = DeleteWorkspace { id: workspace };
    api.send(&delete).await.unwrap();
    assert!(!get(&api, &theirs.id).await.enabled);
}

#[tokio::test]
async fn a_destination_that_makes_no_sense_is_refused() {
    let (_fake, api) = start().await;
    let ours = api.send(&webhook("Ours")).await.unwrap().data;
    assert_refused(api.send(&webhook("Ours")).await, 409);
    let without_url = destination(ObservabilityDestinationType::Webhook, "b", json!({}));
    let unknown = ObservabilityDestinationType::Other("fax".to_owned());
    let unknown = destination(unknown, "b", json!({}));
    let mut never = webhook("b");
    never.sampling_rate = Some(0.0);
    let mut for_no_key = webhook("b");
    for_no_key.api_key_hashes = vec!["f01d".to_owned()].into();
    for request in [without_url, unknown, never, for_no_key] {
        assert_refused(api.send(&request).await, 400);
    }
    for name in ["b", "c", "d", "e"] {
        api.send(&webhook(name)).await.unwrap();
    }
    assert_refused(api.send(&webhook("f")).await, 400);
    let rename = UpdateObservabilityDestination {
        id: ours.id,
        name: Some("b".to_owned()),
        ..UpdateObservabilityDestination::default()
    };
    assert_refused(api.send(&rename).await, 409);
}
