//! Retries that the caller chooses, by status or by a rule of its own. The clock stands still until everybody waits.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use api_request::{
    ApiRequest, Body, BoxError, Decide, Phase, Retry, Seen, TransportError, blocking,
};
use http::{Request, Response};

use crate::server::{Double, double};

#[derive(ApiRequest)]
#[api(method = GET, path = "/orders", name = "listOrders")]
struct ListOrders;

#[derive(ApiRequest)]
#[api(method = POST, path = "/orders")]
struct PlaceOrder;

#[derive(ApiRequest)]
#[api(method = POST, path = "/orders", idempotency_key = "Idempotency-Key")]
struct PlaceOrderOnce;

/// What each attempt ends with.
#[derive(Clone, Copy)]
enum Then {
    Status(u16, &'static [(&'static str, &'static str)], &'static str),
    Break,
    CannotConnect,
}

impl Then {
    fn act(self) -> Result<Response<Body>, BoxError> {
        let broken = || std::io::Error::from(std::io::ErrorKind::ConnectionReset);
        match self {
            Self::Status(status, headers, body) => {
                let mut response = Response::builder().status(status);
                for (name, value) in headers {
                    response = response.header(*name, *value);
                }
                Ok(response.body(Body::from(body))?)
            }
            Self::Break => Err(broken().into()),
            Self::CannotConnect => Err(TransportError::connect(broken()).into()),
        }
    }
}

/// How many attempts a call takes that ends like this each time.
async fn attempts<R: ApiRequest>(request: &R, retry: Retry, then: Then) -> u32 {
    let (client, sent) = double_of(then);
    let _ = client.retry(retry).build().unwrap().send(request).await;
    *sent.lock().unwrap()
}

fn double_of(then: Then) -> (api_request::ClientBuilder, Arc<Mutex<u32>>) {
    let sent = Arc::new(Mutex::new(0));
    let count = Arc::clone(&sent);
    let client = double(move |_: Request<Body>| {
        *count.lock().unwrap() += 1;
        async move { then.act() }
    });
    (client, sent)
}

#[tokio::test(start_paused = true)]
async fn chosen_statuses_are_retried_where_the_request_is_idempotent() {
    let table: [(Retry, u16, &[&'static str], [u32; 3]); 9] = [
        (Retry::default().on([409]), 409, &[], [3, 1, 3]),
        (Retry::default().on([409]), 404, &[], [1, 1, 1]),
        (Retry::default().on([409]).on([404]), 409, &[], [3, 1, 3]),
        (Retry::default().on([409]), 409, &["false"], [3, 1, 3]),
        (Retry::default().not_on([500]), 500, &[], [1, 1, 1]),
        (Retry::default().not_on([500]), 500, &["true"], [1, 1, 1]),
        (Retry::default().not_on([500]), 502, &[], [3, 1, 3]),
        (
            Retry::default().on([409]).not_on([409]),
            409,
            &[],
            [1, 1, 1],
        ),
        (Retry::none().on([409]), 409, &[], [1, 1, 1]),
    ];
    for (retry, status, words, expected) in table {
        let headers = words.iter().map(|word| ("x-should-retry", *word));
        let headers = Vec::leak(headers.collect());
        let then = Then::Status(status, headers, "");
        let counts = [
            attempts(&ListOrders, retry.clone(), then).await,
            attempts(&PlaceOrder, retry.clone(), then).await,
            attempts(&PlaceOrderOnce, retry.clone(), then).await,
        ];
        assert_eq!(counts, expected, "{retry:?} {status} {words:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_rule_decides_before_all_others() {
    let rule = |decide: Decide| {
        Retry::default()
            .not_on([503])
            .when(move |_: &Seen<'_>| decide)
    };
    let status = |status| Then::Status(status, &[("x-should-retry", "false")], "");
    let table = [
        (Decide::Yes, status(503), [3, 3]),
        (Decide::Yes, status(400), [3, 3]),
        (Decide::Yes, Then::Break, [3, 3]),
        (
            Decide::No,
            Then::Status(500, &[("x-should-retry", "true")], ""),
            [1, 1],
        ),
        (Decide::No, Then::CannotConnect, [1, 1]),
        (Decide::Default, status(503), [1, 1]),
        (Decide::Default, Then::Break, [3, 1]),
        (Decide::Default, Then::CannotConnect, [3, 3]),
    ];
    for (number, (decide, then, expected)) in table.into_iter().enumerate() {
        let counts = [
            attempts(&ListOrders, rule(decide), then).await,
            attempts(&PlaceOrder, rule(decide), then).await,
        ];
        assert_eq!(counts, expected, "row {number}: {decide:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_rule_lifts_neither_the_attempts_nor_the_budget_nor_a_body_that_is_sent_once() {
    #[derive(ApiRequest)]
    #[api(method = PUT, path = "/file")]
    struct Upload {
        #[api(body = stream)]
        file: Body,
    }
    let always = || Retry::default().when(|_| Decide::Yes);
    let then = Then::Status(400, &[], "");
    assert_eq!(attempts(&ListOrders, always().attempts(7), then).await, 7);
    assert_eq!(
        attempts(&ListOrders, Retry::none().when(|_| Decide::Yes), then).await,
        1
    );
    // 500 tokens, 5 for each retry.
    assert_eq!(
        attempts(&ListOrders, always().attempts(1_000), then).await,
        101
    );

    let pieces = futures_util::stream::iter([Ok::<_, std::io::Error>("once".into())]);
    let upload = Upload {
        file: Body::once(pieces),
    };
    assert_eq!(attempts(&upload, always(), then).await, 1);
}

#[tokio::test(start_paused = true)]
async fn a_rule_sees_the_operation_the_response_and_how_far_the_call_got() {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&seen);
    let retry = Retry::default().attempts(2).when(move |seen: &Seen<'_>| {
        let header = seen.headers().map(|headers| headers["x-limit"].clone());
        let shown = format!("{seen:?}");
        log.lock().unwrap().push((
            seen.operation().name(),
            seen.status(),
            header,
            seen.body().cloned(),
            seen.phase(),
        ));
        assert!(!shown.contains("secondary"), "{shown}");
        Decide::Default
    });
    let then = Then::Status(403, &[("x-limit", "secondary")], "a secondary limit");
    assert_eq!(attempts(&ListOrders, retry.clone(), then).await, 1);
    assert_eq!(attempts(&ListOrders, retry, Then::Break).await, 1 + 1);

    let seen = seen.lock().unwrap();
    let (name, status, header, body, phase) = &seen[0];
    assert_eq!(
        (*name, *status),
        ("listOrders", Some(http::StatusCode::FORBIDDEN))
    );
    assert_eq!(header.as_ref().unwrap(), "secondary");
    assert_eq!(body.as_deref(), Some(&b"a secondary limit"[..]));
    assert_eq!(*phase, Phase::Answered);
    let (_, status, header, body, phase) = &seen[1];
    assert!(status.is_none() && header.is_none() && body.is_none());
    assert_eq!(*phase, Phase::MaybeSent);
    // The last attempt that is allowed is not asked about.
    assert_eq!(seen.len(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_rule_is_not_asked_about_what_another_attempt_cannot_change() {
    #[derive(ApiRequest)]
    #[api(method = GET, path = "/number", response = u64)]
    struct GetNumber;

    let never = || Retry::default().when(|seen| panic!("asked about {seen:?}"));
    let not_a_number = Then::Status(200, &[], "\"text\"");
    assert_eq!(attempts(&GetNumber, never(), not_a_number).await, 1);
    let elsewhere = Then::Status(302, &[("location", "https://other.example/")], "");
    assert_eq!(attempts(&GetNumber, never(), elsewhere).await, 1);
}

#[test]
fn the_blocking_client_takes_the_same_rules() {
    let sent = Arc::new(Mutex::new(0));
    let count = Arc::clone(&sent);
    let transport = Double(move |_: Request<Body>| {
        *count.lock().unwrap() += 1;
        async move { Then::Status(400, &[], "").act() }
    });
    let client = blocking::Client::builder("https://api.example.com");
    let client = client.transport(transport).build().unwrap();
    let retry = Retry::default()
        .base_delay(Duration::ZERO)
        .when(|_| Decide::Yes);
    client.call(&PlaceOrder).retry(retry).send().unwrap_err();
    assert_eq!(*sent.lock().unwrap(), 3);
}
