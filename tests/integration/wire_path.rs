//! The column "path" of the table of values.

use api_request::{ApiRequest, BaseUrl};
use serde::Serialize;

use crate::{
    scalars,
    values::{COLORS, Data, RGB, Raw, Rgb, Shown, UnitStruct, map},
    wire::{refused, target},
};

#[derive(ApiRequest)]
#[api(method = GET, path = "/a/{value}/z")]
struct Plain<T> {
    value: T,
}

#[derive(ApiRequest)]
#[api(method = GET, path = "/a/{value}/z")]
struct Explode<T> {
    #[api(path(explode))]
    value: T,
}

#[derive(ApiRequest)]
#[api(method = GET, path = "/a/{value}/z")]
struct AllowEmpty<T> {
    #[api(path(allow_empty))]
    value: T,
}

fn plain<T: Serialize>(value: T) -> Result<String, String> {
    target(&Plain { value })
}

fn explode<T: Serialize>(value: T) -> Result<String, String> {
    target(&Explode { value })
}

#[test]
fn a_scalar_is_one_segment() {
    fn check(value: &impl Serialize, text: &str) {
        assert_eq!(plain(value), Ok(format!("/a/{text}/z")));
        assert_eq!(explode(value), Ok(format!("/a/{text}/z")));
    }
    scalars!(check);
}

#[test]
fn what_is_not_unreserved_is_percent_encoded() {
    let table = [
        ("a/b", "a%2Fb"),
        ("a b", "a%20b"),
        ("50%", "50%25"),
        ("%2e%2e", "%252e%252e"),
        ("?#[]@", "%3F%23%5B%5D%40"),
        ("!$&'()*+,;=:", "%21%24%26%27%28%29%2A%2B%2C%3B%3D%3A"),
        ("-._~", "-._~"),
        ("\u{fc}\u{1f600}", "%C3%BC%F0%9F%98%80"),
        ("\r\n\0\t", "%0D%0A%00%09"),
        ("\\..\\", "%5C..%5C"),
        ("...", "..."),
        (".a", ".a"),
    ];
    for (value, segment) in table {
        assert_eq!(plain(value), Ok(format!("/a/{segment}/z")));
        assert_eq!(plain(value.to_owned()), Ok(format!("/a/{segment}/z")));
    }
    assert_eq!(plain(Shown("a/b \u{fc}")), Ok("/a/a%2Fb%20%C3%BC/z".into()));
}

#[test]
fn lists_and_structs_are_joined_by_commas() {
    assert_eq!(plain(COLORS), Ok("/a/blue,black,brown/z".into()));
    assert_eq!(explode(COLORS), Ok("/a/blue,black,brown/z".into()));
    assert_eq!(plain(vec!["a,b", "c"]), Ok("/a/a%2Cb,c/z".into()));
    assert_eq!(plain(("a", 1, true)), Ok("/a/a,1,true/z".into()));
    assert_eq!(plain(RGB), Ok("/a/R,100,G,200,B,150/z".into()));
    assert_eq!(explode(RGB), Ok("/a/R=100,G=200,B=150/z".into()));
    assert_eq!(
        explode(map([("k=,", "v=,")])),
        Ok("/a/k%3D%2C=v%3D%2C/z".into())
    );
    assert_eq!(explode(map([("k", 1.5)])), Ok("/a/k=1.5/z".into()));
}

#[test]
fn an_absent_member_of_a_struct_is_left_out() {
    let value = Rgb { green: None, ..RGB };
    assert_eq!(plain(value.clone()), Ok("/a/R,100,B,150/z".into()));
    assert_eq!(explode(value), Ok("/a/R=100,B=150/z".into()));
}

#[test]
fn what_has_no_form_is_an_error() {
    refused(plain(None::<&str>), "is `None`");
    refused(plain(Some(None::<&str>)), "is `None`");
    refused(plain(""), "is empty");
    refused(plain(Vec::<u8>::new()), "is an empty list");
    refused(plain(f64::NAN), "not a finite number");
    refused(plain(f32::INFINITY), "not a finite number");
    refused(plain(Raw), "raw bytes");
    refused(plain(()), "`()`");
    refused(plain(UnitStruct), "`()`");
    refused(plain([[1]]), "list in a list");
    refused(plain([Some(1), None]), "`None` in a list");
    refused(plain([RGB]), "struct or map in a list");
    refused(plain(map([("k", [1])])), "list in a struct");
    refused(plain(map([("k", RGB)])), "struct or map in another");
    refused(plain(Data::Newtype(1)), "`Newtype` with data");
    refused(plain(Data::Tuple(1, 2)), "`Tuple` with data");
    refused(plain(Data::Struct { a: 1 }), "`Struct` with data");
}

#[test]
fn dot_segments_are_errors_however_they_come_about() {
    #[derive(ApiRequest)]
    #[api(method = GET, path = "/a/{value}{other}")]
    struct Two {
        #[api(path(allow_empty))]
        value: &'static str,
        #[api(path(allow_empty))]
        other: &'static str,
    }
    #[derive(ApiRequest)]
    #[api(method = GET, path = "/a/.{value}/{fine}")]
    struct AfterDot {
        #[api(path(allow_empty))]
        value: &'static str,
        fine: &'static str,
    }

    refused(plain("."), "`.` or `..`");
    refused(plain(".."), "`.` or `..`");
    refused(plain(Shown("..")), "`.` or `..`");
    for (value, other) in [(".", ""), ("", ".."), (".", ".")] {
        let error = target(&Two { value, other }).unwrap_err();
        assert!(error.contains("`.` or `..`"), "{error}");
    }
    refused(
        target(&AfterDot {
            value: "",
            fine: "x",
        }),
        "`.` or `..`",
    );
    refused(
        target(&AfterDot {
            value: ".",
            fine: "x",
        }),
        "`.` or `..`",
    );
    let fine = AfterDot {
        value: "x",
        fine: "..",
    };
    assert!(target(&fine).unwrap_err().starts_with("fine: "));
    assert_eq!(
        target(&Two {
            value: ".",
            other: "a"
        }),
        Ok("/a/.a".into())
    );
}

#[test]
fn a_value_of_several_segments_keeps_its_slashes_and_nothing_else() {
    #[derive(ApiRequest)]
    #[api(method = GET, path = "/files/{value}:read/{after}")]
    struct Segments<T> {
        #[api(path(segments))]
        value: T,
        after: &'static str,
    }
    fn segments<T: Serialize>(value: T) -> Result<String, String> {
        let after = "z";
        target(&Segments { value, after })
    }

    assert_eq!(
        segments("a/b c/50%"),
        Ok("/files/a/b%20c/50%25:read/z".into())
    );
    assert_eq!(segments(Shown("a/b")), Ok("/files/a/b:read/z".into()));
    assert_eq!(
        segments(["a/b", "c,d"]),
        Ok("/files/a%2Fb/c%2Cd:read/z".into())
    );
    assert_eq!(segments(["a/b"]), Ok("/files/a%2Fb:read/z".into()));
    assert_eq!(segments(7), Ok("/files/7:read/z".into()));
    assert_eq!(segments(".."), Ok("/files/..:read/z".into()));
    for value in ["/a", "a/", "a//b", "/"] {
        refused(segments(value), "empty segment");
    }
    refused(segments(""), "is empty");
    refused(segments(["a", ""]), "empty segment");
    for value in ["../a", "a/../b", "./a"] {
        refused(segments(value), "`.` or `..`");
    }
    refused(segments(["..", "a"]), "`.` or `..`");
    refused(segments([0; 0]), "is an empty list");
    refused(segments(RGB), "takes a text or a list");
    let error = target(&Segments {
        value: "a/b/c",
        after: "..",
    })
    .unwrap_err();
    assert!(error.starts_with("after: "), "{error}");
}

#[test]
fn allow_empty_allows_the_empty_string_and_nothing_else() {
    assert_eq!(target(&AllowEmpty { value: "" }), Ok("/a//z".into()));
    refused(
        target(&AllowEmpty {
            value: None::<&str>,
        }),
        "is `None`",
    );
    refused(target(&AllowEmpty { value: [0; 0] }), "is an empty list");
}

#[test]
fn a_placeholder_may_be_a_part_of_a_segment() {
    #[derive(ApiRequest)]
    #[api(method = GET, path = "/{id}.json/v{major}.{minor}")]
    struct Parts {
        id: &'static str,
        major: u8,
        minor: u8,
    }
    let request = Parts {
        id: "a/b",
        major: 1,
        minor: 2,
    };
    assert_eq!(target(&request), Ok("/a%2Fb.json/v1.2".into()));
}

#[test]
fn the_path_follows_that_of_the_base_url() {
    let table = [
        ("https://h", "https://h/a/x/z"),
        ("https://h/", "https://h/a/x/z"),
        ("https://H:443/v1/", "https://h/v1/a/x/z"),
        (
            "http://127.0.0.1:8080/v1/b%20c",
            "http://127.0.0.1:8080/v1/b%20c/a/x/z",
        ),
        ("http://[::1]:1/", "http://[::1]:1/a/x/z"),
    ];
    for (base, url) in table {
        let base: BaseUrl = base.parse().unwrap();
        let request = Plain { value: "x" }.to_http(&base).unwrap();
        assert_eq!(request.uri().to_string(), url);
    }
}
