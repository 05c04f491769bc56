//! `OpenAPI`'s own table of parameter styles, where a copy of it lies beside the checkout or at `PARAM_STYLES`.

use std::{env, fs, path::PathBuf};

use api_request::ApiRequest;
use serde::{
    Deserialize, Serialize, Serializer,
    ser::{SerializeMap, SerializeSeq},
};
use serde_json::Value;

use crate::wire::{header, target};

#[derive(Deserialize)]
struct Row {
    style: String,
    #[serde(rename = "in")]
    location: String,
    explode: bool,
    shape: String,
    value: Value,
    expected: Option<String>,
}

/// Keeps the order of the specification's object, which `serde_json` sorts.
struct Color(Value);

impl Serialize for Color {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.0 {
            Value::Null => serializer.serialize_none(),
            Value::Array(items) => {
                let mut list = serializer.serialize_seq(None)?;
                for item in items {
                    list.serialize_element(item)?;
                }
                list.end()
            }
            Value::Object(members) => {
                let mut map = serializer.serialize_map(None)?;
                for key in ["R", "G", "B"] {
                    map.serialize_entry(key, &members[key])?;
                }
                map.end()
            }
            scalar => scalar.serialize(serializer),
        }
    }
}

macro_rules! requests {
    ($($name:ident: $path:literal $placement:tt,)*) => {
        $(
            #[derive(ApiRequest)]
            #[api(method = GET, path = $path)]
            struct $name {
                #[api $placement]
                color: Color,
            }
        )*
    };
}

requests! {
    Path: "/{color}" (path),
    PathExplode: "/{color}" (path(explode)),
    Header: "/" (header),
    HeaderExplode: "/" (header(explode)),
    Form: "/" (query(explode = false)),
    FormExplode: "/" (query),
    Space: "/" (query(style = space)),
    Pipe: "/" (query(style = pipe)),
    Deep: "/" (query(style = deep)),
}

fn written(row: &Row) -> Option<Result<String, String>> {
    let color = Color(row.value.clone());
    let query = |target: Result<String, String>| {
        target.map(|target| {
            target
                .trim_start_matches("/?")
                .trim_start_matches('/')
                .to_owned()
        })
    };
    let path = |target: Result<String, String>| target.map(|target| target[1..].to_owned());
    let header = |header: Result<Option<String>, String>| header.map(Option::unwrap_or_default);
    Some(match (&*row.style, &*row.location, row.explode) {
        ("simple", "path", false) => path(target(&Path { color })),
        ("simple", "path", true) => path(target(&PathExplode { color })),
        ("simple", "header", false) => header(self::header(&Header { color }, "color")),
        ("simple", "header", true) => header(self::header(&HeaderExplode { color }, "color")),
        ("form", "query", false) => query(target(&Form { color })),
        ("form", "query", true) => query(target(&FormExplode { color })),
        ("spaceDelimited", "query", false) => query(target(&Space { color })),
        ("pipeDelimited", "query", false) => query(target(&Pipe { color })),
        ("deepObject", "query", true) => query(target(&Deep { color })),
        // Not applicable, by the table too: the derive refuses these combinations.
        ("spaceDelimited" | "pipeDelimited", "query", true) | ("deepObject", "query", false) => {
            assert_eq!(row.expected, None);
            return None;
        }
        other => panic!("a row of an unknown kind: {other:?}"),
    })
}

#[test]
fn the_rows_of_the_openapi_specification_hold() {
    let default = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared/param-styles.json");
    let path = env::var_os("PARAM_STYLES").map_or(default, PathBuf::from);
    let Ok(text) = fs::read(&path) else {
        println!("skipped: there is no table of parameter styles (set PARAM_STYLES to its path)");
        return;
    };
    let rows: Vec<Row> = serde_json::from_slice(&text).unwrap();
    let mut checked = 0;
    for row in &rows {
        let Some(written) = written(row) else {
            continue;
        };
        let case = format!(
            "{} {} {} {}",
            row.style, row.location, row.explode, row.shape
        );
        match (&*row.shape, &row.expected) {
            // An absent value is left out, and a path cannot leave it out.
            ("undefined", _) if row.location == "path" => assert!(written.is_err(), "{case}"),
            ("undefined", _) => assert_eq!(written, Ok(String::new()), "{case}"),
            (_, Some(expected)) => assert_eq!(written.as_ref(), Ok(expected), "{case}"),
            (_, None) => assert!(written.is_err(), "{case}: {written:?}"),
        }
        checked += 1;
    }
    assert!(checked >= 24, "only {checked} rows");
}
