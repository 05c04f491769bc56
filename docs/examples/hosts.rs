//! URLs that the API gives.

use api_request::{ApiRequest, Client, ConfigError, Error, Secret};
use serde::Deserialize;

use crate::Outcome;

// ANCHOR: declare
/// Asks where a file may be uploaded to.
#[derive(ApiRequest)]
#[api(method = POST, path = "/uploads", response = Upload, auth = required)]
struct StartUpload;

#[derive(Deserialize)]
struct Upload {
    /// A URL with a signature: whoever has it may upload.
    url: Secret<String>,
}

/// Uploads the file: the field is the whole URL.
#[derive(ApiRequest)]
#[api(method = PUT)]
struct PutFile {
    #[api(url)]
    url: Secret<String>,
    #[api(body = bytes)]
    content: Vec<u8>,
}

async fn upload(client: &Client, content: Vec<u8>) -> Result<(), Error> {
    let Upload { url } = client.send(&StartUpload).await?;
    client.send(&PutFile { url, content }).await
}
// ANCHOR_END: declare

// ANCHOR: trust
fn client() -> Result<Client, ConfigError> {
    Client::builder("https://api.example.com/v1")
        .bearer("sk-0e6f")
        .trust_origin("https://uploads.example.com")
        .build()
}
// ANCHOR_END: trust

// ANCHOR: test
#[test]
fn another_origin_gets_nothing_of_the_client_unless_it_is_trusted() -> Outcome {
    let client = client()?;
    let put = |url: &str| PutFile {
        url: url.into(),
        content: vec![1],
    };
    let has_credentials = |url: &str| -> Result<bool, Error> {
        let request = client.call(&put(url)).build()?;
        Ok(request.headers().contains_key("authorization"))
    };
    assert!(!has_credentials(
        "https://bucket.example.net/7?signature=0e6f"
    )?);
    assert!(has_credentials("https://uploads.example.com/7")?);
    assert!(has_credentials("/v1/files/7")?, "relative to the base URL");
    Ok(())
}
// ANCHOR_END: test

#[tokio::test]
async fn an_upload_goes_where_the_api_says() -> Outcome {
    use api_request::testing::{Script, ScriptedResponse};
    let url = "https://bucket.example.net/7?signature=0e6f";
    let api = Script::new()
        .then(ScriptedResponse::new(200).json(&serde_json::json!({ "url": url })))
        .then(ScriptedResponse::new(200));
    let client = Client::builder("https://api.example.com/v1")
        .bearer("sk-0e6f")
        .transport(api.clone())
        .build()?;
    upload(&client, vec![1]).await?;
    assert_eq!(api.requests()[1].uri(), url);
    Ok(())
}
