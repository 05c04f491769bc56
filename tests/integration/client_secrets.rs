//! What a server repeats of the secrets of a call is hidden, in any form, and secrets are wiped when the request goes.

use std::collections::BTreeMap;

use api_request::{
    ApiRequest, Body, Client, ClientBuilder, Part, Secret,
    testing::{Script, ScriptedResponse},
};
use base64::{Engine, prelude::BASE64_STANDARD};
use futures_util::StreamExt;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;
use serde_json::json;

/// Characters that each encoding escapes in its own way.
const SECRET: &str = "hunter2 \"é&+/%\\x";

#[derive(Debug, Serialize)]
struct Nested {
    key: Secret<String>,
}

/// Secrets by their type.
#[derive(Debug, ApiRequest)]
#[api(method = POST, path = "/users/{user}", fields = json, response = u8, events = u8)]
struct ByType {
    user: Secret<String>,
    #[api(query)]
    query: Option<Secret<String>>,
    #[api(header)]
    x_note: Secret<String>,
    #[api(cookie)]
    session: Secret<String>,
    member: Secret<String>,
    pin: Secret<u32>,
    nested: Vec<Nested>,
}

/// Secrets by their declaration.
#[derive(Debug, ApiRequest)]
#[api(method = POST, path = "/users/{user}", fields = form, response = u8, events = u8)]
struct ByOption {
    #[api(secret)]
    user: &'static str,
    #[api(query(secret))]
    list: Vec<&'static str>,
    #[api(query(flatten, secret))]
    more: BTreeMap<&'static str, &'static str>,
    #[api(header(secret))]
    x_note: &'static str,
    #[api(header(flatten, secret))]
    headers: BTreeMap<&'static str, &'static str>,
    #[api(cookie(secret))]
    session: &'static str,
    #[api(secret)]
    member: &'static str,
    #[api(secret)]
    number: u32,
}

#[derive(Debug, ApiRequest)]
#[api(method = POST, path = "/", fields = json, response = u8, events = u8)]
struct JsonByOption {
    #[api(secret)]
    member: Vec<&'static str>,
    #[api(secret)]
    #[serde(flatten)]
    more: BTreeMap<&'static str, &'static str>,
}

#[derive(Debug, ApiRequest)]
#[api(method = POST, path = "/", response = u8, events = u8)]
struct WholeJson {
    #[api(body(secret))]
    body: BTreeMap<&'static str, &'static str>,
}

#[derive(Debug, ApiRequest)]
#[api(method = POST, path = "/", response = u8, events = u8)]
struct Text {
    #[api(body(text, secret))]
    body: &'static str,
}

#[derive(Debug, ApiRequest)]
#[api(method = POST, path = "/", response = u8, events = u8)]
struct Raw {
    #[api(body(bytes, secret))]
    body: &'static [u8],
}

#[derive(Debug, ApiRequest)]
#[api(method = POST, path = "/", response = u8, events = u8)]
struct Streamed {
    #[api(body(stream, secret))]
    body: Body,
}

#[derive(Debug, ApiRequest)]
#[api(method = POST, path = "/", fields = part, response = u8, events = u8)]
struct Parts {
    text: Secret<String>,
    #[api(secret)]
    plain: &'static str,
    #[api(secret)]
    file: Part,
}

/// A request without secrets, for those of a client.
#[derive(Debug, ApiRequest)]
#[api(method = GET, path = "/none", response = u8, events = u8)]
struct Nothing;

fn by_type() -> ByType {
    ByType {
        user: SECRET.into(),
        query: Some("query-secret".into()),
        x_note: "note-secret".into(),
        session: "session-secret".into(),
        member: "member \"secret\"".into(),
        pin: Secret::new(90_210),
        nested: vec![Nested {
            key: "nested-secret".into(),
        }],
    }
}

fn by_option() -> ByOption {
    ByOption {
        user: "path secret",
        list: vec!["first+secret", "second secret"],
        more: BTreeMap::from([("k", "flat&secret")]),
        x_note: "note-secret",
        headers: BTreeMap::from([("x-more", "flat-header")]),
        session: "session-secret",
        member: SECRET,
        number: 80_211,
    }
}

/// The forms in which a server may repeat a secret.
fn forms(secret: &str) -> Vec<String> {
    let percent = utf8_percent_encode(secret, NON_ALPHANUMERIC).to_string();
    let json = serde_json::to_string(secret).unwrap();
    let inner = &json[1..json.len() - 1];
    let ascii: String = secret
        .chars()
        .map(|c| match c {
            c if c.is_ascii_alphanumeric() => c.to_string(),
            c => format!("\\u{:04x}", u32::from(c)),
        })
        .collect();
    vec![
        secret.to_owned(),
        percent.replace("%20", "+"),
        percent.replace("%2F", "/").replace("%C3%A9", "%c3%a9"),
        percent,
        inner.to_owned(),
        inner.replace('/', "\\/"),
        ascii,
    ]
}

/// Asserts that a message of the API is shown without `secret`, as an error and in an event stream.
async fn assert_hidden<R>(
    request: &R,
    secret: &str,
    client: impl Fn(ClientBuilder) -> ClientBuilder,
) where
    R: ApiRequest<Response = u8> + api_request::EventRequest,
    <R as ApiRequest>::Error: 'static,
    R::Event: std::fmt::Debug,
{
    for form in forms(secret) {
        let body = json!({"error": {"message": format!("the start {form} the end")}}).to_string();
        let event = format!("data: {body}\n\n");
        let api = Script::new()
            .then(ScriptedResponse::new(400).body(body))
            .then(
                ScriptedResponse::new(200)
                    .header("content-type", "text/event-stream")
                    .body(event),
            );
        let builder = Client::builder("https://api.example.com").transport(api);
        let client = client(builder).build().unwrap();
        let error = client.call(request).send().await.unwrap_err();
        let mut events = client.call(request).events().await.unwrap();
        let event = events.next().await.unwrap().unwrap_err();
        let name = R::OPERATION.name();
        for (error, status) in [(error, "400 Bad Request"), (event, "200 OK")] {
            let expected = format!("`{name}`: {status}: the start (hidden) the end");
            assert_eq!(error.to_string(), expected, "{form}");
            assert!(!format!("{error:?}{error:#?}").contains(&form));
        }
    }
}

#[tokio::test]
async fn a_message_repeats_no_secret_of_the_request() {
    let client = |builder: ClientBuilder| builder;
    let secrets = [
        SECRET,
        "query-secret",
        "note-secret",
        "session-secret",
        "member \"secret\"",
        "90210",
        "nested-secret",
    ];
    for secret in secrets {
        assert_hidden(&by_type(), secret, client).await;
    }
    let secrets = [
        "path secret",
        "first+secret",
        "second secret",
        "flat&secret",
        "note-secret",
        "flat-header",
        "session-secret",
        SECRET,
        "80211",
    ];
    for secret in secrets {
        assert_hidden(&by_option(), secret, client).await;
    }
    let json = JsonByOption {
        member: vec!["in a list"],
        more: BTreeMap::from([("k", SECRET)]),
    };
    assert_hidden(&json, "in a list", client).await;
    assert_hidden(&json, SECRET, client).await;
    let body = BTreeMap::from([("k", SECRET)]);
    assert_hidden(&WholeJson { body }, SECRET, client).await;
    assert_hidden(&Text { body: SECRET }, SECRET, client).await;
    let body = SECRET.as_bytes();
    assert_hidden(&Raw { body }, SECRET, client).await;
    let body = Body::from(SECRET);
    assert_hidden(&Streamed { body }, SECRET, client).await;
    let parts = Parts {
        text: SECRET.into(),
        plain: "plain secret",
        file: Part::text("file secret"),
    };
    for secret in [SECRET, "plain secret", "file secret"] {
        assert_hidden(&parts, secret, client).await;
    }
}

#[tokio::test]
async fn a_message_repeats_no_credential_of_the_client() {
    let basic = |builder: ClientBuilder| builder.basic("ada", SECRET);
    assert_hidden(&Nothing, SECRET, basic).await;
    let pair = format!("ada:{SECRET}");
    assert_hidden(&Nothing, &pair, basic).await;
    assert_hidden(&Nothing, &BASE64_STANDARD.encode(&pair), basic).await;

    let query = |builder: ClientBuilder| builder.api_key_query("key", SECRET);
    assert_hidden(&Nothing, SECRET, query).await;
    let header = |builder: ClientBuilder| builder.api_key_header("x-plain", "key/+=\\");
    assert_hidden(&Nothing, "key/+=\\", header).await;
    let token = |builder: ClientBuilder| builder.bearer("token/+=");
    assert_hidden(&Nothing, "token/+=", token).await;
    let cookie = |builder: ClientBuilder| builder.header("cookie", "a=1; session=cookie%20/secret");
    assert_hidden(&Nothing, "cookie%20/secret", cookie).await;
}

#[tokio::test]
async fn the_longest_secret_is_hidden_first_and_short_ones_are_ordinary_words() {
    let request = ByType {
        user: "abcd".into(),
        query: Some("abcd-efgh".into()),
        x_note: "the".into(),
        ..by_type()
    };
    let body = json!({"message": "the key abcd-efgh of abcd"}).to_string();
    let api = Script::new().then(ScriptedResponse::new(400).body(body));
    let client = Client::builder("https://api.example.com").transport(api);
    let error = client.build().unwrap().send(&request).await.unwrap_err();
    let expected = "`ByType`: 400 Bad Request: the key (hidden) of (hidden)";
    assert_eq!(error.to_string(), expected);
}

#[tokio::test]
async fn a_redirect_does_not_repeat_a_secret_in_an_error() {
    let location = "https://query-secret.example/";
    let api = Script::new().then(ScriptedResponse::new(302).header("location", location));
    let client = Client::builder("https://api.example.com").transport(api);
    let error = client.build().unwrap().send(&by_type()).await.unwrap_err();
    assert!(
        error.to_string().contains("https://(hidden).example"),
        "{error}"
    );
}

/// Headers that a server sends, and whether they are shown.
#[tokio::test]
async fn a_response_shows_no_header_that_may_hold_a_secret() {
    let hidden = [
        ("link", "</next?cursor=canary>; rel=\"next\""),
        ("refresh", "5; url=/canary"),
        ("x-session", "canary"),
        ("x-csrf", "canary"),
        ("x-xsrf", "canary"),
        ("x-jwt", "canary"),
        ("x-signature", "canary"),
        ("x-credential", "canary"),
        ("x-pwd", "canary"),
        ("x-passwd", "canary"),
        ("x-otp", "canary"),
        ("x-anything", "see https://api.example.com/canary"),
        ("x-repeats", "it is hunter2%20%22%C3%A9%26%2B%2F%25%5Cx"),
        ("x-request-id", "canary-token"),
    ];
    let client = |api: Script| {
        let builder = Client::builder("https://api.example.com").transport(api);
        builder.bearer("canary-token").build().unwrap()
    };
    for (name, value) in hidden {
        let response = |status| {
            let response = ScriptedResponse::new(status).header(name, value);
            response.header("x-shown", "plain").json(&1)
        };
        let api = Script::new().then(response(200)).then(response(400));
        let client = client(api);
        let full = client.call(&by_type()).send_full().await.unwrap();
        let shown = format!("{full:?} {full:#?}");
        assert!(shown.contains("plain"), "{shown}");
        assert!(
            !shown.contains("canary") && !shown.contains("hunter2"),
            "{shown}"
        );
        // What repeats a secret of the call is marked as sensitive.
        let is_marked = full.headers[name].is_sensitive();
        assert_eq!(is_marked, ["x-repeats", "x-request-id"].contains(&name));
        assert_eq!(full.headers[name], value);
        let error = client.send(&by_type()).await.unwrap_err();
        let shown = format!("{error:?}");
        assert!(!shown.contains("canary"), "{shown}");
        assert_eq!(error.headers().unwrap()[name].is_sensitive(), is_marked);
    }
}

/// An address that a client sends is not shown, but is not a secret that messages have to leave out.
#[tokio::test]
async fn a_header_with_a_url_is_no_secret_of_a_call() {
    let app = "https://app.example.com";
    let body = json!({ "message": format!("unknown app {app}") }).to_string();
    let api = Script::new().then(ScriptedResponse::new(400).body(body));
    let client = Client::builder("https://api.example.com").transport(api);
    let client = client.header("HTTP-Referer", app).build().unwrap();
    let error = client.send(&Nothing).await.unwrap_err();
    let expected = format!("`Nothing`: 400 Bad Request: unknown app {app}");
    assert_eq!(error.to_string(), expected);
    assert!(!format!("{client:?}").contains(app));
}

#[test]
fn a_client_shows_no_header_that_may_hold_a_secret() {
    for (name, value) in [
        ("x-session", "canary"),
        ("x-otp", "canary"),
        ("x-callback", "https://example.com/canary"),
        ("referer", "/canary"),
    ] {
        let builder = Client::builder("https://api.example.com").header(name, value);
        let shown = format!("{builder:?}");
        let client = builder.build().unwrap();
        let call = client.call(&Nothing).header(name, value);
        let shown = format!("{shown} {client:?} {call:?}");
        assert!(!shown.contains("canary"), "{shown}");
    }
}

#[tokio::test]
async fn a_script_shows_no_secret_of_a_path() {
    let api = Script::new();
    let client = Client::builder("https://api.example.com/v1").transport(api.clone());
    let error = client.build().unwrap().send(&by_type()).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "`ByType` cannot be sent: the script has no response left for `POST /v1/users/(hidden)`"
    );
    let shown = format!("{api:?} {:?}", api.requests());
    assert!(shown.contains("/v1/users/(hidden)"), "{shown}");
    assert!(!shown.contains("hunter2"), "{shown}");
    let path = "/v1/users/hunter2%20%22%C3%A9%26%2B%2F%25%5Cx";
    assert_eq!(api.requests()[0].uri().path(), path);
}

/// What is left in memory that was given back, read where the system lets a program read its own.
#[cfg(target_os = "linux")]
mod wiped {
    use std::{fs::File, os::unix::fs::FileExt};

    use super::*;
    use crate::wire::http;

    /// Far from the start of an allocation, where the allocator notes what is free.
    fn secret(name: &str) -> String {
        format!("{}{name}", "x".repeat(100))
    }

    /// The place of a text in memory.
    struct Place {
        address: u64,
        text: &'static str,
    }

    impl Place {
        fn of(bytes: &[u8], text: &'static str) -> Self {
            let mut windows = bytes.windows(text.len());
            let at = windows.position(|window| window == text.as_bytes());
            let address = bytes[at.expect("the text is there")..].as_ptr() as u64;
            let place = Self { address, text };
            assert!(!place.is_wiped(), "the memory can be read");
            place
        }

        fn is_wiped(&self) -> bool {
            let mut left = vec![0; self.text.len()];
            let memory = File::open("/proc/self/mem").unwrap();
            // Memory that the allocator has unmapped holds nothing.
            memory.read_exact_at(&mut left, self.address).is_err() || left != self.text.as_bytes()
        }
    }

    #[test]
    fn a_request_with_secrets_is_wiped_when_it_is_dropped() {
        let member = secret("member-canary").into();
        let request = http(&ByType {
            member,
            ..by_type()
        })
        .unwrap();
        let place = Place::of(request.body().as_bytes().unwrap(), "member-canary");
        drop(request);
        assert!(place.is_wiped());

        let option = ByOption {
            member: "its-member-canary",
            ..by_option()
        };
        let request = http(&option).unwrap();
        let place = Place::of(request.body().as_bytes().unwrap(), "its-member-canary");
        drop(request);
        assert!(place.is_wiped());
    }

    #[test]
    fn a_secret_body_of_bytes_is_wiped_when_it_is_dropped() {
        #[derive(ApiRequest)]
        #[api(method = POST, path = "/")]
        struct Request {
            #[api(body = bytes)]
            body: Secret<Vec<u8>>,
        }
        let body = Secret::new(secret("bytes-canary").into_bytes());
        let request = http(&Request { body }).unwrap();
        let place = Place::of(request.body().as_bytes().unwrap(), "bytes-canary");
        drop(request);
        assert!(place.is_wiped());
    }

    #[test]
    fn credentials_are_wiped_when_the_client_is_dropped() {
        let builder = Client::builder("https://api.example.com");
        let builder = builder.bearer(secret("bearer-canary"));
        let builder = builder.api_key_header("x-key", secret("key-canary"));
        let builder = builder.api_key_query("key", secret("query-canary"));
        let client = builder.build().unwrap();
        let request = client.call(&Nothing).build().unwrap();
        let places = [
            Place::of(
                request.headers()["authorization"].as_bytes(),
                "bearer-canary",
            ),
            Place::of(request.headers()["x-key"].as_bytes(), "key-canary"),
            Place::of(request.uri().query().unwrap().as_bytes(), "query-canary"),
        ];
        drop((request, client));
        for place in places {
            assert!(place.is_wiped(), "{}", place.text);
        }
    }
}
