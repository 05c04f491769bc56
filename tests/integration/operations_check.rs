//! What a check of declarations asks of operations whose types are not known: whether a response can be decoded.

use api_request::{
    AnyOperation, ApiError, ApiGroup, ApiRequest, ApiResponse, BaseUrl, BoxError, ErrorFormat,
    FromHttp, Input, Lines, ResponseFormat, Secret, events::Event, operations,
};
use bytes::Bytes;
use http::{HeaderMap, Response, StatusCode};
use serde::{Deserialize, Serialize};
use serde_json::json;

#[derive(Debug, Deserialize)]
#[expect(dead_code, reason = "only whether it can be decoded is asked")]
struct Key {
    name: String,
    owner: Option<Owner>,
}

#[derive(Debug, Deserialize)]
#[expect(dead_code, reason = "only whether it can be decoded is asked")]
struct Owner {
    id: u32,
    token: Option<Secret<String>>,
}

#[derive(Debug, ApiError)]
enum Failure {
    #[api(status = 404)]
    NotFound,
    #[api(status = 400, status = 422)]
    Invalid(Problem),
    #[api(status = "5xx")]
    Broken(Nested),
}

#[derive(Debug, ApiError)]
enum Nested {
    #[api(status = 503)]
    Busy(Problem),
    #[api(status = 500)]
    Odd(Odd),
}

/// An error that is not JSON.
#[derive(Debug)]
struct Odd;

impl ErrorFormat for Odd {
    fn from_response(_: StatusCode, headers: &HeaderMap, _: &Bytes) -> Option<Self> {
        headers.contains_key("x-odd").then_some(Self)
    }
}

#[derive(Debug, Deserialize)]
#[expect(dead_code, reason = "only whether it can be decoded is asked")]
struct Problem {
    code: u32,
}

#[derive(Debug, ApiError)]
#[api(envelope = "error")]
enum Enveloped {
    #[api(status = 402)]
    Unpaid { body: InError },
}

#[derive(Debug, Deserialize)]
#[expect(dead_code, reason = "only whether it can be decoded is asked")]
struct InError {
    error: Problem,
}

#[derive(ApiResponse)]
enum Cached {
    #[api(status = 200)]
    Fresh {
        #[api(header = "ETag")]
        etag: String,
        #[api(body)]
        key: Key,
    },
    #[api(status = 206)]
    Parts(#[api(body = lines)] Lines<Key>),
    #[api(status = 304)]
    Same,
}

struct Csv;

impl ResponseFormat for Csv {
    type Output = Vec<String>;

    fn decode(response: Response<Bytes>) -> Result<Vec<String>, BoxError> {
        let text = std::str::from_utf8(response.body())?;
        Ok(text.split(',').map(str::to_owned).collect())
    }
}

macro_rules! get {
    ($($name:ident $path:literal ($($more:tt)*);)*) => {$(
        #[derive(ApiRequest)]
        #[api(method = GET, path = $path, $($more)*)]
        struct $name;
    )*};
}

get! {
    Json "/json" (response = Key, error = Failure);
    Listed "/list" (response = Vec<Key>, error = Problem);
    Envelope "/envelope" (response = Key, error = Enveloped);
    Typed "/typed" (response = Cached);
    Text "/text" (response(text));
    Raw "/bytes" (response(bytes));
    Streamed "/stream" (response(stream));
    Nothing "/nothing" ();
    Custom "/custom" (response(with = Csv));
    Ndjson "/lines" (response(lines = Key), error = Failure);
    Ticks "/ticks" (events(item = Owner, done = "[DONE]"), error = Problem);
    Both "/both" (response = Key, events(item = Owner, only = ["owner"], ignore = ["ping"]));
    RawEvents "/raw-events" (events = Event);
}

operations! {
    static OPERATIONS: [
        Json, Listed, Envelope, Typed, Text, Raw, Streamed, Nothing, Custom, Ndjson, Ticks, Both, RawEvents,
    ]
}

fn operation(name: &str) -> &'static AnyOperation {
    let mut all = OPERATIONS.iter();
    all.find(|it| it.operation().name() == name)
        .unwrap_or_else(|| panic!("no operation `{name}`"))
}

fn checked(name: &str, status: u16, media_type: &str, body: &'static str) -> String {
    let response = Response::builder()
        .status(status)
        .header("content-type", media_type)
        .header("etag", "e")
        .body(body.into())
        .expect("a response");
    match operation(name).check_response(response) {
        Ok(()) => String::new(),
        Err(error) => {
            let message = error.to_string();
            let message = message
                .strip_prefix(&format!("`{name}`: "))
                .expect("its name");
            message.to_owned()
        }
    }
}

fn assert_all(table: &[(&str, u16, &'static str, String)], media_type: &str) {
    let rows = table.iter().filter_map(|(name, status, body, expected)| {
        let actual = checked(name, *status, media_type, body);
        (actual != *expected).then(|| format!("{name} {status} {body}\n  {actual}\n  {expected}\n"))
    });
    let wrong: String = rows.collect();
    assert!(wrong.is_empty(), "{wrong}");
}

const JSON: &str = "application/json";
const EVENTS: &str = "Text/Event-Stream; charset=utf-8";

#[test]
fn a_response_is_checked_as_the_declared_type_of_its_status() {
    let error = ", but the body is not of the declared error type: ";
    let value = ", but the body is not of the declared type: ";
    #[rustfmt::skip]
    let table = [
        ("Json", 200, r#"{"name": "n", "owner": {"id": 1, "token": "t"}, "more": 1}"#, String::new()),
        ("Json", 201, r#"{"name": "n", "owner": null}"#, String::new()),
        ("Json", 200, r#"{"name": "n", "owner": {"id": "hunter2"}}"#,
            format!("200 OK{value}owner.id: invalid type: string, expected u32 at line 1 column 39")),
        ("Json", 200, r#"{"owner": null}"#, format!("200 OK{value}missing field `name` at line 1 column 15")),
        ("Json", 204, "", format!("204 No Content{value}the body is empty")),
        ("Json", 404, "no JSON", String::new()),
        ("Json", 400, r#"{"code": 7}"#, String::new()),
        ("Json", 422, r#"{"code": "hunter2"}"#,
            format!("422 Unprocessable Entity{error}code: invalid type: string, expected u32 at line 1 column 18")),
        ("Json", 409, r#"{"code": 7}"#,
            format!("409 Conflict{error}no variant has the status 409, and none is `other`")),
        ("Json", 503, r#"{"code": 7}"#, String::new()),
        ("Json", 503, "[]", format!("503 Service Unavailable{error}invalid length 0, expected struct Problem with 1 element at line 1 column 2")),
        ("Json", 500, "{}", format!("500 Internal Server Error{error}the error type does not take it")),
        ("Json", 502, "{}", format!("502 Bad Gateway{error}no variant has the status 502, and none is `other`")),
        ("Json", 302, "", format!("302 Found{error}no variant has the status 302, and none is `other`")),
        ("Listed", 200, r#"[{"name": "n"}, {"name": 7}]"#,
            format!("200 OK{value}[1].name: invalid type: integer, expected a string at line 1 column 26")),
        ("Listed", 404, "", format!("404 Not Found{error}the body is empty")),
        ("Envelope", 200, r#"{"name": "n", "error": null}"#, String::new()),
        ("Envelope", 200, r#"{"error": {"code": 402}}"#, String::new()),
        ("Envelope", 200, r#"{"error": {"code": 403}}"#,
            format!("200 OK{error}no variant has the status 403, and none is `other`")),
        ("Envelope", 402, r#"{"error": {}}"#,
            format!("402 Payment Required{error}error: missing field `code` at line 1 column 12")),
        ("Typed", 200, r#"{"name": "n"}"#, String::new()),
        ("Typed", 206, "{\"name\": \"a\"}\n{\"name\": \"b\"}\n", String::new()),
        ("Typed", 206, "{\"name\": \"a\"}\n{}\n", format!("206 Partial Content{value}missing field `name` at line 1 column 2")),
        ("Typed", 304, "", String::new()),
        ("Typed", 201, "{}", "201 Created, but the response type does not declare the status 201".to_owned()),
        ("Typed", 500, "any", String::new()),
        ("Text", 200, "text", String::new()),
        ("Raw", 200, "\0", String::new()),
        ("Streamed", 200, "\0", String::new()),
        ("Nothing", 200, "whatever", String::new()),
        ("Custom", 200, "a,b", String::new()),
        ("Ndjson", 200, "{\"name\": \"a\"}\n\n{\"name\": \"b\"}", String::new()),
        ("Ndjson", 200, "", String::new()),
        ("Ndjson", 200, "{\"name\": \"a\"}\n{\"name\": [\"hunter2\"]}\n",
            format!("200 OK{value}name: invalid type: sequence, expected a string at line 1 column 9")),
        ("Ndjson", 200, "{\"name\": \"a\"}\n{\"na", "200 OK, but the stream ended early: the last line is not complete".to_owned()),
        ("Ndjson", 400, r#"{"code": 7}"#, String::new()),
    ];
    assert_all(&table, JSON);
}

#[test]
fn text_that_is_not_utf_8_cannot_be_decoded() {
    let response = |name: &str| {
        let response = Response::new(Bytes::from_static(b"\xff"));
        operation(name).check_response(response).is_ok()
    };
    assert_eq!(
        ["Text", "Custom", "Raw", "Streamed"].map(response),
        [false, false, true, true]
    );
}

#[test]
fn a_missing_header_is_found() {
    let response = Response::new(Bytes::from_static(br#"{"name": "n"}"#));
    let error = operation("Typed")
        .check_response(response)
        .expect_err("no header");
    assert!(error.is_decode());
    let message = "`Typed`: 200 OK, but the header `etag` is missing";
    assert_eq!(error.to_string(), message);
}

#[test]
fn the_error_of_an_error_has_the_response() {
    let response = Response::builder().status(422).body("{}".into());
    let error = operation("Json").check_response(response.expect("a response"));
    let error = error.expect_err("no code");
    assert!(error.is_decode() && !error.is_status());
    assert_eq!(error.status(), Some(StatusCode::UNPROCESSABLE_ENTITY));
    assert_eq!(error.body().map(|body| &body[..]), Some(&b"{}"[..]));
    assert!(error.api().is_none());
    let debug = format!(
        r#"Error {{ kind: Decode, operation: "Json", attempts: 0, message: "{error}", status: 422, body: 2 bytes }}"#
    );
    assert_eq!(format!("{error:?}"), debug);
}

#[test]
fn each_event_is_checked() {
    let value = "200 OK, but the body is not of the declared type: ";
    #[rustfmt::skip]
    let table = [
        ("Ticks", 200, "data: {\"id\": 1}\n\ndata: [DONE]\n\n", String::new()),
        ("Ticks", 200, "data: {\"id\": 1}\n\n", "200 OK, but the stream ended early: the last event, `[DONE]`, is missing".to_owned()),
        ("Ticks", 200, "data: {\"id\": 1}\n\ndata: {\"id\": \"hunter2\"}\n\ndata: [DONE]\n\n",
            format!("{value}id: invalid type: string, expected u32 at line 1 column 16")),
        ("Ticks", 200, "event: error\ndata: {\"code\": 1}\n\n", String::new()),
        ("Ticks", 200, "data: {\"error\": {}}\n\n",
            "200 OK, but the body is not of the declared error type: missing field `code` at line 1 column 13".to_owned()),
        ("Ticks", 404, "{}", "404 Not Found, but the body is not of the declared error type: missing field `code` at line 1 column 2".to_owned()),
        ("Ticks", 404, "{\"code\": 1}", String::new()),
        ("Both", 200, "event: ping\ndata: -\n\nevent: owner\ndata: {\"id\": 1}\n\n", String::new()),
        ("Both", 200, "event: owner\ndata: {}\n\n", format!("{value}missing field `id` at line 1 column 2")),
        ("Both", 200, "event: other\ndata: {}\n\n", String::new()),
        ("RawEvents", 200, "event: other\ndata: {}\n\n", String::new()),
        ("Json", 200, "data: {\"name\": \"n\"}\n\n", format!("{value}expected value at line 1 column 1 (the media type is `{EVENTS}`)")),
    ];
    assert_all(&table, EVENTS);
    assert_eq!(checked("Both", 200, JSON, r#"{"name": "n"}"#), "");
    assert_ne!(checked("Both", 200, JSON, "{}"), "");
}

#[derive(ApiGroup, FromHttp)]
#[api(path = "/accounts/{account}")]
struct Account {
    account: u8,
    #[api(query)]
    dry: Option<bool>,
}

#[derive(ApiRequest, FromHttp)]
#[api(in = Account, method = PUT, path = "/keys/{id}", fields = json)]
struct SetKey {
    id: u8,
    #[api(header = "X-Token")]
    token: Option<Secret<String>>,
    name: String,
    tags: Vec<Tag>,
}

#[derive(Serialize, Deserialize)]
struct Tag {
    text: String,
}

#[derive(ApiRequest, FromHttp)]
#[api(method = POST, path = "/chat", fields = json)]
#[api(events(item = u8, flag = "stream"))]
struct Chat {
    prompt: String,
}

operations! { static READ: [SetKey, Chat, Json] }

#[test]
fn a_request_is_built_of_an_input_without_a_client() {
    let base: BaseUrl = "https://api.example.com/v1".parse().expect("a URL");
    let build = |at: usize, input| {
        let http = READ[at].to_http(&base, &Input::new(input))?;
        let (head, body) = http.into_parts();
        let body = String::from_utf8_lossy(body.as_bytes().expect("bytes")).into_owned();
        Ok::<_, api_request::Error>(format!("{} {} {body}", head.method, head.uri))
    };
    let input = json!({
        "path": {"account": 7, "id": 1},
        "query": {"dry": true},
        "headers": {"X-Token": "t"},
        "body": {"name": "n", "more": 1, "tags": [{"text": "a", "more": 1}]},
    });
    let expected = r#"PUT https://api.example.com/v1/accounts/7/keys/1?dry=true {"name":"n","tags":[{"text":"a"}]}"#;
    assert_eq!(build(0, input).expect("a request"), expected);
    let chat = build(1, json!({"body": {"prompt": "p"}})).expect("a request");
    assert_eq!(
        chat,
        r#"POST https://api.example.com/v1/chat {"prompt":"p"}"#
    );

    let refused = [
        (
            0,
            json!({"path": {"account": 7, "id": 1}, "body": {"name": "n", "tags": [{}]}}),
            "tags",
        ),
        (
            0,
            json!({"path": {"id": 1}, "body": {"name": "n", "tags": []}}),
            "no value of it",
        ),
        (
            0,
            json!({"path": {"account": 7, "id": 1}, "query": {"dri": 1}}),
            "dri",
        ),
        (2, json!({}), "FromHttp"),
    ];
    for (at, input, named) in refused {
        let error = build(at, input).expect_err("refused");
        assert!(
            error.is_encode() && error.to_string().contains(named),
            "{error}"
        );
    }
    assert_eq!(
        [0, 1, 2].map(|at: usize| READ[at].is_read()),
        [true, true, false]
    );
}

#[test]
fn an_input_does_not_show_its_values() {
    assert_eq!(format!("{:?}", Input::new(json!("s3cret"))), "Input { .. }");
    assert_eq!(Input::default(), Input::from(json!({})));
}
