//! Errors that a type of the program decodes: `error(with = F)`.

use api_request::{
    ApiError, ApiGroup, ApiRequest, Client, Error, ErrorBody, ErrorFormat, EventRequest,
    testing::{Script, ScriptedResponse},
};
use bytes::Bytes;
use futures_util::{FutureExt, StreamExt};
use http::{HeaderMap, Response, StatusCode};

/// An error whose code is in a header and whose message is the body, after a colon.
#[derive(Debug, PartialEq)]
struct Fault {
    status: u16,
    code: String,
    message: Option<String>,
}

impl ErrorFormat for Fault {
    fn from_response(status: StatusCode, headers: &HeaderMap, body: &Bytes) -> Option<Self> {
        let text = std::str::from_utf8(body).ok()?;
        Some(Self {
            status: status.as_u16(),
            code: headers.get("x-code")?.to_str().ok()?.to_owned(),
            message: text.split_once(':').map(|(_, message)| message.to_owned()),
        })
    }

    fn message(&self) -> Option<String> {
        self.message.clone()
    }
}

#[derive(ApiRequest)]
#[api(method = GET, path = "/keys", error(with = Fault))]
struct GetKeys;

#[derive(ApiGroup)]
#[api(error(with = Fault))]
struct Faulty {}

#[derive(ApiRequest)]
#[api(in = Faulty, method = GET, path = "/names")]
struct GetNames;

#[derive(Debug, ApiError)]
enum Nested {
    #[api(status = 404)]
    NotFound(Fault),
    #[api(status = 500)]
    Broken,
    #[api(other)]
    Other(ErrorBody),
}

#[derive(ApiRequest)]
#[api(method = GET, path = "/nested", error = Nested)]
struct GetNested;

#[derive(ApiRequest)]
#[api(method = GET, path = "/faults", events = u8, error(with = Fault))]
struct WatchFaults;

fn failed<R: ApiRequest<Response = ()>>(status: u16, body: &'static str) -> Error<R::Error> {
    let response = Response::builder().status(status).header("x-code", "c-1");
    R::decode(response.body(body.into()).unwrap()).unwrap_err()
}

fn fault(status: u16, message: Option<&str>) -> Fault {
    Fault {
        status,
        code: "c-1".to_owned(),
        message: message.map(str::to_owned),
    }
}

#[test]
fn a_format_gets_the_response_and_gives_the_message() {
    // The body, the message of the format, and what is shown.
    let cases = [
        (
            "no:no such\nkey",
            Some("no such\nkey"),
            "404 Not Found: no such key",
        ),
        (
            r#"{"message":"no"}"#,
            Some("\"no\"}"),
            "404 Not Found: \"no\"}",
        ),
        (r#"["no"]"#, None, "404 Not Found"),
        ("no: ", Some(" "), "404 Not Found"),
        ("no", None, "404 Not Found"),
    ];
    for (body, message, shown) in cases {
        let error = failed::<GetKeys>(404, body);
        assert_eq!(error.api(), Some(&fault(404, message)), "{body}");
        assert_eq!(error.to_string(), format!("`GetKeys`: {shown}"));
        assert!(error.is_status());
        assert_eq!(error.body().unwrap(), body);
        let error = failed::<GetNames>(404, body);
        assert_eq!(error.api(), Some(&fault(404, message)), "{body}");
        assert_eq!(error.to_string(), format!("`GetNames`: {shown}"));
    }
}

#[test]
fn a_response_of_another_format_is_kept() {
    let response = Response::builder().status(404);
    let response = response.body(r#"{"message":"no"}"#.into()).unwrap();
    let error = GetKeys::decode(response).unwrap_err();
    assert!(error.api().is_none());
    assert_eq!(error.to_string(), "`GetKeys`: 404 Not Found: no");
    assert_eq!(error.body().unwrap(), r#"{"message":"no"}"#);
}

#[test]
fn a_variant_has_the_message_of_its_value() {
    let shown = [
        (404, "a:b", "404 Not Found: b"),
        (500, "a:b", "500 Internal Server Error"),
        (400, r#"{"message":"b"}"#, "400 Bad Request: b"),
    ];
    for (status, body, shown) in shown {
        let error = failed::<GetNested>(status, body);
        assert_eq!(error.to_string(), format!("`GetNested`: {shown}"));
    }
    let error = failed::<GetNested>(404, "a:b");
    assert!(
        matches!(error.api(), Some(Nested::NotFound(found)) if *found == fault(404, Some("b")))
    );
}

#[test]
fn the_message_stays_when_the_type_is_erased() {
    let error = failed::<GetKeys>(404, "a:b").erase();
    assert_eq!(error.to_string(), "`GetKeys`: 404 Not Found: b");
    let error = failed::<GetKeys>(404, "a:b").map_api(|fault| fault.code);
    assert_eq!(error.to_string(), "`GetKeys`: 404 Not Found: b");
}

#[test]
fn an_event_is_given_to_the_format() {
    let response = Response::builder()
        .header("content-type", "text/event-stream")
        .header("x-code", "c-1")
        .body("event: error\ndata: e:late\n\n".into())
        .unwrap();
    let events = async {
        let mut events = WatchFaults::decode_events(response).await.unwrap();
        events.next().await.unwrap().unwrap_err()
    };
    let error = events.now_or_never().unwrap();
    assert_eq!(error.api(), Some(&fault(200, Some("late"))));
    assert_eq!(error.to_string(), "`WatchFaults`: 200 OK: late");
}

#[tokio::test]
async fn a_message_of_a_format_shows_no_credential() {
    let response = ScriptedResponse::new(404)
        .header("x-code", "c-1")
        .body("no:no key canary-1 here");
    let client = Client::builder("https://api.example.com").bearer("canary-1");
    let client = client
        .transport(Script::new().then(response))
        .build()
        .unwrap();
    let error = client.send(&GetKeys).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "`GetKeys`: 404 Not Found: no key (hidden) here"
    );
    assert!(!format!("{error:?}").contains("canary"));
}
