//! Secrets in a request that is rendered for people.
//!
//! A [`Secret`](crate::Secret) anywhere inside a value serializes as a marker itself, while [`Redact::around`] runs. A
//! field that is declared `secret` may be of any type, so its whole value is replaced with [`Redact::marker`] afterwards:
//! it is serialized first, because whether it is there at all is not a secret.

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
}
