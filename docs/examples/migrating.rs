//! The same call by hand and declared, and what each line of the first does wrong.

use std::{collections::BTreeMap, error::Error};

use api_request::{
    ApiError, ApiRequest, Client, ErrorBody, Secret,
    testing::{Script, ScriptedResponse},
};
use bytes::Bytes;
use http::Response;
use reqwest::{ResponseBuilderExt as _, Url};
use serde::{Deserialize, Serialize};
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

// ANCHOR: progenitor
#[derive(ApiRequest)]
#[api(method = POST, path = "/organizations/{org}/projects/{proj}/instances")]
struct InstanceCreate<'a> {
    org: &'a str,
    proj: &'a str,
    #[api(body)]
    body: NewInstance,
}
// ANCHOR_END: progenitor

#[derive(Serialize)]
struct NewInstance {
    ncpus: u16,
}

// ANCHOR: rustify
#[derive(ApiRequest)]
#[api(method = POST, path = "/test/path/{name}", fields = json)]
struct Test {
    name: String,
    #[api(query)]
    scope: Option<String>,
    age: i32,
    role: String,
}
// ANCHOR_END: rustify

// ANCHOR: retrofit
#[derive(ApiRequest)]
#[api(method = GET, path = "/image/{id}", response(bytes))]
struct Example {
    id: i32,
}
// ANCHOR_END: retrofit

/// What the tables write beside the annotations of Retrofit.
#[derive(ApiRequest)]
#[api(method = PUT, path = "/files/{path}", header("X-A" = "1"), response(stream))]
struct Put {
    #[api(path(segments))]
    path: String,
    #[api(query = "q")]
    search: String,
    #[api(query(flatten))]
    more: BTreeMap<String, String>,
    #[api(header = "X-B")]
    trace: u64,
    #[api(body = bytes)]
    content: Vec<u8>,
}

#[derive(ApiRequest)]
#[api(method = GET, response = Wrapper<Key>)]
struct Next {
    #[api(url)]
    url: String,
}

#[derive(Debug, Deserialize)]
struct Wrapper<T> {
    data: T,
}

#[test]
fn declared_they_are_the_requests_of_the_others() -> Outcome {
    let base = "https://api.example.com/v1".parse()?;
    let body = NewInstance { ncpus: 2 };
    let (org, proj) = ("acme", "a/b");
    let http = InstanceCreate { org, proj, body }.to_http(&base)?;
    let path = "/v1/organizations/acme/projects/a%2Fb/instances";
    assert_eq!(http.uri().path(), path);

    let test = Test {
        name: "nightly".to_owned(),
        scope: Some("global".to_owned()),
        age: 42,
        role: "owner".to_owned(),
    };
    let http = test.to_http(&base)?;
    let target = http.uri().path_and_query().map(ToString::to_string);
    assert_eq!(
        target.as_deref(),
        Some("/v1/test/path/nightly?scope=global")
    );
    assert_eq!(http.headers()["content-type"], "application/json");
    let body = http.body().as_bytes().expect("the body is in memory");
    assert_eq!(body, r#"{"age":42,"role":"owner"}"#);

    let http = Example { id: 1 }.to_http(&base)?;
    assert_eq!(http.uri().path(), "/v1/image/1");

    let put = Put {
        path: "a/b".to_owned(),
        search: "x".to_owned(),
        more: [("r".to_owned(), "y".to_owned())].into(),
        trace: 7,
        content: b"c".to_vec(),
    };
    let http = put.to_http(&base)?;
    let target = http.uri().path_and_query().map(ToString::to_string);
    assert_eq!(target.as_deref(), Some("/v1/files/a/b?q=x&r=y"));
    assert_eq!(http.headers()["x-a"], "1");
    assert_eq!(http.headers()["x-b"], "7");

    let url = "https://api.example.com/v1/next?at=2".to_owned();
    assert_eq!(Next { url }.to_http(&base)?.uri().query(), Some("at=2"));
    let body = Bytes::from(r#"{"data": {"secret": "s-1"}}"#);
    let page = Next::decode(Response::new(body))?;
    assert_eq!(page.data.secret.expose(), "s-1");
    Ok(())
}
