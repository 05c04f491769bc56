//! Redirects: followed by the client, on one origin, under its own rules.

use std::sync::{Arc, Mutex};

use api_request::{ApiRequest, Body, Phase};
use http::{HeaderMap, Method, Response, StatusCode, header};

use crate::server::double;

/// What a transport saw of one request.
struct Seen {
    method: Method,
    target: String,
    headers: HeaderMap,
    body: String,
}

type Log = Arc<Mutex<Vec<Seen>>>;

/// A client of an API that answers `redirects` in order, and 204 after them.
fn api(redirects: &[(u16, &'static str)]) -> (api_request::ClientBuilder, Log) {
    let redirects = redirects.to_vec();
    let log = Log::default();
    let seen = log.clone();
    let client = double(move |request: http::Request<Body>| {
        let (head, body) = request.into_parts();
        let mut seen = seen.lock().unwrap();
        let (status, location) = redirects.get(seen.len()).copied().unwrap_or((204, ""));
        seen.push(Seen {
            method: head.method,
            target: head.uri.to_string(),
            headers: head.headers,
            body: body.as_bytes().map_or("stream".into(), |bytes| {
                String::from_utf8(bytes.to_vec()).unwrap()
            }),
        });
        let mut answer = Response::builder().status(status);
        if !location.is_empty() {
            answer = answer.header("location", location);
        }
        async move { Ok(answer.body(Body::empty())?) }
    });
    (client, log)
}

macro_rules! declare {
    ($name:ident, $method:ident) => {
        #[derive(ApiRequest)]
        #[api(method = $method, path = "/start")]
        struct $name {
            #[api(body = text)]
            body: &'static str,
        }
    };
}

declare!(Post, POST);
declare!(Put, PUT);
declare!(Delete, DELETE);

#[derive(ApiRequest)]
#[api(method = GET, path = "/start")]
struct Get {
    #[api(query)]
    q: Option<&'static str>,
}

#[derive(ApiRequest)]
#[api(method = HEAD, path = "/start")]
struct Head;

const GET: Get = Get { q: None };

/// Sends a request that is redirected once, and gives the second one.
async fn followed<R: ApiRequest>(status: u16, location: &'static str, request: &R) -> Seen {
    let (client, log) = api(&[(status, location)]);
    client
        .build()
        .unwrap()
        .send(request)
        .await
        .map_err(drop)
        .unwrap();
    assert_eq!(log.lock().unwrap().len(), 2);
    log.lock().unwrap().remove(1)
}

#[tokio::test]
async fn method_and_body_are_kept_or_not_by_status() {
    for status in [307, 308] {
        let seen = followed(status, "/next", &Post { body: "b" }).await;
        assert_eq!((seen.method, &*seen.body), (Method::POST, "b"), "{status}");
        assert!(seen.headers.contains_key(header::CONTENT_TYPE));
    }
    for status in [301, 302, 303] {
        let seen = followed(status, "/next", &Post { body: "b" }).await;
        assert_eq!((seen.method, &*seen.body), (Method::GET, ""), "{status}");
        assert!(!seen.headers.contains_key(header::CONTENT_TYPE));
        assert!(seen.headers.contains_key(header::ACCEPT));
        assert!(seen.headers.contains_key(header::USER_AGENT));
    }
    for status in [301, 302, 307, 308] {
        let seen = followed(status, "/next", &Put { body: "b" }).await;
        assert_eq!((seen.method, &*seen.body), (Method::PUT, "b"), "{status}");
        let seen = followed(status, "/next", &Delete { body: "b" }).await;
        assert_eq!(
            (seen.method, &*seen.body),
            (Method::DELETE, "b"),
            "{status}"
        );
    }
    let seen = followed(303, "/next", &Put { body: "b" }).await;
    assert_eq!((seen.method, &*seen.body), (Method::GET, ""));
    for status in [301, 302, 303, 307, 308] {
        assert_eq!(followed(status, "/next", &Head).await.method, Method::HEAD);
        assert_eq!(followed(status, "/next", &GET).await.method, Method::GET);
    }
}

#[tokio::test]
async fn a_location_is_resolved_against_the_url_it_came_from() {
    let cases = [
        ("/next", "https://api.example.com/next"),
        ("next?a=b", "https://api.example.com/v1/next?a=b"),
        ("../x", "https://api.example.com/x"),
        ("?page=2", "https://api.example.com/v1/start?page=2"),
        ("//api.example.com/n", "https://api.example.com/n"),
        ("https://API.example.com:443/n", "https://api.example.com/n"),
        ("/n#part", "https://api.example.com/n"),
        ("/a b/ü", "https://api.example.com/a%20b/%C3%BC"),
        ("/.//n.example", "https://api.example.com//n.example"),
    ];
    for (location, target) in cases {
        let seen = followed(302, location, &Get { q: Some("old") }).await;
        assert_eq!(seen.target, target);
        assert!(!seen.headers.contains_key(header::REFERER));
    }
}

#[tokio::test]
async fn another_origin_is_an_error_that_names_it() {
    let cases = [
        ("https://evil.example/p?canary", "https://evil.example"),
        ("//evil.example/canary", "https://evil.example"),
        ("http://api.example.com/canary", "http://api.example.com"),
        (
            "https://api.example.com:8443/canary",
            "https://api.example.com:8443",
        ),
        ("https://u:canary@evil.example/", "https://evil.example"),
        ("file:///canary", "file:"),
        ("data:canary", "data:"),
    ];
    for (location, origin) in cases {
        let (client, log) = api(&[(307, location)]);
        let client = client
            .api_key_header("X-Api-Key", "canary")
            .build()
            .unwrap();
        let error = client.send(&Post { body: "canary" }).await.unwrap_err();
        assert!(error.is_redirect());
        assert_eq!(error.phase(), Phase::Answered);
        assert_eq!(error.status(), Some(StatusCode::TEMPORARY_REDIRECT));
        assert!(error.to_string().ends_with(origin), "{error}");
        assert!(
            !format!("{error} {error:?}").contains("canary"),
            "{error:?}"
        );
        assert_eq!(log.lock().unwrap().len(), 1);
    }
}

#[tokio::test]
async fn locations_that_cannot_be_used_are_errors() {
    for location in [
        "https://u:canary@api.example.com/n",
        "https://[canary",
        "https://:1/canary",
    ] {
        let (client, log) = api(&[(302, location)]);
        let error = client.build().unwrap().send(&GET).await.unwrap_err();
        assert!(error.is_redirect(), "{location}");
        assert!(
            !format!("{error} {error:?}").contains("canary"),
            "{error:?}"
        );
        assert_eq!(log.lock().unwrap().len(), 1);
    }
}

#[tokio::test]
async fn other_statuses_and_a_missing_location_are_statuses() {
    for (status, location) in [
        (302, ""),
        (308, ""),
        (300, "/n"),
        (304, "/n"),
        (305, "/n"),
        (306, "/n"),
    ] {
        let (client, log) = api(&[(status, location)]);
        let error = client.build().unwrap().send(&GET).await.unwrap_err();
        assert!(error.is_status(), "{status}");
        assert_eq!(error.status().unwrap(), status);
        assert_eq!(log.lock().unwrap().len(), 1);
    }
}

#[tokio::test]
async fn ten_hops_are_enough() {
    let (client, log) = api(&[(302, "/n"); 10]);
    let response = client
        .build()
        .unwrap()
        .call(&GET)
        .send_full()
        .await
        .unwrap();
    assert_eq!(log.lock().unwrap().len(), 11);
    assert_eq!(response.attempts, 1);

    let (client, log) = api(&[(302, "/n"); 11]);
    let error = client.build().unwrap().send(&GET).await.unwrap_err();
    assert!(error.is_redirect());
    assert_eq!(log.lock().unwrap().len(), 11);
}

#[tokio::test]
async fn a_body_that_can_be_sent_once_is_not_sent_twice() {
    #[derive(ApiRequest)]
    #[api(method = POST, path = "/start")]
    struct Upload {
        #[api(body = stream)]
        content: Body,
    }
    let once = || {
        let pieces = [Ok::<_, std::io::Error>("x".into())];
        Upload {
            content: Body::once(futures_util::stream::iter(pieces)),
        }
    };
    let (client, log) = api(&[(307, "/n")]);
    let error = client.build().unwrap().send(&once()).await.unwrap_err();
    assert!(error.is_redirect());
    assert_eq!(log.lock().unwrap().len(), 1);
    let seen = followed(303, "/n", &once()).await;
    assert_eq!((seen.method, &*seen.body), (Method::GET, ""));
    let again = Upload {
        content: Body::stream(|| futures_util::stream::iter([Ok::<_, std::io::Error>("x".into())])),
    };
    assert_eq!(followed(307, "/n", &again).await.body, "stream");
}

#[tokio::test]
async fn credentials_go_along() {
    let (client, log) = api(&[(302, "/n?a=b"), (302, "/n?key=theirs"), (302, "/n")]);
    let client = client
        .bearer("t")
        .api_key_query("key", "k")
        .build()
        .unwrap();
    client
        .call(&GET)
        .api_key_query("call", "c")
        .send()
        .await
        .unwrap();
    let log = log.lock().unwrap();
    let queries: Vec<&str> = log
        .iter()
        .map(|seen| seen.target.split_once('?').unwrap().1)
        .collect();
    assert_eq!(
        queries,
        [
            "call=c&key=k",
            "a=b&call=c&key=k",
            "key=theirs&call=c",
            "call=c&key=k"
        ]
    );
    for seen in &*log {
        assert_eq!(seen.headers["authorization"], "Bearer t");
    }
}
