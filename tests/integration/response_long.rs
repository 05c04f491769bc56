//! Where an error is in a long body, whose elements before it are not decoded again.

use std::fmt;

use api_request::ApiRequest;
use serde::{
    Deserialize, Deserializer,
    de::{Error as _, SeqAccess, Visitor},
};

#[derive(Debug, Deserialize)]
#[expect(dead_code, reason = "decoding is what is tested")]
struct Grid {
    #[serde(default)]
    rows: Vec<Row>,
    #[serde(default)]
    wide: Option<(Long, Long, Long, u8)>,
    #[serde(default)]
    rising: Option<Rising>,
}

type Long = String;

#[derive(Debug, Deserialize)]
#[expect(dead_code, reason = "decoding is what is tested")]
struct Row {
    id: u32,
    #[serde(default)]
    tags: Vec<String>,
}

/// Numbers of which none is less than the one before.
#[derive(Debug)]
struct Rising;

impl<'de> Deserialize<'de> for Rising {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Numbers;

        impl<'de> Visitor<'de> for Numbers {
            type Value = Rising;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("numbers")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut numbers: A) -> Result<Rising, A::Error> {
                let mut last = 0;
                while let Some(next) = numbers.next_element::<u32>()? {
                    if next < last {
                        return Err(A::Error::custom("falls"));
                    }
                    last = next;
                }
                Ok(Rising)
            }
        }
        deserializer.deserialize_seq(Numbers)
    }
}

#[derive(ApiRequest)]
#[api(method = GET, path = "/grid", response = Grid)]
struct GetGrid;

#[test]
fn an_error_in_a_long_body_has_the_path_and_the_position_in_all_of_it() {
    let rows = "{\"id\": 1, \"tags\": [\"a, [b\"]},\n".repeat(400);
    let tags = "\"[\", \"\\\"\",\n".repeat(400);
    let long = format!("\"{}\"", "ab".repeat(1000));
    let numbers = "7,\n".repeat(1000);
    let cases = [
        (
            format!("{{\"rows\": [{rows}{{\"id\": \"x\"}}, {{\"id\": 2}}]}}"),
            "rows[400].id: invalid type: string, expected u32",
        ),
        (
            format!("{{\"rows\": [{rows}{{\"tags\": []}}]}}"),
            "rows[400]: missing field `id`",
        ),
        (
            format!("{{\"rows\": [{rows}{{\"id\": 1, \"tags\": [{tags}null]}}]}}"),
            "rows[400].tags[800]: invalid type: null, expected a string",
        ),
        (
            format!("{{\"rows\": [{rows}{{\"id\": 1, \"tags\": [{tags}\"a"),
            "rows[400].tags[800]: EOF while parsing a string",
        ),
        (
            format!("{{\"rows\": [{rows}{{\"id\": 1}}], \"wide\": [{long}, {long}, {long}, 256]}}"),
            "wide[3]: invalid value: integer, expected u8",
        ),
        (
            format!("{{\"rows\": [{rows}{{\"id\": 1}}], \"rising\": [{numbers}6]}}"),
            "rising: invalid value",
        ),
    ];
    for (body, expected) in cases {
        let first = serde_json::from_str::<Grid>(&body).unwrap_err();
        let position = format!(" at line {} column {}", first.line(), first.column());
        let error = GetGrid::decode(http::Response::new(body.into())).unwrap_err();
        let error = error.to_string();
        let (_, found) = error.split_once("not of the declared type: ").unwrap();
        assert_eq!(found, format!("{expected}{position}"));
    }
}
