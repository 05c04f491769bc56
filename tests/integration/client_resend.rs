//! What is sent again after a redirect, and how far a call got: no order is placed twice.

use std::{
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use api_request::{
    ApiRequest, Authorization, Body, BoxError, ClientBuilder, Credentials, Error, Phase, Retry,
    TransportError,
};
use http::{Request, Response};

use crate::server::double;

macro_rules! declare {
    ($($name:ident: $method:ident $(, $key:ident)?;)*) => {$(
        #[derive(ApiRequest)]
        #[api(method = $method, path = "/orders" $(, $key)?)]
        struct $name {
            #[api(body = stream)]
            body: Body,
        }
    )*};
}

declare! {
    Post: POST;
    Put: PUT;
    Patch: PATCH;
    Declared: POST, idempotent;
}

fn body() -> Body {
    Body::from("one")
}

/// What the API does with one request.
#[derive(Debug, Clone, Copy)]
enum Then {
    To(u16),
    Status(u16, &'static [(&'static str, &'static str)]),
    Refuse,
    Break,
    TimeOut,
    NotProcessed,
}

use Then::{Break, NotProcessed, Refuse, Status, TimeOut, To};

type Sent = Arc<Mutex<Vec<String>>>;

/// An API that does these things in order, and the last again and again, and the requests that it got.
fn api(plan: &[Then]) -> (ClientBuilder, Sent) {
    let plan = plan.to_vec();
    let sent = Sent::default();
    let log = sent.clone();
    let client = double(move |request: Request<Body>| {
        let mut log = log.lock().unwrap();
        let then = plan[log.len().min(plan.len() - 1)];
        log.push(format!("{} {}", request.method(), request.uri().path()));
        async move { act(then) }
    });
    (client, sent)
}

fn act(then: Then) -> Result<Response<Body>, BoxError> {
    let broken = || std::io::Error::from(std::io::ErrorKind::ConnectionReset);
    let answer = |status: u16, headers: &[(&str, &str)]| {
        let answer = Response::builder().status(status);
        let answer = headers
            .iter()
            .fold(answer, |answer, (name, value)| answer.header(*name, *value));
        Ok(answer.body(Body::empty())?)
    };
    match then {
        To(status) => answer(status, &[("location", "/there")]),
        Status(status, headers) => answer(status, headers),
        Refuse => Err(TransportError::connect(broken()).into()),
        Break => Err(broken().into()),
        TimeOut => Err(TransportError::timeout(broken()).into()),
        NotProcessed => Err(TransportError::not_processed(broken()).into()),
    }
}

/// What a call ends with, and the requests.
async fn call<R: ApiRequest>(request: &R, plan: &[Then]) -> (Option<Error<R::Error>>, Vec<String>) {
    let (client, sent) = api(plan);
    let client = client.build().unwrap();
    let error = client.send(request).await.err();
    let sent = sent.lock().unwrap().clone();
    (error, sent)
}

const FAILURES: [Then; 9] = [
    Status(429, &[]),
    Status(408, &[]),
    Status(503, &[("retry-after", "1")]),
    Status(500, &[]),
    Status(400, &[("x-should-retry", "true")]),
    Refuse,
    Break,
    TimeOut,
    NotProcessed,
];

#[tokio::test(start_paused = true)]
async fn what_was_answered_with_a_redirect_is_not_sent_again() {
    for status in [301, 302, 303] {
        for failure in FAILURES {
            let plan = [To(status), failure];
            let (error, sent) = call(&Post { body: body() }, &plan).await;
            let expected = ["POST /v1/orders", "GET /there", "GET /there", "GET /there"];
            assert_eq!(sent, expected, "{plan:?}");
            let error = error.unwrap();
            assert_eq!((error.phase(), error.attempts()), (Phase::Answered, 3));
        }
    }
    // More hops before it and after it.
    let plan = [
        To(307),
        To(303),
        Refuse,
        To(302),
        Status(429, &[]),
        Status(204, &[]),
    ];
    let (error, sent) = call(&Post { body: body() }, &plan).await;
    assert!(error.is_none());
    let expected = [
        "POST /v1/orders",
        "POST /there",
        "GET /there",
        "GET /there",
        "GET /there",
        "GET /there",
    ];
    assert_eq!(sent, expected);
}

#[tokio::test(start_paused = true)]
async fn after_a_redirect_that_keeps_the_method_its_rules_hold() {
    for status in [307, 308] {
        for failure in FAILURES {
            let plan = [To(status), failure];
            let is_unsafe = matches!(failure, Break | TimeOut | Status(500, _));
            let post = call(&Post { body: body() }, &plan).await;
            let put = call(&Put { body: body() }, &plan).await;
            for (method, (error, sent), attempts) in [
                ("POST", post, if is_unsafe { 1 } else { 3 }),
                ("PUT", put, 3),
            ] {
                let mut expected = vec![format!("{method} /v1/orders")];
                expected.extend(vec![format!("{method} /there"); attempts]);
                assert_eq!(sent, expected, "{plan:?}");
                assert_eq!(error.unwrap().phase(), Phase::Answered, "{plan:?}");
            }
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_body_that_is_gone_with_the_redirect_does_not_keep_the_next_request_from_a_retry() {
    let pieces = [Ok::<_, std::io::Error>("x".into())];
    let body = Body::once(futures_util::stream::iter(pieces));
    let (error, sent) = call(&Post { body }, &[To(303), Refuse, Status(204, &[])]).await;
    assert!(error.is_none());
    assert_eq!(sent, ["POST /v1/orders", "GET /there", "GET /there"]);
}

#[tokio::test(start_paused = true)]
async fn ten_hops_are_all_that_a_call_follows() {
    let mut plan = vec![To(307); 5];
    plan.push(Refuse);
    plan.push(To(307));
    let (error, sent) = call(&Put { body: body() }, &plan).await;
    assert!(error.unwrap().is_redirect());
    // The first, ten hops, and one of them twice.
    assert_eq!(sent.len(), 12);
}

#[tokio::test(start_paused = true)]
async fn the_phase_is_the_furthest_that_a_request_got() {
    let once = |plan: &'static [Then]| call_phase(Put { body: body() }, plan);
    assert_eq!(once(&[Refuse]).await, Phase::NotSent);
    assert_eq!(once(&[NotProcessed]).await, Phase::NotSent);
    assert_eq!(once(&[Break, Refuse]).await, Phase::MaybeSent);
    assert_eq!(once(&[TimeOut, Refuse]).await, Phase::MaybeSent);
    assert_eq!(once(&[Refuse, Break, NotProcessed]).await, Phase::MaybeSent);
    assert_eq!(once(&[Status(503, &[]), Refuse]).await, Phase::Answered);
    assert_eq!(once(&[Status(503, &[]), Break]).await, Phase::Answered);
    let declared = call_phase(Declared { body: body() }, &[Break, Refuse]).await;
    assert_eq!(declared, Phase::MaybeSent);
    let patch = call_phase(Patch { body: body() }, &[Refuse, Refuse, Break]).await;
    assert_eq!(patch, Phase::MaybeSent);
}

async fn call_phase<R: ApiRequest>(request: R, plan: &[Then]) -> Phase {
    call(&request, plan).await.0.unwrap().phase()
}

#[tokio::test]
async fn a_file_that_is_gone_at_the_second_attempt_was_sent_at_the_first() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("file");
    std::fs::write(&path, "1").unwrap();
    for (status, expected) in [(None, Phase::MaybeSent), (Some(503), Phase::Answered)] {
        std::fs::write(&path, "1").unwrap();
        let gone = path.clone();
        let client = double(move |_| {
            std::fs::remove_file(&gone).unwrap();
            async move {
                act(match status {
                    Some(status) => Status(status, &[("retry-after", "0")]),
                    None => Break,
                })
            }
        });
        let retry = Retry::default().base_delay(Duration::ZERO);
        let client = client.retry(retry).build().unwrap();
        let request = Put {
            body: Body::file(&path),
        };
        let error = client.send(&request).await.unwrap_err();
        assert!(error.is_encode(), "{error:?}");
        assert_eq!((error.phase(), error.attempts()), (expected, 2));
    }
}

#[tokio::test(start_paused = true)]
async fn credentials_that_fail_later_do_not_unsend_a_request() {
    /// Gives a token that expires at once, and nothing after it.
    #[derive(Default)]
    struct Once(AtomicBool);

    impl Credentials for Once {
        async fn get(&self) -> Result<Authorization, BoxError> {
            if self.0.swap(true, Ordering::Relaxed) {
                return Err("logged out".into());
            }
            Ok(Authorization::bearer("t").expires_in(Duration::ZERO))
        }
    }

    for (failure, expected) in [(Refuse, Phase::NotSent), (Break, Phase::MaybeSent)] {
        let (client, _) = api(&[failure]);
        let client = client.credentials(Once::default()).build().unwrap();
        let error = client.send(&Put { body: body() }).await.unwrap_err();
        assert!(error.is_credentials());
        assert_eq!((error.phase(), error.attempts()), (expected, 1));
    }
}
