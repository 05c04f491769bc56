//! Errors that come with a 2xx status: some APIs put them into a member of an otherwise successful answer.
//!
//! Such an *envelope* is a member of the top-level JSON object that is not null. Invariant: what cannot be read as such
//! an object has none. A body without the member's name in it is not parsed.

use std::{borrow::Cow, fmt};

use http::StatusCode;
use memchr::memmem;
use serde::{
    Deserialize, Deserializer as _,
    de::{IgnoredAny, MapAccess, Visitor},
};
use serde_json::Value;

/// Where event streams put their errors, whatever the types say.
const USUAL: &str = "error";

/// Whether the body of a 2xx answer has a member of this name that makes it an error.
pub(crate) fn is_in(body: &[u8], name: &str) -> bool {
    may_be_in(body, name) && member(body, name).is_some()
}

/// The status that chooses the variant of an error type; 0 if only the one for all others is left.
///
/// It is the answer's, unless that is a 2xx: then it is the numeric `code` in the envelope.
#[must_use]
pub fn error_status(envelope: Option<&str>, status: StatusCode, body: &[u8]) -> u16 {
    if !status.is_success() {
        return status.as_u16();
    }
    let named = envelope.and_then(|name| member(body, name));
    let code = named
        .or_else(|| member(body, USUAL))
        .and_then(|error| error.get("code")?.as_u64());
    code.and_then(|code| code.try_into().ok()).unwrap_or(0)
}

/// Whether the name, as a whole string, is somewhere in the body. If it may be escaped there, nobody knows.
fn may_be_in(body: &[u8], name: &str) -> bool {
    let has_short_escapes = |c: char| matches!(c, '"' | '\\' | '/') || c.is_control();
    name.contains(has_short_escapes)
        || memmem::find(body, format!("\"{name}\"").as_bytes()).is_some()
        || memmem::find(body, br"\u").is_some()
}

/// The member of this name, unless it is null.
fn member(body: &[u8], name: &str) -> Option<Value> {
    let mut json = serde_json::Deserializer::from_slice(body);
    let found = json.deserialize_map(Member(name)).ok()?;
    json.end().ok()?;
    found
}

/// Reads one member of an object, and checks that the others are JSON.
struct Member<'n>(&'n str);

impl<'de> Visitor<'de> for Member<'_> {
    type Value = Option<Value>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Option<Value>, A::Error> {
        let mut found = None;
        while let Some(Key(key)) = map.next_key()? {
            if key == self.0 {
                found = map.next_value()?;
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(found)
    }
}

#[derive(Deserialize)]
struct Key<'a>(#[serde(borrow)] Cow<'a, str>);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_envelope_is_a_member_of_the_object_that_is_not_null() {
        let cases = [
            (r#"{"error": {"code": 1}}"#, true),
            (r#"{"error": "text"}"#, true),
            (r#"{"error": false}"#, true),
            (r#"{"error": {}}"#, true),
            (r#" {"a": [{"b": "\n"}], "error": 0, "c": null} "#, true),
            (r#"{"\u0065rror": 1}"#, true),
            (r#"{"error": null, "error": 1}"#, true),
            (r#"{"error": 1, "error": null}"#, false),
            (r#"{"error": null}"#, false),
            (r#"{"a": {"error": 1}}"#, false),
            (r#"{"a": "error"}"#, false),
            (r#"{"a": "\u0065rror"}"#, false),
            (r#"{"errors": 1, "Error": 1}"#, false),
            (r#"[{"error": 1}]"#, false),
            (r#""error""#, false),
            (r#"{"error": 1"#, false),
            (r#"{"error": 1} {}"#, false),
            (r#"{"error": }"#, false),
            ("", false),
        ];
        for (body, expected) in cases {
            assert_eq!(is_in(body.as_bytes(), "error"), expected, "{body}");
        }
        for name in ["a/b", "\"", "\\", "\n", "größe", ""] {
            let body = serde_json::json!({ name: 1 }).to_string();
            assert!(is_in(body.as_bytes(), name), "{body}");
        }
        assert!(is_in(br#"{"a\/b": 1}"#, "a/b"));
    }

    #[test]
    fn the_code_in_the_envelope_stands_for_the_status_of_a_2xx_only() {
        let cases = [
            (200, r#"{"failure": {"code": 402}}"#, 402),
            (200, r#"{"error": {"code": 402}}"#, 402),
            (
                200,
                r#"{"failure": {"code": 1}, "error": {"code": 402}}"#,
                1,
            ),
            (200, r#"{"failure": null, "error": {"code": 402}}"#, 402),
            (200, r#"{"failure": {"code": "402"}}"#, 0),
            (200, r#"{"failure": {"code": 70000}}"#, 0),
            (200, r#"{"failure": {"code": -402}}"#, 0),
            (200, r#"{"failure": "text", "code": 402}"#, 0),
            (200, "", 0),
            (404, r#"{"failure": {"code": 402}}"#, 404),
            (404, "", 404),
        ];
        for (status, body, expected) in cases {
            let status = StatusCode::from_u16(status).expect("a status");
            let actual = error_status(Some("failure"), status, body.as_bytes());
            assert_eq!(actual, expected, "{status} {body}");
        }
    }
}
