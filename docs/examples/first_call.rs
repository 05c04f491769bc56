//! The first call.

use api_request::{
    ApiRequest, BaseUrl, Client, ConfigError, Error,
    testing::{Script, ScriptedResponse},
};
use serde::Deserialize;

use crate::Outcome;

// ANCHOR: declare
/// Gets a key by its hash.
#[derive(ApiRequest)]
#[api(method = GET, path = "/keys/{hash}", response = Key)]
struct GetKey {
    hash: String,
    #[api(query)]
    include_usage: Option<bool>,
}

#[derive(Debug, Deserialize)]
struct Key {
    label: String,
    usage: Option<f64>,
}
// ANCHOR_END: declare

// ANCHOR: client
fn client(token: String) -> Result<Client, ConfigError> {
    Client::builder("https://api.example.com/v1")
        .bearer(token)
        .build()
}
// ANCHOR_END: client

// ANCHOR: send
async fn print_key(client: &Client) -> Result<(), Error> {
    let request = GetKey {
        hash: "team a/7".to_owned(),
        include_usage: Some(true),
    };
    let key = client.send(&request).await?;
    println!("{}: {:?}", key.label, key.usage);
    Ok(())
}
// ANCHOR_END: send

#[tokio::test]
async fn a_declared_request_is_sent_and_decoded() -> Outcome {
    let api = Script::new().then(ScriptedResponse::new(200).json(&serde_json::json!({
        "label": "ci",
        "usage": 0.5,
    })));
    let client = Client::builder("https://api.example.com/v1")
        .bearer("sk-0e6f")
        .transport(api.clone())
        .build()?;
    print_key(&client).await?;
    let sent = api.requests().remove(0);
    let url = "https://api.example.com/v1/keys/team%20a%2F7?include_usage=true";
    assert_eq!(sent.uri(), url);
    assert_eq!(sent.headers()["authorization"], "Bearer sk-0e6f");
    Ok(())
}

#[test]
fn a_client_of_a_token_is_made() -> Outcome {
    assert_eq!(
        client("sk-0e6f".to_owned())?.base_url().as_str(),
        "https://api.example.com/v1"
    );
    Ok(())
}

// ANCHOR: curl
#[test]
fn the_request_is_what_the_documentation_shows() -> Outcome {
    let base: BaseUrl = "https://api.example.com/v1".parse()?;
    let request = GetKey {
        hash: "team a/7".to_owned(),
        include_usage: None,
    };
    assert_eq!(
        request.to_curl(&base)?,
        "curl -X GET 'https://api.example.com/v1/keys/team%20a%2F7' \\\n  -H 'accept: application/json'"
    );
    Ok(())
}
// ANCHOR_END: curl
