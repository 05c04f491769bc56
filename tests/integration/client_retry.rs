//! Retries: what is tried again, how often, and after which wait. The clock stands still until everybody waits.

use std::{
    collections::BTreeSet,
    sync::{
        Arc, Mutex,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use api_request::{ApiRequest, Body, BoxError, ClientBuilder, Phase, Retry, TransportError};
use http::{Request, Response};
use tokio::time::Instant;

use crate::server::double;

macro_rules! declare {
    ($($name:ident: $method:literal $(, $key:ident $(= $value:literal)?)?;)*) => {
        $(
            #[derive(ApiRequest)]
            #[api(method = $method, path = "/n" $(, $key $(= $value)?)?)]
            struct $name;
        )*
    };
}

declare! {
    Get: "GET";
    Head: "HEAD";
    Put: "PUT";
    Delete: "DELETE";
    Options: "OPTIONS";
    Trace: "TRACE";
    Post: "POST";
    Patch: "PATCH";
    Query: "QUERY";
    Other: "PURGE";
    Declared: "POST", idempotent;
    Keyed: "POST", idempotency_key = "Idempotency-Key";
}

/// What the API does with one attempt.
#[derive(Clone, Copy)]
enum Then {
    Status(u16, &'static [(&'static str, &'static str)]),
    CannotConnect,
    TimeOut,
    Break,
    /// The body of a 200 breaks off.
    Cut,
    Silence,
}

type Sent = Arc<Mutex<Vec<http::request::Parts>>>;

/// An API that does these things in order, and the last again and again, and the requests it got.
fn api(plan: &[Then]) -> (ClientBuilder, Sent) {
    let plan = plan.to_vec();
    let sent = Sent::default();
    let log = sent.clone();
    let client = double(move |request: Request<Body>| {
        let mut log = log.lock().unwrap();
        let then = plan[log.len().min(plan.len() - 1)];
        log.push(request.into_parts().0);
        async move { act(then).await }
    });
    (client, sent)
}

async fn act(then: Then) -> Result<Response<Body>, BoxError> {
    let broken = || std::io::Error::from(std::io::ErrorKind::ConnectionReset);
    match then {
        Then::Status(status, headers) => {
            let answer = Response::builder().status(status);
            let answer = headers
                .iter()
                .fold(answer, |answer, (name, value)| answer.header(*name, *value));
            Ok(answer.body(Body::empty())?)
        }
        Then::CannotConnect => Err(TransportError::connect(broken()).into()),
        Then::TimeOut => Err(TransportError::timeout(broken()).into()),
        Then::Break => Err(broken().into()),
        Then::Cut => {
            let pieces = [Ok("half".into()), Err(broken())];
            Ok(Response::new(Body::once(futures_util::stream::iter(
                pieces,
            ))))
        }
        Then::Silence => std::future::pending().await,
    }
}

/// How often a request is sent to an API that does nothing but this.
async fn attempts<R: ApiRequest>(request: R, then: Then) -> u32 {
    let (client, sent) = api(&[then]);
    let result = client.build().unwrap().send(&request).await;
    let count = u32::try_from(sent.lock().unwrap().len()).unwrap();
    if let Err(error) = result {
        assert_eq!(error.attempts(), count);
    }
    count
}

/// How often each kind of request is sent: with an idempotent method, declared idempotent, with another method.
async fn each(then: Then) -> [u32; 3] {
    let idempotent = [
        attempts(Get, then).await,
        attempts(Head, then).await,
        attempts(Put, then).await,
        attempts(Delete, then).await,
        attempts(Options, then).await,
        attempts(Trace, then).await,
        attempts(Query, then).await,
    ];
    let declared = [attempts(Declared, then).await, attempts(Keyed, then).await];
    let other = [
        attempts(Post, then).await,
        attempts(Patch, then).await,
        attempts(Other, then).await,
    ];
    let one = |counts: &[u32]| {
        let counts: BTreeSet<&u32> = counts.iter().collect();
        assert_eq!(counts.len(), 1, "{counts:?}");
        **counts.first().unwrap()
    };
    [one(&idempotent), one(&declared), one(&other)]
}

#[tokio::test(start_paused = true)]
async fn the_status_and_the_method_say_whether_to_try_again() {
    for status in 300..600 {
        let expected = match status {
            408 | 425 | 429 => [3, 3, 3],
            500 | 502 | 503 | 504 | 520..=524 | 529 | 530 => [3, 3, 1],
            _ => [1, 1, 1],
        };
        assert_eq!(each(Then::Status(status, &[])).await, expected, "{status}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_hint_lets_a_403_409_and_503_be_tried_again_and_no_other() {
    let hinted = [(403, 3), (409, 3), (503, 3)];
    let others = [(500, 1), (502, 1), (504, 1), (501, 1), (400, 1), (529, 1)];
    for (status, expected) in hinted.into_iter().chain(others) {
        for hint in [("retry-after", "1"), ("retry-after-ms", "0")] {
            let count = attempts(Post, Then::Status(status, Vec::leak(vec![hint]))).await;
            assert_eq!(count, expected, "{status} {hint:?}");
        }
    }
    let no_hint = Then::Status(503, &[("retry-after", "soon")]);
    assert_eq!(attempts(Post, no_hint).await, 1);
}

#[tokio::test(start_paused = true)]
async fn the_api_has_the_last_word() {
    for (status, word, expected) in [
        (500, "true", [3, 3, 3]),
        (400, "true", [3, 3, 3]),
        (409, "True", [3, 3, 3]),
        (429, "false", [1, 1, 1]),
        (503, "FALSE", [1, 1, 1]),
        (500, "maybe", [3, 3, 1]),
    ] {
        let headers = Vec::leak(vec![("x-should-retry", word)]);
        assert_eq!(
            each(Then::Status(status, headers)).await,
            expected,
            "{status} {word}"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn a_request_that_may_have_arrived_is_sent_again_if_idempotent() {
    for (then, expected) in [
        (Then::CannotConnect, [3, 3, 3]),
        (Then::TimeOut, [3, 3, 1]),
        (Then::Break, [3, 3, 1]),
        (Then::Silence, [3, 3, 1]),
    ] {
        assert_eq!(each(then).await, expected);
    }
}

#[tokio::test(start_paused = true)]
async fn a_body_that_breaks_off_is_asked_for_again() {
    #[derive(ApiRequest)]
    #[api(method = GET, path = "/n", response(text))]
    struct GetText;
    #[derive(ApiRequest)]
    #[api(method = POST, path = "/n", response(text))]
    struct PostText;

    assert_eq!(attempts(GetText, Then::Cut).await, 3);
    assert_eq!(attempts(PostText, Then::Cut).await, 1);
}

#[tokio::test(start_paused = true)]
async fn a_retry_that_succeeds_is_a_success() {
    let (client, sent) = api(&[
        Then::CannotConnect,
        Then::Status(503, &[("retry-after", "7")]),
        Then::Status(204, &[]),
    ]);
    let start = Instant::now();
    let response = client
        .build()
        .unwrap()
        .call(&Get)
        .send_full()
        .await
        .unwrap();
    assert_eq!((response.status.as_u16(), response.attempts), (204, 3));
    assert_eq!(response.retry_after, Some(Duration::from_secs(7)));
    assert_eq!(sent.lock().unwrap().len(), 3);
    // The first wait is half a second at most, and a millisecond for the clock's step.
    let waits = Duration::from_secs(7)..=Duration::from_millis(7_501);
    assert!(waits.contains(&start.elapsed()), "{:?}", start.elapsed());
}

#[tokio::test(start_paused = true)]
async fn waits_are_random_and_bounded() {
    let (client, _) = api(&[Then::Status(500, &[])]);
    let retry = Retry::default()
        .attempts(6)
        .base_delay(Duration::from_secs(1))
        .max_delay(Duration::from_secs(4));
    let client = client.retry(retry).build().unwrap();
    let mut waits = BTreeSet::new();
    for _ in 0..5 {
        let start = Instant::now();
        let error = client.send(&Get).await.unwrap_err();
        assert_eq!(error.attempts(), 6);
        // 1, 2, 4, 4 and 4 seconds at most, and a millisecond each for the clock's steps.
        assert!(start.elapsed() <= Duration::from_millis(15_005));
        waits.insert(start.elapsed());
    }
    assert!(waits.len() > 1);
}

#[tokio::test(start_paused = true)]
async fn a_wait_is_any_part_of_the_longest() {
    let (client, _) = api(&[Then::Status(500, &[])]);
    let retry = Retry::default()
        .attempts(2)
        .base_delay(Duration::from_secs(100));
    let client = client.retry(retry.max_delay(Duration::from_secs(100)));
    let client = client.build().unwrap();
    // Which quarters of the longest wait came up. That one does not, in so many, is as good as impossible.
    let mut quarters = BTreeSet::new();
    for _ in 0..90 {
        let start = Instant::now();
        client.send(&Get).await.unwrap_err();
        quarters.insert((start.elapsed().as_secs() / 25).min(3));
    }
    assert_eq!(quarters, BTreeSet::from([0, 1, 2, 3]));
}

#[tokio::test(start_paused = true)]
async fn a_hint_takes_the_place_of_the_wait() {
    for (hint, milliseconds) in [
        (("retry-after", "60"), 120_000),
        (("retry-after", "0.2"), 2_000),
        (("retry-after", "0"), 0),
        (("retry-after", "Sun, 06 Nov 1994 08:49:37 GMT"), 0),
        (("retry-after-ms", "1500"), 3_000),
    ] {
        let (client, _) = api(&[Then::Status(429, Vec::leak(vec![hint]))]);
        let start = Instant::now();
        let error = client.build().unwrap().send(&Post).await.unwrap_err();
        assert_eq!(error.attempts(), 3, "{hint:?}");
        assert_eq!(
            start.elapsed(),
            Duration::from_millis(milliseconds),
            "{hint:?}"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn a_hint_of_more_than_is_allowed_ends_the_call() {
    let (client, sent) = api(&[Then::Status(429, &[("retry-after", "61")])]);
    let client = client.build().unwrap();
    let error = client.send(&Get).await.unwrap_err();
    assert_eq!(error.retry_after(), Some(Duration::from_secs(61)));
    assert_eq!(
        error.to_string(),
        "`Get`: 429 Too Many Requests (not retried: the server's retry delay is 61s)"
    );
    assert_eq!(sent.lock().unwrap().len(), 1);

    let retry = Retry::default().max_server_delay(Duration::from_secs(61));
    let error = client.call(&Get).retry(retry).send().await.unwrap_err();
    assert_eq!(error.attempts(), 3);
}

#[tokio::test(start_paused = true)]
async fn a_body_that_can_be_sent_once_is_sent_once() {
    #[derive(ApiRequest)]
    #[api(method = PUT, path = "/n")]
    struct Upload {
        #[api(body = stream)]
        content: Body,
    }

    let (client, sent) = api(&[Then::Status(503, &[])]);
    let client = client.build().unwrap();
    let pieces = || futures_util::stream::iter([Ok::<_, std::io::Error>("x".into())]);
    let content = Body::once(pieces());
    let error = client.send(&Upload { content }).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "`Upload`: 503 Service Unavailable (not retried: the body can be sent only once)"
    );
    assert_eq!(sent.lock().unwrap().len(), 1);
    let content = Body::stream(pieces);
    let error = client.send(&Upload { content }).await.unwrap_err();
    assert_eq!(error.attempts(), 3);
}

#[tokio::test(start_paused = true)]
async fn an_idempotency_key_is_new_for_each_call_and_the_same_in_each_attempt() {
    let (client, sent) = api(&[Then::Status(500, &[])]);
    let client = client.build().unwrap();
    client.send(&Keyed).await.unwrap_err();
    client.send(&Keyed).await.unwrap_err();
    let call = client.call(&Keyed).header("idempotency-key", "mine");
    call.send().await.unwrap_err();
    let sent = sent.lock().unwrap();
    let keys: Vec<&str> = sent
        .iter()
        .map(|head| head.headers["idempotency-key"].to_str().unwrap())
        .collect();
    let distinct: BTreeSet<&&str> = keys.iter().collect();
    assert_eq!((keys.len(), distinct.len()), (9, 3));
    assert!(keys[0] == keys[1] && keys[1] == keys[2] && keys[3] == keys[5]);
    assert_eq!(keys[8], "mine");
}

#[tokio::test(start_paused = true)]
async fn attempts_are_counted_from_the_first() {
    for (attempts, expected) in [(0, 1), (1, 1), (2, 2), (5, 5)] {
        let (client, sent) = api(&[Then::Status(500, &[])]);
        let client = client.retry(Retry::default().attempts(attempts));
        client.build().unwrap().send(&Get).await.unwrap_err();
        assert_eq!(sent.lock().unwrap().len(), expected);
    }
    let (client, sent) = api(&[Then::Status(500, &[])]);
    let client = client.build().unwrap();
    let call = client.call(&Get).retry(Retry::none());
    assert_eq!(call.send().await.unwrap_err().attempts(), 1);
    assert_eq!(sent.lock().unwrap().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn redirect_hops_are_no_attempts() {
    let (client, sent) = api(&[
        Then::Status(307, &[("location", "/other")]),
        Then::Status(503, &[]),
        Then::Status(204, &[]),
    ]);
    let response = client
        .build()
        .unwrap()
        .call(&Get)
        .send_full()
        .await
        .unwrap();
    assert_eq!(response.attempts, 2);
    let sent = sent.lock().unwrap();
    let paths: Vec<&str> = sent.iter().map(|head| head.uri.path()).collect();
    // What was answered is not sent again.
    assert_eq!(paths, ["/v1/n", "/other", "/other"]);
}

#[tokio::test(start_paused = true)]
async fn a_wait_that_the_timeout_would_cut_is_not_begun() {
    let (client, _) = api(&[Then::Status(503, &[("retry-after", "9")])]);
    let client = client.timeout(Duration::from_secs(9)).build().unwrap();
    let start = Instant::now();
    let error = client.send(&Get).await.unwrap_err();
    assert_eq!(start.elapsed(), Duration::ZERO);
    assert!(error.is_status());
    assert!(
        error
            .to_string()
            .ends_with("(not retried: the call's timeout would expire first)"),
        "{error}"
    );
}

#[tokio::test(start_paused = true)]
async fn the_timeout_of_a_call_ends_all_of_it() {
    let (client, sent) = api(&[Then::Silence]);
    let client = client.timeout(Duration::from_secs(45)).build().unwrap();
    let start = Instant::now();
    let error = client.send(&Get).await.unwrap_err();
    assert!(error.is_timeout());
    assert_eq!((error.phase(), error.attempts()), (Phase::MaybeSent, 2));
    assert_eq!(start.elapsed(), Duration::from_secs(45));
    assert_eq!(sent.lock().unwrap().len(), 2);
}

#[tokio::test(start_paused = true)]
async fn the_budget_is_shared_and_ends() {
    let (client, sent) = api(&[Then::Status(500, &[])]);
    let client = client.build().unwrap();
    let clone = client.clone();
    // 500 tokens, 5 a retry, 2 retries a call.
    for _ in 0..25 {
        assert_eq!(client.send(&Get).await.unwrap_err().attempts(), 3);
        assert_eq!(clone.send(&Get).await.unwrap_err().attempts(), 3);
    }
    let error = client.send(&Get).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "`Get`: 500 Internal Server Error (not retried: the client's retry budget is used up)"
    );
    assert_eq!(sent.lock().unwrap().len(), 151);
}

#[tokio::test(start_paused = true)]
async fn a_timeout_takes_more_of_the_budget() {
    let (client, sent) = api(&[Then::TimeOut]);
    let client = client.build().unwrap();
    for _ in 0..26 {
        client.send(&Get).await.unwrap_err();
    }
    // 500 tokens, 10 a retry.
    assert_eq!(sent.lock().unwrap().len(), 26 + 50);
}

#[tokio::test(start_paused = true)]
async fn success_fills_the_budget_again() {
    let fails = Arc::new(AtomicU32::new(u32::MAX));
    let count = fails.clone();
    let client = double(move |_| {
        let left = count.load(Ordering::Relaxed);
        count.store(left.saturating_sub(1), Ordering::Relaxed);
        act(Then::Status(if left == 0 { 204 } else { 500 }, &[]))
    });
    let client = client.build().unwrap();
    for _ in 0..51 {
        client.send(&Get).await.unwrap_err();
    }
    fails.store(0, Ordering::Relaxed);
    for _ in 0..5 {
        client.send(&Get).await.unwrap();
    }
    // 5 tokens: one retry, which succeeds and gives them back, again and again.
    for _ in 0..3 {
        fails.store(1, Ordering::Relaxed);
        let response = client.call(&Get).send_full().await.unwrap();
        assert_eq!(response.attempts, 2);
    }
    fails.store(u32::MAX, Ordering::Relaxed);
    assert_eq!(client.send(&Get).await.unwrap_err().attempts(), 2);
}

#[tokio::test(start_paused = true)]
async fn calls_that_are_dropped_while_they_wait_take_nothing_of_the_budget() {
    let (client, _) = api(&[Then::Status(503, &[("retry-after", "30")])]);
    let client = client.build().unwrap();
    for _ in 0..200 {
        let call = tokio::time::timeout(Duration::from_secs(1), client.send(&Get));
        assert!(call.await.is_err());
    }
    assert_eq!(client.send(&Get).await.unwrap_err().attempts(), 3);
}

#[tokio::test(start_paused = true)]
async fn dropping_a_call_ends_its_wait() {
    let (client, sent) = api(&[Then::Status(503, &[("retry-after", "30")])]);
    let client = client.build().unwrap();
    let call = tokio::time::timeout(Duration::from_secs(10), client.send(&Get));
    assert!(call.await.is_err());
    tokio::time::sleep(Duration::from_secs(60)).await;
    assert_eq!(sent.lock().unwrap().len(), 1);
}
