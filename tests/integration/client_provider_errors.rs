//! Credentials of a provider that cannot be sent, and what nothing shows of them.

use std::error::Error as _;

use api_request::{Authorization, BoxError, Credentials};
use http::Response;

use crate::{
    client_provider::{Get, api, lines, login},
    server::double,
};

#[tokio::test(start_paused = true)]
async fn what_cannot_be_sent_is_an_error_that_does_not_show_it() {
    struct Fixed(fn() -> Authorization);

    impl Credentials for Fixed {
        async fn get(&self) -> Result<Authorization, BoxError> {
            Ok((self.0)())
        }
    }

    let cases: [fn() -> Authorization; 9] = [
        || Authorization::bearer(""),
        || Authorization::bearer("canary\n"),
        || Authorization::bearer("can ary"),
        || Authorization::bearer("canäry"),
        || Authorization::basic("can:ary", "p"),
        || Authorization::basic("u", "canary\0"),
        || Authorization::header(""),
        || Authorization::header("Own canary\r\nx: y"),
        || Authorization::header("Own canäry"),
    ];
    for (index, give) in cases.into_iter().enumerate() {
        let (api, sent) = api(&[204]);
        let client = api.credentials(Fixed(give)).build().unwrap();
        let error = client.send(&Get).await.unwrap_err();
        let source = error.source().unwrap();
        let shown = format!("{error} {error:?} {source} {source:?} {:?}", give());
        assert!(!shown.contains("can"), "{index}: {shown}");
        assert!(error.is_credentials());
        assert!(lines(&sent).is_empty());
    }
}

#[tokio::test(start_paused = true)]
async fn nothing_shows_them() {
    struct Own;

    impl Credentials for Own {
        async fn get(&self) -> Result<Authorization, BoxError> {
            Ok(Authorization::header("Own canary"))
        }
    }

    let (api_1, _) = api(&[401]);
    let builder = api_1.credentials(login(&[Ok("canary")]).0);
    let mut shown = vec![format!("{builder:?} {:?}", Authorization::bearer("canary"))];
    let client = builder.build().unwrap();
    let error = client.send(&Get).await.unwrap_err();
    shown.push(format!("{client:?} {error} {error:?}"));

    // An API may repeat it without the scheme.
    let client = double(|_| async {
        let body = r#"{"message": "unknown: canary"}"#;
        Ok(Response::builder().status(403).body(body.into())?)
    });
    let client = client.credentials(Own).build().unwrap();
    let error = client.send(&Get).await.unwrap_err();
    assert!(error.to_string().contains("unknown"), "{error}");
    shown.push(format!("{error} {error:?}"));
    let shown = shown.join(" ");
    assert!(!shown.contains("canary"), "{shown}");
    assert!(shown.contains("provider: true"), "{shown}");
}

#[tokio::test]
async fn a_provider_gives_no_api_key() {
    struct Key;

    impl Credentials for Key {
        async fn get(&self) -> Result<Authorization, BoxError> {
            Ok(Authorization::api_key_query("key", "canary"))
        }
    }

    let (builder, sent) = api(&[204]);
    let client = builder.credentials(Key).build().unwrap();
    let error = client.send(&Get).await.unwrap_err();
    assert!(error.is_credentials());
    assert_eq!(
        error.source().unwrap().to_string(),
        "a provider of credentials returned an API key, expected a value of `Authorization`: an API key is given by `ClientBuilder::api_key_header`"
    );
    assert!(sent.lock().unwrap().is_empty());
}
