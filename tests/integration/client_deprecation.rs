//! What responses say about the end of their operation.

use std::time::{Duration, SystemTime};

use api_request::{
    ApiRequest, Client, Response, Retry,
    testing::{Script, ScriptedResponse},
};
use tracing::Level;

use crate::recorder::{Recorder, Told};

#[derive(ApiRequest)]
#[api(method = GET, path = "/keys", name = "listKeys")]
struct ListKeys;

#[derive(ApiRequest)]
#[api(method = GET, path = "/names", name = "listNames")]
struct ListNames;

const DEPRECATION: &str = "deprecation";
const SUNSET: &str = "sunset";

fn client(script: Script) -> Client {
    let builder = Client::builder("https://api.example.com");
    let builder = builder.retry(Retry::default().base_delay(Duration::ZERO));
    builder.transport(script).build().unwrap()
}

fn response(status: u16, headers: &[(&str, &str)]) -> ScriptedResponse {
    let response = ScriptedResponse::new(status);
    headers.iter().fold(response, |response, (name, value)| {
        response.header(*name, *value)
    })
}

async fn full(headers: &[(&str, &str)]) -> Response<()> {
    let client = client(Script::new().then(response(204, headers)));
    client.call(&ListKeys).send_full().await.unwrap()
}

/// 1994-11-06T08:49:37Z, the date of the examples in RFC 9110.
fn date() -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(784_111_777)
}

#[tokio::test]
async fn a_response_says_since_when_its_operation_is_deprecated() {
    let cases: &[(&[&str], Option<Option<SystemTime>>)] = &[
        (&[], None),
        (&["@784111777"], Some(Some(date()))),
        (&[" @784111777 "], Some(Some(date()))),
        (&["@0"], Some(Some(SystemTime::UNIX_EPOCH))),
        (
            &["@-1"],
            Some(Some(SystemTime::UNIX_EPOCH - Duration::from_secs(1))),
        ),
        (&["true"], Some(None)),
        (&["?1"], Some(None)),
        (&["Sun, 06 Nov 1994 08:49:37 GMT"], Some(Some(date()))),
        (&["Sunday, 06-Nov-94 08:49:37 GMT"], Some(Some(date()))),
        (&["false"], None),
        (&["?0"], None),
        (&["@"], None),
        (&["@1.5"], None),
        (&["@9223372036854775808"], None),
        (&["1994-11-06"], None),
        (&["1994-11-06", "@784111777"], Some(Some(date()))),
    ];
    for (values, expected) in cases {
        let headers: Vec<_> = values.iter().map(|value| (DEPRECATION, *value)).collect();
        let deprecation = full(&headers).await.deprecation();
        let since = deprecation.map(|deprecation| deprecation.since());
        assert_eq!(since, *expected, "{values:?}");
    }
}

#[tokio::test]
async fn a_response_says_when_its_operation_ends() {
    let cases: &[(&[&str], Option<SystemTime>)] = &[
        (&[], None),
        (&["Sun, 06 Nov 1994 08:49:37 GMT"], Some(date())),
        (&["Sun Nov  6 08:49:37 1994"], Some(date())),
        (&["@784111777"], None),
        (&["soon"], None),
    ];
    for (values, expected) in cases {
        let headers: Vec<_> = values.iter().map(|value| (SUNSET, *value)).collect();
        assert_eq!(full(&headers).await.sunset(), *expected, "{values:?}");
    }
}

fn warnings(recorder: &Recorder) -> Vec<Told> {
    let events = recorder.events();
    let is_warning = |told: &Told| told.level == Level::WARN && told.get("error.type").is_none();
    events.into_iter().filter(is_warning).collect()
}

#[tokio::test]
async fn a_client_warns_of_an_operation_once() {
    let deprecated = || response(204, &[(DEPRECATION, "@784111777")]);
    let ending = || response(204, &[(SUNSET, "2030-01-01")]);
    let script = || {
        Script::new()
            .then(response(204, &[(DEPRECATION, "false")]))
            .then(deprecated())
            .then(deprecated())
            .then(ending())
            .then(ending())
    };
    let (recorder, _guard) = Recorder::start();
    for _ in 0..2 {
        let client = client(script());
        for _ in 0..3 {
            client.send(&ListKeys).await.unwrap();
        }
        for _ in 0..2 {
            client.clone().send(&ListNames).await.unwrap();
        }
    }
    let warnings = warnings(&recorder);
    let told: Vec<_> = warnings
        .iter()
        .map(|told| (told.get("api.operation"), told.get("message"), told.parent))
        .collect();
    let keys = (Some("listKeys"), Some("the operation is deprecated"));
    let names = (
        Some("listNames"),
        Some("the end of the operation is announced"),
    );
    let expected = [(keys, 1), (names, 3), (keys, 6), (names, 8)];
    let expected = expected.map(|((operation, message), span)| (operation, message, Some(span)));
    assert_eq!(told, expected);
    let all = recorder.all();
    assert!(!all.contains("784111777") && !all.contains("2030"), "{all}");
}

#[tokio::test]
async fn an_error_is_a_response_too() {
    let headers = [
        (DEPRECATION, "true"),
        (SUNSET, "Sun, 06 Nov 1994 08:49:37 GMT"),
    ];
    let script = Script::new()
        .then(response(503, &headers))
        .then(response(404, &headers));
    let (recorder, _guard) = Recorder::start();
    client(script).send(&ListKeys).await.unwrap_err();
    let [warning] = <[Told; 1]>::try_from(warnings(&recorder)).unwrap();
    let message = "the operation is deprecated, and its end is announced";
    assert_eq!(warning.get("message"), Some(message));
}
