//! The message for people that APIs put into error bodies.

use serde_json::Value;

use crate::secrets::Secrets;

/// JSON pointers to the message, the most specific first.
const POINTERS: [&str; 6] = [
    "/error/message",
    "/message",
    "/error_description",
    "/detail",
    "/title",
    "/error",
];

/// The length of a line that people read.
const MAX_CHARS: usize = 300;

/// Finds the API's own message, first in the envelope that the error type declares. Some APIs repeat the
/// credentials in it: they are redacted.
pub(super) fn find(body: &[u8], envelope: Option<&str>, secrets: &Secrets) -> Option<String> {
    let body: Value = serde_json::from_slice(body).ok()?;
    let envelope = envelope.and_then(|name| body.get(name));
    let message = envelope.and_then(|error| error.get("message"));
    let pointed = POINTERS.iter().filter_map(|pointer| body.pointer(pointer));
    message
        .into_iter()
        .chain(pointed)
        .chain(envelope)
        .filter_map(Value::as_str)
        .map(|message| one_line(&secrets.hide(message)))
        .find(|message| !message.is_empty())
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
            let found = find(body.as_bytes(), None, &Secrets::default());
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
            let found = find(body.as_bytes(), Some("failure"), &Secrets::default());
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
