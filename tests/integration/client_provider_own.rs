//! A provider of credentials that needs the credentials itself.

use std::{
    error::Error as _,
    sync::{Arc, OnceLock},
    time::Duration,
};

use api_request::{ApiRequest, Authorization, BoxError, Client, Credentials, Phase};

use crate::client_provider::{Get, api, lines};

#[derive(ApiRequest)]
#[api(method = GET, path = "/open", auth = none)]
struct Open;

/// A provider that calls the client that it is for, or a clone of it.
#[derive(Default, Clone)]
struct Own(Arc<OnceLock<Client>>);

impl Credentials for Own {
    async fn get(&self) -> Result<Authorization, BoxError> {
        let client = self.0.get().unwrap();
        client.send(&Open).await?;
        client.call(&Get).bearer("t-0").send().await?;
        client.send(&Get).await?;
        Ok(Authorization::bearer("t-1"))
    }
}

#[tokio::test(start_paused = true)]
async fn a_provider_that_calls_its_own_client_is_an_error_that_says_so() {
    let own = Own::default();
    let (api, sent) = api(&[204]);
    let client = api.credentials(own.clone()).build().unwrap();
    assert!(own.0.set(client.clone()).is_ok());
    for _ in 0..2 {
        let call = client.call(&Get).timeout(Duration::from_secs(60));
        let error = call.send().await.unwrap_err();
        assert!(error.is_credentials(), "{error:?}");
        assert_eq!(error.phase(), Phase::NotSent);
        let inner = error.source().unwrap();
        assert_eq!(
            inner.to_string(),
            "`Get`: the provider of credentials failed"
        );
        let reason = inner.source().unwrap().to_string();
        assert!(
            reason.starts_with("the provider of credentials calls its own client"),
            "{reason}"
        );
    }
    assert_eq!(
        lines(&sent)[..2],
        ["/open -", "/v1/n Bearer t-0"].map(|line| line.replace("/open", "/v1/open"))
    );
    // Other calls at the same time wait as ever.
    let (first, second) = tokio::join!(client.send(&Get), client.send(&Get));
    assert!(first.is_err() && second.is_err());
}

#[tokio::test(start_paused = true)]
async fn providers_that_call_each_others_clients_are_an_error() {
    let (one, other) = (Own::default(), Own::default());
    let first = api(&[204]).0.credentials(one.clone()).build().unwrap();
    let second = api(&[204]).0.credentials(other.clone()).build().unwrap();
    assert!(one.0.set(second).is_ok());
    assert!(other.0.set(first.clone()).is_ok());
    let call = tokio::time::timeout(Duration::from_secs(60), first.send(&Get));
    assert!(call.await.unwrap().unwrap_err().is_credentials());
}
