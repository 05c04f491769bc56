//! Credentials and secrets.

use std::{
    mem,
    time::{SystemTime, UNIX_EPOCH},
};

use api_request::{
    ApiRequest, Authorization, BaseUrl, BoxError, Client, ConfigError, Credentials, Secret,
    testing::{Script, ScriptedResponse},
};
use bytes::Bytes;
use http::{Uri, request::Parts};

use crate::Outcome;

// ANCHOR: builder
fn with_bearer(token: Secret<String>) -> Result<Client, ConfigError> {
    Client::builder("https://api.example.com/v1")
        .bearer(token)
        .build()
}

fn with_api_key(key: Secret<String>) -> Result<Client, ConfigError> {
    Client::builder("https://api.example.com/v1")
        .api_key_header("X-Api-Key", key)
        .build()
}
// ANCHOR_END: builder

// ANCHOR: named
/// Lists models: with the credentials of the client that have no name, if it has some.
#[derive(ApiRequest)]
#[api(method = GET, path = "/models")]
struct ListModels;

/// Lists keys: with the credentials `management`, and no others.
#[derive(ApiRequest)]
#[api(method = GET, path = "/keys", auth = management)]
struct ListKeys;

/// Says whether the API is up: without credentials.
#[derive(ApiRequest)]
#[api(method = GET, path = "/status", auth = none)]
struct GetStatus;

fn with_two_keys(key: Secret<String>, management: Secret<String>) -> Result<Client, ConfigError> {
    Client::builder("https://api.example.com/v1")
        .bearer(key)
        .scheme("management", Authorization::bearer(management))
        .build()
}
// ANCHOR_END: named

// ANCHOR: provider
/// Asks the token endpoint: when a call needs a token, and once more after a 401.
async fn token() -> Result<Secret<String>, BoxError> {
    // …
    Ok(Secret::new("at-0e6f".to_owned()))
}

fn with_tokens_that_expire() -> Result<Client, ConfigError> {
    Client::builder("https://api.example.com/v1")
        .credentials(token)
        .build()
}
// ANCHOR_END: provider

/// Signs a request by a key that is never sent.
struct Signer {
    key: Secret<String>,
}

impl Signer {
    /// Stands for a real one, such as HMAC-SHA256 in hexadecimal.
    fn mac(&self, query: &str, body: &[u8]) -> String {
        format!("{:x}", self.key.expose().len() + query.len() + body.len())
    }
}

impl Credentials for Signer {
    async fn get(&self) -> Result<Authorization, BoxError> {
        Ok(Authorization::none())
    }

    // ANCHOR: sign_query
    fn sign(&self, parts: &mut Parts, body: Option<&Bytes>) -> Result<(), BoxError> {
        let body = body.ok_or("a body that is a stream cannot be signed")?;
        let seconds = SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs();
        let query = match parts.uri.query() {
            Some(query) => format!("{query}&timestamp={seconds}"),
            None => format!("timestamp={seconds}"),
        };
        let signature = self.mac(&query, body);
        let target = format!("{}?{query}&signature={signature}", parts.uri.path());
        let mut uri = mem::take(&mut parts.uri).into_parts();
        uri.path_and_query = Some(target.parse()?);
        parts.uri = Uri::from_parts(uri)?;
        Ok(())
    }
    // ANCHOR_END: sign_query
}

#[tokio::test]
async fn a_signature_is_the_last_query_parameter() -> Outcome {
    let api = Script::new().then(ScriptedResponse::new(204));
    let client = Client::builder("https://api.example.com/v1")
        .credentials(Signer { key: "0e6f".into() })
        .transport(api.clone())
        .build()?;
    client.send(&ListModels).await?;
    let sent = api.requests().remove(0);
    assert_eq!(sent.uri().path(), "/v1/models");
    let query = sent.uri().query().expect("a query");
    let (time, signature) = query.split_once('&').expect("two parameters");
    assert!(time.starts_with("timestamp="), "{query}");
    assert!(signature.starts_with("signature="), "{query}");
    Ok(())
}

// ANCHOR: secret
#[derive(Debug, ApiRequest)]
#[api(method = POST, path = "/login", fields = json, auth = none)]
struct LogIn {
    user: &'static str,
    password: Secret<String>,
}

#[test]
fn a_secret_is_on_the_wire_and_nowhere_else() -> Outcome {
    let base: BaseUrl = "https://api.example.com/v1".parse()?;
    let request = LogIn {
        user: "ada",
        password: Secret::new("hunter2".to_owned()),
    };
    let http = request.to_http(&base)?;
    let body = http.body().as_bytes().expect("the body is in memory");
    assert_eq!(body, r#"{"user":"ada","password":"hunter2"}"#);

    assert!(!format!("{request:?}").contains("hunter2"));
    assert!(
        request
            .to_curl(&base)?
            .contains(r#""password":"'"$PASSWORD"'""#)
    );
    Ok(())
}
// ANCHOR_END: secret

#[test]
fn an_operation_gets_the_credentials_that_it_names() -> Outcome {
    let client = with_two_keys("sk-0e6f".into(), "mk-71aa".into())?;
    let models = client.call(&ListModels).build()?;
    assert_eq!(models.headers()["authorization"], "Bearer sk-0e6f");
    let keys = client.call(&ListKeys).build()?;
    assert_eq!(keys.headers()["authorization"], "Bearer mk-71aa");
    let status = client.call(&GetStatus).build()?;
    assert!(!status.headers().contains_key("authorization"));

    let bearer = with_bearer("sk-0e6f".into())?;
    let error = bearer.call(&ListKeys).build().unwrap_err();
    assert!(error.is_encode(), "{error}");
    let api_key = with_api_key("sk-0e6f".into())?;
    let models = api_key.call(&ListModels).build()?;
    assert_eq!(models.headers()["x-api-key"], "sk-0e6f");
    Ok(())
}

#[tokio::test]
async fn a_token_that_is_refused_is_fetched_anew_once() -> Outcome {
    let api = Script::new()
        .then(ScriptedResponse::new(401))
        .then(ScriptedResponse::new(204));
    let client = Client::builder("https://api.example.com/v1")
        .credentials(token)
        .transport(api.clone())
        .build()?;
    client.send(&ListModels).await?;
    assert_eq!(api.requests().len(), 2);
    assert!(with_tokens_that_expire().is_ok());
    Ok(())
}
