//! A 401 to credentials that a provider got: others are got, once, and the request is sent again.

use std::{error::Error as _, time::Duration};

use api_request::{Body, Phase, Retry};
use futures_util::future::join_all;
use http::{Request, Response};
use tokio::time::sleep;

use crate::{
    client_provider::{Fault, Get, Sent, TOKENS, Upload, client, count, lines, login},
    server::double,
};

#[tokio::test(start_paused = true)]
async fn a_401_gets_others_once_and_is_no_attempt() {
    for retry in [Retry::default(), Retry::none()] {
        let (client, sent, _) = client(&[401, 204], TOKENS);
        let call = client.call(&Get).retry(retry);
        let response = call.send_full().await.unwrap();
        assert_eq!((response.status.as_u16(), response.attempts), (204, 1));
        assert_eq!(
            lines(&sent),
            ["/v1/n Bearer token-1", "/v1/n Bearer token-2"]
        );
        // They are kept.
        client.send(&Get).await.unwrap();
        assert_eq!(lines(&sent)[2], "/v1/n Bearer token-2");
    }
}

#[tokio::test(start_paused = true)]
async fn a_second_401_is_the_error() {
    for (statuses, attempts) in [(&[401][..], 1), (&[401, 503, 401], 2)] {
        let (client, sent, started) = client(statuses, TOKENS);
        let error = client.send(&Get).await.unwrap_err();
        assert_eq!(error.status().unwrap(), 401);
        assert_eq!(error.attempts(), attempts);
        assert!(error.is_status() && error.source().is_none());
        assert_eq!(count(&started), 2);
        assert_eq!(lines(&sent).last().unwrap(), "/v1/n Bearer token-2");
    }
}

#[tokio::test(start_paused = true)]
async fn no_retry_is_taken_from_the_budget() {
    // Every other answer is a 401, and every refresh a success.
    let statuses: Vec<u16> = [401, 204].repeat(150);
    let (client, _, started) = client(&[&statuses[..], &[500]].concat(), TOKENS);
    for _ in 0..150 {
        client.send(&Get).await.unwrap();
    }
    assert_eq!(count(&started), 151);
    assert_eq!(client.send(&Get).await.unwrap_err().attempts(), 3);
}

#[tokio::test(start_paused = true)]
async fn calls_that_are_refused_at_the_same_time_share_what_replaces_it() {
    let sent = Sent::default();
    let log = sent.clone();
    let api = double(move |request: Request<Body>| {
        let value = request.headers()["authorization"].to_str().unwrap();
        log.lock().unwrap().push(value.to_owned());
        let status = if value == "Bearer token-1" { 401 } else { 204 };
        let delay = log.lock().unwrap().len() as u64;
        async move {
            // Each answer at its own time, before, while and after the others are got.
            sleep(Duration::from_millis(300 * delay)).await;
            Ok(Response::builder().status(status).body(Body::empty())?)
        }
    });
    let (login, started) = login(TOKENS);
    let client = api.credentials(login).build().unwrap();
    for result in join_all((0..10).map(|_| client.send(&Get))).await {
        result.unwrap();
    }
    assert_eq!(count(&started), 2);
    let sent = sent.lock().unwrap();
    let refused = sent
        .iter()
        .filter(|value| *value == "Bearer token-1")
        .count();
    assert_eq!((refused, sent.len()), (10, 20));
}

#[tokio::test(start_paused = true)]
async fn a_body_that_can_be_sent_once_is_sent_once() {
    let (client, sent, started) = client(&[401, 401, 204], TOKENS);
    let pieces = || futures_util::stream::iter([Ok::<_, std::io::Error>("x".into())]);
    let content = Body::once(pieces());
    let error = client.send(&Upload { content }).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "`Upload`: 401 Unauthorized: no: Bearer (hidden) (not tried again: the body can be sent only once)"
    );
    assert_eq!((lines(&sent).len(), count(&started)), (1, 1));
    // What was refused is not used again.
    let content = Body::stream(pieces);
    client.send(&Upload { content }).await.unwrap();
    assert_eq!(
        lines(&sent)[1..],
        ["/v1/n Bearer token-2", "/v1/n Bearer token-3"].map(String::from)
    );
}

#[tokio::test(start_paused = true)]
async fn when_there_are_no_others_the_401_is_the_error() {
    let (client, sent, _) = client(&[401, 204], &[Ok("token-1"), Err(Fault), Ok("token-3")]);
    let error = client.send(&Get).await.unwrap_err();
    assert_eq!(error.status().unwrap(), 401);
    assert_eq!((error.phase(), error.attempts()), (Phase::Answered, 1));
    assert!(error.is_status() && !error.is_credentials());
    assert_eq!(
        error.to_string(),
        "`Get`: 401 Unauthorized: no: Bearer (hidden) (not tried again: the provider of credentials failed)"
    );
    assert_eq!(
        error.source().unwrap().downcast_ref::<Fault>(),
        Some(&Fault)
    );
    // What was refused is not used again.
    client.send(&Get).await.unwrap();
    assert_eq!(
        lines(&sent),
        ["/v1/n Bearer token-1", "/v1/n Bearer token-3"]
    );
}

#[tokio::test(start_paused = true)]
async fn a_hop_that_is_refused_is_sent_again_and_no_other() {
    let (client, sent, _) = client(&[303, 401, 204], TOKENS);
    let content = Body::stream(|| futures_util::stream::iter([Ok::<_, Fault>("x".into())]));
    client.send(&Upload { content }).await.unwrap();
    assert_eq!(
        lines(&sent),
        [
            "/v1/n Bearer token-1",
            "/there Bearer token-1",
            "/there Bearer token-2"
        ]
    );
}

#[tokio::test(start_paused = true)]
async fn a_timeout_after_a_401_keeps_the_answer() {
    let (client, _, _) = client(&[401], TOKENS);
    let call = client.call(&Get).timeout(Duration::from_millis(1_500));
    let error = call.send().await.unwrap_err();
    assert!(error.is_timeout());
    assert_eq!(error.phase(), Phase::Answered);
    assert_eq!(
        error.to_string(),
        "`Get`: 401 Unauthorized, but the call was not done after 1.5s, its timeout"
    );
}
