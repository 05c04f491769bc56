//! The table of values on the wire, cell by cell: a row for each shape of a value, a column for each location and style.

use std::collections::BTreeMap;

use api_request::ApiRequest;
use serde::Serialize;

use crate::wire::{body, header, target};

/// A value of any shape.
#[derive(Clone, Serialize)]
#[serde(untagged)]
enum Shape {
    None(Option<()>),
    Number(f64),
    Text(&'static str),
    List(Vec<Shape>),
    Map(BTreeMap<&'static str, Shape>),
}

use Shape::{List, Map, None as Absent, Number, Text};

fn list<const N: usize>(items: [Shape; N]) -> Shape {
    List(items.into())
}

fn map<const N: usize>(members: [(&'static str, Shape); N]) -> Shape {
    Map(members.into())
}

type Column = (&'static str, fn(Shape) -> Result<String, String>);

/// A request for each column, whose one field is the value.
macro_rules! columns {
    ($($name:ident: $method:ident $path:literal $attr:tt, $read:expr;)*) => {
        [$({
            #[derive(ApiRequest)]
            #[api(method = $method, path = $path)]
            struct $name {
                #[api $attr]
                v: Shape,
            }
            let encode: fn(Shape) -> Result<String, String> = |v| {
                let read: fn(&$name) -> Result<String, String> = $read;
                read(&$name { v })
            };
            (stringify!($name), encode)
        }),*]
    };
}

fn path(request: &impl ApiRequest) -> Result<String, String> {
    Ok(target(request)?[1..].to_owned())
}

fn query(request: &impl ApiRequest) -> Result<String, String> {
    let target = target(request)?;
    Ok(target.trim_start_matches(['/', '?']).to_owned())
}

fn form(request: &impl ApiRequest) -> Result<String, String> {
    Ok(body(request)?.unwrap().1)
}

fn field(request: &impl ApiRequest) -> Result<String, String> {
    Ok(header(request, "v")?.unwrap_or_default())
}

fn cookie(request: &impl ApiRequest) -> Result<String, String> {
    Ok(header(request, "cookie")?.unwrap_or_default())
}

fn all_columns() -> [Column; 20] {
    columns! {
        Path: GET "/{v}" (path), path;
        PathExplode: GET "/{v}" (path(explode)), path;
        PathSegments: GET "/{v}" (path(segments)), path;
        PathAllowEmpty: GET "/{v}" (path(allow_empty)), path;
        Query: GET "/" (query), query;
        QueryForm: GET "/" (query(style = form)), query;
        QueryJoined: GET "/" (query(explode = false)), query;
        QuerySpace: GET "/" (query(style = space)), query;
        QueryPipe: GET "/" (query(style = pipe)), query;
        QueryDeep: GET "/" (query(style = deep)), query;
        QueryBrackets: GET "/" (query(style = brackets)), query;
        QueryDots: GET "/" (query(style = dots)), query;
        QueryJson: GET "/" (query(json)), query;
        Form: POST "/" (form), form;
        FormBrackets: POST "/" (form(style = brackets)), form;
        Header: GET "/" (header), field;
        HeaderExplode: GET "/" (header(explode)), field;
        HeaderJson: GET "/" (header(json)), field;
        Cookie: GET "/" (cookie), cookie;
        CookieEncode: GET "/" (cookie(encode)), cookie;
    }
}

/// A row: what it is about, the value, and what each column makes of it, five lines of columns; `!` stands before words of
/// an error.
type Row = (&'static str, Shape, [&'static str; 20]);

#[rustfmt::skip]
#[expect(clippy::too_many_lines, reason = "it is a table")]
fn rows() -> Vec<Row> {
    vec![
        ("a text", Text("blue"), [
            "blue", "blue", "blue", "blue",
            "v=blue", "v=blue", "v=blue",
            "!is a single value", "!is a single value", "!is not a struct or map", "v=blue", "!is not a struct or map",
            "v=%22blue%22", "v=blue", "v=blue",
            "blue", "blue", r#""blue""#, "v=blue", "v=blue",
        ]),
        ("a number", Number(1.0), [
            "1", "1", "1", "1",
            "v=1", "v=1", "v=1",
            "!is a single value", "!is a single value", "!is not a struct or map", "v=1", "!is not a struct or map",
            "v=1.0", "v=1", "v=1",
            "1", "1", "1.0", "v=1", "v=1",
        ]),
        ("`None`", Absent(None), [
            "!is `None`", "!is `None`", "!is `None`", "!is `None`",
            "", "", "",
            "", "", "", "", "",
            "", "", "",
            "", "", "", "", "",
        ]),
        ("a list", list([Text("a"), Text("b")]), [
            "a,b", "a,b", "a/b", "a,b",
            "v=a&v=b", "v=a&v=b", "v=a,b",
            "v=a%20b", "v=a%7Cb", "!is or holds a list", "v%5B%5D=a&v%5B%5D=b", "!is or holds a list",
            "v=%5B%22a%22%2C%22b%22%5D", "v=a&v=b", "v%5B%5D=a&v%5B%5D=b",
            "a,b", "a,b", r#"["a","b"]"#, "!is a list", "!is a list",
        ]),
        ("a list of structs", list([map([("k", Number(1.0))])]), [
            "!a struct or map in a list", "!a struct or map in a list", "!`segments` takes a text or a list", "!a struct or map in a list",
            "!a struct or map in a list", "!a struct or map in a list", "!a struct or map in a list",
            "!a struct or map in a list", "!a struct or map in a list", "!is or holds a list", "v%5B0%5D%5Bk%5D=1", "!is or holds a list",
            "v=%5B%7B%22k%22%3A1.0%7D%5D", "!a struct or map in a list", "v%5B0%5D%5Bk%5D=1",
            "!a struct or map in a list", "!a struct or map in a list", r#"[{"k":1.0}]"#, "!is a struct or map", "!is a struct or map",
        ]),
        ("a list of lists", list([list([Text("a")])]), [
            "!a list in a list", "!a list in a list", "!a list in a list", "!a list in a list",
            "!a list in a list", "!a list in a list", "!a list in a list",
            "!a list in a list", "!a list in a list", "!is or holds a list", "v%5B0%5D%5B%5D=a", "!is or holds a list",
            "v=%5B%5B%22a%22%5D%5D", "!a list in a list", "v%5B0%5D%5B%5D=a",
            "!a list in a list", "!a list in a list", r#"[["a"]]"#, "!a list in a list", "!a list in a list",
        ]),
        ("an empty list", list([]), [
            "!an empty list, struct or map", "!an empty list, struct or map", "!an empty list, struct or map", "!an empty list, struct or map",
            "", "", "",
            "", "", "!is or holds a list", "", "!is or holds a list",
            "v=%5B%5D", "", "",
            "", "", "[]", "", "",
        ]),
        ("a struct, one of whose members is absent", map([("k", Number(1.0)), ("l", Absent(None))]), [
            "k,1", "k=1", "!`segments` takes a text or a list", "k,1",
            "!is a struct or map", "k=1", "v=k,1",
            "v=k%201", "v=k%7C1", "v%5Bk%5D=1", "v%5Bk%5D=1", "v.k=1",
            "v=%7B%22k%22%3A1.0%2C%22l%22%3Anull%7D", "!is a struct or map", "v%5Bk%5D=1",
            "k,1", "k=1", r#"{"k":1.0,"l":null}"#, "!is a struct or map", "!is a struct or map",
        ]),
        ("a struct in a struct", map([("k", map([("l", Number(1.0))]))]), [
            "!a struct or map in another", "!a struct or map in another", "!`segments` takes a text or a list", "!a struct or map in another",
            "!is a struct or map", "!a struct or map in another", "!a struct or map in another",
            "!a struct or map in another", "!a struct or map in another", "v%5Bk%5D%5Bl%5D=1", "v%5Bk%5D%5Bl%5D=1", "v.k.l=1",
            "v=%7B%22k%22%3A%7B%22l%22%3A1.0%7D%7D", "!is a struct or map", "v%5Bk%5D%5Bl%5D=1",
            "!a struct or map in another", "!a struct or map in another", r#"{"k":{"l":1.0}}"#, "!is a struct or map", "!is a struct or map",
        ]),
        ("a list in a struct", map([("k", list([Text("a")]))]), [
            "!a list in a struct or map", "!a list in a struct or map", "!`segments` takes a text or a list", "!a list in a struct or map",
            "!is a struct or map", "!a list in a struct or map", "!a list in a struct or map",
            "!a list in a struct or map", "!a list in a struct or map", "!is or holds a list", "v%5Bk%5D%5B%5D=a", "!is or holds a list",
            "v=%7B%22k%22%3A%5B%22a%22%5D%7D", "!is a struct or map", "v%5Bk%5D%5B%5D=a",
            "!a list in a struct or map", "!a list in a struct or map", r#"{"k":["a"]}"#, "!is a struct or map", "!is a struct or map",
        ]),
        ("an empty map", map([]), [
            "!an empty list, struct or map", "!an empty list, struct or map", "!`segments` takes a text or a list", "!an empty list, struct or map",
            "!is a struct or map", "", "",
            "", "", "", "", "",
            "v=%7B%7D", "!is a struct or map", "",
            "", "", "{}", "!is a struct or map", "!is a struct or map",
        ]),
        ("bytes outside of the unreserved set", Text("a %/\u{e9}"), [
            "a%20%25%2F%C3%A9", "a%20%25%2F%C3%A9", "a%20%25/%C3%A9", "a%20%25%2F%C3%A9",
            "v=a%20%25%2F%C3%A9", "v=a%20%25%2F%C3%A9", "v=a%20%25%2F%C3%A9",
            "!is a single value", "!is a single value", "!is not a struct or map", "v=a%20%25%2F%C3%A9", "!is not a struct or map",
            "v=%22a%20%25%2F%C3%A9%22", "v=a+%25%2F%C3%A9", "v=a+%25%2F%C3%A9",
            "a %/\u{e9}", "a %/\u{e9}", r#""a %/é""#, "!not allowed in a cookie", "v=a%20%25%2F%C3%A9",
        ]),
        ("an empty text", Text(""), [
            "!is empty", "!is empty", "!is empty", "",
            "v=", "v=", "v=",
            "!is a single value", "!is a single value", "!is not a struct or map", "v=", "!is not a struct or map",
            "v=%22%22", "v=", "v=",
            "", "", r#""""#, "v=", "v=",
        ]),
        ("a dot", Text("."), [
            "!makes a path segment", "!makes a path segment", "!makes a path segment", "!makes a path segment",
            "v=.", "v=.", "v=.",
            "!is a single value", "!is a single value", "!is not a struct or map", "v=.", "!is not a struct or map",
            "v=%22.%22", "v=.", "v=.",
            ".", ".", r#"".""#, "v=.", "v=.",
        ]),
        ("two dots", Text(".."), [
            "!makes a path segment", "!makes a path segment", "!makes a path segment", "!makes a path segment",
            "v=..", "v=..", "v=..",
            "!is a single value", "!is a single value", "!is not a struct or map", "v=..", "!is not a struct or map",
            "v=%22..%22", "v=..", "v=..",
            "..", "..", r#""..""#, "v=..", "v=..",
        ]),
        ("two dots, percent-encoded", Text("%2e%2e"), [
            "%252e%252e", "%252e%252e", "%252e%252e", "%252e%252e",
            "v=%252e%252e", "v=%252e%252e", "v=%252e%252e",
            "!is a single value", "!is a single value", "!is not a struct or map", "v=%252e%252e", "!is not a struct or map",
            "v=%22%252e%252e%22", "v=%252e%252e", "v=%252e%252e",
            "%2e%2e", "%2e%2e", r#""%2e%2e""#, "v=%2e%2e", "v=%252e%252e",
        ]),
        ("a cookie as the server set it", Text("\"s%3A/=\""), [
            "%22s%253A%2F%3D%22", "%22s%253A%2F%3D%22", "%22s%253A/%3D%22", "%22s%253A%2F%3D%22",
            "v=%22s%253A%2F%3D%22", "v=%22s%253A%2F%3D%22", "v=%22s%253A%2F%3D%22",
            "!is a single value", "!is a single value", "!is not a struct or map", "v=%22s%253A%2F%3D%22", "!is not a struct or map",
            "v=%22%5C%22s%253A%2F%3D%5C%22%22", "v=%22s%253A%2F%3D%22", "v=%22s%253A%2F%3D%22",
            r#""s%3A/=""#, r#""s%3A/=""#, "\"\\\"s%3A/=\\\"\"", r#"v="s%3A/=""#, "v=%22s%253A%2F%3D%22",
        ]),
        ("a control character", Text("a\n"), [
            "a%0A", "a%0A", "a%0A", "a%0A",
            "v=a%0A", "v=a%0A", "v=a%0A",
            "!is a single value", "!is a single value", "!is not a struct or map", "v=a%0A", "!is not a struct or map",
            "v=%22a%5Cn%22", "v=a%0A", "v=a%0A",
            "!a control character", "!a control character", "\"a\\n\"", "!not allowed in a cookie", "v=a%0A",
        ]),
        ("not a number", Number(f64::NAN), [
            "!is not a finite number", "!is not a finite number", "!is not a finite number", "!is not a finite number",
            "!is not a finite number", "!is not a finite number", "!is not a finite number",
            "!is not a finite number", "!is not a finite number", "!is not a finite number", "!is not a finite number", "!is not a finite number",
            "v=null", "!is not a finite number", "!is not a finite number",
            "!is not a finite number", "!is not a finite number", "null", "!is not a finite number", "!is not a finite number",
        ]),
    ]
}

#[test]
fn every_cell_of_the_table_holds() {
    let columns = all_columns();
    for (row, shape, cells) in rows() {
        for ((column, encode), expected) in columns.iter().zip(cells) {
            let encoded = encode(shape.clone());
            match (expected.strip_prefix('!'), encoded) {
                (None, encoded) => {
                    assert_eq!(encoded.as_deref(), Ok(expected), "{row}, {column}");
                }
                (Some(words), Err(error)) => {
                    let names_the_field = error.starts_with("v: ");
                    assert!(
                        names_the_field && error.contains(words),
                        "{row}, {column}: {error}"
                    );
                }
                (Some(words), Ok(sent)) => panic!("{row}, {column}: {sent} instead of `{words}`"),
            }
        }
    }
}
