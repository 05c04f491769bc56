//! Statuses that are values of a response type: what the client makes of each, retries and redirects included. The clock
//! stands still until everybody waits.

use api_request::{
    ApiError, ApiRequest, ApiResponse, ByteStream, Client, Error, Limits, Phase, Secret,
    testing::{Script, ScriptedResponse},
};
use bytes::Bytes;
use futures_util::TryStreamExt;
use http::{Response, StatusCode};
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Debug, PartialEq, Deserialize)]
pub(crate) struct Job {
    pub(crate) id: u64,
}

#[derive(Debug, PartialEq, ApiResponse)]
pub(crate) enum Started {
    #[api(status = 200)]
    Done(Job),
    #[api(status = 202)]
    Queued {
        #[api(header = "Location")]
        at: String,
        #[api(header = "Retry-After")]
        after: Option<u32>,
        #[api(body)]
        job: Job,
    },
    #[api(status = 303)]
    Elsewhere {
        #[api(header = "Location")]
        at: String,
    },
    #[api(status = 304)]
    NotModified,
    #[api(status = 401)]
    Stranger,
    #[api(status = 404)]
    Gone(Value),
    #[api(status = 429)]
    Busy,
    #[api(status = 503)]
    Down {
        #[api(body = text)]
        why: String,
    },
}

#[derive(ApiRequest)]
#[api(method = GET, path = "/jobs", response = Started)]
pub(crate) struct Start;

#[derive(ApiRequest)]
#[api(method = POST, path = "/jobs", response = Started)]
pub(crate) struct StartOnce;

#[derive(Debug, PartialEq, ApiResponse)]
pub(crate) enum Any {
    #[api(status = 200)]
    Done(Job),
    #[api(other)]
    Other {
        #[api(status)]
        status: StatusCode,
        #[api(body = text)]
        body: String,
    },
}

#[derive(ApiRequest)]
#[api(method = GET, path = "/any", response = Any)]
pub(crate) struct GetAny;

pub(crate) fn response(status: u16) -> ScriptedResponse {
    ScriptedResponse::new(status)
}

pub(crate) fn job(status: u16) -> ScriptedResponse {
    response(status).json(&json!({"id": 7}))
}

/// A client whose API gives these responses in order.
pub(crate) fn api(responses: impl IntoIterator<Item = ScriptedResponse>) -> (Client, Script) {
    let script = responses.into_iter().fold(Script::new(), Script::then);
    let client = Client::builder("https://api.example.com").transport(script.clone());
    (client.build().unwrap(), script)
}

/// What a call makes of these responses, and how many requests it took.
pub(crate) async fn send<R: ApiRequest>(
    request: R,
    responses: impl IntoIterator<Item = ScriptedResponse>,
) -> (Result<R::Response, Error<R::Error>>, usize) {
    let (client, script) = api(responses);
    let result = client.send(&request).await;
    (result, script.requests().len())
}

#[tokio::test(start_paused = true)]
async fn a_status_that_is_named_is_a_value() {
    let gone = || response(404).json(&json!({"error": "none"}));
    let queued = || job(202).header("location", "/jobs/7");
    let table = [
        (job(200), Started::Done(Job { id: 7 })),
        (
            queued(),
            Started::Queued {
                at: "/jobs/7".into(),
                after: None,
                job: Job { id: 7 },
            },
        ),
        (
            queued().header("retry-after", "9"),
            Started::Queued {
                at: "/jobs/7".into(),
                after: Some(9),
                job: Job { id: 7 },
            },
        ),
        (response(304), Started::NotModified),
        (gone(), Started::Gone(json!({"error": "none"}))),
    ];
    for (response, expected) in table {
        let (value, requests) = send(Start, [response]).await;
        assert_eq!(value.unwrap(), expected);
        assert_eq!(requests, 1);
    }
}

#[tokio::test(start_paused = true)]
async fn any_other_status_is_an_error() {
    let (error, _) = send(Start, [job(201)]).await;
    let error = error.unwrap_err();
    assert!(error.is_decode() && error.phase() == Phase::Answered);
    assert_eq!(error.status().unwrap(), 201);
    assert_eq!(error.body().unwrap(), r#"{"id":7}"#);
    assert_eq!(
        error.to_string(),
        "`Start`: 201 Created, but the response type does not declare the status 201"
    );

    let message = response(400).json(&json!({"message": "no such thing"}));
    let error = send(Start, [message]).await.0.unwrap_err();
    assert!(error.is_status());
    assert_eq!(error.to_string(), "`Start`: 400 Bad Request: no such thing");

    let missing = send(Start, [job(202)]).await.0.unwrap_err();
    assert!(missing.is_decode());
    assert_eq!(
        missing.to_string(),
        "`Start`: 202 Accepted, but the header `location` is missing"
    );
    let broken = response(200).body(r#"{"id": "x"}"#);
    let broken = send(Start, [broken]).await.0.unwrap_err();
    assert!(
        broken
            .to_string()
            .contains("declared type: id: invalid type")
    );
}

#[derive(ApiResponse)]
enum Class {
    #[api(status = "3xx")]
    Moved {
        #[api(status)]
        status: StatusCode,
    },
}

#[derive(ApiRequest)]
#[api(method = GET, path = "/n", response = Class)]
struct GetClass;

#[tokio::test(start_paused = true)]
async fn a_redirect_that_is_named_is_not_followed() {
    let moved = |status| response(status).header("location", "https://elsewhere.example.com/");
    let (value, requests) = send(Start, [moved(303)]).await;
    let at = "https://elsewhere.example.com/".to_owned();
    assert_eq!(value.unwrap(), Started::Elsewhere { at });
    assert_eq!(requests, 1);
    // One that is not is followed, as far as redirects are.
    assert!(send(Start, [moved(302)]).await.0.unwrap_err().is_redirect());

    let Class::Moved { status } = send(GetClass, [moved(302)]).await.0.unwrap();
    assert_eq!(status, 302);
}

#[tokio::test(start_paused = true)]
async fn a_redirect_that_only_the_rest_covers_is_followed() {
    let moved = || response(302).header("location", "/there");
    let (value, requests) = send(GetAny, [moved(), job(200)]).await;
    assert_eq!(value.unwrap(), Any::Done(Job { id: 7 }));
    assert_eq!(requests, 2);
    // There is nowhere to go.
    for status in [300, 302, 304] {
        let (value, requests) = send(GetAny, [response(status)]).await;
        assert!(matches!(value.unwrap(), Any::Other { status: it, .. } if it == status));
        assert_eq!(requests, 1);
    }
    // Without a client, nothing is followed.
    let mut moved = Response::new(Bytes::new());
    *moved.status_mut() = StatusCode::FOUND;
    moved
        .headers_mut()
        .insert("location", "/there".parse().unwrap());
    assert!(matches!(GetAny::decode(moved).unwrap(), Any::Other { .. }));
}

#[tokio::test(start_paused = true)]
async fn the_rest_takes_every_status_and_its_whole_body() {
    let long = "x".repeat(100_000);
    for status in [201, 204, 400, 418, 500] {
        let other = response(status).body(long.clone());
        let value = send(StartAny, [other]).await.0.unwrap();
        let body = long.clone();
        let status = StatusCode::from_u16(status).unwrap();
        assert_eq!(value, Any::Other { status, body });
    }
}

#[derive(ApiRequest)]
#[api(method = POST, path = "/any", response = Any)]
pub(crate) struct StartAny;

#[tokio::test(start_paused = true)]
async fn an_error_in_a_2xx_is_an_error_and_a_status_that_is_named_is_not() {
    #[derive(Debug, ApiError)]
    #[api(envelope = "error")]
    enum Failed {
        #[api(other)]
        Any(Value),
    }
    #[derive(ApiRequest)]
    #[api(method = GET, path = "/n", response = Started, error = Failed)]
    struct Get;
    let failed = json!({"id": 7, "error": {"message": "no credit"}});
    let error = send(Get, [response(200).json(&failed)])
        .await
        .0
        .unwrap_err();
    assert!(error.is_status() && matches!(error.api(), Some(Failed::Any(_))));
    let value = send(Get, [response(404).json(&failed)]).await.0.unwrap();
    assert_eq!(value, Started::Gone(failed));
}

#[tokio::test(start_paused = true)]
async fn the_limit_of_a_value_is_that_of_bodies() {
    let script = Script::new().then(response(503).body("12345"));
    let script = script
        .then(response(503).body("12345"))
        .then(response(404).body("123456"));
    let limits = Limits::default().body(5).error_body(2);
    let client = Client::builder("https://api.example.com")
        .transport(script)
        .limits(limits);
    let client = client.build().unwrap();
    let value = client.send(&StartOnce).await.unwrap();
    assert_eq!(
        value,
        Started::Down {
            why: "12345".into()
        }
    );
    // Of an error it is that of errors.
    let error = client.send(&Plain).await.unwrap_err();
    assert_eq!(error.body().unwrap(), "12");
    assert!(client.send(&StartOnce).await.unwrap_err().is_too_large());
}

#[derive(ApiRequest)]
#[api(method = POST, path = "/plain", response = u32)]
struct Plain;

#[derive(Debug, ApiResponse)]
enum Tokened {
    #[api(status = 200)]
    Made {
        #[api(header = "X-Handle")]
        handle: Secret<String>,
        #[api(header = "X-Count")]
        count: u32,
    },
    #[api(status = 404)]
    Missing,
}

#[derive(ApiRequest)]
#[api(method = GET, path = "/token", response = Tokened)]
struct GetToken;

#[tokio::test(start_paused = true)]
async fn a_secret_header_is_sensitive_wherever_it_comes() {
    let tokened = |status| response(status).header("x-handle", "c4n4ry");
    let (client, _) = api([
        tokened(200).header("x-count", "7"),
        tokened(404),
        tokened(200),
        tokened(201),
        tokened(400),
    ]);
    let made = client.call(&GetToken).send_full().await.unwrap();
    assert!(made.headers["x-handle"].is_sensitive());
    assert!(!format!("{made:?}").contains("c4n4ry"));
    let Tokened::Made { handle, count } = made.body else {
        panic!("it is made");
    };
    assert_eq!((handle.expose().as_str(), count), ("c4n4ry", 7));
    // A variant that does not have it.
    let missing = client.call(&GetToken).send_full().await.unwrap();
    assert!(matches!(missing.body, Tokened::Missing));
    for status in [200, 201, 400] {
        let error = client.send(&GetToken).await.unwrap_err();
        assert_eq!(error.status().unwrap(), status);
        assert!(error.headers().unwrap()["x-handle"].is_sensitive());
        assert!(!format!("{error} {error:?}").contains("c4n4ry"));
    }
}

#[derive(ApiResponse)]
enum Outer {
    #[api(status = 200)]
    Done(Job),
    #[api(status = "4xx")]
    Refused(Refusal),
}

#[derive(ApiResponse)]
enum Refusal {
    #[api(status = 404)]
    Gone {
        #[api(body = stream)]
        page: ByteStream,
    },
    #[api(status = 409)]
    Conflict {
        #[api(header = "X-Handle")]
        handle: Secret<String>,
    },
}

#[derive(ApiRequest)]
#[api(method = POST, path = "/n", response = Outer)]
struct GetOuter;

#[tokio::test(start_paused = true)]
async fn a_type_in_a_variant_has_statuses_of_its_own() {
    let conflict = response(409).header("x-handle", "c4n4ry");
    let (client, _) = api([
        job(200),
        response(404).body("page"),
        conflict,
        response(400),
    ]);
    let done = client.send(&GetOuter).await.unwrap();
    assert!(matches!(done, Outer::Done(Job { id: 7 })));
    let Outer::Refused(Refusal::Gone { page }) = client.send(&GetOuter).await.unwrap() else {
        panic!("it is gone");
    };
    let page: Vec<Bytes> = page.try_collect().await.unwrap();
    assert_eq!(page, ["page"]);
    let conflict = client.call(&GetOuter).send_full().await.unwrap();
    assert!(conflict.headers["x-handle"].is_sensitive());
    let Outer::Refused(Refusal::Conflict { handle }) = conflict.body else {
        panic!("it is a conflict");
    };
    assert_eq!(handle.expose(), "c4n4ry");
    let error = client.send(&GetOuter).await.err().unwrap();
    assert!(error.is_decode());
    assert!(
        error
            .to_string()
            .ends_with("does not declare the status 400")
    );
}
