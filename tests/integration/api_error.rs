//! Which variant of an error the status of an answer chooses, and errors inside 2xx answers.

use std::error::Error as _;

use api_request::{
    ApiError, ApiRequest, Body, BoxError, Error, ErrorBody, ErrorFormat, Limits, Phase, Secret,
};
use bytes::Bytes;
use http::{Response, StatusCode};
use serde::Deserialize;

use crate::server::{Server, answer, double};

#[derive(Debug, Clone, PartialEq, Deserialize)]
struct Problem {
    code: u32,
}

/// Each kind of variant.
#[derive(Debug, ApiError)]
enum Failure {
    #[api(status = "4xx")]
    Refused(Problem),
    #[api(other)]
    Unknown(ErrorBody),
    #[api(status = 401, status = 403)]
    Denied { problem: Problem },
    #[api(status = 404)]
    #[api(status = 410)]
    Gone,
    #[api(status = 418)]
    Teapot(),
    #[api(status = 500)]
    Broken(Option<Problem>),
    #[api(status = "5xx", status = 499)]
    Unavailable(Secret<String>),
}

/// No variant for the rest, and no envelope.
#[derive(Debug, PartialEq, ApiError)]
enum Few {
    #[api(status = 404)]
    NotFound,
    #[api(status = "3xx")]
    Moved(u8),
}

/// An error that may come inside a 2xx answer.
#[derive(Debug, Clone, PartialEq, ApiError)]
#[api(envelope = "error")]
enum InBand {
    #[api(status = 402)]
    NoCredits(Envelope),
    #[api(status = "5xx")]
    Upstream(UpstreamFailure),
    #[api(other)]
    Other(serde_json::Value),
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
struct Envelope {
    error: Problem,
}

/// A variant's value may be an error again.
#[derive(Debug, Clone, PartialEq, ApiError)]
enum UpstreamFailure {
    #[api(status = 502)]
    BadGateway,
}

/// The same by another name, and nothing for the rest.
#[derive(Debug, PartialEq, ApiError)]
#[api(envelope = "failure")]
enum Named {
    #[api(status = 402)]
    NoCredits,
}

macro_rules! declare {
    ($($name:ident: $error:ty, [$($response:tt)*];)*) => {
        $(
            #[derive(ApiRequest)]
            #[api(method = GET, path = "/", error = $error, $($response)*)]
            struct $name;
        )*
    };
}

declare! {
    Get: Failure, [response = u32];
    GetFew: Few, [response = u32];
    Chat: InBand, [response = Option<serde_json::Value>];
    ChatText: InBand, [response(text)];
    ChatBytes: InBand, [response(bytes)];
    ChatNothing: InBand, [response(empty)];
    ChatStream: InBand, [response(stream)];
    ChatPlain: Problem, [response = serde_json::Value];
    GetNamed: Named, [response = serde_json::Value];
}

fn answered(status: u16, body: &str) -> Response<Bytes> {
    let body = Bytes::copy_from_slice(body.as_bytes());
    Response::builder()
        .status(status)
        .header("content-type", "text/plain")
        .body(body)
        .unwrap()
}

fn failed<R: ApiRequest>(status: u16, body: &str) -> Error<R::Error> {
    let Err(error) = R::decode(answered(status, body)) else {
        panic!("{status} {body} is no error");
    };
    assert!(error.is_status(), "{error}");
    assert_eq!(error.phase(), Phase::Answered);
    assert_eq!(error.status().unwrap(), status);
    assert_eq!(error.body().unwrap(), body);
    error
}

#[test]
fn the_status_chooses_the_variant_and_the_body_is_its_value() {
    let problem = r#"{"code": 7}"#;
    let cases = [
        // An exact status beats a class, a class the rest.
        (400, problem, "Refused(Problem { code: 7 })"),
        (401, problem, "Denied { problem: Problem { code: 7 } }"),
        (403, problem, "Denied { problem: Problem { code: 7 } }"),
        (404, problem, "Gone"),
        (404, "", "Gone"),
        (404, "<html>", "Gone"),
        (410, problem, "Gone"),
        (418, "", "Teapot"),
        (422, problem, "Refused(Problem { code: 7 })"),
        (499, r#""s""#, "Unavailable(Secret(…))"),
        (500, problem, "Broken(Some(Problem { code: 7 }))"),
        (500, "null", "Broken(None)"),
        (500, "", "Broken(None)"),
        (503, r#""s""#, "Unavailable(Secret(…))"),
        (
            300,
            "",
            "Unknown(ErrorBody { content_type: Some(\"text/plain\"), bytes: 0 })",
        ),
        (
            304,
            "a",
            "Unknown(ErrorBody { content_type: Some(\"text/plain\"), bytes: 1 })",
        ),
        (
            600,
            "a",
            "Unknown(ErrorBody { content_type: Some(\"text/plain\"), bytes: 1 })",
        ),
        (
            999,
            "",
            "Unknown(ErrorBody { content_type: Some(\"text/plain\"), bytes: 0 })",
        ),
    ];
    for (status, body, expected) in cases {
        let error = failed::<Get>(status, body);
        let api = error.api().map(|api| format!("{api:?}"));
        assert_eq!(api.as_deref(), Some(expected), "{status} {body}");
    }
}

#[test]
fn a_body_that_is_no_such_value_is_no_other_variant_either() {
    for (status, body) in [
        (400, ""),
        (400, "<html>"),
        (401, r#"{"code": "7"}"#),
        (403, "null"),
        (500, "[]"),
        (503, r#"{"code": 7}"#),
    ] {
        assert!(
            failed::<Get>(status, body).api().is_none(),
            "{status} {body}"
        );
    }
}

#[test]
fn a_status_without_a_variant_is_no_value() {
    let cases = [
        (404, "", Some(Few::NotFound)),
        (301, "7", Some(Few::Moved(7))),
        (301, "x", None),
        (400, "", None),
        (500, "7", None),
        (600, "7", None),
    ];
    for (status, body, expected) in cases {
        assert_eq!(
            failed::<GetFew>(status, body).api(),
            expected.as_ref(),
            "{status}"
        );
    }
}

#[test]
fn an_envelope_makes_an_error_of_a_2xx_answer() {
    let value = |body: &str| InBand::Other(serde_json::from_str(body).unwrap());
    let no_credits = InBand::NoCredits(Envelope {
        error: Problem { code: 402 },
    });
    let other = |body| Some(value(body));
    let cases = [
        (200, r#"{"error": {"code": 402}}"#, Some(no_credits.clone())),
        (
            201,
            r#"{"data": 1, "error": {"code": 402}}"#,
            Some(no_credits.clone()),
        ),
        (
            200,
            r#"{"\u0065rror": {"code": 402}}"#,
            Some(no_credits.clone()),
        ),
        (
            200,
            r#"{"error": {"code": 502}}"#,
            Some(InBand::Upstream(UpstreamFailure::BadGateway)),
        ),
        (200, r#"{"error": {"code": 503}}"#, None),
        (
            200,
            r#"{"error": {"code": 429}}"#,
            other(r#"{"error": {"code": 429}}"#),
        ),
        (
            200,
            r#"{"error": {"code": 200}}"#,
            other(r#"{"error": {"code": 200}}"#),
        ),
        (
            200,
            r#"{"error": {"code": 1e9}}"#,
            other(r#"{"error": {"code": 1e9}}"#),
        ),
        (
            200,
            r#"{"error": {"code": "402"}}"#,
            other(r#"{"error": {"code": "402"}}"#),
        ),
        (200, r#"{"error": "text"}"#, other(r#"{"error": "text"}"#)),
        (200, r#"{"error": true}"#, other(r#"{"error": true}"#)),
        (200, r#"{"error": [402]}"#, other(r#"{"error": [402]}"#)),
        // The status decides where it says anything.
        (
            402,
            r#"{"error": {"code": 502}}"#,
            Some(InBand::NoCredits(Envelope {
                error: Problem { code: 502 },
            })),
        ),
        (
            400,
            r#"{"error": {"code": 402}}"#,
            other(r#"{"error": {"code": 402}}"#),
        ),
        (502, "", Some(InBand::Upstream(UpstreamFailure::BadGateway))),
        (400, "<html>", None),
    ];
    for (status, body, expected) in cases {
        assert_eq!(
            failed::<Chat>(status, body).api(),
            expected.as_ref(),
            "{status} {body}"
        );
    }
}

#[test]
fn an_answer_without_the_member_is_none() {
    for body in [
        "",
        "null",
        "7",
        "[]",
        "{}",
        r#"{"error": null}"#,
        r#"{"error": {}}"#,
        r#"{"error": false}"#,
        r#"{"errors": [1]}"#,
        r#"{"data": {"error": {"code": 402}}}"#,
        r#"[{"error": {"code": 402}}]"#,
        r#"{"text": "\u0065rror, \"error\""}"#,
    ] {
        Chat::decode(answered(200, body)).unwrap();
    }
    let error = Chat::decode(answered(200, r#"{"error": {"code": 402}"#)).unwrap_err();
    assert!(error.is_decode());
    // Nobody asked for it.
    ChatPlain::decode(answered(200, r#"{"error": {"code": 402}}"#)).unwrap();
}

#[test]
fn whatever_an_answer_is_read_as_has_the_envelope() {
    let body = r#"{"error": {"code": 402}}"#;
    assert!(matches!(
        failed::<ChatText>(200, body).api(),
        Some(InBand::NoCredits(_))
    ));
    assert!(matches!(
        failed::<ChatBytes>(200, body).api(),
        Some(InBand::NoCredits(_))
    ));
    assert!(matches!(
        failed::<ChatNothing>(200, body).api(),
        Some(InBand::NoCredits(_))
    ));
    // But for what is read as it comes.
    assert!(ChatStream::decode(answered(200, body)).is_ok());
    assert_eq!(ChatText::decode(answered(200, "error")).unwrap(), "error");
    ChatNothing::decode(answered(200, r#"{"data": 1}"#)).unwrap();
}

#[test]
fn an_error_is_shown_with_the_message_of_the_api() {
    let error = failed::<Chat>(200, r#"{"error": {"code": 402, "message": "no credits"}}"#);
    assert_eq!(error.to_string(), "`Chat`: 200 OK: no credits");
    let error = failed::<Get>(404, r#"{"message": "no such key"}"#);
    assert_eq!(error.to_string(), "`Get`: 404 Not Found: no such key");

    let error = failed::<GetNamed>(
        200,
        r#"{"failure": {"code": 402, "message": "no credits"}}"#,
    );
    assert_eq!(error.api(), Some(&Named::NoCredits));
    assert_eq!(error.to_string(), "`GetNamed`: 200 OK: no credits");
    let error = failed::<GetNamed>(200, r#"{"failure": "no credits"}"#);
    assert_eq!(
        (error.api(), error.to_string()),
        (None, "`GetNamed`: 200 OK: no credits".to_owned())
    );
    let error = failed::<GetNamed>(503, r#"{"failure": {"message": "later"}}"#);
    assert_eq!(
        error.to_string(),
        "`GetNamed`: 503 Service Unavailable: later"
    );
    GetNamed::decode(answered(200, r#"{"error": {"code": 402}}"#)).unwrap();
}

#[test]
fn an_item_of_a_stream_is_read_like_an_answer() {
    let read = |body: &str| {
        InBand::from_response(
            StatusCode::OK,
            &http::HeaderMap::new(),
            &Bytes::copy_from_slice(body.as_bytes()),
        )
    };
    assert!(matches!(
        read(r#"{"id": 1, "error": {"code": 402}}"#),
        Some(InBand::NoCredits(_))
    ));
    assert!(matches!(
        read(r#"{"id": 1, "error": "x"}"#),
        Some(InBand::Other(_))
    ));
}

#[tokio::test]
async fn an_error_in_a_2xx_answer_shows_no_credential() {
    let body = r#"{"error": {"code": 402, "message": "no credits for canary-1 and canary-2"}}"#;
    let server = Server::start([answer("200 OK\r\nX-Request-Id: r", body)]).await;
    let client = server
        .builder()
        .bearer("canary-1")
        .api_key_query("k", "canary-2");
    let client = client.build().unwrap();
    let error = client.send(&Chat).await.unwrap_err();
    assert!(error.is_status() && matches!(error.api(), Some(InBand::NoCredits(_))));
    assert_eq!(
        error.to_string(),
        "`Chat`: 200 OK: no credits for (hidden) and (hidden)"
    );
    assert_eq!((error.attempts(), error.request_id()), (1, Some("r")));
    assert_eq!(error.body().unwrap(), body);
    assert!(!format!("{error:?}").contains("canary"));

    let error = client.send(&ChatNothing).await.unwrap_err();
    assert!(matches!(error.api(), Some(InBand::NoCredits(_))));
    assert_eq!(
        error.to_string(),
        "`ChatNothing`: 200 OK: no credits for (hidden) and (hidden)"
    );
    assert!(client.send(&ChatStream).await.is_ok());
}

#[tokio::test]
async fn a_body_that_may_be_an_error_is_read_up_to_the_limit_of_errors() {
    let body = r#"{"error": {"code": 402}}"#;
    for (limit, is_error) in [(body.len(), true), (body.len() - 1, false)] {
        let client = double(move |_| async move { Ok(Response::new(Body::from(body))) });
        let client = client
            .limits(Limits::default().error_body(limit))
            .build()
            .unwrap();
        assert_eq!(
            client.send(&ChatNothing).await.is_err(),
            is_error,
            "{limit}"
        );
        // What is read anyway has the other limit.
        assert!(client.send(&Chat).await.unwrap_err().is_status());
    }
}

#[tokio::test(start_paused = true)]
async fn a_body_that_may_be_an_error_has_to_arrive() {
    let client = double(|_| async {
        let nothing = futures_util::stream::pending::<Result<Bytes, BoxError>>();
        Ok(Response::new(Body::once(nothing)))
    });
    let client = client.build().unwrap();
    let error = client.send(&ChatNothing).await.unwrap_err();
    assert!(error.is_timeout() && !error.is_status(), "{error}");
    assert_eq!(error.status(), Some(StatusCode::OK));
}

/// The one enum with thiserror's derive beside ours.
#[derive(Debug, thiserror::Error, ApiError)]
enum Described {
    #[error("code {}", .0.code)]
    #[api(status = 400)]
    Bad(Problem),
    #[error("gone")]
    #[api(status = 404)]
    Gone,
    #[error(transparent)]
    #[api(other)]
    Other(Rest),
}

#[derive(Debug, thiserror::Error, Deserialize)]
#[error("rest {0}")]
struct Rest(u32);

declare! { GetDescribed: Described, [response = u32]; }

#[test]
fn thiserror_describes_what_the_status_chose() {
    let cases = [
        (400, r#"{"code": 7}"#, "code 7"),
        (404, "", "gone"),
        (500, "7", "rest 7"),
    ];
    for (status, body, expected) in cases {
        let error = failed::<GetDescribed>(status, body);
        assert_eq!(error.api().unwrap().to_string(), expected);
        assert!(error.source().is_none());
    }
}

/// Type parameters in the values.
#[derive(Debug, PartialEq, ApiError)]
enum Generic<T, U, const N: usize>
where
    U: Clone,
{
    #[api(status = 400)]
    One(T),
    #[api(status = 404)]
    Many { list: Vec<U> },
    #[api(other)]
    Rest([u8; 2]),
}

declare! { GetGeneric: Generic<Problem, String, 3>, [response = u32]; }

#[test]
fn an_error_may_have_type_parameters() {
    let cases = [
        (400, r#"{"code": 7}"#, Generic::One(Problem { code: 7 })),
        (
            404,
            r#"["a"]"#,
            Generic::Many {
                list: vec!["a".to_owned()],
            },
        ),
        (500, "[1, 2]", Generic::Rest([1, 2])),
    ];
    for (status, body, expected) in cases {
        assert_eq!(failed::<GetGeneric>(status, body).api(), Some(&expected));
    }
}
