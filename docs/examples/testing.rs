//! Tests without a network.

use std::time::Duration;

use api_request::{
    ApiError, ApiRequest, Client, Error, FromHttp, Phase, Retry, TransportError,
    testing::{Fake, Faults, Script, ScriptedResponse},
};

use crate::Outcome;

// ANCHOR: code
// The program. `FromHttp` may be derived in tests alone.
#[derive(ApiRequest, FromHttp)]
#[api(method = POST, path = "/keys", response = String, error = KeyError, fields = json)]
struct CreateKey {
    label: String,
}

#[derive(Debug, PartialEq, ApiError)]
enum KeyError {
    #[api(status = 409)]
    Taken,
    #[api(other)]
    Other(String),
}

/// Creates a key by the first name that is not taken.
async fn create(client: &Client, label: &str) -> Result<String, Error<KeyError>> {
    for number in 0.. {
        let label = format!("{label}-{number}");
        match client.send(&CreateKey { label }).await {
            Err(error) if error.api() == Some(&KeyError::Taken) => {}
            result => return result,
        }
    }
    unreachable!("a name is free")
}
// ANCHOR_END: code

// ANCHOR: fake
#[tokio::test]
async fn a_name_that_is_taken_is_counted_up() -> Outcome {
    let api = Fake::new().on(async |request: CreateKey| match &*request.label {
        "ci-0" => Err(KeyError::Taken),
        label => Ok(format!("key of {label}")),
    });
    let client = Client::builder("https://api.example.com/v1")
        .transport(api.clone())
        .build()?;

    assert_eq!(create(&client, "ci").await?, "key of ci-1");
    assert_eq!(api.sent::<CreateKey>()[1].label, "ci-1");
    Ok(())
}
// ANCHOR_END: fake

// ANCHOR: script
#[tokio::test]
async fn a_connection_that_breaks_leaves_open_what_happened() -> Outcome {
    let api = Script::new()
        .then(TransportError::connect("refused"))
        .then(ScriptedResponse::new(503).header("retry-after", "0"))
        .then(ScriptedResponse::new(200).body(r#""key of"#).cut_off());
    let client = Client::builder("https://api.example.com/v1")
        .transport(api.clone())
        .build()?;

    let error = create(&client, "ci").await.unwrap_err();
    assert_eq!(error.attempts(), 3);
    assert_ne!(error.phase(), Phase::NotSent);
    assert_eq!(api.requests()[0].body(), r#"{"label":"ci-0"}"#);
    Ok(())
}
// ANCHOR_END: script

// ANCHOR: faults
#[tokio::test]
async fn calls_succeed_although_the_api_fails_now_and_then() -> Outcome {
    let api = Fake::new()
        .on(async |_: GetStatus| Ok("up".to_owned()))
        .faults(Faults::seeded(1).status(503, 0.2));
    let retry = Retry::default().attempts(10).base_delay(Duration::ZERO);
    let client = Client::builder("https://api.example.com/v1")
        .transport(api.clone())
        .retry(retry)
        .build()?;

    for _ in 0..100 {
        assert_eq!(client.send(&GetStatus).await?, "up");
    }
    assert!(api.sent::<GetStatus>().len() > 100);
    Ok(())
}
// ANCHOR_END: faults

#[derive(ApiRequest, FromHttp)]
#[api(method = GET, path = "/status", response(text))]
struct GetStatus;

#[test]
fn the_other_error_is_one_too() {
    assert_ne!(KeyError::Other(String::new()), KeyError::Taken);
}
