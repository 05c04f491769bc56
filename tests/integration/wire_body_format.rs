//! `body(with = F)`: whole bodies in a format of the program's own.

use api_request::{ApiRequest, BodyFormat, BoxError, Secret};
use bytes::Bytes;
use serde::Serialize;

use crate::wire::{base, body, refused};

const CSV: &str = "text/csv";

/// A format for one type.
struct Csv;

impl BodyFormat<Vec<u8>> for Csv {
    const CONTENT_TYPE: &'static str = CSV;

    fn encode(row: &Vec<u8>) -> Result<Bytes, BoxError> {
        if row.contains(&0) {
            return Err("zero is not a number of a row".into());
        }
        let row: Vec<String> = row.iter().map(u8::to_string).collect();
        Ok(row.join(",").into())
    }
}

/// A format for many types.
struct Pretty;

impl<T: Serialize + ?Sized> BodyFormat<T> for Pretty {
    const CONTENT_TYPE: &'static str = "application/vnd.pretty+json";

    fn encode(value: &T) -> Result<Bytes, BoxError> {
        Ok(serde_json::to_vec_pretty(value)?.into())
    }
}

/// A format whose constant is wrong.
struct Wrong;

impl<T: ?Sized> BodyFormat<T> for Wrong {
    const CONTENT_TYPE: &'static str = "csv\r\n";

    fn encode(_: &T) -> Result<Bytes, BoxError> {
        Ok(Bytes::new())
    }
}

macro_rules! requests {
    ($($name:ident($($options:tt)*): $ty:ty = $value:expr => $expected:expr,)*) => {
        $({
            #[derive(ApiRequest)]
            #[api(method = PUT, path = "/")]
            struct $name {
                #[api(body($($options)*))]
                value: $ty,
            }
            let expected: Option<(&str, &str)> = $expected;
            let sent = body(&$name { value: $value }).expect(stringify!($name));
            let sent = sent.as_ref().map(|(media_type, text)| (&**media_type, &**text));
            assert_eq!(sent, expected, stringify!($name));
        })*
    };
}

type Maybe<T> = Option<T>;

#[test]
fn a_format_encodes_the_whole_body() {
    requests! {
        Given(with = Csv): Vec<u8> = vec![1, 2] => Some((CSV, "1,2")),
        Empty(with = Csv): Vec<u8> = vec![] => Some((CSV, "")),
        OfAnotherType(with = Csv, content_type = "text/plain"): Vec<u8> = vec![1] => Some(("text/plain", "1")),
        Some_(with = Csv): Option<Vec<u8>> = Some(vec![1]) => Some((CSV, "1")),
        None_(with = Csv): Option<Vec<u8>> = None => None,
        Alias(with = Csv): Maybe<Vec<u8>> = None => None,
        Generic(with = Pretty): Option<[u8; 1]> = Some([1]) => Some(("application/vnd.pretty+json", "[\n  1\n]")),
        GenericNone(with = Pretty): Option<[u8; 1]> = None => None,
        Hidden(with = Pretty): Secret<String> = "hunter2".into() => Some(("application/vnd.pretty+json", "\"hunter2\"")),
        HiddenNone(with = Pretty): Option<Secret<String>> = None => None,
        Declared(secret, with = Csv): Vec<u8> = vec![7] => Some((CSV, "7")),
    }
}

#[derive(ApiRequest)]
#[api(method = PUT, path = "/")]
struct Skipped {
    #[api(body(with = Csv))]
    #[serde(skip_serializing_if = "Vec::is_empty")]
    value: Vec<u8>,
}

#[test]
fn a_body_that_is_skipped_is_no_body() {
    assert_eq!(body(&Skipped { value: vec![] }), Ok(None));
    let sent = body(&Skipped { value: vec![1] }).unwrap();
    assert_eq!(sent, Some((CSV.to_owned(), "1".to_owned())));
}

#[derive(ApiRequest)]
#[api(method = PUT, path = "/")]
struct Generic<'a, T, F> {
    #[api(body(with = F))]
    value: Option<&'a T>,
    #[api(skip)]
    format: std::marker::PhantomData<F>,
}

#[test]
fn type_parameters_get_the_bound_that_a_format_needs() {
    let format = std::marker::PhantomData::<Pretty>;
    let value = Some(&"a");
    let sent = body(&Generic { value, format }).unwrap().unwrap();
    assert_eq!(sent.1, "\"a\"");
}

#[derive(ApiRequest)]
#[api(method = PUT, path = "/")]
struct Fails {
    #[api(body(with = Csv))]
    value: Vec<u8>,
}

#[derive(ApiRequest)]
#[api(method = PUT, path = "/")]
struct FailsInSecret {
    #[api(body(with = Csv, secret))]
    value: Vec<u8>,
}

#[derive(ApiRequest)]
#[api(method = PUT, path = "/")]
struct WrongType {
    #[api(body(with = Wrong))]
    value: u8,
}

#[test]
fn an_error_of_the_format_names_the_field_and_shows_no_secret() {
    let value = vec![0];
    let shown = Fails {
        value: value.clone(),
    };
    refused(
        body(&shown),
        "cannot be serialized: zero is not a number of a row",
    );
    let hidden = FailsInSecret { value };
    refused(
        body(&hidden),
        "(it is a secret, so the reason is not shown)",
    );
    refused(body(&WrongType { value: 1 }), "is not a media type");
}

#[derive(ApiRequest)]
#[api(method = PUT, path = "/")]
struct SecretInside {
    #[api(body(with = Pretty))]
    value: (&'static str, Secret<String>),
}

#[test]
fn a_secret_is_a_variable_in_a_command() {
    let hidden = FailsInSecret { value: vec![7, 7] };
    let curl = hidden.to_curl(&base()).unwrap();
    assert!(curl.ends_with("--data-raw \"$VALUE\""), "{curl}");
    let value = ("a", "hunter2".into());
    let curl = SecretInside { value }.to_curl(&base()).unwrap();
    assert!(
        curl.contains("\"$VALUE\"") && !curl.contains("hunter2"),
        "{curl}"
    );
}

#[test]
fn the_operation_tells_the_type_of_the_format() {
    let content = Fails::OPERATION.content().unwrap();
    assert_eq!(
        (content.media_type(), content.field(), content.required()),
        (CSV, Some("value"), true)
    );
    let content = Generic::<'_, u8, Pretty>::OPERATION.content().unwrap();
    assert!(!content.required());
    assert_eq!(content.media_type(), "application/vnd.pretty+json");
    assert!(FailsInSecret::OPERATION.content().unwrap().secret());
}
