//! Credentials that a provider gets: when it is asked, and what of it is shared.

use std::{
    error::Error as _,
    fmt,
    sync::{
        Arc, Mutex,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use api_request::{
    ApiRequest, Authorization, Body, BoxError, Client, ClientBuilder, Credentials, Phase, Secret,
};
use futures_util::future::join_all;
use http::{Request, Response};
use tokio::time::{Instant, sleep};

use crate::server::double;

#[derive(ApiRequest)]
#[api(method = GET, path = "/n")]
pub(crate) struct Get;

#[derive(ApiRequest)]
#[api(method = GET, path = "/open", auth = none)]
struct Open;

#[derive(ApiRequest)]
#[api(method = GET, path = "/closed", auth = required)]
struct Closed {
    #[api(header)]
    authorization: Option<Secret<String>>,
}

#[derive(ApiRequest)]
#[api(method = POST, path = "/n")]
pub(crate) struct Upload {
    #[api(body = stream)]
    pub(crate) content: Body,
}

/// What the API got: the path, and `Authorization`.
pub(crate) type Sent = Arc<Mutex<Vec<String>>>;

/// An API that answers with these statuses in order, and the last again and again, and with what it was let in by.
pub(crate) fn api(statuses: &[u16]) -> (ClientBuilder, Sent) {
    let statuses = statuses.to_vec();
    let sent = Sent::default();
    let log = sent.clone();
    let client = double(move |request: Request<Body>| {
        let mut log = log.lock().unwrap();
        let status = statuses[log.len().min(statuses.len() - 1)];
        let value = request.headers().get("authorization");
        let value = value.map_or("-", |value| {
            assert!(value.is_sensitive());
            value.to_str().unwrap()
        });
        log.push(format!("{} {value}", request.uri().path()));
        let answer = Response::builder()
            .status(status)
            .header("location", "/there")
            .body(format!(r#"{{"message": "no: {value}"}}"#).into());
        async move { Ok(answer?) }
    });
    (client, sent)
}

/// A provider that takes a second, fails where the plan says so, and counts. The plan's last is for ever.
pub(crate) struct Login {
    started: Arc<AtomicU32>,
    plan: &'static [Result<&'static str, Fault>],
    expires_in: Option<Duration>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Fault;

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the login failed")
    }
}

impl std::error::Error for Fault {}

impl Credentials for Login {
    async fn get(&self) -> Result<Authorization, BoxError> {
        let index = self.started.fetch_add(1, Ordering::Relaxed) as usize;
        sleep(Duration::from_secs(1)).await;
        let token = self.plan[index.min(self.plan.len() - 1)]?;
        let authorization = Authorization::bearer(token);
        Ok(match self.expires_in {
            Some(time) => authorization.expires_in(time),
            None => authorization,
        })
    }
}

pub(crate) const TOKENS: &[Result<&str, Fault>] = &[Ok("token-1"), Ok("token-2"), Ok("token-3")];

pub(crate) fn login(plan: &'static [Result<&'static str, Fault>]) -> (Login, Arc<AtomicU32>) {
    let started = Arc::default();
    let login = Login {
        started: Arc::clone(&started),
        plan,
        expires_in: None,
    };
    (login, started)
}

/// A client of such an API with such a provider.
pub(crate) fn client(
    statuses: &[u16],
    plan: &'static [Result<&'static str, Fault>],
) -> (Client, Sent, Arc<AtomicU32>) {
    let (api, sent) = api(statuses);
    let (login, started) = login(plan);
    let client = api.credentials(login).build().unwrap();
    (client, sent, started)
}

pub(crate) fn count(started: &AtomicU32) -> u32 {
    started.load(Ordering::Relaxed)
}

pub(crate) fn lines(sent: &Sent) -> Vec<String> {
    sent.lock().unwrap().clone()
}

#[tokio::test(start_paused = true)]
async fn it_is_asked_when_the_first_call_is_sent_and_not_again() {
    let (client, sent, started) = client(&[204], TOKENS);
    let call = client.send(&Get);
    assert_eq!(count(&started), 0);
    call.await.unwrap();
    sleep(Duration::from_secs(1_000_000)).await;
    client.clone().send(&Get).await.unwrap();
    assert_eq!(count(&started), 1);
    assert_eq!(
        lines(&sent),
        ["/v1/n Bearer token-1", "/v1/n Bearer token-1"]
    );
}

#[tokio::test(start_paused = true)]
async fn a_closure_gives_a_bearer_token() {
    async fn log_in() -> Result<Secret<String>, Fault> {
        Ok("of-a-function".into())
    }

    let (api_1, sent_1) = api(&[204]);
    let token = String::from("of-a-closure");
    let provider = move || {
        let token = token.clone();
        async move { Ok::<_, BoxError>(Secret::new(token)) }
    };
    let client = api_1.credentials(provider).build().unwrap();
    client.send(&Get).await.unwrap();
    assert_eq!(lines(&sent_1), ["/v1/n Bearer of-a-closure"]);

    let (api_2, sent_2) = api(&[204]);
    let client = api_2.credentials(log_in).build().unwrap();
    client.send(&Get).await.unwrap();
    assert_eq!(lines(&sent_2), ["/v1/n Bearer of-a-function"]);
}

#[tokio::test(start_paused = true)]
async fn other_schemes_are_sent_as_they_are() {
    struct Fixed(fn() -> Authorization);

    impl Credentials for Fixed {
        async fn get(&self) -> Result<Authorization, BoxError> {
            Ok((self.0)())
        }
    }

    for (give, expected) in [
        (
            (|| Authorization::basic("Aladdin", "open sesame")) as fn() -> Authorization,
            "/v1/n Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==",
        ),
        (
            || Authorization::header("Digest a=\"b\""),
            "/v1/n Digest a=\"b\"",
        ),
    ] {
        let (api, sent) = api(&[204]);
        let client = api.credentials(Fixed(give)).build().unwrap();
        client.send(&Get).await.unwrap();
        assert_eq!(lines(&sent), [expected]);
    }
}

#[tokio::test(start_paused = true)]
async fn calls_at_the_same_time_share_one_fetch() {
    let (client, sent, started) = client(&[204], TOKENS);
    let start = Instant::now();
    let calls: Vec<_> = (0..100).map(|_| client.send(&Get)).collect();
    for result in join_all(calls).await {
        result.unwrap();
    }
    assert_eq!(count(&started), 1);
    assert_eq!(start.elapsed(), Duration::from_secs(1));
    assert_eq!(lines(&sent), ["/v1/n Bearer token-1"; 100]);
}

#[tokio::test(start_paused = true)]
async fn calls_at_the_same_time_share_one_failure() {
    let (client, sent, started) = client(&[204], &[Err(Fault), Ok("token-2")]);
    let calls: Vec<_> = (0..100).map(|_| client.send(&Get)).collect();
    for result in join_all(calls).await {
        let error = result.unwrap_err();
        assert!(error.is_credentials());
        assert_eq!((error.phase(), error.attempts()), (Phase::NotSent, 0));
        assert_eq!(
            error.to_string(),
            "`Get`: the provider of credentials failed"
        );
        assert_eq!(
            error.source().unwrap().downcast_ref::<Fault>(),
            Some(&Fault)
        );
    }
    assert_eq!(count(&started), 1);
    assert!(lines(&sent).is_empty());
    // The next one tries again.
    client.send(&Get).await.unwrap();
    assert_eq!(lines(&sent), ["/v1/n Bearer token-2"]);
}

#[tokio::test(start_paused = true)]
async fn when_the_call_that_fetches_is_dropped_the_next_one_fetches() {
    let (client, sent, started) = client(&[204], TOKENS);
    let first = tokio::spawn(client.send(&Get));
    tokio::task::yield_now().await;
    let others: Vec<_> = (0..3).map(|_| tokio::spawn(client.send(&Get))).collect();
    sleep(Duration::from_millis(500)).await;
    first.abort();
    for result in join_all(others).await {
        result.unwrap().unwrap();
    }
    assert!(first.await.unwrap_err().is_cancelled());
    assert_eq!(count(&started), 2);
    assert_eq!(lines(&sent), ["/v1/n Bearer token-2"; 3]);
}

#[tokio::test(start_paused = true)]
async fn what_has_expired_is_got_anew() {
    let (api, sent) = api(&[204]);
    let (mut login, started) = login(TOKENS);
    login.expires_in = Some(Duration::from_secs(60));
    let client = api.credentials(login).build().unwrap();
    client.send(&Get).await.unwrap();
    // Counted from when it was asked for, a second ago.
    sleep(Duration::from_millis(58_999)).await;
    client.send(&Get).await.unwrap();
    assert_eq!(count(&started), 1);
    sleep(Duration::from_millis(1)).await;
    client.send(&Get).await.unwrap();
    assert_eq!(
        lines(&sent),
        [
            "/v1/n Bearer token-1",
            "/v1/n Bearer token-1",
            "/v1/n Bearer token-2"
        ]
    );
}

#[tokio::test(start_paused = true)]
async fn what_expires_at_once_is_good_for_the_calls_that_waited() {
    let (api, sent) = api(&[204]);
    let (mut login, started) = login(TOKENS);
    login.expires_in = Some(Duration::ZERO);
    let client = api.credentials(login).build().unwrap();
    let calls = (0..5).map(|_| client.send(&Get));
    for result in join_all(calls).await {
        result.unwrap();
    }
    assert_eq!(count(&started), 1);
    client.send(&Get).await.unwrap();
    assert_eq!(count(&started), 2);
    assert_eq!(lines(&sent).last().unwrap(), "/v1/n Bearer token-2");
}

#[tokio::test(start_paused = true)]
async fn an_expiry_beyond_the_clock_never_comes() {
    let (api, _) = api(&[204]);
    let (mut login, started) = login(TOKENS);
    login.expires_in = Some(Duration::MAX);
    let client = api.credentials(login).build().unwrap();
    client.send(&Get).await.unwrap();
    client.send(&Get).await.unwrap();
    assert_eq!(count(&started), 1);
}

#[tokio::test(start_paused = true)]
async fn what_expires_between_two_attempts_is_got_anew() {
    let (api, sent) = api(&[503, 204]);
    let (mut login, _) = login(TOKENS);
    login.expires_in = Some(Duration::ZERO);
    let client = api.credentials(login).build().unwrap();
    let response = client.call(&Get).send_full().await.unwrap();
    assert_eq!(response.attempts, 2);
    assert_eq!(
        lines(&sent),
        ["/v1/n Bearer token-1", "/v1/n Bearer token-2"]
    );
}

#[tokio::test(start_paused = true)]
async fn the_program_may_say_to_forget() {
    let (client, sent, started) = client(&[204], TOKENS);
    client.send(&Get).await.unwrap();
    client.forget_credentials();
    assert_eq!(count(&started), 1);
    client.send(&Get).await.unwrap();
    assert_eq!(
        lines(&sent),
        ["/v1/n Bearer token-1", "/v1/n Bearer token-2"]
    );

    // What is being got is for the call that asked, and for none that comes later.
    client.forget_credentials();
    let asked = tokio::spawn(client.send(&Get));
    tokio::task::yield_now().await;
    client.forget_credentials();
    client.send(&Get).await.unwrap();
    asked.await.unwrap().unwrap();
    assert_eq!(count(&started), 4);

    Client::new("https://api.example.com")
        .unwrap()
        .forget_credentials();
}

#[tokio::test(start_paused = true)]
async fn getting_them_takes_from_the_calls_time_and_not_from_the_read_timeout() {
    let slow = || async {
        sleep(Duration::from_secs(60)).await;
        Ok::<_, Fault>(Secret::from("t"))
    };
    let (api_1, _) = api(&[204]);
    let read_timeout = Duration::from_secs(1);
    let client = api_1.read_timeout(read_timeout).credentials(slow);
    client.build().unwrap().send(&Get).await.unwrap();

    let (api_2, sent) = api(&[204]);
    let client = api_2.credentials(slow).build().unwrap();
    let start = Instant::now();
    let call = client.call(&Get).timeout(Duration::from_secs(59));
    let error = call.send().await.unwrap_err();
    assert_eq!(start.elapsed(), Duration::from_secs(59));
    assert!(error.is_timeout());
    assert_eq!((error.phase(), error.attempts()), (Phase::NotSent, 0));
    assert!(lines(&sent).is_empty());
}

#[tokio::test(start_paused = true)]
async fn who_has_its_own_or_needs_none_does_not_ask() {
    let (client, sent, started) = client(&[204, 401], TOKENS);
    let declared = Closed {
        authorization: Some("Bearer declared".into()),
    };
    client.send(&Open).await.unwrap();
    client.send(&Open).await.unwrap_err();
    client.send(&declared).await.unwrap_err();
    client.call(&Get).bearer("call").send().await.unwrap_err();
    let call = client.call(&Get).header("Authorization", "Own x");
    call.send().await.unwrap_err();
    assert_eq!(count(&started), 0);
    assert_eq!(
        lines(&sent),
        [
            "/v1/open -",
            "/v1/open -",
            "/v1/closed Bearer declared",
            "/v1/n Bearer call",
            "/v1/n Own x"
        ]
    );
}

#[tokio::test(start_paused = true)]
async fn credentials_that_are_required_may_come_from_it() {
    let (client, sent, _) = client(&[204], TOKENS);
    let closed = Closed {
        authorization: None,
    };
    client.send(&closed).await.unwrap();
    assert_eq!(lines(&sent), ["/v1/closed Bearer token-1"]);
    // Building a request asks nobody.
    let request = client.call(&closed).build().unwrap();
    assert!(!request.headers().contains_key("authorization"));
}

#[tokio::test(start_paused = true)]
async fn of_authorization_the_last_one_given_counts() {
    type Give = fn(ClientBuilder, Login) -> ClientBuilder;
    let cases: [(Give, &str); 6] = [
        (|b, p| b.credentials(p).bearer("b"), "Bearer b"),
        (|b, p| b.credentials(p).basic("u", "p"), "Basic dTpw"),
        (
            |b, p| b.credentials(p).header("authorization", "Own x"),
            "Own x",
        ),
        (|b, p| b.bearer("b").credentials(p), "Bearer token-1"),
        (
            |b, p| b.header("authorization", "Own x").credentials(p),
            "Bearer token-1",
        ),
        (
            |b, p| b.credentials(p).api_key_header("X-Api-Key", "k"),
            "Bearer token-1",
        ),
    ];
    for (give, expected) in cases {
        let (api, sent) = api(&[204]);
        let client = give(api, login(TOKENS).0).build().unwrap();
        client.send(&Get).await.unwrap();
        assert_eq!(lines(&sent), [format!("/v1/n {expected}")]);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn calls_can_be_spawned() {
    let (api, sent) = api(&[204]);
    let started = Arc::new(AtomicU32::new(0));
    let counter = Arc::clone(&started);
    let provider = move || {
        let number = counter.fetch_add(1, Ordering::Relaxed);
        async move {
            tokio::task::yield_now().await;
            Ok::<_, Fault>(Secret::new(format!("token-{number}")))
        }
    };
    let client = api.credentials(provider).build().unwrap();
    let calls: Vec<_> = (0..50).map(|_| tokio::spawn(client.send(&Get))).collect();
    for result in join_all(calls).await {
        result.unwrap().unwrap();
    }
    assert_eq!(count(&started), 1);
    assert_eq!(lines(&sent), ["/v1/n Bearer token-0"; 50]);
}
