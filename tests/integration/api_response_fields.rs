//! What the fields of a derived response type hold: headers, members of the JSON body, the body in each format.

use std::{collections::BTreeMap, time::Duration};

use api_request::{
    ApiRequest, ApiResponse, BoxError, Error, Lines, OpenEnum, ResponseFormat, Secret,
};
use bytes::Bytes;
use futures_util::StreamExt as _;
use http::{HeaderMap, Response};
use serde::{Deserialize, Deserializer};

macro_rules! requests {
    ($($name:ident: $response:ty;)*) => {$(
        #[derive(ApiRequest)]
        #[api(method = GET, path = "/", response = $response)]
        struct $name;
    )*};
}

requests! {
    GetHeaders: Headers;
    GetAll: All;
    GetMap: Map;
    GetMembers: Members;
    GetMember: Member;
    GetTupled: Tupled;
    GetFormat: Formatted;
    GetStreams: Streams;
    LogIn: Session;
}

fn decode<R: ApiRequest>(
    status: u16,
    headers: &[(&str, &str)],
    body: &'static str,
) -> Result<R::Response, Error<R::Error>> {
    let mut response = Response::builder().status(status);
    for (name, value) in headers {
        response = response.header(*name, *value);
    }
    R::decode(response.body(body.into()).unwrap())
}

fn seconds<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Duration, D::Error> {
    u64::deserialize(deserializer).map(Duration::from_secs)
}

mod minutes {
    use super::{Deserialize as _, Deserializer, Duration};

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Duration, D::Error> {
        u64::deserialize(deserializer).map(|minutes| Duration::from_secs(minutes * 60))
    }
}

fn seven() -> u32 {
    7
}

#[derive(Debug, PartialEq, OpenEnum)]
#[api(rename_all = "kebab-case")]
enum Cache {
    Hit,
    NoStore,
    #[api(other)]
    Other(String),
}

#[derive(Debug, PartialEq, Deserialize)]
struct Limit {
    left: u8,
}

/// Each way to write a header.
#[derive(Debug, PartialEq, ApiResponse)]
#[api(fields = header)]
struct Headers {
    etag: String,
    x_rate_limit: Option<u32>,
    #[api(header = "Vary")]
    vary: Vec<String>,
    #[api(name = "X-Cache")]
    cache: Cache,
    #[api(header = "Max-Age")]
    #[serde(deserialize_with = "seconds")]
    max_age: Duration,
    #[api(header = "X-Left")]
    #[serde(with = "minutes", default)]
    left: Duration,
    #[serde(default = "seven", alias = "X-Tries", alias = "X-Attempts")]
    tries: u32,
    #[api(header(name = "X-Limit", json))]
    limit: Option<Limit>,
    #[serde(rename = "X-Flag", default)]
    flag: bool,
    #[serde(skip)]
    skipped: u8,
    #[api(skip)]
    #[serde(default = "seven")]
    ours: u32,
}

#[test]
fn headers_are_text_of_any_type() {
    let all = [
        ("etag", "\"v\""),
        ("x-rate-limit", "40"),
        ("vary", "accept, origin"),
        ("vary", "cookie"),
        ("x-cache", "no-store"),
        ("max-age", "60"),
        ("x-left", "2"),
        ("x-attempts", "3"),
        ("x-limit", "{\"left\": 5}"),
        ("x-flag", "true"),
        ("x-skipped", "1"),
    ];
    let headers = decode::<GetHeaders>(200, &all, "ignored").unwrap();
    let expected = Headers {
        etag: "\"v\"".to_owned(),
        x_rate_limit: Some(40),
        vary: ["accept", "origin", "cookie"].map(str::to_owned).into(),
        cache: Cache::NoStore,
        max_age: Duration::from_secs(60),
        left: Duration::from_secs(120),
        tries: 3,
        limit: Some(Limit { left: 5 }),
        flag: true,
        skipped: 0,
        ours: 7,
    };
    assert_eq!(headers, expected);

    let few = [("etag", ""), ("x-cache", "stale"), ("max-age", "0")];
    let headers = decode::<GetHeaders>(200, &few, "").unwrap();
    let expected = Headers {
        etag: String::new(),
        x_rate_limit: None,
        vary: Vec::new(),
        cache: Cache::Other("stale".to_owned()),
        max_age: Duration::ZERO,
        left: Duration::ZERO,
        tries: 7,
        limit: None,
        flag: false,
        skipped: 0,
        ours: 7,
    };
    assert_eq!(headers, expected);
}

#[test]
fn a_header_that_is_missing_or_not_valid_is_named() {
    let fine = [("etag", ""), ("x-cache", "hit"), ("max-age", "0")];
    for (index, name) in fine.iter().map(|(name, _)| *name).enumerate() {
        let mut headers = fine.to_vec();
        headers.remove(index);
        let error = decode::<GetHeaders>(200, &headers, "").unwrap_err();
        let expected = format!("`{name}`");
        assert!(
            error.is_decode() && error.to_string().contains(&expected),
            "{error}"
        );
    }
    for (name, value) in [
        ("x-rate-limit", "many"),
        ("x-left", "x"),
        ("x-tries", "-1"),
        ("x-limit", "{"),
        ("x-flag", "1"),
    ] {
        let mut headers = fine.to_vec();
        headers.push((name, value));
        let error = decode::<GetHeaders>(200, &headers, "").unwrap_err();
        let expected = format!("`{name}`");
        assert!(
            error.is_decode() && error.to_string().contains(&expected),
            "{error}"
        );
    }
}

#[derive(Debug, ApiResponse)]
struct All {
    #[api(header(flatten))]
    all: HeaderMap,
    #[api(header = "x-a")]
    a: u8,
}

#[derive(Debug, ApiResponse)]
struct Map {
    #[api(header)]
    #[serde(flatten)]
    all: BTreeMap<String, String>,
}

#[test]
fn all_headers_are_a_map() {
    let headers = [("x-a", "1"), ("x-b", "2"), ("x-b", "3")];
    let All { all, a } = decode::<GetAll>(200, &headers, "").unwrap();
    assert_eq!(a, 1);
    assert_eq!(all.get_all("x-b").iter().collect::<Vec<_>>(), ["2", "3"]);

    let Map { all } = decode::<GetMap>(200, &headers[..2], "").unwrap();
    assert_eq!(
        all,
        BTreeMap::from([("x-a".into(), "1".into()), ("x-b".into(), "2".into())])
    );
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// Members, with each attribute of serde.
#[derive(Debug, PartialEq, ApiResponse)]
#[api(fields = json, rename_all = "camelCase")]
struct Members {
    key_name: String,
    r#type: Option<u8>,
    #[serde(
        rename(deserialize = "n", serialize = "ignored"),
        skip_serializing_if = "is_default"
    )]
    number: u8,
    #[api(json = "X")]
    #[serde(alias = "y")]
    x: u8,
    #[serde(default)]
    list: Vec<u8>,
    #[serde(default = "seven")]
    seven: u32,
    #[serde(with = "minutes")]
    left: Duration,
    #[serde(deserialize_with = "seconds", default)]
    more: Duration,
    #[serde(flatten)]
    rest: BTreeMap<String, u8>,
    #[api(header)]
    etag: Option<u8>,
}

#[derive(Debug, PartialEq, ApiResponse)]
#[serde(rename_all(deserialize = "SCREAMING_SNAKE_CASE"))]
struct Member {
    #[api(json)]
    key_id: u8,
}

/// By their names alone.
#[derive(Debug, PartialEq, ApiResponse)]
struct Tupled(
    #[api(json = "a")] u8,
    #[api(header = "x-b")] u8,
    #[api(status)] u16,
);

#[test]
fn members_of_the_body_are_fields() {
    let body = r#"{"keyName": "k", "type": 1, "n": 2, "y": 3, "list": [4], "seven": 5, "left": 1, "more": 6, "a": 8, "b": 9}"#;
    let members = decode::<GetMembers>(200, &[("etag", "1")], body).unwrap();
    let expected = Members {
        key_name: "k".to_owned(),
        r#type: Some(1),
        number: 2,
        x: 3,
        list: vec![4],
        seven: 5,
        left: Duration::from_secs(60),
        more: Duration::from_secs(6),
        rest: BTreeMap::from([("a".to_owned(), 8), ("b".to_owned(), 9)]),
        etag: Some(1),
    };
    assert_eq!(members, expected);

    let body = r#"{"keyName": "k", "n": 2, "X": 3, "left": 0}"#;
    let members = decode::<GetMembers>(200, &[], body).unwrap();
    assert_eq!((members.seven, members.x, members.list.len()), (7, 3, 0));
    assert!(members.rest.is_empty() && members.r#type.is_none());

    let Member { key_id } = decode::<GetMember>(200, &[], r#"{"KEY_ID": 7}"#).unwrap();
    assert_eq!(key_id, 7);
    let tupled = decode::<GetTupled>(201, &[("x-b", "2")], r#"{"a": 1}"#).unwrap();
    assert_eq!(tupled, Tupled(1, 2, 201));
}

#[test]
fn a_member_that_is_missing_or_not_valid_is_named() {
    for (body, words) in [
        (r#"{"n": 2, "X": 3, "left": 0}"#, "keyName"),
        (r#"{"keyName": "k", "n": 2, "left": 0}"#, "X"),
        (r#"{"keyName": "k", "n": 2, "X": 3}"#, "left"),
        (r#"{"keyName": "k", "n": "2", "X": 3, "left": 0}"#, "n"),
        (r#"{"keyName": "k", "n": 2, "X": 3, "left": "0"}"#, "left"),
        (
            r#"{"keyName": "k", "n": 2, "X": 3, "left": 0, "list": [1, "a"]}"#,
            "list[1]",
        ),
    ] {
        let error = decode::<GetMembers>(200, &[], body).unwrap_err();
        assert!(error.is_decode(), "{error}");
        assert!(error.to_string().contains(words), "{words}: {error}");
    }
}

struct Csv;

impl ResponseFormat for Csv {
    type Output = Vec<String>;
    const ACCEPT: &'static str = "text/csv";

    fn decode(response: Response<Bytes>) -> Result<Vec<String>, BoxError> {
        let line = std::str::from_utf8(response.body())?;
        Ok(line.split(',').map(str::to_owned).collect())
    }
}

#[derive(Debug, PartialEq, ApiResponse)]
struct Formatted {
    #[api(header)]
    etag: Option<String>,
    #[api(body(with = Csv))]
    names: Vec<String>,
}

#[test]
fn a_body_has_a_format_of_the_program() {
    let base = "https://example.com".parse().unwrap();
    assert_eq!(
        GetFormat.to_http(&base).unwrap().headers()["accept"],
        "text/csv"
    );
    let formatted = decode::<GetFormat>(200, &[], "a,b").unwrap();
    assert_eq!(formatted.names, ["a", "b"]);
}

/// Each variant reads the body in its way.
#[derive(Debug, ApiResponse)]
enum Streams {
    #[api(status = 200)]
    Stream(#[api(body = stream)] api_request::ByteStream),
    #[api(status = 206)]
    Lines {
        #[api(header)]
        etag: u8,
        #[api(body = lines)]
        lines: Lines<u8>,
    },
    #[api(status = 201)]
    Bytes(#[api(body = bytes)] Vec<u8>),
    #[api(status = 203)]
    Secret(#[api(body(text))] Secret<String>),
    #[api(status = 202)]
    Seconds(
        #[api(body)]
        #[serde(with = "minutes")]
        Duration,
    ),
}

#[tokio::test]
async fn a_variant_has_a_format_of_its_own() {
    let read = |status, body| decode::<GetStreams>(status, &[("etag", "1")], body).unwrap();
    let Streams::Stream(mut stream) = read(200, "abc") else {
        panic!("not a stream");
    };
    assert_eq!(stream.next().await.unwrap().unwrap(), "abc");
    let Streams::Lines { etag: 1, lines } = read(206, "1\n2\n") else {
        panic!("not lines");
    };
    let items: Vec<u8> = lines.map(Result::unwrap).collect().await;
    assert_eq!(items, [1, 2]);
    assert!(matches!(read(201, "ab"), Streams::Bytes(bytes) if bytes == b"ab"));
    assert!(matches!(read(203, "ab"), Streams::Secret(text) if text.expose() == "ab"));
    assert!(matches!(read(202, "2"), Streams::Seconds(time) if time.as_secs() == 120));
}

#[derive(Debug, ApiResponse)]
struct Session {
    #[api(header = "X-Token")]
    token: Secret<String>,
    #[api(header(name = "X-Other", secret))]
    other: Option<u32>,
    #[api(header = "X-Plain")]
    plain: u8,
}

#[test]
fn a_secret_header_is_sensitive_whatever_fails() {
    let secrets = [("x-token", "canary-1"), ("x-other", "4711")];
    let all = [secrets[0], secrets[1], ("x-plain", "1")];
    let token = decode::<LogIn>(200, &all, "").unwrap();
    assert_eq!(
        (token.token.expose().as_str(), token.other, token.plain),
        ("canary-1", Some(4711), 1)
    );

    for (status, plain) in [(200, "x"), (404, "1")] {
        let headers = [secrets[0], secrets[1], ("x-plain", plain)];
        let error = decode::<LogIn>(status, &headers, "").unwrap_err();
        let shown = format!("{error:?} {error} {:?}", error.headers());
        assert!(
            !shown.contains("canary") && !shown.contains("4711"),
            "{status}: {shown}"
        );
        let sensitive = |name| error.headers().unwrap()[name].is_sensitive();
        assert!(sensitive("x-token") && sensitive("x-other") && !sensitive("x-plain"));
    }
    let error = decode::<LogIn>(200, &[("x-token", "a"), ("x-other", "canary")], "").unwrap_err();
    assert!(!error.to_string().contains("canary"), "{error}");
}
