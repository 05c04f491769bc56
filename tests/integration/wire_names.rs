//! Two values never bring the same name, whatever brings it.

use std::collections::BTreeMap;

use api_request::ApiRequest;
use serde::{Serialize, Serializer, ser::SerializeMap as _};

use crate::{
    values::map,
    wire::{body, header, http, refused, target},
};

type Map = BTreeMap<&'static str, u8>;

/// A map that may have a key twice.
struct Entries(Vec<(&'static str, u8)>);

impl Serialize for Entries {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for (key, value) in &self.0 {
            map.serialize_entry(key, value)?;
        }
        map.end()
    }
}

fn twice() -> Entries {
    Entries(vec![("k", 1), ("k", 2)])
}

macro_rules! one_field {
    ($method:ident, $path:literal, $options:tt, $value:expr) => {{
        #[derive(ApiRequest)]
        #[api(method = $method, path = $path)]
        struct Request<T> {
            #[api $options]
            value: T,
        }
        http(&Request { value: $value })
    }};
}

/// A request of two fields that bring the names of two maps.
macro_rules! two_fields {
    ($method:ident, $encode:ident, $first:tt, $value:tt, $keys:expr) => {{
        #[derive(ApiRequest)]
        #[api(method = $method, path = "/")]
        struct Request {
            #[api $first]
            first: Map,
            #[api $value]
            value: Map,
        }
        let (first, value) = $keys;
        let request = Request { first: map([(first, 1)]), value: map([(value, 2)]) };
        $encode(&request)
    }};
}

#[test]
fn a_map_has_no_key_twice() {
    let words = "brings `k` twice";
    refused(one_field!(GET, "/{value}", (path), twice()), words);
    refused(one_field!(GET, "/", (query(style = form)), twice()), words);
    refused(
        one_field!(GET, "/", (query(explode = false)), twice()),
        words,
    );
    refused(one_field!(GET, "/", (query(style = pipe)), twice()), words);
    refused(one_field!(GET, "/", (query(style = deep)), twice()), words);
    refused(
        one_field!(GET, "/", (query(style = brackets)), twice()),
        words,
    );
    refused(one_field!(GET, "/", (query(flatten)), twice()), words);
    refused(one_field!(GET, "/", (header), twice()), words);
    refused(one_field!(GET, "/", (header(flatten)), twice()), words);
    refused(one_field!(POST, "/", (form(style = form)), twice()), words);
    refused(one_field!(POST, "/", (form(flatten)), twice()), words);
    refused(one_field!(POST, "/", (body = form), twice()), words);
    let nested = || map([("a", twice())]);
    refused(
        one_field!(GET, "/", (query(style = brackets)), nested()),
        words,
    );
    refused(
        one_field!(GET, "/", (query(style = deep)), [("a", 1)]),
        "deep",
    );
}

#[test]
fn two_fields_bring_no_name_in_common() {
    let same = "which is there already: the field `first` brings it too";
    let both = ("k", "k");
    let written = Ok("/?k=1&l=2".to_owned());
    let apart = ("k", "l");
    refused(
        two_fields!(
            GET,
            target,
            (query(style = form)),
            (query(style = form)),
            both
        ),
        same,
    );
    refused(
        two_fields!(GET, target, (query(style = form)), (query(flatten)), both),
        same,
    );
    refused(
        two_fields!(GET, target, (query(flatten)), (query(style = form)), both),
        same,
    );
    assert_eq!(
        two_fields!(GET, target, (query(flatten)), (query(style = form)), apart),
        written
    );
    refused(
        two_fields!(POST, body, (form(style = form)), (form(flatten)), both),
        same,
    );
    refused(
        two_fields!(
            GET,
            http,
            (header(flatten)),
            (header(flatten)),
            ("x-k", "X-K")
        ),
        same,
    );
    refused(
        two_fields!(
            GET,
            target,
            (query(name = "a", style = deep)),
            (query(flatten)),
            ("b", "a[b]")
        ),
        "brings `a[b]`, which is there already: the field `first` brings it too",
    );
}

#[test]
fn a_nested_name_is_no_declared_one() {
    #[derive(ApiRequest)]
    #[api(method = GET, path = "/", fields = query)]
    struct Request {
        #[api(name = "a[b]")]
        declared: u8,
        #[api(name = "c[]")]
        list: u8,
        #[api(name = "a", style = deep)]
        value: Map,
        #[api(name = "c", style = brackets)]
        values: Vec<u8>,
    }
    let request = |key, values: &[u8]| Request {
        declared: 1,
        list: 2,
        value: map([(key, 3)]),
        values: values.to_vec(),
    };
    assert_eq!(
        target(&request("x", &[])),
        Ok("/?a%5Bb%5D=1&c%5B%5D=2&a%5Bx%5D=3".into())
    );
    refused(
        target(&request("b", &[])),
        "brings `a[b]`, which the request declares itself",
    );
    let error = target(&request("x", &[1])).unwrap_err();
    assert_eq!(
        error,
        "values: brings `c[]`, which the request declares itself"
    );
}

#[test]
fn a_key_that_holds_brackets_passes_for_no_nested_one() {
    #[derive(Serialize)]
    struct Value {
        a: Map,
        #[serde(rename = "a][b")]
        odd: u8,
    }

    let value = map([("a", map([("b", 1)])), ("a][b", map([("c", 2)]))]);
    one_field!(GET, "/", (query(style = brackets)), value).unwrap();
    let value = (map([("a][b", 1)]), map([("b", 2)]));
    one_field!(GET, "/", (query(style = brackets)), value).unwrap();
    let value = Value {
        a: map([("b", 1)]),
        odd: 2,
    };
    refused(
        one_field!(GET, "/", (query(style = brackets)), value),
        "brings `value[a][b]` twice",
    );
}

#[test]
fn flattened_json_members_have_no_name_in_common() {
    #[derive(ApiRequest)]
    #[api(method = POST, path = "/", fields = json)]
    struct Request<T> {
        #[serde(flatten)]
        first: Map,
        #[serde(flatten)]
        value: T,
    }
    let request = |key, value| Request {
        first: map([(key, 1)]),
        value,
    };
    let (_, json) = body(&request("k", map([("l", 2)]))).unwrap().unwrap();
    assert_eq!(json, r#"{"k":1,"l":2}"#);
    refused(
        body(&request("k", map([("k", 2)]))),
        "brings `k`, which is there already: the field `first` brings it too",
    );
    let request = Request {
        first: map([]),
        value: twice(),
    };
    refused(body(&request), "brings `k` twice");
}

#[test]
fn a_field_may_bring_its_own_name() {
    let request = one_field!(GET, "/", (query(style = form)), map([("value", 1)]));
    assert_eq!(request.unwrap().uri().query(), Some("value=1"));
}

#[test]
fn pairs_bring_no_name_of_another_field() {
    #[derive(ApiRequest)]
    #[api(method = GET, path = "/")]
    struct Request {
        #[api(query)]
        declared: u8,
        #[api(query(style = form))]
        exploded: Map,
        #[api(query(flatten))]
        value: Vec<(&'static str, u8)>,
    }
    let request = |key| Request {
        declared: 1,
        exploded: map([("e", 2)]),
        value: vec![(key, 3), (key, 4)],
    };
    assert_eq!(target(&request("p")), Ok("/?declared=1&e=2&p=3&p=4".into()));
    refused(target(&request("declared")), "declares itself");
    refused(target(&request("e")), "the field `exploded` brings it too");
}

#[test]
fn a_form_of_pairs_keeps_their_order() {
    #[derive(ApiRequest)]
    #[api(method = POST, path = "/")]
    struct Form {
        #[api(body = form)]
        value: Vec<(String, String)>,
    }
    let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let value = vec![pair("z", "1"), pair("a b", "2"), pair("z", "3 4")];
    let (media_type, text) = body(&Form { value }).unwrap().unwrap();
    assert_eq!(media_type, "application/x-www-form-urlencoded");
    assert_eq!(text, "z=1&a+b=2&z=3+4");
    let (_, text) = body(&Form { value: vec![] }).unwrap().unwrap();
    assert_eq!(text, "");
}

#[test]
fn control_characters_of_a_key_are_escaped_in_the_error() {
    #[derive(ApiRequest)]
    #[api(method = POST, path = "/", query("a\u{1b}" = "1"))]
    struct Request {
        #[api(query(flatten))]
        value: Map,
    }
    let request = Request {
        value: map([("a\u{1b}", 1)]),
    };
    refused(target(&request), "brings `a\\u{1b}`");
    let flattened = one_field!(GET, "/", (header(flatten)), map([("a\u{1b}", 1)]));
    refused(flattened, "brings the header `a\\u{1b}`");
    assert_eq!(
        header(&request, "a").unwrap_err().matches('\u{1b}').count(),
        0
    );
}
