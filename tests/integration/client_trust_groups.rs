//! The values of groups are the client's or the call's: another origin gets those of the call alone.

use api_request::{ApiGroup, ApiRequest, Secret};

use crate::client_trust::{api, taken};

#[derive(Debug, Clone, Default, ApiGroup)]
#[api(header("X-Version" = "2"))]
struct App {
    #[api(header)]
    x_title: Option<&'static str>,
    #[api(query)]
    locale: Option<&'static str>,
    #[api(header)]
    x_key: Option<Secret<String>>,
}

#[derive(Debug, Clone, ApiGroup)]
#[api(path = "/accounts/{account}")]
struct Account {
    account: &'static str,
}

#[derive(ApiRequest)]
#[api(in = App, method = GET)]
struct ByUrl {
    #[api(url)]
    at: &'static str,
}

#[derive(ApiRequest)]
#[api(in = App, method = GET, path = "/n")]
struct ByPath;

#[derive(ApiRequest)]
#[api(in = Account, method = GET, path = "/n")]
struct OfAccount;

#[derive(ApiRequest)]
#[api(in = Account, method = GET)]
struct UrlOfAccount {
    #[api(url)]
    at: &'static str,
}

#[derive(Debug, ApiGroup)]
struct Key {
    #[api(header)]
    x_key: Secret<String>,
}

#[derive(ApiRequest)]
#[api(method = GET)]
struct Flattened {
    #[api(url)]
    at: &'static str,
    #[api(flatten)]
    key: Key,
}

const OTHER: &str = "https://other.example/n";
const TRUSTED: &str = "https://trusted.example/n";

fn app(value: &'static str) -> App {
    App {
        x_title: Some(value),
        locale: Some(value),
        x_key: None,
    }
}

#[tokio::test]
async fn another_origin_gets_those_of_the_call_alone() {
    let (client, log) = api();
    let client = client.group(app("canary")).build().unwrap();
    for (at, is_trusted) in [(OTHER, false), (TRUSTED, true), ("/n", true)] {
        client.send(&ByUrl { at }).await.unwrap();
        let base = at.trim_end_matches("/n");
        if !base.is_empty() {
            client.call(&ByPath).base_url(base).send().await.unwrap();
        }
        for sent in taken(&log) {
            assert_eq!(
                sent.matches("canary").count(),
                if is_trusted { 2 } else { 0 },
                "{sent}"
            );
            assert!(sent.contains("x-version: 2"), "{sent}");
        }
        client
            .call(&ByUrl { at })
            .group(app("own"))
            .send()
            .await
            .unwrap();
        let sent = taken(&log).remove(0);
        assert!(
            sent.contains("/n?locale=own") && sent.contains("x-title: own"),
            "{sent}"
        );
    }
}

#[tokio::test]
async fn a_value_that_is_required_has_to_be_the_calls() {
    let (client, log) = api();
    let account = Account { account: "canary" };
    let client = client.group(account.clone()).build().unwrap();
    let url = UrlOfAccount { at: OTHER };
    for error in [
        client.send(&url).await.unwrap_err(),
        client
            .call(&OfAccount)
            .base_url("https://other.example")
            .send()
            .await
            .unwrap_err(),
    ] {
        let error = error.to_string();
        let reason = "it is in the group `Account`, and the other origin https://other.example does not get the client's value of it";
        assert!(error.contains(reason), "{error}");
        assert!(!error.contains("canary"), "{error}");
    }
    assert!(taken(&log).is_empty());
    let own = Account { account: "own" };
    let call = client.call(&OfAccount).base_url("https://other.example");
    call.group(own.clone()).send().await.unwrap();
    client.call(&url).group(own).send().await.unwrap();
    client.send(&UrlOfAccount { at: TRUSTED }).await.unwrap();
    let urls = taken(&log);
    let urls = urls
        .iter()
        .map(|sent| sent.split(['\n', ' ']).nth(1).unwrap());
    assert_eq!(
        urls.collect::<Vec<_>>(),
        ["https://other.example/accounts/own/n", OTHER, TRUSTED]
    );
    assert_eq!(UrlOfAccount::OPERATION.path(), "");
    assert_eq!(OfAccount::OPERATION.path(), "/accounts/{account}/n");
}

#[tokio::test]
async fn a_secret_of_a_group_is_sent_to_trusted_origins_alone() {
    let (client, log) = api();
    let client = client.build().unwrap();
    let secret = || App {
        x_key: Some("canary".into()),
        ..app("own")
    };
    let by_url = |at| ByUrl { at };
    let flattened = |at| Flattened {
        at,
        key: Key {
            x_key: "canary".into(),
        },
    };
    let error = client
        .call(&by_url(OTHER))
        .group(secret())
        .send()
        .await
        .unwrap_err();
    assert_eq!(error.field(), Some("x_key"), "{error}");
    let error = client.send(&flattened(OTHER)).await.unwrap_err();
    assert_eq!(error.field(), Some("x_key"), "{error}");
    assert!(!error.to_string().contains("canary"), "{error}");
    assert!(taken(&log).is_empty());
    client
        .call(&by_url(TRUSTED))
        .group(secret())
        .send()
        .await
        .unwrap();
    client.send(&flattened(TRUSTED)).await.unwrap();
    let sent = taken(&log);
    assert!(
        sent.iter().all(|sent| sent.contains("x-key: canary")),
        "{sent:?}"
    );
    // A secret of the client's group is left out, as all of it.
    let (client, log) = api();
    let client = client.group(secret()).build().unwrap();
    client.send(&by_url(OTHER)).await.unwrap();
    assert!(!taken(&log).concat().contains("canary"));
}
