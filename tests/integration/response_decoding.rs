//! What a response is decoded as, and what an error says of one that cannot be: where, why, and nothing of its content.

use std::{collections::BTreeMap, error::Error as _};

use api_request::{ApiError, ApiRequest, BoxError, Error, ResponseFormat};
use bytes::Bytes;
use http::Response;
use serde::{Deserialize, Deserializer};

const BOM: &str = "\u{feff}";

pub(crate) fn answer(
    status: u16,
    headers: &[(&str, &str)],
    body: impl Into<Bytes>,
) -> Response<Bytes> {
    let mut answer = Response::builder().status(status);
    for (name, value) in headers {
        answer = answer.header(*name, *value);
    }
    answer.body(body.into()).unwrap()
}

/// The message of a response that cannot be decoded, without how it begins.
fn message<R: ApiRequest>(answer: Response<Bytes>) -> String
where
    R::Response: std::fmt::Debug,
{
    let error = R::decode(answer).unwrap_err();
    assert!(error.is_decode(), "{error}");
    let message = error.to_string();
    let (_, what) = message.split_once("not of the declared type: ").unwrap();
    what.to_owned()
}

#[derive(Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Keys {
    #[serde(default)]
    data: Vec<Key>,
    #[serde(default)]
    prices: BTreeMap<String, Price>,
}

#[derive(Debug, PartialEq, Deserialize)]
pub(crate) struct Key {
    id: u32,
    #[serde(default)]
    kind: Option<Kind>,
}

#[derive(Debug, PartialEq, Deserialize)]
pub(crate) struct Price {
    usd: f64,
}

#[derive(Debug, PartialEq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Kind {
    User,
    Limited { calls: u8 },
    Pair(u8, u8),
    One(u8),
}

#[derive(ApiRequest)]
#[api(method = GET, path = "/keys", response = Keys)]
pub(crate) struct ListKeys;

#[derive(ApiRequest)]
#[api(method = GET, path = "/text", response(text))]
struct GetText;

#[test]
fn an_error_says_where_json_breaks_off_and_what_the_response_is() {
    /// Headers, body, and how the message ends.
    type Case<'c> = (&'c [(&'c str, &'c str)], &'c [u8], String);

    const JSON: &str = "application/json; charset=utf-8";
    let html = "<html>\n<title>canary</title>";
    let cut = r#"{"data":[{"id":1},{"id":"#;
    let gzip: &[u8] = b"\x1f\x8b\x08\x00\x00\x00\x00\x00";
    let start = "expected value at line 1 column 1";
    let cases: &[Case<'_>] = &[
        (
            &[("content-type", "text/html; charset=utf-8")],
            html.as_bytes(),
            format!("{start} (the media type is `text/html; charset=utf-8`)"),
        ),
        (
            &[("content-type", JSON), ("content-encoding", "gzip")],
            gzip,
            format!("{start} (the content coding is `gzip`, which is not decoded)"),
        ),
        (
            &[("content-type", "text/html"), ("content-encoding", "identity")],
            html.as_bytes(),
            format!("{start} (the media type is `text/html`)"),
        ),
        (&[("content-type", JSON)], html.as_bytes(), start.to_owned()),
        (&[], html.as_bytes(), start.to_owned()),
        (
            &[("content-type", "application/vnd.api+json")],
            cut.as_bytes(),
            "data[1].id: EOF while parsing a value at line 1 column 24".to_owned(),
        ),
        (
            &[("content-type", "text/plain")],
            cut.as_bytes(),
            "data[1].id: EOF while parsing a value at line 1 column 24 (the media type is `text/plain`)".to_owned(),
        ),
        (
            &[("content-type", JSON)],
            br#"{"data":[{"id":1,"kind":{"limited":{"calls":tru}}}]}"#,
            "data[0].kind.limited.calls: expected ident at line 1 column 48".to_owned(),
        ),
        (
            &[("content-type", JSON)],
            br#"{"data":[]} canary"#,
            "trailing characters at line 1 column 13".to_owned(),
        ),
        (
            &[("content-type", "text/html")],
            br#"{"data":7}"#,
            "data: invalid type: integer, expected a sequence at line 1 column 9".to_owned(),
        ),
    ];
    for (headers, body, expected) in cases {
        let found = message::<ListKeys>(answer(200, headers, body.to_vec()));
        assert_eq!(found, *expected);
    }
    let latin = [("content-type", "text/plain; charset=iso-8859-1")];
    let expected = "invalid utf-8 sequence of 1 bytes from index 3 (the media type is `text/plain; charset=iso-8859-1`)";
    assert_eq!(
        message::<GetText>(answer(200, &latin, &b"caf\xe9 1"[..])),
        expected
    );
}

#[test]
#[expect(clippy::too_many_lines, reason = "they are a table")]
fn an_error_quotes_nothing_of_the_body() {
    #[derive(Debug)]
    struct Picky;

    impl<'de> Deserialize<'de> for Picky {
        fn deserialize<D: Deserializer<'de>>(json: D) -> Result<Self, D::Error> {
            let text = String::deserialize(json)?;
            Err(serde::de::Error::custom(format!("{text} is refused")))
        }
    }

    #[derive(Debug, Deserialize)]
    #[serde(untagged)]
    #[expect(dead_code, reason = "only decoded")]
    enum Either {
        Number(u8),
        Flag(bool),
    }

    #[derive(Debug, Deserialize)]
    #[serde(tag = "type")]
    #[expect(dead_code, reason = "only decoded")]
    enum Tagged {
        A { a: u8 },
    }

    #[derive(Debug, Deserialize)]
    #[expect(dead_code, reason = "only decoded")]
    struct Values {
        #[serde(default)]
        picky: Vec<Picky>,
        #[serde(default)]
        either: Option<Either>,
        #[serde(default)]
        tagged: Option<Tagged>,
        #[serde(default)]
        numbers: BTreeMap<String, i8>,
        #[serde(default)]
        by_number: BTreeMap<u8, u8>,
        #[serde(default)]
        pair: Option<(u8, u8)>,
        #[serde(default)]
        letter: Option<char>,
    }

    #[derive(ApiRequest)]
    #[api(method = GET, path = "/values", response = Values)]
    struct GetValues;

    let keys = [
        (
            r#"{"canary":1}"#,
            "unknown field, expected `data` or `prices`",
        ),
        (
            r#"{"data":[{"id":1,"kind":"canary"}]}"#,
            "data[0].kind: unknown variant, expected one of `user`, `limited`, `pair`, `one`",
        ),
        (
            r#"{"data":[{"id":"canary"}]}"#,
            "data[0].id: invalid type: string, expected u32",
        ),
        (
            r#"{"data":[{"id":-987}]}"#,
            "data[0].id: invalid value: integer, expected u32",
        ),
        (
            r#"{"data":[{"id":98.7}]}"#,
            "data[0].id: invalid type: floating point, expected u32",
        ),
        (
            r#"{"data":[{"id":null}]}"#,
            "data[0].id: invalid type: null, expected u32",
        ),
        (
            r#"{"data":[{"id":true}]}"#,
            "data[0].id: invalid type: boolean, expected u32",
        ),
        (r#"{"data":[{}]}"#, "data[0]: missing field `id`"),
        (r#"{"data":[],"data":[]}"#, "duplicate field `data`"),
        (
            r#"{"prices":{"canary":{"usd":[]}}}"#,
            "prices.*.usd: invalid type: sequence, expected f64",
        ),
        (
            r#"{"prices":{"usd":{"usd":[]}}}"#,
            "prices.*.usd: invalid type: sequence, expected f64",
        ),
        (
            r#"{"data":[{"id":1,"kind":{"pair":[1,"canary"]}}]}"#,
            "data[0].kind.pair[1]: invalid type: string, expected u8",
        ),
        (
            r#"{"data":[{"id":1,"kind":{"one":[]}}]}"#,
            "data[0].kind.one: invalid type: sequence, expected u8",
        ),
        (
            r#"{"data":[{"id":1,"kind":{"canary":[]}}]}"#,
            "data[0].kind: unknown variant, expected one of",
        ),
    ];
    let values = [
        (
            r#"{"picky":["canary"]}"#,
            "picky[0]: invalid value at line 1 column",
        ),
        (
            r#"{"either":"canary"}"#,
            "either: data did not match any variant of untagged enum Either",
        ),
        (
            r#"{"tagged":{"type":"canary"}}"#,
            "tagged.*: unknown variant, expected `A`",
        ),
        (
            r#"{"tagged":{"type":"A","a":"canary"}}"#,
            "tagged: invalid type: string, expected u8",
        ),
        (
            r#"{"numbers":{"canary":987}}"#,
            "numbers.*: invalid value: integer, expected i8",
        ),
        (r#"{"by_number":{"canary":987}}"#, "by_number: "),
        (r#"{"by_number":{"987":1}}"#, "by_number: "),
        (
            r#"{"pair":[1]}"#,
            "pair: invalid length 1, expected a tuple of size 2",
        ),
        (
            r#"{"letter":"canary"}"#,
            "letter: invalid value: string, expected a character",
        ),
    ];
    let check = |json: &str, start: &str, error: &Error| {
        let shown = format!("{error}\n{error:?}");
        let (_, found) = shown.split_once("not of the declared type: ").unwrap();
        assert!(found.starts_with(start), "{json}: {found}");
        for content in ["canary", "987", "98.7", "true"] {
            assert!(!shown.contains(content), "{json}: {shown}");
        }
    };
    for (json, start) in keys {
        check(
            json,
            start,
            &ListKeys::decode(answer(200, &[], json)).unwrap_err(),
        );
    }
    for (json, start) in values {
        check(
            json,
            start,
            &GetValues::decode(answer(200, &[], json)).unwrap_err(),
        );
    }
}

#[derive(Debug, PartialEq, Deserialize)]
pub(crate) struct Problem {
    code: u32,
}

#[derive(ApiRequest)]
#[api(method = GET, path = "/maybe", response = Option<Keys>, error = Problem)]
struct GetMaybe;

#[derive(ApiRequest)]
#[api(method = GET, path = "/unit", response = (), error = Option<Problem>)]
struct GetUnit;

#[test]
fn white_space_alone_is_no_body() {
    for body in ["", " ", "\r\n\t \n", BOM, "\u{feff} \n"] {
        assert_eq!(
            GetMaybe::decode(answer(200, &[], body)).unwrap(),
            None,
            "{body:?}"
        );
        GetUnit::decode(answer(200, &[], body)).unwrap();
        let what = message::<ListKeys>(answer(200, &[], body));
        assert_eq!(what, "the body is empty", "{body:?}");
        let error = GetUnit::decode(answer(500, &[], body)).unwrap_err();
        assert_eq!(error.api(), Some(&None), "{body:?}");
    }
}

#[derive(Debug, ApiError)]
#[api(envelope = "failure")]
pub(crate) enum Failure {
    #[api(status = 402)]
    Paid(Problem),
    #[api(other)]
    Other(serde_json::Value),
}

#[derive(Debug, ApiRequest)]
#[api(method = GET, path = "/failing", response = serde_json::Value, error = Failure)]
pub(crate) struct GetFailing;

#[test]
fn a_byte_order_mark_before_json_is_ignored() {
    let body = |json: &str| answer(200, &[], format!("{BOM}{json}"));
    let error = |status, json: &str| answer(status, &[], format!("{BOM}{json}"));
    let keys = ListKeys::decode(body(r#"{"data":[{"id":1}]}"#)).unwrap();
    assert_eq!(keys.data[0].id, 1);
    assert!(GetMaybe::decode(body("null")).unwrap().is_none());
    let what = message::<ListKeys>(body(r#"{"data":[{"id":""}]}"#));
    assert!(
        what.starts_with("data[0].id: invalid type: string"),
        "{what}"
    );

    let refused = GetMaybe::decode(error(400, r#"{"code":7,"message":"no"}"#)).unwrap_err();
    assert_eq!(refused.api().unwrap().code, 7);
    assert_eq!(refused.to_string(), "`GetMaybe`: 400 Bad Request: no");
    let refused = ListKeys::decode(error(400, r#"{"code":7}"#)).unwrap_err();
    let problem: Problem = refused.api().unwrap().json().unwrap();
    assert_eq!(problem.code, 7);

    let refused = GetFailing::decode(error(402, r#"{"code":7}"#)).unwrap_err();
    assert!(matches!(
        refused.api(),
        Some(Failure::Paid(Problem { code: 7 }))
    ));
    let json = r#"{"failure":{"code":402,"message":"no"},"code":7}"#;
    let refused = GetFailing::decode(error(200, json)).unwrap_err();
    assert_eq!(refused.to_string(), "`GetFailing`: 200 OK: no");
    assert!(matches!(
        refused.api(),
        Some(Failure::Paid(Problem { code: 7 }))
    ));
}

#[test]
fn a_member_that_says_nothing_is_no_envelope() {
    for nothing in [
        "null", "false", "0", "-0", "0.0", r#""""#, "[]", "[ ]", "{}", "{ }",
    ] {
        let json = format!(r#"{{"failure":{nothing},"result":1}}"#);
        let value = GetFailing::decode(answer(200, &[], json)).unwrap();
        assert_eq!(value["result"], 1, "{nothing}");
        let json =
            format!(r#"{{"failure":{nothing},"error":{{"code":402}},"code":7,"failure":1}}"#);
        let refused = GetFailing::decode(answer(200, &[], json)).unwrap_err();
        assert!(refused.is_status());
    }
    for something in [
        "true",
        "1",
        "0.5",
        r#"" ""#,
        r#""no""#,
        "[0]",
        "[null]",
        r#"{"a":null}"#,
    ] {
        let json = format!(r#"{{"failure":{something},"result":1}}"#);
        let refused = GetFailing::decode(answer(200, &[], json)).unwrap_err();
        assert!(refused.is_status(), "{something}");
        assert_eq!(refused.status().unwrap(), 200);
    }
    // In a body of any other status too, what says nothing has no code.
    let json = r#"{"failure":[],"error":{"code":402},"code":7}"#;
    assert!(GetFailing::decode(answer(200, &[], json)).is_ok());
}

/// The messages of an error and of its sources, as `{:#}` of anyhow has them.
fn chain(error: &dyn std::error::Error) -> Vec<String> {
    let mut chain = vec![error.to_string()];
    let mut next = error.source();
    while let Some(link) = next {
        chain.push(link.to_string());
        next = link.source();
    }
    chain
}

#[test]
fn no_message_repeats_its_source() {
    struct Csv;

    impl ResponseFormat for Csv {
        type Output = ();

        fn decode(_: Response<Bytes>) -> Result<(), BoxError> {
            Err(std::io::Error::other("line 7 has two columns").into())
        }
    }

    #[derive(ApiRequest)]
    #[api(method = GET, path = "/", response(with = Csv))]
    struct GetCsv;

    let error = GetCsv::decode(answer(200, &[], "")).unwrap_err();
    assert!(error.source().is_some());
    assert_tells_once(&error);
    assert_tells_once(&ListKeys::decode(answer(200, &[], "<")).unwrap_err());
    assert_tells_once(&GetText::decode(answer(200, &[], &b"\xff"[..])).unwrap_err());
}

pub(crate) fn assert_tells_once(error: &dyn std::error::Error) {
    let chain = chain(error);
    for (at, message) in chain.iter().enumerate() {
        for source in &chain[at + 1..] {
            assert!(!message.contains(source.as_str()), "{chain:#?}");
        }
    }
}
