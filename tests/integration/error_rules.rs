//! Which 2xx response is an error, and where the message is: `envelope` and `message` of `ApiError`.

use api_request::{
    ApiError, ApiRequest, Client, ErrorBody, EventRequest,
    testing::{Script, ScriptedResponse},
};
use futures_util::{FutureExt, StreamExt};
use http::Response;
use serde_json::Value;

macro_rules! declare {
    ($($name:ident: $error:ident, [$($key:tt)*];)*) => {
        $(
            #[derive(Debug, ApiError)]
            #[api($($key)*)]
            enum $error {
                #[api(status = 404)]
                NotFound,
                #[api(other)]
                Other(ErrorBody),
            }

            #[derive(ApiRequest)]
            #[api(method = GET, path = "/", response = Value, error = $error)]
            struct $name;
        )*
    };
}

declare! {
    GetUnless: Unless, [envelope(unless = "ok")];
    GetNumber: Number, [envelope("errcode" != 0)];
    GetNegative: Negative, [envelope("code" != -1,)];
    GetText: Text, [envelope("status" != "success")];
    GetMessage: Message, [message = errors[0].text];
    GetKeyword: Keyword, [message = r#type.match["error-text"][1]];
    GetItem: Item, [message = [0]["a b"]];
    GetMember: Member, [message = problem, envelope = "problem"];
}

fn decode<R: ApiRequest<Response = Value>>(status: u16, body: &str) -> Result<(), String>
where
    R::Error: std::fmt::Debug,
{
    let response = Response::builder()
        .status(status)
        .body(body.to_owned().into());
    match R::decode(response.unwrap()) {
        Ok(_) => Ok(()),
        Err(error) => {
            assert!(error.is_status(), "{error}");
            assert_eq!(error.status().unwrap(), status);
            let (_, message) = error
                .to_string()
                .split_once(": ")
                .map(|(a, b)| (a.to_owned(), b.to_owned()))
                .unwrap();
            let variant = format!("{:?}", error.api().unwrap());
            let variant = variant.split('(').next().unwrap().to_owned();
            Err(format!("{variant}: {message}"))
        }
    }
}

fn is_error<R: ApiRequest<Response = Value>>(body: &str) -> bool
where
    R::Error: std::fmt::Debug,
{
    decode::<R>(200, body).is_err()
}

#[test]
fn a_member_that_says_that_all_is_not_well_makes_an_error() {
    let unless = [
        (r#"{"ok":false,"error":"no_text"}"#, true),
        (r#"{"\u006fk":false}"#, true),
        (r#"{"ok":true}"#, false),
        (r#"{"error":"no_text"}"#, false),
        (r#"{"ok":null}"#, false),
        (r#"{"ok":0}"#, false),
        (r#"{"ok":"false"}"#, false),
        (r#"{"a":{"ok":false}}"#, false),
        (r#"[{"ok":false}]"#, false),
    ];
    for (body, expected) in unless {
        assert_eq!(is_error::<GetUnless>(body), expected, "{body}");
    }
    let number = [
        (r#"{"errcode":40013}"#, true),
        (r#"{"errcode":-1}"#, true),
        (r#"{"errcode":0.5}"#, true),
        (r#"{"errcode":"0"}"#, true),
        (r#"{"errcode":false}"#, true),
        (r#"{"errcode":0}"#, false),
        (r#"{"errcode":0.0}"#, false),
        (r#"{"errcode":null}"#, false),
        (r#"{"errmsg":"no"}"#, false),
    ];
    for (body, expected) in number {
        assert_eq!(is_error::<GetNumber>(body), expected, "{body}");
    }
    for (body, expected) in [(r#"{"code":-1}"#, false), (r#"{"code":1}"#, true)] {
        assert_eq!(is_error::<GetNegative>(body), expected, "{body}");
    }
    let text = [
        (r#"{"status":"fail"}"#, true),
        (r#"{"status":1}"#, true),
        (r#"{"status":""}"#, true),
        (r#"{"status":"success"}"#, false),
        (r#"{"status":null}"#, false),
        ("{}", false),
    ];
    for (body, expected) in text {
        assert_eq!(is_error::<GetText>(body), expected, "{body}");
    }
}

#[test]
fn the_number_of_an_error_selects_the_variant() {
    let message = |result: Result<(), String>| result.unwrap_err();
    let cases = [
        (
            message(decode::<GetNumber>(200, r#"{"errcode":404,"msg":"no"}"#)),
            "NotFound: 200 OK: no",
        ),
        (
            message(decode::<GetNumber>(200, r#"{"errcode":40013}"#)),
            "Other: 200 OK, but the body is an error",
        ),
        (
            message(decode::<GetNumber>(200, r#"{"errcode":-404}"#)),
            "Other: 200 OK, but the body is an error",
        ),
        (
            message(decode::<GetUnless>(
                200,
                r#"{"ok":false,"error":{"code":404}}"#,
            )),
            "NotFound: 200 OK, but the body is an error",
        ),
        (
            message(decode::<GetUnless>(200, r#"{"ok":false,"error":"gone"}"#)),
            "Other: 200 OK: gone",
        ),
        (
            message(decode::<GetUnless>(404, r#"{"ok":true}"#)),
            "NotFound: 404 Not Found",
        ),
    ];
    for (shown, expected) in cases {
        assert_eq!(shown, expected);
    }
}

#[test]
fn the_message_is_where_it_is_declared() {
    let cases: [(Result<(), String>, &str); 8] = [
        (
            decode::<GetMessage>(
                400,
                r#"{"errors":[{"text":"a","message":"b"}],"message":"c"}"#,
            ),
            "Other: 400 Bad Request: a",
        ),
        (
            decode::<GetMessage>(400, r#"{"errors":[],"message":"c"}"#),
            "Other: 400 Bad Request: c",
        ),
        (
            decode::<GetMessage>(400, r#"{"errors":[{"text":7}],"message":"c"}"#),
            "Other: 400 Bad Request: c",
        ),
        (
            decode::<GetMessage>(400, r#"{"errors":[{"text":" "}],"message":"c"}"#),
            "Other: 400 Bad Request: c",
        ),
        (
            decode::<GetMessage>(400, r#"{"errors":{"0":{"text":"a"}}}"#),
            "Other: 400 Bad Request",
        ),
        (
            decode::<GetKeyword>(400, r#"{"type":{"match":{"error-text":["a","b"]}}}"#),
            "Other: 400 Bad Request: b",
        ),
        (
            decode::<GetItem>(400, r#"[{"a b":"a","message":"b"}]"#),
            "Other: 400 Bad Request: a",
        ),
        (
            decode::<GetMember>(200, r#"{"problem":"a","message":"b"}"#),
            "Other: 200 OK: a",
        ),
    ];
    for (result, expected) in cases {
        assert_eq!(result.unwrap_err(), expected);
    }
}

#[derive(ApiRequest)]
#[api(method = GET, path = "/", events = Value, error = Unless)]
struct Watch;

#[derive(ApiRequest)]
#[api(method = GET, path = "/", response(lines = Value), error = Number)]
struct ReadLines;

#[derive(ApiRequest)]
#[api(method = GET, path = "/", error = Unless)]
struct Delete;

#[test]
fn an_item_of_a_stream_is_an_error_by_the_same_rule() {
    let response = Response::builder()
        .header("content-type", "text/event-stream")
        .body("data: {\"ok\":true}\n\ndata: {\"ok\":false,\"message\":\"late\"}\n\n".into())
        .unwrap();
    let items = async {
        let events = Watch::decode_events(response).await.unwrap();
        events.collect::<Vec<_>>().await
    };
    let items = items.now_or_never().unwrap();
    assert_eq!(items.len(), 2);
    assert!(items[0].is_ok());
    let error = items[1].as_ref().unwrap_err();
    assert_eq!(error.to_string(), "`Watch`: 200 OK: late");
    assert!(matches!(error.api(), Some(Unless::Other(_))));
}

#[test]
fn a_line_is_an_error_by_the_same_rule() {
    let response = Response::new("{\"errcode\":0}\n{\"errcode\":404,\"msg\":\"late\"}\n".into());
    let lines = ReadLines::decode(response).unwrap();
    let lines: Vec<_> = lines.collect().now_or_never().unwrap();
    assert_eq!(lines.len(), 2);
    assert!(lines[0].is_ok());
    let error = lines[1].as_ref().unwrap_err();
    assert_eq!(error.to_string(), "`ReadLines`: 200 OK: late");
    assert!(matches!(error.api(), Some(Number::NotFound)));
}

#[tokio::test]
async fn a_response_that_is_declared_empty_may_be_an_error() {
    let script = Script::new()
        .then(ScriptedResponse::new(200).body(r#"{"ok":false,"error":"not_allowed"}"#))
        .then(ScriptedResponse::new(200).body(r#"{"ok":true}"#));
    let client = Client::builder("https://api.example.com").transport(script);
    let client = client.build().unwrap();
    let error = client.send(&Delete).await.unwrap_err();
    assert_eq!(error.to_string(), "`Delete`: 200 OK: not_allowed");
    client.send(&Delete).await.unwrap();
}
