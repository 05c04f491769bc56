//! Several origins: a secret is at the origin that it is for, and at no other; and nothing that is told has one.

use std::{fmt::Debug, time::Duration};

use api_request::{ApiRequest, Client, EventRequest, Retry, Secret};

use super::{
    end::{ENDS, End, Wire, transport},
    planted::{
        Credentials, Nested, canary, declared, form, json, parts, streamed, text, token, whole,
    },
    told::{assert_kept, is_in, show, show_error},
};
use crate::recorder::Recorder;

const OTHER: &str = "https://other.example/v2";

/// A request to a URL that is a secret, and has others in it.
#[derive(Debug, ApiRequest)]
#[api(method = PUT, response = Nested, events(item = Nested))]
pub(super) struct Upload {
    #[api(url)]
    at: Secret<String>,
    #[api(body = text)]
    body: &'static str,
}

/// The secrets in the URL.
const IN_URL: [&str; 2] = ["CaNaRy-segment", "CaNaRy-signature"];

pub(super) fn upload(origin: &str) -> Upload {
    let [segment, signature] = IN_URL;
    Upload {
        at: format!("{origin}/{segment}?signature={signature}").into(),
        body: "no secret",
    }
}

/// The secrets that a client has, and those that a call has.
fn secrets(credentials: Credentials) -> (Vec<&'static str>, Vec<&'static str>) {
    let all = credentials.canaries().iter().map(|(secret, _)| *secret);
    match credentials {
        Credentials::Call | Credentials::CallBasic => (Vec::new(), all.collect()),
        Credentials::Bearer | Credentials::Basic | Credentials::Keys => (all.collect(), Vec::new()),
    }
}

fn start(end: End, credentials: Credentials, trusts: bool) -> (Client, Wire) {
    let (transport, wire) = transport(end);
    let builder = Client::builder("https://api.example.com/v1");
    let builder = credentials.of_client(builder.transport(transport));
    let builder = builder.timeout(Duration::from_secs(20));
    let builder = if trusts {
        builder.trust_origin("https://other.example")
    } else {
        builder
    };
    (builder.build().unwrap(), wire)
}

fn retry(end: End) -> Retry {
    match end {
        End::Retried => Retry::default(),
        _ => Retry::none(),
    }
}

/// Sends to another origin in each way, and returns what is told and what is sent.
async fn send_elsewhere(end: End, credentials: Credentials, trusts: bool) -> (String, String) {
    let (recorder, _guard) = Recorder::start();
    let (client, wire) = start(end, credentials, trusts);
    let mut told = String::new();
    show(&mut told, &client);
    for origin in ["https://other.example", "//other.example"] {
        let request = upload(origin);
        let call = credentials.of_call(client.call(&request).retry(retry(end)));
        show(&mut told, &(&request, &call));
        told.push_str(&request.to_curl(client.base_url()).unwrap());
        match call.send_full().await {
            Ok(response) => show(&mut told, &response),
            Err(error) => show_error(&mut told, &error),
        }
        let call = credentials.of_call(client.call(&request).retry(retry(end)));
        if let Err(error) = call.events().await {
            show_error(&mut told, &error);
        }
    }
    told.push_str(&recorder.all());
    let sent = wire.lock().unwrap().join("\n");
    (told, sent)
}

#[tokio::test(start_paused = true)]
async fn another_origin_gets_the_secrets_of_the_url_and_the_call_alone() {
    for end in ENDS {
        for credentials in Credentials::ALL {
            for trusts in [false, true] {
                let of = format!("{end:?} {credentials:?} {trusts}");
                let (told, sent) = send_elsewhere(end, credentials, trusts).await;
                let (of_client, of_call) = secrets(credentials);
                for secret in IN_URL.iter().chain(&of_call) {
                    assert!(is_in(&sent, secret), "{of}: {secret} is not sent:\n{sent}");
                }
                for secret in &of_client {
                    assert_eq!(is_in(&sent, secret), trusts, "{of}: {secret}:\n{sent}");
                }
                assert!(!sent.contains("api.example.com"), "{of}: {sent}");
                assert_kept(&told, &[&IN_URL[..], &of_client, &of_call].concat(), &of);
            }
        }
    }
}

/// A request with a secret is not sent to another base URL, and what refuses it tells nothing.
async fn refuse<R: EventRequest<Response = Nested> + Debug>(request: R, planted: &[&str])
where
    R::Error: 'static,
{
    for credentials in Credentials::ALL {
        let (recorder, _guard) = Recorder::start();
        let of = format!("{} {credentials:?}", R::OPERATION.name());
        let mut told = String::new();
        let (client, wire) = start(End::Success, credentials, false);
        let call = || credentials.of_call(client.call(&request).base_url(OTHER));
        show(&mut told, &call());
        show_error(&mut told, &call().send().await.unwrap_err());
        show_error(&mut told, &call().events().await.unwrap_err());
        show_error(&mut told, &call().build().unwrap_err());
        told.push_str(&recorder.all());
        assert!(wire.lock().unwrap().is_empty(), "{of}");
        assert_kept(&told, planted, &of);

        let (client, wire) = start(End::Success, credentials, true);
        let call = credentials.of_call(client.call(&request).base_url(OTHER));
        call.send().await.unwrap();
        let sent = wire.lock().unwrap().join("\n");
        for secret in planted {
            assert!(is_in(&sent, secret), "{of}: {secret}:\n{sent}");
        }
    }
}

#[tokio::test]
async fn a_request_with_a_secret_is_sent_to_trusted_origins_alone() {
    refuse(json(), &[canary!("path"), canary!("nested")]).await;
    refuse(whole(), &[canary!("whole")]).await;
    refuse(text(), &[canary!("text")]).await;
    refuse(form(), &[canary!("form")]).await;
    refuse(parts(), &[canary!("part"), canary!("json-part")]).await;
    refuse(
        declared(),
        &[canary!("declared-path"), token!("flat-header")],
    )
    .await;
    refuse(streamed(), &[canary!("stream")]).await;
}
