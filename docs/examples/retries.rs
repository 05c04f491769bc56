//! Retries and idempotency.

use std::time::Duration;

use api_request::{
    ApiRequest, Client, ConfigError, Decide, Phase, Retry, TransportError,
    testing::{Script, ScriptedResponse},
};

use crate::Outcome;

// ANCHOR: declare
/// Places an order. Each attempt of a call has the same key, so that the API
/// places it once.
#[derive(ApiRequest)]
#[api(method = POST, path = "/orders", fields = json)]
#[api(idempotency_key = "Idempotency-Key")]
struct PlaceOrder {
    item: u64,
}

/// Searches by a body: a `POST` that changes nothing.
#[derive(ApiRequest)]
#[api(method = POST, path = "/search", idempotent, response = Vec<String>)]
struct Search;

/// Sends a message. Nothing says that it may be sent twice.
#[derive(ApiRequest)]
#[api(method = POST, path = "/messages")]
struct SendMessage;
// ANCHOR_END: declare

// ANCHOR: rules
fn client() -> Result<Client, ConfigError> {
    let retry = Retry::default()
        .attempts(5)
        .max_delay(Duration::from_secs(2))
        .on([409])
        .when(|seen| match seen.operation().name() {
            "Search" => Decide::Default,
            _ if seen.phase() == Phase::MaybeSent => Decide::No,
            _ => Decide::Default,
        });
    Client::builder("https://api.example.com/v1")
        .timeout(Duration::from_secs(20))
        .retry(retry)
        .build()
}
// ANCHOR_END: rules

// ANCHOR: test
#[tokio::test]
async fn what_may_have_arrived_is_sent_twice_only_if_that_is_safe() -> Outcome {
    let lost = || TransportError::other("the connection was closed");
    let api = Script::new()
        .then(lost())
        .then(ScriptedResponse::new(201))
        .then(lost());
    let client = Client::builder("https://api.example.com/v1")
        .transport(api.clone())
        .build()?;

    client.send(&PlaceOrder { item: 7 }).await?;
    let sent = api.requests();
    let key = |index: usize| &sent[index].headers()["idempotency-key"];
    assert_eq!(key(0), key(1));

    let error = client.send(&SendMessage).await.unwrap_err();
    assert_eq!((error.attempts(), error.phase()), (1, Phase::MaybeSent));
    Ok(())
}
// ANCHOR_END: test

#[tokio::test]
async fn a_call_has_rules_of_its_own() -> Outcome {
    let api = Script::new().then(ScriptedResponse::new(503));
    let built = Client::builder("https://api.example.com/v1");
    let client = built.transport(api.clone()).build()?;
    // ANCHOR: call
    let call = client.call(&Search).retry(Retry::none());
    let result = call.timeout(Duration::from_secs(2)).send().await;
    // ANCHOR_END: call
    assert_eq!(result.unwrap_err().attempts(), 1);
    assert!(self::client().is_ok());
    Ok(())
}
