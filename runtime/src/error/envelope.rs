//! Errors in 2xx responses: some APIs put them into a member of an otherwise successful body.
//!
//! Such an *envelope* is a member of the top-level JSON object that says something: it is neither `null`, `false`, `0`,
//! `""`, `[]` nor `{}`, which APIs send where there is no error. An error type may also declare one that says that all is
//! well. The member that every event stream may have is one unless it is `null`. Invariant: what cannot be read as such an object has none. A body without the member's name in it is not
//! parsed.

use std::str;

use http::StatusCode;
use memchr::{
    memchr,
    memmem::{Finder, find_iter},
};
use serde_json::Value;

use super::rules::{EnvelopeMark, ErrorRules};
use crate::json::{self, Members};

/// Where event streams put their errors, whatever the types say.
const USUAL: &str = "error";

/// The members that make an error of an object.
pub(crate) struct Envelope(Vec<Member>);

struct Member {
    name: &'static str,
    quoted: Finder<'static>,
    mark: EnvelopeMark,
}

impl Envelope {
    /// The one that the error type declares.
    pub(crate) fn declared(rules: ErrorRules) -> Self {
        Self(rules.envelope.into_iter().map(Member::new).collect())
    }

    /// The same, and the one that every stream of items has.
    #[cfg(any(feature = "events", feature = "lines"))]
    pub(crate) fn of_items(rules: ErrorRules) -> Self {
        let usual = (USUAL, EnvelopeMark::NotNull);
        let members = [usual].into_iter().chain(rules.envelope);
        Self(members.map(Member::new).collect())
    }

    /// Whether it is an object with such a member.
    pub(crate) fn is_in(&self, json: &[u8]) -> bool {
        let Self(members) = self;
        if !members.iter().any(|member| member.may_be_in(json)) {
            return false;
        }
        let json = json::content(json);
        // What is not an object, or not JSON, is left to the decoder of the expected type.
        members.iter().any(|member| {
            let found = Members::<Value>::find(json, |name| name == member.name);
            found.is_ok_and(|found| found.values.iter().any(|value| member.is_error(value)))
        })
    }
}

impl Member {
    fn new((name, mark): (&'static str, EnvelopeMark)) -> Self {
        let quoted = format!("\"{name}\"");
        Self {
            name,
            quoted: Finder::new(&quoted).into_owned(),
            mark,
        }
    }

    fn is_error(&self, value: &Value) -> bool {
        match self.mark {
            EnvelopeMark::NotNull => !value.is_null(),
            EnvelopeMark::Something => says_something(value),
            EnvelopeMark::False => *value == Value::Bool(false),
            EnvelopeMark::NotNumber(fine) => {
                !value.is_null() && value.as_f64() != Some(f64::from(fine))
            }
            EnvelopeMark::NotText(fine) => !value.is_null() && value.as_str() != Some(fine),
        }
    }

    /// Whether the name in quotes is somewhere, or an escape that may stand for a character of it. A member that is `null`
    /// is not an error of any kind: APIs that always send the member do not have each response parsed twice.
    fn may_be_in(&self, json: &[u8]) -> bool {
        let mut found = self.quoted.find_iter(json);
        found.any(|at| !is_null(&json[at + self.quoted.needle().len()..]))
            || memchr(b'\\', json).is_some_and(|at| self.may_be_escaped_in(&json[at..]))
    }

    /// Whether there is an escape of a character of the name.
    fn may_be_escaped_in(&self, json: &[u8]) -> bool {
        let name = self.name.as_bytes();
        let is_plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_.".contains(byte);
        if !name.iter().all(is_plain) {
            return true;
        }
        // A letter or digit has one escape only, if one leaves the case of its digits aside.
        let mut escapes = find_iter(json, r"\u00");
        escapes.any(|at| {
            let digits = json
                .get(at + 4..at + 6)
                .and_then(|hex| str::from_utf8(hex).ok());
            let byte = digits.and_then(|hex| u8::from_str_radix(hex, 16).ok());
            byte.is_some_and(|byte| name.contains(&byte))
        })
    }
}

/// Returns the status that selects the variant of an error type; 0 if only the variant for all others is left.
///
/// It is that of the response, unless that is a 2xx: then it is the numeric `code` in the envelope, or the envelope itself
/// if it is a number.
#[must_use]
pub fn error_status(rules: ErrorRules, status: StatusCode, body: &[u8]) -> u16 {
    if !status.is_success() {
        return status.as_u16();
    }
    let named = rules.envelope_name().and_then(|name| member(body, name));
    let code = match (rules.envelope, named) {
        (Some((_, EnvelopeMark::NotNumber(_))), Some(Value::Number(code))) => code.as_u64(),
        (_, named) => named
            .or_else(|| member(body, USUAL))
            .and_then(|error| error.get("code")?.as_u64()),
    };
    code.and_then(|code| code.try_into().ok()).unwrap_or(0)
}

/// The first member of this name that says something.
fn member(body: &[u8], name: &str) -> Option<Value> {
    let found = Members::<Value>::find(json::content(body), |found| found == name).ok()?;
    let mut values = found.values.into_iter();
    values.find(says_something)
}

/// Whether what follows the name of a member is the value `null`.
fn is_null(rest: &[u8]) -> bool {
    let value = rest.trim_ascii_start().strip_prefix(b":");
    value.is_some_and(|value| value.trim_ascii_start().starts_with(b"null"))
}

/// Whether a value is not one that APIs send where there is no error.
fn says_something(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Bool(value) => *value,
        Value::Number(number) => number.as_f64() != Some(0.0),
        Value::String(text) => !text.is_empty(),
        Value::Array(items) => !items.is_empty(),
        Value::Object(members) => !members.is_empty(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_in(body: &str, name: &'static str) -> bool {
        let rules = ErrorRules::NONE.envelope(name, EnvelopeMark::Something);
        Envelope::declared(rules).is_in(body.as_bytes())
    }

    #[test]
    fn only_what_may_be_a_member_is_parsed() {
        let cases = [
            (r#"{"error":1}"#, true),
            (r#"{"\u0065rror":1}"#, true),
            (r#"{"err\u006Fr":1}"#, true),
            (r#"{"a":"an \"error\" in \u003cp\u003e, \u00e9"}"#, false),
            (r#"{"errors":1,"a":"error"}"#, true),
            (r#"{"a":"\u00"#, false),
            (r#"{"error":null,"a":[{"error" : null}]}"#, false),
            (r#"{"error":null,"error":1}"#, true),
            (r#"{"a":"error","error":null}"#, true),
            (r#"{"error":nul"#, true),
        ];
        for (json, expected) in cases {
            let member = Member::new(("error", EnvelopeMark::Something));
            assert_eq!(member.may_be_in(json.as_bytes()), expected, "{json}");
        }
    }

    #[test]
    fn an_envelope_is_a_member_of_the_object_that_says_something() {
        let cases = [
            (r#"{"error": {"code": 1}}"#, true),
            (r#"{"error": "text"}"#, true),
            (r#"{"error": false}"#, false),
            (r#"{"error": {}}"#, false),
            (r#"{"error": []}"#, false),
            (r#"{"error": {"a": null}}"#, true),
            (r#"{"error": [null]}"#, true),
            (r#" {"a": [{"b": "\n"}], "error": 2, "c": null} "#, true),
            (r#"{"\u0065rror": 1}"#, true),
            (r#"{"error": null, "error": 1}"#, true),
            (r#"{"error": 1, "error": null}"#, true),
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
            assert_eq!(is_in(body, "error"), expected, "{body}");
        }
        for name in ["a/b", "\"", "\\", "\n", "größe", ""] {
            let body = serde_json::json!({ name: 1 }).to_string();
            assert!(is_in(&body, name), "{body}");
        }
        assert!(is_in(r#"{"a\/b": 1}"#, "a/b"));
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
            let rules = ErrorRules::NONE.envelope("failure", EnvelopeMark::Something);
            let actual = error_status(rules, status, body.as_bytes());
            assert_eq!(actual, expected, "{status} {body}");
        }
    }
}
