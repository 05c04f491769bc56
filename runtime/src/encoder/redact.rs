//! Secrets in a request that is rendered for people.
//!
//! A [`Secret`](crate::Secret) anywhere inside a value serializes as a marker itself, while [`Redact::around`] runs. A
//! field that is declared `secret` may be of any type, so its whole value is replaced with [`Redact::marker`] afterwards:
//! it is serialized first, because whether it is there at all is not a secret.

use std::fmt;

use serde::{
    Deserializer,
    de::{MapAccess, Visitor},
};
use serde_json::Value;

use crate::secret::{self, Nonce};

/// Whether secrets are written as markers of a nonce, or as they are.
#[derive(Clone, Copy)]
pub(super) struct Redact(pub(super) Option<Nonce>);

impl Redact {
    /// Whether the request is on its way to the wire, as it nearly always is.
    pub(super) fn is_off(self) -> bool {
        self.0.is_none()
    }

    /// Runs `write`, which serializes the value called `name`.
    pub(super) fn around<T>(self, name: &'static str, write: impl FnOnce() -> T) -> T {
        let _redacting = self.0.map(|nonce| secret::redacting(name, nonce));
        write()
    }

    /// Returns what to write in place of a whole value, if it is a secret that is not to be seen.
    pub(super) fn marker(self, is_secret: bool, name: &str) -> Option<String> {
        let nonce = self.0.filter(|_| is_secret)?;
        Some(nonce.marker(name))
    }

    /// The same for a value that is written as `json`: what the marker stands for is JSON too, in the quotes of a text.
    pub(super) fn json_marker(self, is_secret: bool, name: &str, json: &[u8]) -> Option<String> {
        let nonce = self.0.filter(|_| is_secret)?;
        // A `Secret` is a marker already.
        let is_marker = std::str::from_utf8(json).is_ok_and(|text| {
            nonce
                .find(text)
                .is_some_and(|mark| (mark.before, mark.after) == ("\"", "\""))
        });
        if is_marker || json == b"null" {
            return None;
        }
        let is_text = json.first() == Some(&b'"');
        let marker = if is_text {
            nonce.marker(name)
        } else {
            nonce.raw_marker(name)
        };
        Some(format!("\"{marker}\""))
    }

    /// Returns JSON text in which the quotes around markers stand only for those of texts, if it may have markers.
    pub(super) fn unquoted(self, json: &str) -> Option<String> {
        let nonce = self.0?;
        let (mut text, mut rest) = (String::new(), json);
        while let Some(mark) = nonce.find(rest) {
            let marker = &rest[mark.before.len()..rest.len() - mark.after.len()];
            let (mut before, mut after) = (mark.before, mark.after);
            if mark.raw {
                before = before.strip_suffix('"').unwrap_or(before);
                after = after.strip_prefix('"').unwrap_or(after);
            }
            text.push_str(before);
            text.push_str(marker);
            rest = after;
        }
        text.push_str(rest);
        Some(text)
    }
}

/// Returns a flattened JSON object with markers for its members, if secrets are not to be seen.
pub(super) fn members(redact: Redact, object: &[u8]) -> Option<String> {
    let nonce = redact.0?;
    let mut json = serde_json::Deserializer::from_slice(object);
    json.deserialize_map(Members(nonce)).ok()
}

struct Members(Nonce);

impl<'j> Visitor<'j> for Members {
    type Value = String;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'j>>(self, mut map: A) -> Result<String, A::Error> {
        let mut members = Vec::new();
        while let Some((name, value)) = map.next_entry::<String, Value>()? {
            let shown = match value {
                Value::Null => Value::Null,
                // The marker of a `Secret` in it.
                Value::String(text) if self.0.find(&text).is_some() => Value::String(text),
                value => Value::String(self.0.marker_of(&name, !value.is_string())),
            };
            members.push(format!("{}:{shown}", Value::String(name)));
        }
        Ok(format!("{{{}}}", members.join(",")))
    }
}
