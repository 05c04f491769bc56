//! The style `dots`, in a query and in a form.

use api_request::ApiRequest;
use serde::Serialize;

use crate::{
    values::{COLORS, RGB, Rgb, map},
    wire::{body, refused, target},
};

fn query<T: Serialize>(value: T) -> Result<String, String> {
    #[derive(ApiRequest)]
    #[api(method = GET, path = "/")]
    struct Request<T> {
        #[api(query(name = "the color", style = dots))]
        value: T,
    }
    let target = target(&Request { value })?;
    Ok(target.trim_start_matches(['/', '?']).to_owned())
}

fn form<T: Serialize>(value: T) -> Result<String, String> {
    #[derive(ApiRequest)]
    #[api(method = POST, path = "/")]
    struct Request<T> {
        #[api(form(name = "the color", style = dots, explode = true))]
        value: T,
    }
    Ok(body(&Request { value })?.unwrap().1)
}

#[test]
fn keys_are_behind_dots() {
    fn check(value: &impl Serialize, written: &str) {
        let expected = written.replace("C.", "the%20color.");
        assert_eq!(query(value), Ok(expected));
        let expected = written.replace("C.", "the+color.").replace("%20", "+");
        assert_eq!(form(value), Ok(expected));
    }
    check(&RGB, "C.R=100&C.G=200&C.B=150");
    check(&Rgb { green: None, ..RGB }, "C.R=100&C.B=150");
    check(&map([("a b", "c&d e")]), "C.a%20b=c%26d%20e");
    let nested = map([
        ("a", map([("b", map([("c", 1)])), ("d", map([("e", 2)]))])),
        ("f", map([("g", map([("h", 3)]))])),
    ]);
    check(&nested, "C.a.b.c=1&C.a.d.e=2&C.f.g.h=3");
    check(&Some(map([("a", Some("b"))])), "C.a=b");
    check(&map::<u8>([]), "");
    check(&None::<Rgb>, "");
}

#[test]
fn lists_and_single_values_are_errors() {
    for value in [query(COLORS), form(COLORS)] {
        refused(value, "is or holds a list");
    }
    refused(query(map([("a", [1])])), "write `style = brackets`");
    refused(query(map([("a", [RGB])])), "write `style = brackets`");
    refused(form("blue"), "is not a struct or map");
    refused(query([0; 0]), "is or holds a list");
}

#[test]
fn no_name_is_there_twice() {
    #[derive(ApiRequest)]
    #[api(method = GET, path = "/", fields = query)]
    struct Request {
        #[api(name = "a.b")]
        other: u8,
        #[api(name = "a", style = dots)]
        value: std::collections::BTreeMap<&'static str, u8>,
    }
    refused(
        query(map([("a.b", map([("c", 1)])), ("a", map([("b.c", 2)]))])),
        "brings `the color.a.b.c` twice",
    );
    let sent = |key| {
        let value = map([(key, 1)]);
        target(&Request { other: 2, value })
    };
    assert_eq!(sent("c").as_deref(), Ok("/?a.b=2&a.c=1"));
    refused(sent("b"), "which the request declares itself");
}
