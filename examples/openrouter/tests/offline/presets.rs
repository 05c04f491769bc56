//! Presets are made from requests, version by version.

use api_request::Client;
use futures_util::TryStreamExt;
use openrouter::{
    Paging,
    chat::{ChatMessage, ChatRequest, ChatSystemMessage, ChatUserMessage},
    fake::Fake,
    messages::MessagesRequest,
    presets::{
        CreatePresetFromChat, CreatePresetFromMessages, CreatePresetFromResponses, GetPreset,
        GetPresetVersion, ListPresetVersions, ListPresets, Preset, PresetStatus, PresetVersion,
    },
    responses::ResponsesRequest,
};
use serde_json::{Value, json};

use crate::{assert_refused, start};

fn from_chat(slug: &str, temperature: f64) -> CreatePresetFromChat {
    let system = ChatSystemMessage {
        content: "Be brief.".to_owned().into(),
        name: None,
    };
    let user = ChatUserMessage {
        content: "Hello!".to_owned().into(),
        name: None,
    };
    CreatePresetFromChat {
        slug: slug.to_owned(),
        body: ChatRequest {
            model: Some("openai/gpt-4o".to_owned()),
            messages: vec![ChatMessage::from(system), user.into()],
            temperature: temperature.into(),
            user: Some("u1".to_owned()),
            ..ChatRequest::default()
        },
    }
}

fn get(slug: &str) -> GetPreset {
    GetPreset {
        slug: slug.to_owned(),
    }
}

async fn version(api: &Client, slug: &str, version: &str) -> Option<PresetVersion> {
    let get = GetPresetVersion {
        slug: slug.to_owned(),
        version: version.to_owned(),
    };
    api.send(&get).await.unwrap().data
}

#[tokio::test]
async fn the_settings_of_a_chat_are_kept_and_its_messages_are_not() {
    let (_fake, api) = start().await;
    assert_refused(api.send(&get("brief")).await, 404);
    let created = api.send(&from_chat("brief", 0.5)).await.unwrap().data;
    assert_eq!(created.status, PresetStatus::Active);
    let read = api.send(&get("brief")).await.unwrap().data;
    assert_eq!((&*read.id, &*read.name), (&*created.id, "brief"));
    let version = read.designated_version.unwrap();
    assert_eq!(version.version, 1);
    assert_eq!(version.system_prompt.as_deref(), Some("Be brief."));
    let settings = json!({"model": "openai/gpt-4o", "temperature": 0.5});
    assert_eq!(Value::Object(version.config), settings);
}

#[tokio::test]
async fn the_last_version_is_in_use_and_all_are_kept() {
    let (_fake, api) = start().await;
    api.send(&from_chat("brief", 0.5)).await.unwrap();
    let from_messages = CreatePresetFromMessages {
        slug: "brief".to_owned(),
        body: MessagesRequest {
            model: "anthropic/claude-4.6-sonnet".to_owned(),
            max_tokens: Some(1024),
            system: Some("Be exact.".to_owned().into()),
            ..MessagesRequest::default()
        },
    };
    let second = api.send(&from_messages).await.unwrap().data;
    let second = second.designated_version.unwrap();
    assert_eq!(second.system_prompt.as_deref(), Some("Be exact."));
    assert_eq!(second.config["max_tokens"], 1024);
    let list = ListPresetVersions {
        slug: "brief".to_owned(),
        paging: Paging {
            limit: Some(1),
            ..Paging::default()
        },
    };
    let versions: Vec<PresetVersion> = api.call(&list).items().try_collect().await.unwrap();
    let numbers: Vec<_> = versions.iter().map(|version| version.version).collect();
    assert_eq!(numbers, [1, 2]);
    let first = version(&api, "brief", "1").await.unwrap();
    assert_eq!(first.id, versions[0].id);
    assert_eq!(first.config["temperature"], 0.5);
    for (number, status) in [("3", 404), ("latest", 400)] {
        let get = GetPresetVersion {
            slug: "brief".to_owned(),
            version: number.to_owned(),
        };
        assert_refused(api.send(&get).await, status);
    }
}

#[tokio::test]
async fn presets_are_listed_by_their_last_change() {
    let (_fake, api) = start().await;
    for slug in ["a", "b", "c", "a"] {
        api.send(&from_chat(slug, 1.0)).await.unwrap();
    }
    let list = ListPresets {
        paging: Paging {
            limit: Some(2),
            ..Paging::default()
        },
    };
    let presets: Vec<Preset> = api.call(&list).items().try_collect().await.unwrap();
    let slugs: Vec<_> = presets.iter().map(|preset| &*preset.slug).collect();
    assert_eq!(slugs, ["a", "c", "b"]);
    assert_refused(api.send(&from_chat("a b", 1.0)).await, 400);
}

#[tokio::test]
async fn a_preset_is_made_from_a_request_for_responses() {
    let (fake, api) = start().await;
    let http = reqwest::Client::new();
    let request = http.post(format!("{}/presets/exact/responses", fake.base_url()));
    let body = json!({"model": "openai/gpt-4o", "instructions": "Be exact.", "input": "Hello!"});
    let answer = request.bearer_auth(Fake::KEY).json(&body).send().await;
    assert_eq!(answer.unwrap().status(), 200);
    let version = version(&api, "exact", "1").await.unwrap();
    assert_eq!(version.system_prompt.as_deref(), Some("Be exact."));
    let settings = json!({"model": "openai/gpt-4o"});
    assert_eq!(Value::Object(version.config), settings);
}

#[tokio::test]
async fn a_preset_is_made_from_a_response_too() {
    let (_fake, api) = start().await;
    let request = CreatePresetFromResponses {
        slug: "brief".to_owned(),
        body: ResponsesRequest {
            model: Some("openai/gpt-4o".to_owned()),
            input: Some("Hello!".to_owned().into()),
            instructions: "Be brief.".to_owned().into(),
            top_p: 0.5.into(),
            ..ResponsesRequest::default()
        },
    };
    let created = api.send(&request).await.unwrap().data;
    let config = created.designated_version.unwrap().config;
    assert_eq!(config["top_p"], 0.5);
    assert_eq!(config.get("input"), None);
}
