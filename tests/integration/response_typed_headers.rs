//! Headers of a response as values: scalars by their text, lists at commas, all of them as a map. No error shows a value.

use std::{borrow::Cow, collections::BTreeMap, fmt::Debug, marker::PhantomData};

use api_request::{ApiRequest, ApiResponse, OpenEnum, Secret};
use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Response};
use serde::{Deserialize, de::DeserializeOwned};

#[derive(ApiResponse)]
struct Of<T: DeserializeOwned> {
    #[api(header = "X-Value")]
    value: T,
}

#[derive(ApiRequest)]
#[api(method = GET, path = "/n", response = Of<T>)]
struct Get<T: DeserializeOwned> {
    #[api(skip)]
    of: PhantomData<T>,
}

fn response<'a>(headers: impl IntoIterator<Item = (&'static str, &'a [u8])>) -> Response<Bytes> {
    let mut response = Response::new(Bytes::new());
    for (name, value) in headers {
        let value = HeaderValue::from_bytes(value).unwrap();
        response.headers_mut().append(name, value);
    }
    response
}

/// What a header with these field lines is, or the error.
fn read<T: DeserializeOwned + Debug>(lines: &[&str]) -> String {
    let lines = lines.iter().map(|line| ("x-value", line.as_bytes()));
    match Get::<T>::decode(response(lines)) {
        Ok(of) => format!("{:?}", of.value),
        Err(error) => {
            assert!(error.is_decode());
            let message = error.to_string();
            let reason = message.strip_prefix("`Get`: 200 OK, but the header `x-value` ");
            reason.unwrap().to_owned()
        }
    }
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Cache {
    Hit,
    NearMiss,
}

#[derive(Debug, OpenEnum)]
#[api(rename_all = "kebab-case")]
enum Tier {
    Free,
    #[api(other)]
    Other(String),
}

#[derive(Debug, Deserialize)]
#[expect(dead_code, reason = "only its `Debug` form is compared")]
struct Count(u64);

#[derive(Debug, Deserialize)]
#[expect(dead_code, reason = "only its `Debug` form is compared")]
struct Pair(u8, String);

#[derive(Debug, Deserialize)]
#[expect(dead_code, reason = "only its `Debug` form is compared")]
struct Named {
    a: u8,
}

#[test]
fn a_scalar_is_its_text() {
    assert_eq!(read::<u64>(&["7"]), "7");
    assert_eq!(read::<u64>(&[" 7\t"]), "7");
    assert_eq!(read::<i8>(&["-7"]), "-7");
    assert_eq!(
        read::<u128>(&[&u128::MAX.to_string()]),
        u128::MAX.to_string()
    );
    assert_eq!(read::<f64>(&["0.5"]), "0.5");
    assert_eq!(read::<bool>(&["true"]), "true");
    assert_eq!(read::<char>(&["é"]), "'é'");
    assert_eq!(read::<String>(&["a, \"b\""]), r#""a, \"b\"""#);
    assert_eq!(read::<String>(&[""]), r#""""#);
    assert_eq!(read::<String>(&["a", "b"]), r#""a, b""#);
    assert_eq!(read::<Cow<'static, str>>(&["größe"]), r#""größe""#);
    assert_eq!(read::<serde_json::Value>(&["7"]), r#"String("7")"#);
    assert_eq!(read::<Count>(&["7"]), "Count(7)");
    assert_eq!(read::<Cache>(&["near-miss"]), "NearMiss");
    assert_eq!(read::<Tier>(&["free"]), "Free");
    assert_eq!(read::<Tier>(&["gold"]), r#"Other("gold")"#);
    assert_eq!(read::<Secret<String>>(&["7"]), "Secret(…)");
    assert_eq!(
        read::<uuid::Uuid>(&["67e55044-10b1-426f-9247-bb680e5fe0c8"]),
        "67e55044-10b1-426f-9247-bb680e5fe0c8"
    );
    assert_eq!(read::<()>(&["yes"]), "()");
}

#[test]
fn an_option_is_none_without_the_header() {
    assert_eq!(read::<Option<u64>>(&[]), "None");
    assert_eq!(read::<Option<u64>>(&["7"]), "Some(7)");
    assert_eq!(read::<Option<Vec<u64>>>(&["7"]), "Some([7])");
    assert_eq!(read::<Option<Secret<u64>>>(&[]), "None");
    assert_eq!(read::<Option<Cache>>(&["hit"]), "Some(Hit)");
    assert_eq!(
        read::<Option<u64>>(&[""]),
        "is not valid: invalid value: string, expected u64"
    );
}

#[test]
fn a_list_is_cut_at_commas_and_goes_over_field_lines() {
    assert_eq!(read::<Vec<u64>>(&["1, 2", "3"]), "[1, 2, 3]");
    assert_eq!(read::<Vec<String>>(&["a,,b ,", ""]), r#"["a", "b"]"#);
    assert_eq!(read::<Vec<u64>>(&[]), "[]");
    assert_eq!(read::<Vec<Count>>(&["1,2"]), "[Count(1), Count(2)]");
    assert_eq!(read::<Vec<Cache>>(&["hit, near-miss"]), "[Hit, NearMiss]");
    assert_eq!(read::<Pair>(&["1, a"]), r#"Pair(1, "a")"#);
    assert_eq!(read::<(u8, bool)>(&["1, true"]), "(1, true)");
    assert_eq!(
        read::<Vec<String>>(&[r#"W/"a,b", "c\",d", e"#]),
        r#"["W/\"a,b\"", "\"c\\\",d\"", "e"]"#
    );
}

#[test]
fn an_error_names_the_header_and_not_its_value() {
    let not_valid = |of: &str| format!("is not valid: invalid value: string, expected {of}");
    assert_eq!(read::<u64>(&[]), "is missing");
    assert_eq!(read::<Secret<String>>(&[]), "is missing");
    assert_eq!(read::<(u8, u8)>(&[]), "is missing");
    assert_eq!(read::<u8>(&["256"]), not_valid("u8"));
    assert_eq!(read::<u64>(&["1", "2"]), not_valid("u64"));
    assert_eq!(read::<bool>(&["yes"]), not_valid("a boolean"));
    assert_eq!(read::<Vec<u64>>(&["1, x"]), not_valid("u64"));
    assert_eq!(
        read::<Cache>(&["hat"]),
        "is not valid: unknown variant, expected `hit` or `near-miss`"
    );
    assert_eq!(
        read::<Named>(&["a=1"]),
        "is not valid: invalid type: string, expected struct Named"
    );
    assert_eq!(
        read::<uuid::Uuid>(&["c4n4ry"]),
        "is not valid: invalid value"
    );
    assert_eq!(
        read::<Secret<u64>>(&["c4n4ry"]),
        "is not valid: invalid value"
    );
    let error = Get::<String>::decode(response([("x-value", &b"c4n4ry\xff"[..])])).err();
    let error = error.unwrap();
    let shown = format!("{error} {error:?}");
    assert!(shown.contains("`x-value` is not valid: invalid value: not UTF-8"));
    assert!(!shown.contains("c4n4ry"), "{shown}");
    assert_eq!(error.headers().unwrap().len(), 1);
}

#[derive(ApiResponse)]
struct Cookies {
    #[api(header)]
    set_cookie: Vec<String>,
    #[api(header(flatten))]
    all: HeaderMap,
    #[api(header(flatten))]
    texts: BTreeMap<String, String>,
    #[api(header(flatten))]
    lists: BTreeMap<String, Vec<String>>,
    #[api(header(flatten))]
    rate: Rate,
}

#[derive(Deserialize)]
struct Rate {
    #[serde(rename = "x-left")]
    left: u32,
    #[serde(rename = "x-limit")]
    limit: Option<u32>,
}

#[derive(ApiRequest)]
#[api(method = GET, path = "/n", response = Cookies)]
struct GetCookies;

#[test]
fn all_headers_are_a_map_or_a_struct() {
    let cookie = "a=1; Expires=Wed, 21 Oct 2015 07:28:00 GMT";
    let headers = [
        ("set-cookie", cookie.as_bytes()),
        ("set-cookie", b"b=2"),
        ("x-left", b"7"),
        ("vary", b"a, b"),
    ];
    let cookies = GetCookies::decode(response(headers)).unwrap();
    assert_eq!(cookies.set_cookie, [cookie, "b=2"]);
    assert_eq!(cookies.all.len(), 4);
    assert_eq!(cookies.texts["vary"], "a, b");
    assert_eq!(cookies.lists["vary"], ["a", "b"]);
    assert_eq!(cookies.lists["set-cookie"], [cookie, "b=2"]);
    assert_eq!((cookies.rate.left, cookies.rate.limit), (7, None));

    let table = [
        (
            vec![("x-left", &b"c4n4ry"[..])],
            "the header `x-left` is not valid: invalid value: string, expected u32",
        ),
        (vec![], "the headers are not valid: missing field `x-left`"),
    ];
    for (headers, expected) in table {
        let error = GetCookies::decode(response(headers)).err().unwrap();
        assert_eq!(
            error.to_string(),
            format!("`GetCookies`: 200 OK, but {expected}")
        );
    }
}
