//! The same call by hand and declared, and what each line of the first does wrong.

use std::error::Error;

use api_request::{
    ApiError, ApiRequest, Client, ErrorBody, Secret,
    testing::{Script, ScriptedResponse},
};
use http::Response;
use reqwest::{ResponseBuilderExt as _, Url};
use serde::Deserialize;
use serde_json::json;

use crate::Outcome;

// ANCHOR: by_hand
async fn create_key(
    client: &reqwest::Client,
    token: &str,
    folder: &str,
    label: Option<&str>,
) -> Result<Key, Box<dyn Error>> {
    let url = format!("https://api.example.com/v1/folders/{folder}/keys");
    let response = client
        .post(url)
        .header("Authorization", format!("Bearer {token}"))
        .json(&json!({ "label": label }))
        .send()
        .await?
        .error_for_status()?;
    Ok(response.json().await?)
}
// ANCHOR_END: by_hand

// ANCHOR: declared
#[derive(ApiRequest)]
#[api(method = POST, path = "/folders/{folder}/keys", fields = json)]
#[api(response = Key, error = Failure, auth = required, idempotency_key = "Idempotency-Key")]
struct CreateKey {
    folder: String,
    label: Option<String>,
}

#[derive(Debug, ApiError)]
enum Failure {
    #[api(status = 409)]
    Taken,
    #[api(other)]
    Other(ErrorBody),
}
// ANCHOR_END: declared

#[derive(Debug, Deserialize)]
struct Key {
    secret: Secret<String>,
}

#[test]
fn by_hand_a_value_changes_the_path() -> Outcome {
    let path = |folder: &str| -> Result<String, Box<dyn Error>> {
        let url = format!("https://api.example.com/v1/folders/{folder}/keys");
        Ok(reqwest::Client::new().post(url).build()?.url().to_string())
    };
    assert_eq!(path("../users")?, "https://api.example.com/v1/users/keys");
    assert_eq!(path("a?b")?, "https://api.example.com/v1/folders/a?b/keys");
    Ok(())
}

#[test]
fn by_hand_a_token_is_in_debug_output_and_a_key_in_the_error() -> Outcome {
    let request = reqwest::Client::new()
        .post("https://api.example.com/v1/folders/a/keys")
        .header("Authorization", "Bearer sk-0e6f")
        .build()?;
    assert!(format!("{request:?}").contains("sk-0e6f"));

    let response = Response::builder()
        .status(403)
        .url(Url::parse(
            "https://api.example.com/v1/keys?api_key=sk-0e6f",
        )?)
        .body(r#"{"message": "the plan has no keys"}"#)?;
    let error = reqwest::Response::from(response).error_for_status();
    let message = error.unwrap_err().to_string();
    assert!(message.contains("sk-0e6f"), "{message}");
    assert!(!message.contains("the plan has no keys"), "{message}");
    Ok(())
}

#[test]
fn by_hand_what_is_absent_is_null() {
    let label: Option<&str> = None;
    assert_eq!(json!({ "label": label }).to_string(), r#"{"label":null}"#);
}

#[tokio::test]
async fn by_hand_an_error_that_is_not_sent_is_one_of_many() {
    let client = reqwest::Client::new();
    let error = create_key(&client, "line\nbreak", "a", None).await;
    assert!(error.is_err());
}

#[tokio::test]
async fn declared_none_of_that_happens() -> Outcome {
    let create = |folder: &str| CreateKey {
        folder: folder.to_owned(),
        label: None,
    };
    let taken = r#"{"message": "the label is taken, sk-0e6f"}"#;
    let api = Script::new()
        .then(ScriptedResponse::new(503))
        .then(ScriptedResponse::new(409).body(taken))
        .then(ScriptedResponse::new(200).body(r#"{"secret": "s-1"}"#));
    let client = Client::builder("https://api.example.com/v1")
        .bearer("sk-0e6f")
        .transport(api.clone())
        .build()?;

    let error = client.send(&create("..")).await.unwrap_err();
    assert_eq!(error.field(), Some("folder"));
    assert!(api.requests().is_empty());

    let error = client.send(&create("a?b")).await.unwrap_err();
    assert!(matches!(error.api(), Some(Failure::Taken)));
    assert!(!matches!(error.api(), Some(Failure::Other(_))));
    assert!(error.to_string().ends_with("the label is taken, (hidden)"));
    let sent = api.requests();
    assert_eq!(sent[0].uri().path(), "/v1/folders/a%3Fb/keys");
    assert_eq!(sent[0].body(), "{}");
    assert!(!format!("{:?}", sent[0]).contains("sk-0e6f"));

    let key = client.send(&create("a")).await?;
    assert_eq!(key.secret.expose(), "s-1");
    Ok(())
}
