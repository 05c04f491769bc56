//! Where requests go, and what the client gives them there: everything at its own and at trusted origins, nothing at
//! others.

use std::sync::{Arc, Mutex};

use api_request::{
    ApiRequest, Authorization, BaseUrl, Body, BoxError, Call, Client, ClientBuilder, Error, Secret,
};
use bytes::Bytes;
use futures_util::{StreamExt as _, TryStreamExt as _};
use http::{Request, Response};

use crate::server::double;

pub(crate) type Log = Arc<Mutex<Vec<String>>>;

/// A request as text: method, URL and headers.
pub(crate) fn shown<B>(request: &Request<B>) -> String {
    let headers = request.headers().iter().map(|(name, value)| {
        let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
        format!("\n{name}: {value}")
    });
    let headers: String = headers.collect();
    format!("{} {}{headers}", request.method(), request.uri())
}

/// A client of an API that answers everything, and what it was asked for.
pub(crate) fn api() -> (ClientBuilder, Log) {
    let log = Log::default();
    let seen = log.clone();
    let client = double(move |request: Request<Body>| {
        seen.lock().unwrap().push(shown(&request));
        async {
            let answer = Response::builder().header("content-type", "text/event-stream");
            Ok(answer.body(Body::from("[]"))?)
        }
    });
    let client = client
        .trust_origin("https://trusted.example")
        .trust_origin("http://api.example.com:8080/");
    (client, log)
}

pub(crate) fn taken(log: &Log) -> Vec<String> {
    std::mem::take(&mut *log.lock().unwrap())
}

#[derive(Clone, ApiRequest)]
#[api(method = GET, response = Vec<u8>, events = u8, paginate(link), query("declared" = "1"))]
struct ByUrl {
    #[api(url)]
    at: String,
    #[api(header)]
    x_declared: &'static str,
}

#[derive(Clone, ApiRequest)]
#[api(method = GET, path = "/n", response = Vec<u8>, events = u8, paginate(link), query("declared" = "1"))]
struct ByPath {
    #[api(header)]
    x_declared: &'static str,
}

const BY_PATH: ByPath = ByPath { x_declared: "d" };

fn by_url(at: &str) -> ByUrl {
    let at = at.to_owned();
    ByUrl {
        at,
        x_declared: "d",
    }
}

/// URLs, and whether their origin gets what the client has.
const URLS: [(&str, bool); 17] = [
    ("n", true),
    ("/n", true),
    ("../n?a=b", true),
    ("?a=b", true),
    ("//api.example.com/n", true),
    ("https://API.example.com:443/n", true),
    ("https://trusted.example/n", true),
    ("HTTPS://Trusted.Example:443", true),
    ("http://api.example.com:8080/n", true),
    ("http://api.example.com/n", false),
    ("https://api.example.com:8443/n", false),
    ("http://trusted.example/n", false),
    ("https://sub.trusted.example/n", false),
    ("https://trusted.example.other.example/n", false),
    ("https://other.example/trusted.example/", false),
    ("//other.example/n", false),
    ("https://[::1]/n", false),
];

type SetUp = fn(ClientBuilder) -> ClientBuilder;

/// Each kind of what a client has.
const KINDS: [(&str, SetUp); 8] = [
    ("bearer", |client| client.bearer("canary")),
    ("basic", |client| client.basic("canary", "canary")),
    ("header key", |client| {
        client.api_key_header("X-Api-Key", "canary")
    }),
    ("query key", |client| client.api_key_query("key", "canary")),
    ("provider", |client| {
        client.credentials(|| async { Ok::<_, BoxError>(Secret::new("canary".to_owned())) })
    }),
    ("header", |client| client.header("X-Default", "canary")),
    ("cookie", |client| client.header("Cookie", "session=canary")),
    ("agent", |client| client.user_agent("canary")),
];

/// Makes a call in each way that there is.
async fn call_each_way<R>(call: impl Fn() -> Call<'static, R>)
where
    R: api_request::EventRequest<Event = u8>
        + ApiRequest<Response = Vec<u8>>
        + api_request::PageItems<u8>
        + 'static,
{
    let is_done = |result: Result<Vec<u8>, Error<R::Error>>| assert!(result.unwrap().is_empty());
    is_done(call().send().await);
    is_done(call().send_full().await.map(|response| response.body));
    is_done(call().send_as().await);
    is_done(call().items::<u8>().try_collect().await);
    assert_eq!(call().pages().count().await, 1);
    drop(call().events().await.unwrap());
}

fn leaked<T>(value: T) -> &'static T {
    Box::leak(Box::new(value))
}

#[tokio::test]
async fn an_origin_gets_what_the_client_has_if_it_is_its_own_or_trusted() {
    for (kind, set_up) in KINDS {
        let (client, log) = api();
        let client = leaked(set_up(client).build().unwrap());
        for (url, is_trusted) in URLS {
            let request = leaked(by_url(url));
            call_each_way(|| client.call(request).header("x-call", "c")).await;
            let base = BaseUrl::try_from(url.split('?').next().unwrap());
            let mut expected = 6;
            if let Ok(base) = base {
                call_each_way(|| client.call(&BY_PATH).base_url(&base).header("x-call", "c")).await;
                expected += 6;
            }
            let sent = taken(&log);
            assert_eq!(sent.len(), expected);
            for sent in sent {
                let about = format!("{kind}, {url}: {sent}");
                let is_shown = sent.contains("canary") || sent.contains("Y2FuYXJ5");
                assert_eq!(is_shown, is_trusted, "{about}");
                for own in ["x-call: c", "x-declared: d", "declared=1", "\naccept: "] {
                    assert!(sent.contains(own), "{about}");
                }
                assert!(
                    is_trusted || sent.contains("user-agent: api-request/"),
                    "{about}"
                );
            }
        }
    }
}

#[tokio::test]
async fn what_is_built_is_what_is_sent() {
    let (client, log) = api();
    let client = client.bearer("canary").api_key_query("key", "canary");
    let client = client.build().unwrap();
    for (url, is_trusted) in URLS {
        let request = by_url(url);
        let built = shown(&client.call(&request).build().unwrap());
        client.send(&request).await.unwrap();
        assert_eq!(taken(&log), [built.as_str()]);
        assert_eq!(built.contains("canary"), is_trusted, "{url}");
        let events = shown(&client.call(&request).build_events().unwrap());
        assert_eq!(events.contains("canary"), is_trusted, "{url}");
        let plain = request.to_http(client.base_url()).unwrap();
        let same = |text: &str| {
            text.split(['\n', ' '])
                .nth(1)
                .unwrap()
                .replace("&key=canary", "")
        };
        assert_eq!(same(&shown(&plain)), same(&built));
    }
}

#[tokio::test]
async fn what_a_call_says_is_sent_to_any_origin() {
    type Say = for<'a> fn(Call<'a, ByUrl>) -> Call<'a, ByUrl>;
    let says: [(Say, &str); 7] = [
        (|call| call.bearer("own"), "authorization: Bearer own"),
        (|call| call.basic("u", "p"), "authorization: Basic dTpw"),
        (
            |call| call.header("Authorization", "own"),
            "authorization: own",
        ),
        (
            |call| call.authorization(Authorization::header("own")),
            "authorization: own",
        ),
        (
            |call| call.api_key_header("X-Api-Key", "own"),
            "x-api-key: own",
        ),
        (|call| call.api_key_query("key", "own"), "key=own"),
        (|call| call.header("User-Agent", "own"), "user-agent: own"),
    ];
    let (client, log) = api();
    let client = KINDS
        .iter()
        .fold(client, |client, (_, set_up)| set_up(client));
    let client = client.build().unwrap();
    for (say, expected) in says {
        for (url, is_trusted) in URLS {
            let request = by_url(url);
            say(client.call(&request)).send().await.unwrap();
            let sent = taken(&log).remove(0);
            assert!(sent.contains(expected), "{expected}, {url}: {sent}");
            assert_eq!(
                sent.contains("canary"),
                is_trusted,
                "{expected}, {url}: {sent}"
            );
        }
    }
}

#[tokio::test]
async fn required_credentials_are_those_that_are_sent() {
    #[derive(ApiRequest)]
    #[api(method = POST, auth = required, idempotency_key = "Idempotency-Key")]
    struct Required {
        #[api(url)]
        at: &'static str,
    }

    #[derive(ApiRequest)]
    #[api(method = GET, auth = none)]
    struct Public {
        #[api(url)]
        at: &'static str,
    }

    let asked = Arc::new(Mutex::new(0));
    let asks = asked.clone();
    let (client, log) = api();
    let client = client.credentials(move || {
        *asks.lock().unwrap() += 1;
        async { Ok::<_, BoxError>(Secret::new("canary".to_owned())) }
    });
    let client = client.build().unwrap();
    for (at, is_trusted) in URLS {
        let result = client.send(&Required { at }).await;
        if is_trusted {
            result.unwrap();
        } else {
            let error = result.unwrap_err();
            assert!(error.is_encode());
            let error = error.to_string();
            let start = "`Required` cannot be sent: the operation requires credentials, and the other origin http";
            assert!(error.starts_with(start), "{error}");
            assert!(error.contains("`ClientBuilder::trust_origin`"), "{error}");
        }
        let sent = taken(&log);
        assert_eq!(sent.len(), usize::from(is_trusted), "{at}");
        client
            .call(&Required { at })
            .bearer("own")
            .send()
            .await
            .unwrap();
        let sent = taken(&log).remove(0);
        assert!(sent.contains("authorization: Bearer own") && !sent.contains("canary"));
        assert!(sent.contains("idempotency-key: "));
        client.send(&Public { at }).await.unwrap();
        assert!(!taken(&log).remove(0).contains("authorization"));
    }
    assert_eq!(*asked.lock().unwrap(), 1);
}

#[test]
fn a_trusted_origin_is_an_origin() {
    for (origin, reason) in [
        (
            "uploads.example.com",
            "has no scheme, write `https://api.example.com`",
        ),
        (
            "https://uploads.example.com/v1",
            "has a path: an origin is a scheme, a host and a port",
        ),
        ("https://*.example.com", "has a `*`: name each origin"),
        (
            "ftp://example.com",
            "has the scheme `ftp`, expected `http` or `https`",
        ),
        (
            "https://u:p@example.com",
            "contains credentials, pass them to the client instead",
        ),
        (
            "https://example.com?a",
            "has a query, declare query parameters instead",
        ),
    ] {
        let client = Client::builder("https://api.example.com").trust_origin(origin);
        let error = client.bearer("k").build().unwrap_err();
        assert_eq!(error.to_string(), format!("the trusted origin {reason}"));
    }
}

#[tokio::test]
async fn a_base_url_of_a_call_is_checked_when_it_is_sent() {
    let (client, log) = api();
    let client = client.build().unwrap();
    let error = client
        .call(&BY_PATH)
        .base_url("ftp://x")
        .send()
        .await
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "`ByPath` cannot be sent: the base URL has the scheme `ftp`, expected `http` or `https`"
    );
    let other: BaseUrl = "https://other.example/v2/".parse().unwrap();
    client
        .call(&BY_PATH)
        .base_url(other.clone())
        .send()
        .await
        .unwrap();
    client
        .call(&BY_PATH)
        .base_url("https://api.example.com/v2".to_owned())
        .send()
        .await
        .unwrap();
    let relative = by_url("m");
    client
        .call(&relative)
        .base_url(&other)
        .send()
        .await
        .unwrap();
    let absolute = by_url("https://trusted.example/m");
    client.call(&absolute).base_url(other).send().await.unwrap();
    let urls = taken(&log);
    let urls = urls
        .iter()
        .map(|sent| sent.split(['\n', ' ']).nth(1).unwrap());
    assert_eq!(
        urls.collect::<Vec<_>>(),
        [
            "https://other.example/v2/n?declared=1",
            "https://api.example.com/v2/n?declared=1",
            "https://other.example/v2/m?declared=1",
            "https://trusted.example/m?declared=1",
        ]
    );
}

/// A body that is read once does not have to be read for a request that is refused.
#[tokio::test]
async fn a_refused_request_leaves_its_body_as_it_is() {
    #[derive(ApiRequest)]
    #[api(method = PUT)]
    struct Upload {
        #[api(url)]
        at: &'static str,
        #[api(body(stream, secret))]
        body: Body,
    }

    let (client, log) = api();
    let client = client.build().unwrap();
    let pieces = futures_util::stream::iter([Ok::<_, BoxError>(Bytes::from("canary"))]);
    let mut upload = Upload {
        at: "https://other.example/",
        body: Body::once(pieces),
    };
    let error = client.send(&upload).await.unwrap_err();
    assert_eq!(error.field(), Some("body"));
    assert!(taken(&log).is_empty());
    upload.at = "https://trusted.example/";
    client.send(&upload).await.unwrap();
    assert_eq!(taken(&log).len(), 1);
}
