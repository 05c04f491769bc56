//! No client sends credentials to another origin than its own, however it is built.

use std::time::Duration;

use api_request::{
    ApiRequest, BoxError, Client, ClientBuilder, ReqwestTransport, Retry, Secret, blocking,
};
use reqwest::redirect::Policy;
use tower::ServiceBuilder;
use tower_http::follow_redirect::{FollowRedirectLayer, policy};

use crate::server::{Server, answer};

#[derive(ApiRequest)]
#[api(method = GET, path = "/n", auth = required)]
struct Get;

#[derive(ApiRequest)]
#[api(method = POST, path = "/n", auth = required)]
struct Post {
    #[api(header = "X-Declared")]
    declared: Secret<String>,
    #[api(body = text)]
    body: &'static str,
}

fn post() -> Post {
    let declared = Secret::new("canary".to_owned());
    let body = "canary";
    Post { declared, body }
}

/// A reqwest client that follows redirects, keeps cookies, retries, and tells where it came from.
#[expect(
    clippy::redundant_closure_for_method_calls,
    reason = "the methods are those of types with long names"
)]
fn eager() -> reqwest::ClientBuilder {
    let for_all = reqwest::retry::for_host("127.0.0.1")
        .classify_fn(|attempt| attempt.retryable())
        .max_retries_per_request(3);
    reqwest::Client::builder()
        .redirect(Policy::custom(|attempt| attempt.follow()))
        .referer(true)
        .retry(for_all)
}

type Way<C> = (&'static str, fn(ClientBuilder<C>, &str) -> ClientBuilder<C>);

/// Every way to choose what a client sends with.
fn ways<C>() -> Vec<Way<C>> {
    vec![
        ("nothing", |client, _| client),
        ("reqwest", |client, _| client.reqwest(eager)),
        ("transport of a base URL", |client, origin| {
            client.service(ReqwestTransport::new(origin).unwrap())
        }),
        ("transport of a builder", |client, _| {
            client.service(ReqwestTransport::from_builder(eager).unwrap())
        }),
        ("layers", |client, _| {
            let transport = ReqwestTransport::from_builder(eager).unwrap();
            let service = ServiceBuilder::new().buffer(4).concurrency_limit(2);
            client.service(service.timeout(Duration::from_secs(60)).service(transport))
        }),
        ("a layer that follows redirects", |client, origin| {
            let transport = ReqwestTransport::new(origin).unwrap();
            let service = ServiceBuilder::new().layer(FollowRedirectLayer::new());
            client.service(service.service(transport))
        }),
        (
            "a layer that follows redirects as it likes",
            |client, origin| {
                let transport = ReqwestTransport::new(origin).unwrap();
                let always = policy::redirect_fn(|_| {
                    Ok::<_, api_request::TransportError>(policy::Action::Follow)
                });
                let service = ServiceBuilder::new().layer(FollowRedirectLayer::with_policy(always));
                client.service(service.service(transport))
            },
        ),
    ]
}

/// With all kinds of credentials.
fn with_all<C>(client: ClientBuilder<C>) -> ClientBuilder<C> {
    client
        .api_key_header("X-Api-Key", "canary")
        .api_key_query("key", "canary")
        .header("X-Session", "canary")
        .header("Cookie", "session=canary")
        .retry(Retry::default().base_delay(Duration::ZERO))
}

fn with_token<C>(client: ClientBuilder<C>, is_provided: bool) -> ClientBuilder<C> {
    if is_provided {
        client.credentials(|| async { Ok::<_, BoxError>(Secret::new("canary".to_owned())) })
    } else {
        client.basic("canary", "canary")
    }
}

/// A server that redirects to another, at once or after a redirect of its own, and that other.
async fn servers(status: u16, is_second: bool) -> (Server, Server) {
    let other = Server::start([answer("204 No Content", "")]).await;
    let head = format!("{status} Elsewhere\r\nLocation: {}/n", other.origin());
    let mut answers = vec![answer(&head, "")];
    if is_second {
        answers.insert(0, answer(&format!("{status} Here\r\nLocation: /here"), ""));
    }
    (Server::start(answers).await, other)
}

#[tokio::test]
async fn no_credential_is_sent_to_another_origin_however_the_client_is_built() {
    for (way, set_up) in ways::<Client>() {
        for status in [301, 302, 303, 307, 308] {
            for is_second in [false, true] {
                let (server, other) = servers(status, is_second).await;
                let client = with_token(with_all(server.builder()), is_second);
                let client = set_up(client, server.origin()).build().unwrap();
                let about = format!("{way}, {status}, {is_second}");
                assert!(client.send(&Get).await.is_err(), "{about}");
                assert!(client.send(&post()).await.is_err(), "{about}");
                assert!(
                    client.call(&Get).bearer("canary").send().await.is_err(),
                    "{about}"
                );
                assert_eq!(other.connections(), 0, "{about}");
                assert!(server.seen().len() >= 3, "{about}");
            }
        }
    }
}

#[tokio::test]
async fn nor_by_a_client_without_async() {
    for (way, set_up) in ways::<blocking::Client>() {
        let (server, other) = servers(307, false).await;
        let origin = server.origin().to_owned();
        let sent = tokio::task::spawn_blocking(move || {
            let client = with_token(with_all(blocking::Client::builder(&*origin)), true);
            let client = set_up(client, &origin).build().unwrap();
            client.send(&Get).is_err() && client.send(&post()).is_err()
        });
        assert!(sent.await.unwrap(), "{way}");
        assert_eq!(other.connections(), 0, "{way}");
    }
}

#[tokio::test]
async fn a_layer_may_follow_redirects_to_the_same_origin() {
    let server = Server::start([
        answer("302 Found\r\nLocation: /there", ""),
        answer("204 No Content", ""),
    ])
    .await;
    let transport = ReqwestTransport::new(server.origin()).unwrap();
    let service = ServiceBuilder::new().layer(FollowRedirectLayer::new());
    let client = server.builder().service(service.service(transport));
    let client = client.bearer("t").build().unwrap();
    client.send(&Get).await.unwrap();
    assert!(server.seen()[1].starts_with("GET /there "));
}
