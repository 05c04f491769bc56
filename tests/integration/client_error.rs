//! Errors: what they tell, and what they keep to themselves.

use std::{error::Error as _, fmt::Write};

use api_request::{ApiRequest, Client, Error, ErrorBody, Phase, Retry, Secret, TransportError};
use bytes::Bytes;
use http::{Response, StatusCode};
use serde::Deserialize;

use crate::server::{Server, answer, double, hang_up, refusing};

#[derive(Debug, PartialEq, Deserialize)]
struct Problem {
    code: u32,
}

#[derive(ApiRequest)]
#[api(method = POST, path = "/n/{id}", response = u32, error = Problem)]
struct Typed<'a> {
    id: &'a str,
    #[api(query)]
    q: &'a str,
    #[api(header = "X-Key")]
    key: Secret<String>,
    #[api(body = text)]
    body: &'a str,
}

#[derive(ApiRequest)]
#[api(method = GET, path = "/n")]
struct Plain;

fn typed() -> Typed<'static> {
    Typed {
        id: "canary-id",
        q: "canary-q",
        key: "canary-key".into(),
        body: "canary-body",
    }
}

fn status(status: u16, body: &'static str) -> Response<Bytes> {
    Response::builder()
        .status(status)
        .body(body.into())
        .unwrap()
}

/// The error, its `Debug`, and all its sources.
fn everything<E>(error: &Error<E>) -> String {
    let mut text = format!("{error}\n{error:?}");
    let mut source = error.source();
    while let Some(error) = source {
        write!(text, "\n{error}\n{error:?}").unwrap();
        source = error.source();
    }
    text
}

#[test]
fn it_is_a_word_that_can_be_sent() {
    fn check<T: Send + Sync + 'static + std::error::Error>() {}
    fn shared<T: Send + Sync + 'static>() {}
    check::<Error>();
    check::<Error<Problem>>();
    shared::<Client>();
    shared::<api_request::ByteStream>();
    shared::<api_request::Response<u32>>();
    assert_eq!(size_of::<Error>(), size_of::<usize>());
    assert_eq!(size_of::<Error<[u64; 9]>>(), size_of::<usize>());
    assert_eq!(size_of::<Option<Error>>(), size_of::<usize>());
}

#[test]
fn a_typed_error_is_read_from_the_body() {
    let error = Typed::decode(status(422, r#"{"code": 7, "message": "no"}"#)).unwrap_err();
    assert_eq!(error.api(), Some(&Problem { code: 7 }));
    assert!(error.is_status() && !error.is_decode());
    assert_eq!(error.status(), Some(StatusCode::UNPROCESSABLE_ENTITY));
    assert_eq!(error.to_string(), "`Typed`: 422 Unprocessable Entity: no");
    assert_eq!((error.operation(), error.field()), ("Typed", None));
    assert_eq!(error.phase(), Phase::Answered);
}

#[test]
fn a_body_of_another_type_is_kept() {
    for body in ["", "<html>", r#"{"code": "canary"}"#] {
        let error = Typed::decode(status(500, body)).unwrap_err();
        assert!(error.is_status());
        assert_eq!(error.api(), None);
        assert_eq!(error.body().unwrap(), body);
        assert!(!everything(&error).contains("canary"));
    }
    assert_eq!(
        Typed::decode(status(599, "")).unwrap_err().to_string(),
        "`Typed`: 599"
    );
}

#[test]
fn an_empty_body_is_only_an_option_or_nothing() {
    #[derive(ApiRequest)]
    #[api(method = GET, path = "/", error = Option<Problem>)]
    struct Maybe;
    #[derive(ApiRequest)]
    #[api(method = GET, path = "/", error = ())]
    struct Nothing;

    let empty = Maybe::decode(status(503, "")).unwrap_err();
    assert_eq!(empty.api(), Some(&None));
    let some = Maybe::decode(status(503, r#"{"code": 7}"#)).unwrap_err();
    assert_eq!(some.api(), Some(&Some(Problem { code: 7 })));
    let nothing = Nothing::decode(status(503, "")).unwrap_err();
    assert_eq!(nothing.api(), Some(&()));
}

#[test]
fn an_undeclared_error_is_the_body() {
    let answer = Response::builder()
        .status(400)
        .header("content-type", "application/problem+json")
        .header("request-id", "r")
        .header("retry-after", "7")
        .body(r#"{"title": "canary", "code": 7}"#.into())
        .unwrap();
    let error: Error<ErrorBody> = Plain::decode(answer).unwrap_err();
    let body = error.api().unwrap();
    assert_eq!(body.content_type(), Some("application/problem+json"));
    assert_eq!(body.json::<Problem>().unwrap(), Problem { code: 7 });
    assert!(body.json::<u32>().is_err());
    assert_eq!(body.text().unwrap().as_bytes(), &body.bytes()[..]);
    assert!(!format!("{body:?} {error:?}").contains("canary"));
    assert_eq!(error.request_id(), Some("r"));
    assert_eq!(error.retry_after(), Some(std::time::Duration::from_secs(7)));
    assert_eq!(error.headers().unwrap()["request-id"], "r");
}

#[test]
fn encoding_and_configuration_fail_before_anything_is_sent() {
    let client = Client::new("https://api.example.com").unwrap();
    let bad = Typed {
        id: "..",
        ..typed()
    };
    let error = client.call(&bad).build().unwrap_err();
    assert!(error.is_encode());
    assert_eq!((error.field(), error.operation()), (Some("id"), "Typed"));
    assert_eq!((error.phase(), error.attempts()), (Phase::NotSent, 0));
    assert!(!everything(&error).contains("canary"));

    let error: Error<Problem> = Client::new("ftp://example.com").unwrap_err().into();
    assert!(error.is_config() && !error.is_encode());
    assert_eq!(error.phase(), Phase::NotSent);
    assert_eq!(error.operation(), "");
}

#[tokio::test]
async fn no_connection_is_told_from_a_lost_one() {
    let (origin, _port) = refusing();
    let client = Client::builder(&*origin)
        .retry(Retry::none())
        .bearer("canary")
        .api_key_query("k", "canary")
        .build()
        .unwrap();
    let error = client.send(&typed()).await.unwrap_err();
    assert!(error.is_connect());
    assert_eq!((error.phase(), error.attempts()), (Phase::NotSent, 1));
    assert_eq!(
        error.to_string(),
        format!("`Typed`: cannot connect to {origin}")
    );
    let text = everything(&error);
    assert!(!text.contains("canary") && !text.contains("/n/"), "{text}");

    let server = Server::start([hang_up("")]).await;
    let client = server
        .builder()
        .retry(Retry::none())
        .bearer("canary")
        .api_key_query("k", "canary")
        .build()
        .unwrap();
    let error = client.send(&typed()).await.unwrap_err();
    assert!(!error.is_connect() && !error.is_timeout());
    assert_eq!((error.phase(), error.status()), (Phase::MaybeSent, None));
    let text = everything(&error);
    assert!(!text.contains("canary") && !text.contains("/n/"), "{text}");
    assert_eq!(server.seen().len(), 1);
}

#[tokio::test]
async fn a_cut_body_is_no_decode_error() {
    let server = Server::start([hang_up("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n1")]).await;
    let error = server.client().send(&typed()).await.unwrap_err();
    assert!(!error.is_decode() && !error.is_timeout());
    assert_eq!(
        (error.phase(), error.status()),
        (Phase::Answered, Some(StatusCode::OK))
    );
    assert!(!everything(&error).contains("canary"));
}

#[tokio::test]
async fn an_answer_that_is_no_http_is_an_error() {
    let server = Server::start([hang_up("SSH-2.0-canary\r\n\r\n")]).await;
    let error = server.client().send(&Plain).await.unwrap_err();
    assert_eq!(error.phase(), Phase::MaybeSent);
}

#[tokio::test]
async fn a_status_does_not_show_what_was_sent() {
    let head = "401 Unauthorized\r\nWWW-Authenticate: canary\r\nLocation: /canary";
    let server = Server::start([answer(head, r#"{"code": 1}"#)]).await;
    let client = server
        .builder()
        .bearer("canary")
        .api_key_query("k", "canary")
        .build()
        .unwrap();
    let error = client.send(&typed()).await.unwrap_err();
    assert_eq!(error.to_string(), "`Typed`: 401 Unauthorized");
    assert!(!everything(&error).contains("canary"));
    assert_eq!(error.attempts(), 1);
}

#[tokio::test]
async fn an_api_that_repeats_a_credential_is_not_repeated() {
    let body = r#"{"error": {"message": "no key canary-1, no canary-2, no canary-key"}}"#;
    let server = Server::start([answer("401 Unauthorized", body)]).await;
    let client = server
        .builder()
        .bearer("canary-1")
        .api_key_query("k", "canary-2");
    let error = client.build().unwrap().send(&typed()).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "`Typed`: 401 Unauthorized: no key (hidden), no (hidden), no (hidden)"
    );
    assert_eq!(error.body().unwrap(), body);
}

#[tokio::test]
async fn a_reqwest_error_of_ones_own_transport_loses_its_url() {
    async fn fail() -> reqwest::Error {
        let error = reqwest::Client::new()
            .get("http://127.0.0.1:1/canary?canary")
            .send()
            .await;
        error.unwrap_err()
    }
    let client = double(|_| async { Err(fail().await.into()) })
        .build()
        .unwrap();
    let error = client.send(&Plain).await.unwrap_err();
    assert!(error.is_connect());
    assert!(
        !everything(&error).contains("canary"),
        "{}",
        everything(&error)
    );
    let client = double(|_| async { Err(TransportError::other(fail().await).into()) })
        .build()
        .unwrap();
    let error = client.send(&Plain).await.unwrap_err();
    assert!(!error.is_connect());
    assert!(
        !everything(&error).contains("canary"),
        "{}",
        everything(&error)
    );
}
