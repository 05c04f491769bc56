//! The message for people that APIs put into error bodies.

use std::str;

use http::{HeaderMap, header::CONTENT_TYPE};
use serde_json::Value;

use super::rules::{ErrorRules, MessageStep};
use crate::{json, secrets::Secrets};

/// JSON pointers to the message, the most specific first.
const POINTERS: [&str; 18] = [
    "/error/message",
    "/message",
    "/error_description",
    "/detail",
    "/title",
    "/error",
    "/errors/0/message",
    "/errors/0/detail",
    "/errors/0/title",
    "/errors/0",
    "/errorMessages/0",
    "/detail/0/msg",
    "/detail/0",
    "/Message",
    "/msg",
    "/error/reason",
    "/fault/faultstring",
    // The body is a list.
    "/0/message",
];

/// The length of a line that people read.
const MAX_CHARS: usize = 300;

/// Finds the API's own message: first where the error type declares it to be, then in the envelope that it declares. Some
/// APIs repeat the credentials in it: they are redacted.
pub(super) fn find(
    head: &HeaderMap,
    body: &[u8],
    rules: ErrorRules,
    secrets: &Secrets,
) -> Option<String> {
    let line = |message: &str| shown(message, secrets);
    let json: Value = match serde_json::from_slice(json::content(body)) {
        Ok(json) => json,
        Err(_) => return Some(line(plain_line(head, body)?)),
    };
    let declared = at(&json, rules.message);
    let envelope = rules.envelope_name().and_then(|name| json.get(name));
    // Some APIs have a list of errors in it.
    let envelope = envelope.map(|errors| errors.get(0).unwrap_or(errors));
    let message = envelope.and_then(|error| error.get("message"));
    let pointed = POINTERS.iter().filter_map(|pointer| json.pointer(pointer));
    declared
        .into_iter()
        .chain(message)
        .chain(pointed)
        .chain(envelope)
        .filter_map(Value::as_str)
        .map(line)
        .find(|message| !message.is_empty())
}

/// What is at the end of a path that is declared.
fn at<'j>(json: &'j Value, path: &[MessageStep]) -> Option<&'j Value> {
    if path.is_empty() {
        return None;
    }
    path.iter().try_fold(json, |value, step| match *step {
        MessageStep::Member(name) => value.get(name),
        MessageStep::Item(index) => value.get(index),
    })
}

/// A message as it is shown: one line, without the secrets.
pub(super) fn shown(message: &str, secrets: &Secrets) -> String {
    one_line(&secrets.hide(message))
}

/// The body, if it is one line of plain text.
fn plain_line<'b>(head: &HeaderMap, body: &'b [u8]) -> Option<&'b str> {
    let media_type = head.get(CONTENT_TYPE)?.to_str().ok()?;
    let essence = media_type.split(';').next()?.trim();
    let text = str::from_utf8(body).ok()?.trim();
    let is_line = !text.is_empty() && !text.contains(['\r', '\n']);
    (is_line && essence.eq_ignore_ascii_case("text/plain")).then_some(text)
}

/// Makes one line of a text from elsewhere, without characters that move the cursor or reorder the line.
pub(super) fn one_line(text: &str) -> String {
    let mut line = String::new();
    let mut left = MAX_CHARS;
    for word in text.split_whitespace() {
        let word: String = word.chars().filter(|c| is_shown(*c)).collect();
        if word.is_empty() {
            continue;
        }
        if !line.is_empty() {
            line.push(' ');
        }
        for c in word.chars() {
            if left == 0 {
                line.push('…');
                return line;
            }
            left -= 1;
            line.push(c);
        }
    }
    line
}

fn is_shown(c: char) -> bool {
    let reorders = matches!(
        c,
        '\u{200e}'
            | '\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2066}'..='\u{2069}'
            | '\u{feff}'
    );
    !c.is_control() && !reorders
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::rules::EnvelopeMark;

    #[test]
    fn the_most_specific_message_wins() {
        let cases = [
            (r#"{"error": {"message": "a"}, "message": "b"}"#, Some("a")),
            (r#"{"message": "b", "detail": "d"}"#, Some("b")),
            (r#"{"error": "e", "error_description": "c"}"#, Some("c")),
            (r#"{"detail": [1], "title": "t"}"#, Some("t")),
            (r#"{"error": "e"}"#, Some("e")),
            (r#"{"message": "  ", "error": "e"}"#, Some("e")),
            (r#"{"error": {"code": 1}}"#, None),
            ("<html>", None),
            ("", None),
        ];
        for (body, message) in cases {
            let found = find(
                &HeaderMap::new(),
                body.as_bytes(),
                ErrorRules::NONE,
                &Secrets::default(),
            );
            assert_eq!(found.as_deref(), message, "{body}");
        }
    }

    #[test]
    fn a_declared_envelope_is_searched_too() {
        let cases = [
            (
                r#"{"failure": {"message": "f"}, "message": "b"}"#,
                Some("f"),
            ),
            (r#"{"failure": "f", "message": "b"}"#, Some("b")),
            (r#"{"failure": "f"}"#, Some("f")),
            (r#"{"failure": {"detail": "f"}}"#, None),
        ];
        for (body, message) in cases {
            let found = find(
                &HeaderMap::new(),
                body.as_bytes(),
                ErrorRules::NONE.envelope("failure", EnvelopeMark::Something),
                &Secrets::default(),
            );
            assert_eq!(found.as_deref(), message, "{body}");
        }
    }

    #[test]
    fn a_message_is_one_line() {
        assert_eq!(one_line(" a\r\n\tb\u{1b}[31m \u{202e}c "), "a b[31m c");
        let long = one_line(&"x".repeat(10_000));
        assert_eq!(long.chars().count(), MAX_CHARS + 1);
        assert!(long.ends_with('…'));
    }
}
