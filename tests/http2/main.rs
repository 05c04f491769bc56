//! HTTP/2 over TLS: what a server says of a request that it does not answer, and what comes of the call.
#![allow(
    clippy::unwrap_used,
    reason = "a helper of a test may panic like the test"
)]

mod canary;
mod faults;
#[path = "../integration/canary/planted.rs"]
mod planted;
#[allow(dead_code, reason = "not all of it is used here")]
#[path = "../integration/recorder.rs"]
mod recorder;
mod server;
mod signed;
#[path = "../integration/canary/told.rs"]
mod told;

use std::{env, io::Write, process::Command, time::Duration};

use api_request::{ApiRequest, Client, Error, Phase, ReqwestTransport, Retry};
use futures_util::StreamExt;
use tokio::task::JoinSet;

use crate::server::{
    Act::{self, *},
    CANCEL, ENHANCE_YOUR_CALM, INTERNAL_ERROR, NO_ERROR, REFUSED_STREAM, Rules, Server,
};

#[derive(ApiRequest)]
#[api(method = POST, path = "/orders")]
struct PlaceOrder {
    #[api(json)]
    item: u32,
}

#[derive(ApiRequest)]
#[api(method = GET, path = "/orders")]
struct ListOrders;

const ORDER: PlaceOrder = PlaceOrder { item: 7 };

/// Retries without waiting.
fn retry() -> Retry {
    Retry::default().base_delay(Duration::ZERO)
}

fn client(server: &Server) -> Client {
    server.builder().retry(retry()).build().unwrap()
}

/// Where a call ends, how many attempts it took, and how many requests the server may have processed.
async fn outcome(act: Act, method: &str) -> (Option<Phase>, u32, usize) {
    let server = Server::start([act]).await;
    let client = client(&server);
    let result = match method {
        "POST" => client.send(&ORDER).await,
        _ => client.send(&ListOrders).await,
    };
    let (phase, attempts) = match result {
        Ok(()) => (None, 1),
        Err(error) => (Some(error.phase()), error.attempts()),
    };
    (phase, attempts, server.processed())
}

#[tokio::test]
async fn a_request_that_was_not_processed_is_retried_whatever_its_method() {
    for act in [
        Reset(REFUSED_STREAM),
        GoAwayBefore(NO_ERROR),
        GoAwayBefore(INTERNAL_ERROR),
        GoAwayBefore(ENHANCE_YOUR_CALM),
    ] {
        for method in ["GET", "POST"] {
            let expected = (Some(Phase::NotSent), 3, 0);
            assert_eq!(outcome(act, method).await, expected, "{act:?}, {method}");
        }
        let server = Server::start([act, act, Answer]).await;
        let response = client(&server).call(&ORDER).send_full().await.unwrap();
        assert_eq!((response.attempts, server.processed()), (3, 1), "{act:?}");
    }
}

#[tokio::test]
async fn a_request_that_may_have_been_processed_is_retried_if_it_is_idempotent() {
    for act in [
        Reset(INTERNAL_ERROR),
        Reset(NO_ERROR),
        Reset(CANCEL),
        GoAwayAfter(NO_ERROR),
        GoAwayAfter(INTERNAL_ERROR),
        HangUp,
    ] {
        let expected = (Some(Phase::MaybeSent), 1, 1);
        assert_eq!(outcome(act, "POST").await, expected, "{act:?}");
        let expected = (Some(Phase::MaybeSent), 3, 3);
        assert_eq!(outcome(act, "GET").await, expected, "{act:?}");
    }
}

#[tokio::test]
async fn a_connection_that_goes_away_after_a_response_is_left() {
    let server = Server::start([AnswerThenGoAway]).await;
    let client = client(&server);
    for _ in 0..3 {
        let response = client.call(&ORDER).send_full().await.unwrap();
        // The `GOAWAY` may come before the next request or after it.
        assert!(response.attempts <= 2);
    }
    assert_eq!(server.processed(), 3);
}

#[tokio::test]
async fn a_connection_that_goes_away_before_any_request_has_processed_none() {
    let rules = Rules {
        requests: 0,
        ..Rules::default()
    };
    let server = Server::with_rules([Answer], rules).await;
    let error: Error = client(&server).send(&ORDER).await.unwrap_err();
    assert_eq!((error.phase(), error.attempts()), (Phase::NotSent, 3));
    assert_eq!(server.processed(), 0);
    assert_eq!(
        error.to_string(),
        "`PlaceOrder`: the server has not processed the request"
    );
}

/// nginx sends `GOAWAY` with the request that reaches its `keepalive_requests`, and discards those after it.
#[tokio::test]
async fn no_post_fails_where_connections_take_so_many_requests() {
    const TASKS: usize = 32;
    const CALLS: usize = 3_000;

    let rules = Rules {
        requests: 100,
        ..Rules::default()
    };
    let server = Server::with_rules([Answer], rules).await;
    // With the delays that a client has by itself.
    let client = server.builder().build().unwrap();
    let mut tasks = JoinSet::new();
    for task in 0..TASKS {
        let client = client.clone();
        tasks.spawn(async move {
            for _ in (task..CALLS).step_by(TASKS) {
                client.send(&ORDER).await.unwrap();
            }
        });
    }
    tasks.join_all().await;
    assert_eq!(server.processed(), CALLS);
}

#[tokio::test]
async fn connections_that_go_away_take_nothing_from_the_budget_for_retries() {
    const CALLS: usize = 60;

    let goes_away = GoAwayBefore(NO_ERROR);
    let server = Server::start([goes_away, goes_away, Answer]).await;
    let client = server.builder().build().unwrap();
    let mut calls = JoinSet::new();
    for _ in 0..CALLS {
        let client = client.clone();
        calls.spawn(async move { client.send(&ORDER).await });
    }
    for result in calls.join_all().await {
        result.unwrap();
    }
    assert_eq!(server.processed(), CALLS);
}

/// Long enough for a response on a busy machine.
const PATIENCE: Duration = Duration::from_secs(2);

#[tokio::test]
async fn a_connection_on_which_an_attempt_timed_out_is_left() {
    for act in [FallSilent, Ignore] {
        for is_service in [false, true] {
            let server = Server::start([Answer, act, Answer, act, Answer]).await;
            let builder = if is_service {
                let transport = ReqwestTransport::from_builder(server.set_up()).unwrap();
                Client::builder(server.origin()).service(transport)
            } else {
                server.builder()
            };
            let client = builder
                .retry(retry())
                .read_timeout(PATIENCE)
                .build()
                .unwrap();
            client.send(&ORDER).await.unwrap();

            let response = client.call(&ListOrders).send_full().await.unwrap();
            assert_eq!(response.attempts, 2);

            let error = client.send(&ORDER).await.unwrap_err();
            assert!(error.is_timeout(), "{error:?}");
            assert_eq!((error.phase(), error.attempts()), (Phase::MaybeSent, 1));
            client.send(&ORDER).await.unwrap();

            let came = server.came();
            let is_left: Vec<bool> = came.windows(2).map(|two| two[0] != two[1]).collect();
            assert_eq!(is_left, [false, true, false, true], "{came:?}");
        }
    }
}

#[derive(ApiRequest)]
#[api(method = GET, path = "/log", response(stream))]
struct GetLog;

#[tokio::test]
async fn a_connection_on_which_a_stream_stalled_is_left() {
    let server = Server::start([AnswerHead, Answer]).await;
    let builder = server.builder().retry(retry()).read_timeout(PATIENCE);
    let client = builder.build().unwrap();
    let mut log = client.send(&GetLog).await.unwrap();
    let error = log.next().await.unwrap().unwrap_err();
    assert!(error.is_timeout(), "{error:?}");
    client.send(&ORDER).await.unwrap();
    let came = server.came();
    assert!(came[0] != came[1], "{came:?}");
}

#[tokio::test]
async fn a_connection_on_which_the_body_of_an_error_stalled_is_left() {
    let server = Server::start([FailWithHead, Answer]).await;
    let builder = server.builder().read_timeout(PATIENCE);
    let client = builder.retry(retry()).build().unwrap();
    let error = client.send(&ORDER).await.unwrap_err();
    assert_eq!(error.status().unwrap(), 500);
    client.send(&ORDER).await.unwrap();
    let came = server.came();
    assert!(came[0] != came[1], "{came:?}");
}

#[tokio::test]
async fn a_connection_that_answers_no_ping_is_closed() {
    let server = Server::start([FallSilent, Answer]).await;
    let set_up = server.set_up();
    let with_pings = move || {
        set_up()
            .http2_keep_alive_interval(PATIENCE / 4)
            .http2_keep_alive_timeout(PATIENCE)
    };
    let builder = Client::builder(server.origin()).reqwest(with_pings);
    let client = builder.retry(retry()).build().unwrap();
    let error = client.send(&ORDER).await.unwrap_err();
    assert!(error.is_timeout(), "{error:?}");
    assert_eq!((error.phase(), error.attempts()), (Phase::MaybeSent, 1));
    assert_eq!(server.pings(), 1);
    client.send(&ORDER).await.unwrap();
    let came = server.came();
    assert!(came[0] != came[1], "{came:?}");
}

/// The client as it is without any setting, in a process of its own, which trusts the server by its environment.
#[tokio::test]
#[ignore = "takes 20 seconds"]
async fn without_settings_a_connection_that_answers_no_ping_is_closed() {
    const ORIGIN: &str = "ORIGIN_OF_THE_TEST";

    if let Ok(origin) = env::var(ORIGIN) {
        let client = Client::builder(origin).retry(Retry::none());
        let error = client.build().unwrap().send(&ORDER).await.unwrap_err();
        // A PING after 10 seconds is waited for as long; the read timeout would be 30 seconds.
        assert!(error.is_timeout(), "{error:?}");
        assert!(!error.to_string().contains("30s"), "{error}");
        return;
    }
    let server = Server::start([FallSilent]).await;
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(server.certificate().as_bytes()).unwrap();
    let mut program = Command::new(env::current_exe().unwrap());
    let test = "without_settings_a_connection_that_answers_no_ping_is_closed";
    program.args([test, "--exact", "--ignored", "--nocapture"]);
    program.env(ORIGIN, server.origin());
    program.env("SSL_CERT_FILE", file.path());
    let status = tokio::task::spawn_blocking(move || program.status());
    assert!(status.await.unwrap().unwrap().success());
    assert_eq!(server.pings(), 1);
}

#[derive(ApiRequest)]
#[api(method = POST, path = "/pings")]
struct Ping;

#[tokio::test]
async fn a_request_without_content_says_so() {
    let server = Server::start([Answer]).await;
    let client = client(&server);
    client.send(&Ping).await.unwrap();
    assert_eq!(server.empty(), 1);
    client.send(&ListOrders).await.unwrap();
    client.send(&ORDER).await.unwrap();
    assert_eq!(server.empty(), 1);
}

#[tokio::test]
async fn a_head_that_is_too_large_is_asked_for_once() {
    let server = Server::start([AnswerAtLength]).await;
    let error = client(&server).send(&ListOrders).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "`ListOrders`: the head of the response is invalid or too large"
    );
    assert_eq!((error.phase(), error.attempts()), (Phase::Answered, 1));
    assert_eq!(server.processed(), 1);
}
