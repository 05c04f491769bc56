//! The columns "header" and "cookie" of the table of values.

use api_request::{ApiRequest, Secret};
use serde::Serialize;

use crate::{
    scalars,
    values::{COLORS, Data, RGB, Raw, Rgb, Shown, map},
    wire::{header, http, refused},
};

#[derive(ApiRequest)]
#[api(method = GET, path = "/")]
struct Plain<T> {
    #[api(header = "X-Value")]
    value: T,
}

#[derive(ApiRequest)]
#[api(method = GET, path = "/")]
struct Explode<T> {
    #[api(header(name = "X-Value", explode))]
    value: T,
}

#[derive(ApiRequest)]
#[api(method = GET, path = "/")]
struct Cookie<T> {
    #[api(cookie = "sid")]
    value: T,
}

#[derive(ApiRequest)]
#[api(method = GET, path = "/", header("X-Constant" = "1"))]
struct Flatten<T> {
    #[api(header(flatten))]
    value: T,
    #[api(header)]
    x_declared: &'static str,
}

fn plain<T: Serialize>(value: T) -> Result<Option<String>, String> {
    header(&Plain { value }, "x-value")
}

fn explode<T: Serialize>(value: T) -> Result<Option<String>, String> {
    header(&Explode { value }, "x-value")
}

fn cookie<T: Serialize>(value: T) -> Result<Option<String>, String> {
    header(&Cookie { value }, "cookie")
}

fn flatten<T: Serialize>(value: T) -> Flatten<T> {
    Flatten {
        value,
        x_declared: "d",
    }
}

#[expect(clippy::unnecessary_wraps, reason = "it is compared with results")]
fn some(text: &str) -> Result<Option<String>, String> {
    Ok(Some(text.to_owned()))
}

#[test]
fn a_scalar_is_the_value() {
    fn check(value: &impl Serialize, text: &str) {
        assert_eq!(plain(value), some(text));
        assert_eq!(cookie(value), some(&format!("sid={text}")));
    }
    scalars!(check);
}

#[test]
fn a_header_value_is_sent_as_it_is() {
    for value in [
        "",
        "a b",
        "a\tb",
        "\u{e9}\u{1f600}",
        "50%",
        "a,b;c=\"d\"",
        "..",
        "\u{85}",
    ] {
        assert_eq!(plain(value), some(value));
    }
}

#[test]
fn what_would_change_a_header_is_an_error() {
    for value in ["a\r\nX-Evil: 1", "a\nb", "\0", "a\u{7f}", "\u{1b}["] {
        refused(plain(value), "has a control character");
    }
    for value in [" a", "a ", "\ta", "a\t", " "] {
        refused(plain(value), "starts or ends with white space");
    }
    refused(plain([" a"]), "starts or ends with white space");
    refused(plain(["a,b", "c"]), "item with a comma");
    refused(plain([Shown("a,b")]), "item with a comma");
    refused(plain(["a", "", "b"]), "an empty item");
    refused(plain([""]), "an empty item");
    refused(plain(map([("k", "")])), "an empty item");
    assert_eq!(explode(map([("k", "")])), some("k="));
    refused(explode(map([("a=b", 1)])), "a key with `=`");
}

#[test]
fn lists_and_structs_are_joined_by_commas() {
    assert_eq!(plain(COLORS), some("blue,black,brown"));
    assert_eq!(explode(COLORS), some("blue,black,brown"));
    assert_eq!(plain(RGB), some("R,100,G,200,B,150"));
    assert_eq!(explode(RGB), some("R=100,G=200,B=150"));
    assert_eq!(explode(Rgb { green: None, ..RGB }), some("R=100,B=150"));
}

#[test]
fn what_is_absent_is_left_out() {
    assert_eq!(plain(None::<&str>), Ok(None));
    assert_eq!(plain([0; 0]), Ok(None));
    assert_eq!(plain(map::<u8>([])), Ok(None));
    assert_eq!(cookie(None::<&str>), Ok(None));
    assert_eq!(cookie([0; 0]), Ok(None));
}

#[test]
fn what_has_no_form_is_an_error() {
    for place in [plain, explode] {
        refused(place(f64::NAN), "not a finite number");
    }
    refused(plain(Raw), "raw bytes");
    refused(plain([None::<u8>]), "`None` in a list");
    refused(plain([[1]]), "list in a list");
    refused(plain(Data::Newtype(1)), "with data");
    refused(cookie(COLORS), "is a list");
    refused(cookie(RGB), "is a struct or map");
    refused(cookie(f64::NAN), "not a finite number");
}

#[test]
fn a_cookie_value_is_sent_as_it_is() {
    for value in [
        "s%3Aj2.ab/cd+ef==",
        "!#$%&'()*+-./:<=>?@[]^_`{|}~",
        "\"quoted\"",
        "\"\"",
        "",
        "..",
    ] {
        assert_eq!(cookie(value), some(&format!("sid={value}")));
        assert_eq!(cookie(Shown(value)), some(&format!("sid={value}")));
    }
    for value in [
        "a;b", "a,b", "a b", "a\\b", "\"", "a\"", "\"a\"b\"", "\u{e9}", "\r\n", "a\t", "\0",
    ] {
        refused(cookie(value), "with the option `encode`");
        refused(cookie(Shown(value)), "with the option `encode`");
    }
    refused(cookie(' '), "with the option `encode`");
}

#[test]
fn a_cookie_can_be_percent_encoded() {
    #[derive(ApiRequest)]
    #[api(method = GET, path = "/")]
    struct Encoded {
        #[api(cookie(name = "sid", encode))]
        value: &'static str,
        #[api(cookie)]
        next: &'static str,
    }
    for (value, written) in [
        ("a; b=c", "a%3B%20b%3Dc"),
        ("s%3A", "s%253A"),
        ("\"", "%22"),
        ("", ""),
        ("..", ".."),
        ("\r\n", "%0D%0A"),
    ] {
        let next = "a/b";
        let request = Encoded { value, next };
        let written = format!("sid={written}; next=a/b");
        assert_eq!(header(&request, "cookie"), some(&written));
    }
}

#[test]
fn cookies_share_one_header() {
    #[derive(ApiRequest)]
    #[api(method = GET, path = "/", fields = cookie)]
    struct Cookies {
        a: &'static str,
        b: Option<&'static str>,
        c: u8,
    }
    let request = Cookies {
        a: "1",
        b: None,
        c: 2,
    };
    assert_eq!(header(&request, "cookie"), some("a=1; c=2"));
}

#[test]
fn flattened_entries_are_headers() {
    let request = flatten(map([
        ("X-A", vec!["1", "2"]),
        ("x-b", vec!["3"]),
        ("x-c", vec![]),
    ]));
    assert_eq!(header(&request, "x-a"), some("1,2"));
    assert_eq!(header(&request, "x-b"), some("3"));
    assert_eq!(header(&request, "x-c"), Ok(None));
    assert_eq!(header(&request, "x-declared"), some("d"));
    assert_eq!(header(&request, "x-constant"), some("1"));
}

#[test]
fn flattened_headers_are_checked_like_declared_ones() {
    let table = [
        ("Content-Length", "set by the connection alone"),
        ("host", "set by the connection alone"),
        ("Transfer-Encoding", "set by the connection alone"),
        ("connection", "set by the connection alone"),
        ("cookie", "`#[api(cookie)]`"),
        ("content-type", "there is no body"),
        ("X-Declared", "declares itself"),
        ("x-constant", "declares itself"),
        ("not a token", "not a valid header name"),
        ("", "not a valid header name"),
        ("x\r\ny", "not a valid header name"),
    ];
    for (name, words) in table {
        refused(http(&flatten(map([(name, "v")]))), words);
    }
    refused(
        http(&flatten(map([("x-a", "v\n")]))),
        "has a control character",
    );
}

#[test]
fn secret_headers_are_marked_sensitive() {
    #[derive(ApiRequest)]
    #[api(method = GET, path = "/")]
    struct Request<T> {
        #[api(header)]
        by_type: Option<Secret<String>>,
        #[api(header(secret))]
        by_option: &'static str,
        #[api(header)]
        generic: T,
        #[api(header)]
        authorization: &'static str,
        #[api(header)]
        open: &'static str,
        #[api(cookie)]
        session: Secret<String>,
    }
    let request = Request {
        by_type: Some("a".into()),
        by_option: "b",
        generic: Secret::new(1),
        authorization: "d",
        open: "e",
        session: "f".into(),
    };
    let request = http(&request).unwrap();
    let sensitive = |name: &str| request.headers()[name].is_sensitive();
    for name in ["by-type", "by-option", "generic", "authorization", "cookie"] {
        assert!(sensitive(name), "{name}");
    }
    assert!(!sensitive("open"));
}

#[test]
fn a_header_is_secret_by_itself_alone() {
    #[derive(ApiRequest)]
    #[api(method = GET, path = "/", fields = header)]
    struct Request {
        #[api(secret)]
        first: Secret<String>,
        second: &'static str,
        #[api(flatten)]
        rest: Vec<(&'static str, Option<Secret<String>>)>,
        #[api(flatten)]
        open: std::collections::BTreeMap<&'static str, u8>,
    }
    let request = Request {
        first: "a".into(),
        second: "b",
        rest: vec![("third", Some("c".into()))],
        open: map([("fourth", 4)]),
    };
    let request = http(&request).unwrap();
    let sensitive = |name: &str| request.headers()[name].is_sensitive();
    assert!(sensitive("first") && sensitive("third"));
    assert!(!sensitive("second") && !sensitive("fourth"));
}

#[test]
fn a_header_map_brings_each_value_of_each_name() {
    use http::{HeaderMap, HeaderValue};

    #[derive(ApiRequest)]
    #[api(method = GET, path = "/", header("X-Constant" = "1"))]
    struct Request {
        #[api(header)]
        declared: Option<&'static str>,
        #[api(header(flatten))]
        value: HeaderMap,
        #[api(header(flatten))]
        more: Option<HeaderMap>,
    }
    let with = |value: HeaderMap| Request {
        declared: None,
        value,
        more: None,
    };
    let one = |name: &'static str, value: &[u8]| {
        let value = HeaderValue::from_bytes(value).unwrap();
        with(HeaderMap::from_iter([(name.parse().unwrap(), value)]))
    };
    let mut map = HeaderMap::new();
    map.append("x-a", HeaderValue::from_static("1"));
    map.append("x-b", HeaderValue::from_static(""));
    map.append("x-a", HeaderValue::from_bytes(b"\xff, 2").unwrap());
    let mut secret = HeaderValue::from_static("s3cret");
    secret.set_sensitive(true);
    map.append("x-key", secret);
    let request = with(map);
    let sent = http(&request).unwrap();
    let values: Vec<_> = sent.headers().get_all("x-a").iter().collect();
    assert_eq!(values, [&b"1"[..], &b"\xff, 2"[..]]);
    assert_eq!(sent.headers()["x-b"], "");
    assert!(sent.headers()["x-key"].is_sensitive() && !sent.headers()["x-a"].is_sensitive());
    let curl = request.to_curl(&crate::wire::base()).unwrap();
    assert!(
        curl.contains("\"$X_KEY\"") && !curl.contains("s3cret"),
        "{curl}"
    );

    for (name, words) in [
        ("host", "set by the connection alone"),
        ("cookie", "`#[api(cookie)]`"),
        ("content-type", "there is no body"),
        ("declared", "declares itself"),
        ("x-constant", "declares itself"),
    ] {
        refused(http(&one(name, b"v")), words);
    }
    refused(http(&one("x-a", b" v")), "starts or ends with white space");
    let both =
        |value: &str| HeaderMap::from_iter([("x-a".parse().unwrap(), value.parse().unwrap())]);
    let error = http(&Request {
        declared: None,
        value: both("1"),
        more: Some(both("2")),
    });
    let error = error.unwrap_err();
    assert!(error.starts_with("more: brings `x-a`"), "{error}");
}

#[test]
fn flattened_pairs_are_headers_that_may_repeat() {
    let request = http(&flatten(vec![("X-A", "1"), ("x-b", "2"), ("x-a", "3")])).unwrap();
    let values: Vec<_> = request.headers().get_all("x-a").iter().collect();
    assert_eq!(values, ["1", "3"]);
}

#[test]
fn headers_beyond_any_server_are_an_error_and_take_linear_time() {
    let many = |count: usize| {
        let names = (0..count).map(|index| (format!("x-{index}"), 1));
        flatten(names.collect::<Vec<_>>())
    };
    // Not a second; with a search of a list for each name it was a quarter of a minute.
    let request = http(&many(23_900)).unwrap();
    assert_eq!(request.headers().len(), 23_903);
    for count in [24_001, 24_576, 40_000] {
        let error = http(&many(count)).unwrap_err();
        assert!(
            error.contains("is one of more than 24000 headers"),
            "{error}"
        );
    }
}

#[test]
fn a_display_that_fails_is_an_error() {
    struct Broken;

    impl std::fmt::Display for Broken {
        fn fmt(&self, _: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            Err(std::fmt::Error)
        }
    }

    impl Serialize for Broken {
        fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            serializer.collect_str(self)
        }
    }

    #[derive(ApiRequest)]
    #[api(method = POST, path = "/")]
    struct Body<T> {
        #[api(body)]
        value: T,
    }
    #[derive(ApiRequest)]
    #[api(method = POST, path = "/")]
    struct Member<T> {
        #[api(json)]
        value: T,
    }
    #[derive(ApiRequest)]
    #[api(method = POST, path = "/")]
    struct Part<T> {
        #[api(part(content_type = "application/json"))]
        value: T,
    }
    #[derive(ApiRequest)]
    #[api(method = GET, path = "/{value}")]
    struct Path<T> {
        value: T,
    }
    let words = "its `Display` fails";
    refused(plain(Broken), words);
    refused(plain([Broken]), words);
    refused(cookie(Broken), words);
    refused(http(&flatten(map([("x-a", Broken)]))), words);
    refused(http(&Path { value: [Broken] }), words);
    refused(http(&Path { value: Broken }), words);
    refused(http(&Body { value: Broken }), words);
    refused(
        http(&Member {
            value: Some(Broken),
        }),
        words,
    );
    refused(http(&Part { value: [Broken] }), words);
    refused(http(&flatten([(Broken, 1)])), "has a map key");
}
