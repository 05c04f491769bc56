//! Why a response is not of its declared type.

use std::fmt;

use http::{HeaderMap, header};

use crate::{BoxError, error::ErrorKind};

/// Why a response is not of the expected format.
#[doc(hidden)]
#[derive(Debug)]
#[allow(
    unreachable_pub,
    reason = "Rust 1.85 overlooks the public trait that names it"
)]
pub struct Undecodable {
    /// Where in the body.
    pub(super) path: Option<String>,
    pub(super) message: String,
    /// It is not even text of the format's syntax, so that the head of the response may explain it.
    pub(super) is_malformed: bool,
    /// It is not the body, but the status or a header.
    pub(super) is_of_head: bool,
    pub(super) source: Option<BoxError>,
}

impl Undecodable {
    pub(super) fn new(message: impl fmt::Display) -> Self {
        Self {
            path: None,
            message: message.to_string(),
            is_malformed: false,
            is_of_head: false,
            source: None,
        }
    }

    /// Something about the status or a header, which the message names.
    pub(super) fn of_head(message: impl fmt::Display) -> Self {
        Self {
            is_of_head: true,
            ..Self::new(message)
        }
    }

    /// What is not even text of the format's syntax.
    pub(super) fn malformed(message: impl fmt::Display) -> Self {
        Self {
            is_malformed: true,
            ..Self::new(message)
        }
    }

    /// Adds what the head of the response says of its body, if that may be why.
    pub(super) fn explained(self, headers: &HeaderMap) -> Self {
        self.explained_unless(is_json, headers)
    }

    /// The same for a body whose `Content-Type` explains nothing if it is expected.
    pub(crate) fn explained_unless(
        mut self,
        is_expected: fn(&str) -> bool,
        headers: &HeaderMap,
    ) -> Self {
        let text = |name| headers.get(name)?.to_str().ok();
        let explanation = match (undecoded(headers), text(header::CONTENT_TYPE)) {
            _ if !self.is_malformed => return self,
            (Some(coding), _) => {
                format!(" (the content coding is `{coding}`, which is not decoded)")
            }
            (None, Some(media_type)) if !is_expected(media_type) => {
                format!(" (the media type is `{media_type}`)")
            }
            _ => return self,
        };
        self.message += &explanation;
        self
    }

    /// The error that it makes of a call.
    pub(crate) fn into_kind(self) -> (ErrorKind, Option<BoxError>) {
        let Self {
            path,
            message,
            is_malformed: _,
            is_of_head,
            source,
        } = self;
        let kind = if is_of_head {
            ErrorKind::DecodeHead(message)
        } else {
            ErrorKind::Decode { path, message }
        };
        (kind, source)
    }
}

/// Returns the content coding that a response has, because nobody has decoded it.
pub(crate) fn undecoded(headers: &HeaderMap) -> Option<&str> {
    let coding = headers.get(header::CONTENT_ENCODING)?.to_str().ok()?;
    (!coding.eq_ignore_ascii_case("identity")).then_some(coding)
}

/// Whether a body of that `Content-Type` is JSON.
pub(super) fn is_json(media_type: &str) -> bool {
    suffix(media_type).eq_ignore_ascii_case("json")
}

/// What a media type ends with: `json` of `application/problem+json`.
pub(super) fn suffix(media_type: &str) -> &str {
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    essence.rsplit(['/', '+']).next().unwrap_or_default()
}
