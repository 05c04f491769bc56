//! Secrets are on the wire, and in nothing that a program can log.
//!
//! A canary is planted in each place where a secret can be. Calls are driven to each kind of end; all that they tell, by
//! spans, events, `Debug`, `Display` and sources, is collected and searched for the canaries in each encoding.

use std::{
    collections::BTreeMap,
    error::Error,
    fmt::{self, Debug, Write},
    future::pending,
    sync::{Arc, Mutex},
    time::Duration,
};

use api_request::{
    ApiRequest, Body, BoxError, Client, ClientBuilder, Part, Retry, Secret, TransportError,
    testing::Script,
};
use base64::{Engine, prelude::BASE64_STANDARD};
use futures_util::StreamExt;
use http::{HeaderName, Response};
use http_body_util::BodyExt;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::{Deserialize, Serialize};

use crate::{recorder::Recorder, server::Double};

/// What each canary has in it, in every encoding but base64: letters are escaped nowhere.
const MARK: &str = "CaNaRy";

/// A canary: with characters that JSON, URLs and forms escape, each its own way.
macro_rules! canary {
    ($place:literal) => {
        concat!("CaNaRy ", $place, " \"é&+/%")
    };
}

/// The same for what has to be a token.
macro_rules! token {
    ($place:literal) => {
        concat!("CaNaRy-", $place, "-/+=")
    };
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct Nested {
    json_secret: Secret<String>,
    /// No secret, but a stranger's answer may have one here.
    #[serde(default, skip_serializing)]
    #[expect(dead_code, reason = "never filled")]
    count: u32,
}

#[derive(Debug, ApiRequest)]
#[api(method = POST, path = "/users/{user}", fields = json, idempotent)]
#[api(response = Nested, events(item = Nested))]
struct Json {
    user: Secret<String>,
    #[api(query)]
    query_secret: Secret<String>,
    #[api(header)]
    x_secret: Secret<String>,
    #[api(cookie(encode))]
    session: Option<Secret<String>>,
    member: Secret<String>,
    nested: Vec<Nested>,
}

#[derive(Debug, ApiRequest)]
#[api(method = PUT, path = "/whole", response = Nested, events(item = Nested))]
struct Whole {
    #[api(body)]
    body: Secret<String>,
    #[api(header(name = "Authorization"))]
    authorization: Secret<String>,
}

#[derive(Debug, ApiRequest)]
#[api(method = PUT, path = "/text", response = Nested, events(item = Nested))]
struct Text {
    #[api(body(text))]
    body: Secret<String>,
}

#[derive(Debug, ApiRequest)]
#[api(method = PUT, path = "/form", fields = form, response = Nested, events(item = Nested))]
struct Form {
    form_secret: Secret<String>,
}

/// Secrets by their declaration, which have no `Debug` of their own, and not by their type.
#[derive(ApiRequest)]
#[api(method = PUT, path = "/declared/{id}", fields = form, response = Nested, events(item = Nested))]
#[api(header("Proxy-Authorization" = "Basic CaNaRy-constant"))]
struct Declared {
    #[api(secret)]
    id: &'static str,
    #[api(query(flatten, secret))]
    query: BTreeMap<&'static str, &'static str>,
    #[api(header(flatten, secret))]
    headers: BTreeMap<&'static str, &'static str>,
    #[api(header(flatten))]
    more: BTreeMap<&'static str, &'static str>,
    #[api(secret)]
    list: Vec<&'static str>,
}

impl Debug for Declared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Declared").finish_non_exhaustive()
    }
}

#[derive(Debug, ApiRequest)]
#[api(method = PUT, path = "/stream", response = Nested, events(item = Nested))]
struct Streamed {
    #[api(body(stream, secret))]
    body: Body,
}

#[derive(Debug, ApiRequest)]
#[api(method = PUT, path = "/parts", fields = part, response = Nested, events(item = Nested))]
struct Parts {
    part_secret: Secret<String>,
    #[api(part(content_type = "application/json"))]
    json_part: Nested,
    file: Part,
}

fn json() -> Json {
    Json {
        user: canary!("path").into(),
        query_secret: canary!("query").into(),
        x_secret: token!("header").into(),
        session: Some(canary!("cookie").into()),
        member: canary!("member").into(),
        nested: vec![Nested {
            json_secret: canary!("nested").into(),
            count: 0,
        }],
    }
}

fn whole() -> Whole {
    Whole {
        body: canary!("whole").into(),
        authorization: token!("declared").into(),
    }
}

fn text() -> Text {
    Text {
        body: canary!("text").into(),
    }
}

fn form() -> Form {
    Form {
        form_secret: canary!("form").into(),
    }
}

fn parts() -> Parts {
    Parts {
        part_secret: canary!("part").into(),
        json_part: Nested {
            json_secret: canary!("json-part").into(),
            count: 0,
        },
        file: Part::text("no secret").filename("notes.txt"),
    }
}

fn declared() -> Declared {
    Declared {
        id: canary!("declared-path"),
        query: BTreeMap::from([("a", canary!("flat-query"))]),
        headers: BTreeMap::from([("x-a", token!("flat-header"))]),
        more: BTreeMap::from([("Authorization", token!("declared"))]),
        list: vec![canary!("list")],
    }
}

fn streamed() -> Streamed {
    Streamed {
        body: canary!("stream").into(),
    }
}

/// How a call ends.
#[derive(Debug, Clone, Copy, PartialEq)]
enum End {
    Success,
    Status,
    Undecodable,
    OfAnotherType,
    NoJson,
    Unconnected,
    BrokenOff,
    Late,
    ElsewhereWithTarget,
    Retried,
    Redirected,
    /// The message repeats what was sent, from its start or its end.
    Repeated,
    RepeatedBackwards,
    /// The headers repeat it.
    InHeaders,
}

const ENDS: [End; 14] = [
    End::Success,
    End::Status,
    End::Undecodable,
    End::OfAnotherType,
    End::NoJson,
    End::Unconnected,
    End::BrokenOff,
    End::Late,
    End::ElsewhereWithTarget,
    End::Retried,
    End::Redirected,
    End::Repeated,
    End::RepeatedBackwards,
    End::InHeaders,
];

const SECRET_ANSWER: &str = r#"{"json_secret":"CaNaRy answer"}"#;

impl End {
    /// The answer to the request of this number.
    async fn answer(
        self,
        number: usize,
        target: &str,
        sent: &str,
    ) -> Result<Response<Body>, BoxError> {
        let answer = |status: u16, body: &'static str| {
            let answer = Response::builder().status(status);
            let answer = answer.header("set-cookie", "session=CaNaRy set");
            Ok(answer.body(Body::from(body))?)
        };
        match self {
            Self::Status => answer(400, r#"{"message": "not like this"}"#),
            Self::Undecodable => answer(200, r#"{"json_secret":["CaNaRy answer"]}"#),
            Self::OfAnotherType => answer(200, r#"{"json_secret":"","count":"CaNaRy answer"}"#),
            Self::NoJson => answer(200, "CaNaRy answer"),
            Self::Unconnected => Err(TransportError::connect("refused").into()),
            Self::BrokenOff => Err(TransportError::other("reset").into()),
            Self::Late => pending().await,
            // It repeats what let the client in.
            Self::ElsewhereWithTarget => Ok(Response::builder()
                .status(307)
                .header("location", format!("https://other.example{target}"))
                .body(Body::empty())?),
            Self::Repeated | Self::RepeatedBackwards => {
                let mut lines: Vec<&str> = sent.lines().collect();
                if self == Self::RepeatedBackwards {
                    lines.reverse();
                }
                let body = serde_json::json!({ "message": lines.join(" ") }).to_string();
                Ok(Response::builder().status(400).body(body.into())?)
            }
            Self::InHeaders => {
                let mut response = Response::new(Body::from(SECRET_ANSWER));
                for (number, line) in sent.lines().enumerate() {
                    let name = HeaderName::try_from(format!("x-line-{number}"))?;
                    response.headers_mut().insert(name, line.try_into()?);
                }
                Ok(response)
            }
            Self::Retried if number == 0 => answer(503, ""),
            Self::Redirected if number == 0 => Ok(Response::builder()
                .status(307)
                .header("location", format!("{target}&again=1"))
                .body(Body::empty())?),
            Self::Success | Self::Retried | Self::Redirected => answer(200, SECRET_ANSWER),
        }
    }
}

/// What is sent, as text.
type Wire = Arc<Mutex<Vec<String>>>;

fn transport(end: End) -> (impl api_request::Transport, Wire) {
    let wire = Wire::default();
    let sent = wire.clone();
    let double = Double(move |request: http::Request<Body>| {
        let sent = sent.clone();
        async move {
            let (head, body) = request.into_parts();
            let target = head.uri.path_and_query().unwrap().as_str().to_owned();
            let mut text = format!("{target}\n");
            for (name, value) in &head.headers {
                let value = String::from_utf8_lossy(value.as_bytes());
                writeln!(text, "{name}: {value}")?;
            }
            let body = body.collect().await?.to_bytes();
            text.push_str(&String::from_utf8_lossy(&body));
            let number = {
                let mut sent = sent.lock().unwrap();
                sent.push(text.clone());
                sent.len() - 1
            };
            end.answer(number, &target, &text).await
        }
    });
    (double, wire)
}

/// All that a value tells.
fn show(told: &mut String, value: &impl Debug) {
    writeln!(told, "{value:?}\n{value:#?}").unwrap();
}

fn show_error(told: &mut String, error: &(dyn Error + 'static)) {
    let mut next = Some(error);
    while let Some(error) = next {
        writeln!(told, "{error}\n{error:#}").unwrap();
        show(told, &error);
        next = error.source();
    }
}

/// The encodings of a secret.
fn encodings(secret: &str) -> Vec<String> {
    let json = serde_json::to_string(secret).unwrap();
    let percent = utf8_percent_encode(secret, NON_ALPHANUMERIC).to_string();
    vec![
        secret.to_owned(),
        json.trim_matches('"').to_owned(),
        percent.replace("%20", "+"),
        percent.replace("%2D", "-"),
        percent.replace("%2D", "-").replace("%20", "+"),
        percent,
        BASE64_STANDARD.encode(secret),
        BASE64_STANDARD.encode(format!("user:{secret}")),
    ]
}

fn assert_kept(told: &str, secrets: &[&str], of: &str) {
    let lower = told.to_ascii_lowercase();
    if let Some(at) = lower.find(&MARK.to_ascii_lowercase()) {
        let from = told[..at].char_indices().rev().nth(200).map_or(0, |c| c.0);
        let found: String = told[from..].chars().take(230).collect();
        panic!("{of} tells a canary: {found}");
    }
    for secret in secrets {
        for encoded in encodings(secret) {
            assert!(!told.contains(&encoded), "{of} tells {encoded}");
        }
    }
}

fn is_in(wire: &str, secret: &str) -> bool {
    encodings(secret).iter().any(|form| wire.contains(form))
}

/// Where the canaries of client and call are.
#[derive(Debug, Clone, Copy)]
enum Credentials {
    Bearer,
    Basic,
    Keys,
    Call,
    CallBasic,
}

impl Credentials {
    const ALL: [Self; 5] = [
        Self::Bearer,
        Self::Basic,
        Self::Keys,
        Self::Call,
        Self::CallBasic,
    ];

    fn of_client(self, client: ClientBuilder) -> ClientBuilder {
        match self {
            Self::Bearer => client.bearer(token!("bearer")),
            Self::Basic => client.basic("user", canary!("basic")),
            Self::Keys => client
                .api_key_header("X-Plain", token!("key"))
                .api_key_query("name", canary!("key"))
                .header("X-Auth", token!("default")),
            Self::Call | Self::CallBasic => client,
        }
    }

    fn of_call<R: ApiRequest>(self, call: api_request::Call<'_, R>) -> api_request::Call<'_, R> {
        match self {
            Self::Bearer | Self::Basic | Self::Keys => call,
            Self::Call => call
                .bearer(token!("call-bearer"))
                .api_key_header("X-Plain", token!("call-key"))
                .api_key_query("name", canary!("call-key"))
                .header("X-Token", token!("call-header")),
            Self::CallBasic => call.basic("user", canary!("call-basic")),
        }
    }

    /// The canaries, and whether each is in `Authorization`.
    fn canaries(self) -> &'static [(&'static str, bool)] {
        match self {
            Self::Bearer => &[(token!("bearer"), true)],
            Self::Basic => &[(canary!("basic"), true)],
            Self::Keys => &[
                (token!("key"), false),
                (canary!("key"), false),
                (token!("default"), false),
            ],
            Self::Call => &[
                (token!("call-bearer"), true),
                (token!("call-key"), false),
                (canary!("call-key"), false),
                (token!("call-header"), false),
            ],
            Self::CallBasic => &[(canary!("call-basic"), true)],
        }
    }
}

/// Drives one call to one end, and compares what is told with what is sent.
async fn drive<R>(request: &R, planted: &[&str], credentials: Credentials, end: End)
where
    R: ApiRequest<Response = Nested> + Debug,
    R::Error: 'static,
{
    let of = format!("{} {credentials:?} {end:?}", R::OPERATION.name());
    let (recorder, _guard) = Recorder::start();
    let mut told = String::new();
    let (transport, wire) = transport(end);
    let builder = Client::builder("https://api.example.com/v1").transport(transport);
    let builder = credentials.of_client(builder.timeout(Duration::from_secs(20)));
    show(&mut told, &builder);
    let client: Client = builder.build().unwrap();
    show(&mut told, &client);
    show(&mut told, request);
    told.push_str(&request.to_curl(client.base_url()).unwrap());
    let http = request.to_http(client.base_url()).unwrap();
    show(&mut told, &http.headers());
    show(&mut told, &http.body());

    let retry = if end == End::Retried {
        Retry::default()
    } else {
        Retry::none()
    };
    let call = credentials.of_call(client.call(request).retry(retry));
    show(&mut told, &call);
    match call.send_full().await {
        Ok(response) => {
            assert!(response.body.json_secret.expose().starts_with(MARK));
            show(&mut told, &response);
        }
        Err(error) => show_error(&mut told, &error),
    }
    told.push_str(&recorder.all());
    assert_eq!(recorder.spans().len(), 1, "{of}");

    let wire = wire.lock().unwrap().join("\n");
    // A declared `Authorization` replaces that of client and call, except what is said for the call.
    let of_credentials = credentials.canaries().iter();
    let sent = of_credentials.filter(|(_, in_authorization)| {
        !in_authorization || !planted.contains(&token!("declared"))
    });
    let overridden = matches!(credentials, Credentials::Call | Credentials::CallBasic);
    for secret in planted.iter().chain(sent.map(|(secret, _)| secret)) {
        if overridden && *secret == token!("declared") {
            continue;
        }
        assert!(is_in(&wire, secret), "{of}: {secret} is not sent:\n{wire}");
    }
    let all: Vec<&str> = credentials
        .canaries()
        .iter()
        .map(|(secret, _)| *secret)
        .collect();
    assert_kept(&told, &[&all, planted].concat(), &of);
}

#[tokio::test(start_paused = true)]
async fn no_secret_is_told_however_a_call_ends() {
    let in_json = [
        canary!("path"),
        canary!("query"),
        token!("header"),
        canary!("cookie"),
        canary!("member"),
        canary!("nested"),
    ];
    let in_whole = [canary!("whole"), token!("declared")];
    let in_declared = [
        canary!("declared-path"),
        canary!("flat-query"),
        token!("flat-header"),
        token!("declared"),
        canary!("list"),
    ];
    let in_parts = [canary!("part"), canary!("json-part")];
    for end in ENDS {
        for credentials in Credentials::ALL {
            drive(&json(), &in_json, credentials, end).await;
            drive(&whole(), &in_whole, credentials, end).await;
            drive(&text(), &[canary!("text")], credentials, end).await;
            drive(&form(), &[canary!("form")], credentials, end).await;
            drive(&parts(), &in_parts, credentials, end).await;
            drive(&declared(), &in_declared, credentials, end).await;
            drive(&streamed(), &[canary!("stream")], credentials, end).await;
        }
    }
}

#[tokio::test]
async fn no_secret_of_an_event_stream_is_told() {
    let cases = [
        ("an item", "data: {\"json_secret\":\"CaNaRy event\"}\n\n"),
        (
            "an item of another type",
            "data: {\"json_secret\":{\"CaNaRy event\":1}}\n\n",
        ),
        (
            "a member of another type",
            "data: {\"json_secret\":\"\",\"count\":\"CaNaRy event\"}\n\n",
        ),
        ("no JSON", "data: CaNaRy event\n\n"),
        (
            "an error",
            "event: error\ndata: {\"key\":\"CaNaRy event\"}\n\n",
        ),
        (
            "an error member",
            "data: {\"error\":{\"key\":\"CaNaRy event\"}}\n\n",
        ),
        (
            "what repeats a key",
            "data: {\"error\":{\"message\":\"no CaNaRy-bearer-/+= here\"}}\n\n",
        ),
        ("an unfinished event", "data: CaNaRy event"),
        (
            "too large",
            "data: CaNaRy event that is longer than the limit of an event is\n\n",
        ),
    ];
    for (of, events) in cases {
        let (recorder, _guard) = Recorder::start();
        let transport = Double(move |_| async move {
            let answer = Response::builder().header("content-type", "text/event-stream");
            Ok(answer.body(Body::from(events))?)
        });
        let client = Client::builder("https://api.example.com/v1")
            .transport(transport)
            .bearer(token!("bearer"))
            .limits(api_request::Limits::default().event(60))
            .build()
            .unwrap();
        let mut told = String::new();
        let request = json();
        let mut stream = client.call(&request).events().await.unwrap();
        show(&mut told, &stream);
        while let Some(event) = stream.next().await {
            match event {
                Ok(item) => show(&mut told, &item),
                Err(error) => show_error(&mut told, &error),
            }
        }
        show(&mut told, &stream);
        told.push_str(&recorder.all());
        assert_kept(&told, &[token!("bearer")], of);
    }
}

/// What a script of a test shows of the requests that it has recorded.
#[tokio::test]
async fn no_secret_of_a_recorded_request_is_told() {
    async fn record<R: ApiRequest>(api: &Script, request: &R, told: &mut String)
    where
        R::Error: 'static,
    {
        for credentials in Credentials::ALL {
            let builder = Client::builder("https://api.example.com/v1").transport(api.clone());
            let client = credentials.of_client(builder).build().unwrap();
            let call = credentials.of_call(client.call(request));
            let Err(error) = call.send().await else {
                panic!("the script has no response");
            };
            show_error(told, &error);
        }
    }

    let (api, mut told) = (Script::new(), String::new());
    record(&api, &json(), &mut told).await;
    record(&api, &whole(), &mut told).await;
    record(&api, &text(), &mut told).await;
    record(&api, &form(), &mut told).await;
    record(&api, &parts(), &mut told).await;
    record(&api, &declared(), &mut told).await;
    record(&api, &streamed(), &mut told).await;
    show(&mut told, &api);
    show(&mut told, &api.requests());
    assert_eq!(api.requests().len(), 35);
    assert_kept(&told, &[], "a script");
}

/// The same over a connection: errors of reqwest know the URL.
#[tokio::test]
async fn no_secret_is_told_by_what_makes_connections() {
    let (recorder, _guard) = Recorder::start();
    let mut told = String::new();
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let closed = listener.local_addr().unwrap();
    drop(listener);
    let hanging_up = crate::server::Server::start([crate::server::hang_up("")]).await;
    for origin in [&format!("http://{closed}"), hanging_up.origin()] {
        for credentials in Credentials::ALL {
            let builder = credentials.of_client(Client::builder(origin));
            let client = builder.retry(Retry::none()).build().unwrap();
            let request = json();
            let error = credentials.of_call(client.call(&request)).send().await;
            show_error(&mut told, &error.unwrap_err());
        }
    }
    told.push_str(&recorder.all());
    let canaries = Credentials::ALL.iter().flat_map(|c| c.canaries());
    let all: Vec<&str> = canaries.map(|(secret, _)| *secret).collect();
    assert_kept(&told, &all, "a connection");
}

/// What would make the tests above pass whatever is told.
#[test]
fn a_canary_that_is_told_is_found() {
    for secret in [canary!("x"), token!("x")] {
        for encoded in encodings(secret) {
            let told = format!("… {encoded} …");
            let found = std::panic::catch_unwind(|| assert_kept(&told, &[secret], "it"));
            assert!(found.is_err(), "{encoded}");
        }
    }
}
