//! Providers that sign: what they see, when they are asked, and that nobody sees what they add.

use std::{
    error::Error as _,
    sync::{
        Arc, Mutex,
        atomic::{AtomicU32, Ordering},
    },
};

use api_request::{
    ApiRequest, Authorization, Body, BoxError, Client, ClientBuilder, Credentials, Error, Phase,
    Retry, Secret, blocking,
    testing::{Recorded, Script, ScriptedResponse},
};
use bytes::Bytes;
use http::{HeaderMap, Method, Request, Response, Uri, request::Parts};

const BASE: &str = "https://api.example.com/v1";
const KEY: u64 = 0x5eed;

/// A checksum with a key, for a message authentication code: what is signed is told apart, and nothing else.
fn checksum(key: u64, bytes: &[u8]) -> u64 {
    let mix = |sum: u64, byte: &u8| (sum ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
    bytes.iter().fold(key ^ 0xcbf2_9ce4_8422_2325, mix)
}

/// The signature of a whole request, whoever makes it or checks it.
fn signature(number: u32, method: &Method, uri: &Uri, headers: &HeaderMap, body: &[u8]) -> String {
    let mut text = format!("{number}\n{method}\n{uri}\n").into_bytes();
    let mut lines: Vec<_> = headers
        .iter()
        .filter(|(name, _)| !["x-signature", "x-number", "content-length"].contains(&name.as_str()))
        .map(|(name, value)| [name.as_str().as_bytes(), value.as_bytes()].join(&b':'))
        .collect();
    lines.sort();
    text.extend(lines.concat());
    text.extend(body);
    format!("signed-{:016x}", checksum(KEY, &text))
}

/// Signs each request with a number of its own, and counts.
#[derive(Default, Clone)]
struct Signer {
    signed: Arc<AtomicU32>,
    got: Arc<AtomicU32>,
    token: Option<&'static str>,
}

impl Credentials for Signer {
    async fn get(&self) -> Result<Authorization, BoxError> {
        self.got.fetch_add(1, Ordering::Relaxed);
        Ok(self
            .token
            .map_or_else(Authorization::none, Authorization::bearer))
    }

    fn sign(&self, parts: &mut Parts, body: Option<&Bytes>) -> Result<(), BoxError> {
        let body = body.ok_or("a stream cannot be signed")?;
        let number = self.signed.fetch_add(1, Ordering::Relaxed);
        assert!(!parts.headers.contains_key("x-signature"));
        assert!(parts.extensions.get::<&api_request::Operation>().is_some());
        let signature = signature(number, &parts.method, &parts.uri, &parts.headers, body);
        parts
            .headers
            .insert("x-number", number.to_string().parse()?);
        parts.headers.insert("x-signature", signature.parse()?);
        Ok(())
    }
}

/// Checks the signature of what arrived, and returns its number.
fn verified(request: &Recorded) -> u32 {
    let (method, uri) = (request.method(), request.uri());
    verified_parts(method, uri, request.headers(), request.body())
}

fn verified_parts(method: &Method, uri: &Uri, headers: &HeaderMap, body: &[u8]) -> u32 {
    let number = headers["x-number"].to_str().unwrap().parse().unwrap();
    let expected = signature(number, method, uri, headers, body);
    assert_eq!(headers["x-signature"], expected);
    assert!(headers["x-signature"].is_sensitive() && headers["x-number"].is_sensitive());
    number
}

#[derive(ApiRequest)]
#[api(method = POST, path = "/orders/{id}", idempotent, query("a" = "1"), auth = partner)]
struct Order {
    id: &'static str,
    #[api(json)]
    text: &'static str,
}

const ORDER: Order = Order {
    id: "a b",
    text: "ü",
};

#[derive(ApiRequest)]
#[api(method = GET, path = "/open", auth = none)]
struct Open;

#[derive(ApiRequest)]
#[api(method = GET, auth = required)]
struct ByUrl {
    #[api(url)]
    at: &'static str,
    #[api(header)]
    authorization: Option<Secret<String>>,
}

#[derive(ApiRequest)]
#[api(method = POST, path = "/upload")]
struct Upload(#[api(body = stream)] Body);

fn client(api: &Script, signer: impl Credentials) -> Client {
    let client = Client::builder(BASE).header("X-Default", "of the client");
    client
        .scheme("partner", signer)
        .transport(api.clone())
        .build()
        .unwrap()
}

fn script(statuses: &[u16]) -> Script {
    statuses.iter().fold(Script::new(), |script, status| {
        let response = ScriptedResponse::new(*status).header("retry-after", "0");
        script.then(response.header("location", "/v1/there"))
    })
}

#[tokio::test(start_paused = true)]
async fn each_request_that_is_sent_is_signed_anew_as_it_is_sent() {
    for (statuses, requests, targets) in [
        (&[204][..], 1, ["/v1/orders/a%20b?a=1", ""]),
        (
            &[503, 503, 204],
            3,
            ["/v1/orders/a%20b?a=1", "/v1/orders/a%20b?a=1"],
        ),
        (&[307, 204], 2, ["/v1/orders/a%20b?a=1", "/v1/there"]),
        (&[303, 204], 2, ["/v1/orders/a%20b?a=1", "/v1/there"]),
        // A 401 gets others, even if there are none: a key of the signature may have changed.
        (
            &[401, 204],
            2,
            ["/v1/orders/a%20b?a=1", "/v1/orders/a%20b?a=1"],
        ),
    ] {
        let api = script(statuses);
        client(&api, Signer::default()).send(&ORDER).await.unwrap();
        let sent = api.requests();
        assert_eq!(sent.len(), requests);
        for (index, request) in sent.iter().enumerate() {
            assert_eq!(verified(request) as usize, index);
            assert_eq!(
                request.uri().path_and_query().unwrap(),
                targets[index.min(1)]
            );
            assert_eq!(request.headers()["x-default"], "of the client");
            assert!(!request.headers().contains_key("authorization"));
        }
    }
}

#[tokio::test]
async fn a_token_is_sent_as_well_and_signed() {
    let api = script(&[204]);
    let signer = Signer {
        token: Some("at-1"),
        ..Signer::default()
    };
    client(&api, signer).send(&ORDER).await.unwrap();
    let sent = api.requests();
    verified(&sent[0]);
    assert_eq!(sent[0].headers()["authorization"], "Bearer at-1");
}

#[tokio::test]
async fn what_gets_no_credentials_is_not_signed() {
    let api = script(&[204, 204, 204, 204]);
    let signer = Signer::default();
    let client = Client::builder(BASE)
        .credentials(signer.clone())
        .trust_origin("https://trusted.example")
        .transport(api.clone())
        .build()
        .unwrap();
    let by_url = |at| ByUrl {
        at,
        authorization: None,
    };
    client.send(&Open).await.unwrap();
    let other = by_url("https://other.example/n");
    client.call(&other).bearer("t").send().await.unwrap();
    let own = ByUrl {
        authorization: Some("Bearer own".into()),
        ..by_url("/n")
    };
    client.send(&own).await.unwrap();
    assert!(
        api.requests()
            .iter()
            .all(|sent| !sent.headers().contains_key("x-signature"))
    );
    assert_eq!(signer.signed.load(Ordering::Relaxed), 0);

    client
        .send(&by_url("https://trusted.example/n"))
        .await
        .unwrap();
    verified(&api.requests()[3]);
    assert_eq!(signer.got.load(Ordering::Relaxed), 1);
}

#[tokio::test]
async fn an_error_is_one_before_sending() {
    let api = script(&[]);
    let client = Client::builder(BASE)
        .credentials(Signer::default())
        .transport(api.clone());
    let client = client.build().unwrap();
    let stream = Body::once(futures_util::stream::iter([Ok::<_, BoxError>(
        Bytes::from("a"),
    )]));
    let error = client.send(&Upload(stream)).await.unwrap_err();
    assert!(error.is_credentials() && error.phase() == Phase::NotSent);
    assert_eq!(
        error.source().unwrap().to_string(),
        "a stream cannot be signed"
    );
    assert!(api.requests().is_empty());
}

/// A provider that changes a request by a function.
struct Changing(Change);

type Change = Box<dyn Fn(&mut Parts) + Send + Sync>;

impl Credentials for Changing {
    async fn get(&self) -> Result<Authorization, BoxError> {
        Ok(Authorization::none())
    }

    fn sign(&self, parts: &mut Parts, _: Option<&Bytes>) -> Result<(), BoxError> {
        (self.0)(parts);
        Ok(())
    }
}

#[tokio::test]
async fn another_request_is_refused() {
    let url = |url: &'static str| move |parts: &mut Parts| parts.uri = url.parse().unwrap();
    let cases: [(&str, Change); 6] = [
        (
            "the method",
            Box::new(|parts| parts.method = Method::DELETE),
        ),
        (
            "the scheme or host",
            Box::new(url("https://other.example/v1/orders/a%20b?a=1")),
        ),
        (
            "the scheme or host",
            Box::new(url("http://api.example.com/v1/orders/a%20b?a=1")),
        ),
        ("the scheme or host", Box::new(url("/v1/orders/a%20b?a=1"))),
        (
            "the path",
            Box::new(url("https://api.example.com/v1/orders")),
        ),
        (
            "a header that the connection sets",
            Box::new(|parts| {
                parts
                    .headers
                    .insert("host", "other.example".parse().unwrap());
            }),
        ),
    ];
    for (what, change) in cases {
        let api = script(&[]);
        let error = client(&api, Changing(change))
            .send(&ORDER)
            .await
            .unwrap_err();
        assert!(error.is_credentials() && error.phase() == Phase::NotSent);
        let reason = error.source().unwrap().to_string();
        assert!(
            reason.starts_with(&format!("signing changed {what}")),
            "{reason}"
        );
        assert!(api.requests().is_empty());
    }
}

#[tokio::test]
async fn headers_and_the_query_may_change() {
    let api = script(&[503, 204]);
    let presign = Changing(Box::new(|parts| {
        let uri = format!("{}&X-Signature=a%2Fb%3D", parts.uri);
        assert_eq!(uri.matches("X-Signature").count(), 1);
        parts.uri = uri.parse().unwrap();
        parts.headers.remove("x-default");
    }));
    client(&api, presign).send(&ORDER).await.unwrap();
    for sent in api.requests() {
        assert_eq!(sent.uri().query(), Some("a=1&X-Signature=a%2Fb%3D"));
        assert!(!sent.headers().contains_key("x-default"));
    }
}

/// A provider that leaves some requests to another one, which does not sign.
struct Sometimes;

impl Credentials for Sometimes {
    async fn get(&self) -> Result<Authorization, BoxError> {
        Ok(Authorization::none())
    }

    fn sign(&self, parts: &mut Parts, body: Option<&Bytes>) -> Result<(), BoxError> {
        let other = async || Ok::<_, BoxError>(Secret::from("t"));
        if parts.uri.path().ends_with("/first") {
            return Credentials::sign(&other, parts, body);
        }
        parts.headers.insert("x-signature", "signed".parse()?);
        Ok(())
    }
}

#[tokio::test]
async fn a_provider_that_does_not_sign_one_request_signs_the_next() {
    let api = script(&[204, 204]);
    let client = client(&api, Sometimes);
    for id in ["first", "second"] {
        client.send(&Order { id, text: "" }).await.unwrap();
    }
    let signed = api
        .requests()
        .iter()
        .map(|sent| sent.headers().contains_key("x-signature"))
        .collect::<Vec<_>>();
    assert_eq!(signed, [false, true]);
}

/// Signs as AWS does: in `Authorization`, another header and the query.
struct Canaries;

const CANARIES: [&str; 4] = [
    "canary-credential",
    "canary-signature",
    "canary-header",
    "canary/query+1",
];

impl Credentials for Canaries {
    async fn get(&self) -> Result<Authorization, BoxError> {
        Ok(Authorization::none())
    }

    fn sign(&self, parts: &mut Parts, _: Option<&Bytes>) -> Result<(), BoxError> {
        let value = "AWS4 Credential=canary-credential, Signature=canary-signature";
        parts.headers.insert("authorization", value.parse()?);
        parts.headers.insert("x-note", "canary-header".parse()?);
        parts.uri = format!("{}&sig=canary%2Fquery%2B1", parts.uri).parse()?;
        Ok(())
    }
}

#[tokio::test]
async fn nobody_sees_a_signature() {
    let client = |answer: fn(&Request<Body>) -> String| -> ClientBuilder {
        crate::server::double(move |request: Request<Body>| {
            let response = Response::builder()
                .status(418)
                .header("x-echo", "canary-header");
            let message = format!(r#"{{"message": "{}"}}"#, answer(&request));
            async move { Ok(response.body(message.into())?) }
        })
    };
    let answers: [fn(&Request<Body>) -> String; 4] = [
        |request| request.uri().to_string(),
        |request| {
            request.headers()["authorization"]
                .to_str()
                .unwrap()
                .to_owned()
        },
        |_| "expected canary-signature of canary-credential, not canary-header".to_owned(),
        |_| "canary/query+1".to_owned(),
    ];
    for answer in answers {
        let client = client(answer).scheme("partner", Canaries).build().unwrap();
        let error: Error = client
            .call(&ORDER)
            .retry(Retry::none())
            .send()
            .await
            .unwrap_err();
        let seen = format!("{client:?} {error} {error:?}");
        assert!(error.to_string().contains("(hidden)"), "{seen}");
        for canary in CANARIES {
            assert!(!seen.contains(canary), "{canary} in {seen}");
        }
        assert!(!seen.contains("canary%2Fquery"), "{seen}");
    }
}

#[tokio::test]
async fn a_service_gets_the_signed_request() {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&seen);
    let service = tower::service_fn(move |request: Request<Body>| {
        let body = request.body().as_bytes().unwrap();
        let (method, uri) = (request.method(), request.uri());
        let number = verified_parts(method, uri, request.headers(), body);
        log.lock().unwrap().push(number);
        async { Ok::<_, BoxError>(Response::new(Body::empty())) }
    });
    let client = Client::builder(BASE)
        .scheme("partner", Signer::default())
        .service(service);
    let client = client.build().unwrap();
    for _ in 0..2 {
        client.send(&ORDER).await.unwrap();
    }
    assert_eq!(*seen.lock().unwrap(), [0, 1]);
}

#[test]
fn a_blocking_client_signs_too() {
    let api = script(&[204]);
    let client = blocking::Client::builder(BASE).scheme("partner", Signer::default());
    client
        .transport(api.clone())
        .build()
        .unwrap()
        .send(&ORDER)
        .unwrap();
    verified(&api.requests()[0]);
}
