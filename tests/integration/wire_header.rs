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
fn a_cookie_value_is_percent_encoded() {
    for (value, written) in [
        ("a; b=c", "a%3B%20b%3Dc"),
        ("", ""),
        ("..", ".."),
        ("\r\n", "%0D%0A"),
    ] {
        assert_eq!(cookie(value), some(&format!("sid={written}")));
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
