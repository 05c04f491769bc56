//! Credits are used up by requests to models.

use openrouter::{
    credits::{CreateCoinbaseCharge, GetCredits},
    error::OpenRouterError,
};

use crate::{chat::say, client, start};

#[tokio::test]
async fn a_chat_uses_credits() {
    let (_fake, api) = start().await;
    let before = api.send(&GetCredits::default()).await.unwrap().data;
    assert_eq!(before.total_usage.to_bits(), 0_f64.to_bits());
    let cost = api.send(&say("hello")).await.unwrap().usage.unwrap().cost;
    let after = api.send(&GetCredits::default()).await.unwrap().data;
    assert_eq!(Some(after.total_usage), cost);
    assert!(after.total_credits > after.total_usage);
}

#[tokio::test]
async fn charges_are_gone_without_a_key_too() {
    let (fake, _) = start().await;
    // The key is unknown, and not sent.
    let api = client(&fake, "sk-or-v1-stranger");
    let error = api.send(&CreateCoinbaseCharge::default()).await;
    let error = error.unwrap_err();
    assert!(
        matches!(error.api(), Some(OpenRouterError::Gone(_))),
        "{error}"
    );
}
