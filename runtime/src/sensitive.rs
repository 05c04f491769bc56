//! Which headers hold credentials, and how headers are shown without them.

use std::fmt;

use http::{HeaderMap, HeaderName, HeaderValue};
use memchr::memmem;

use crate::secrets::HIDDEN;

/// Returns whether the name of a header says that its value is a credential.
pub(crate) fn is_sensitive(name: &str) -> bool {
    [
        "auth",
        "cookie",
        "credential",
        "csrf",
        "jwt",
        "key",
        "otp",
        "passw",
        "pwd",
        "secret",
        "session",
        "signature",
        "token",
        "xsrf",
    ]
    .iter()
    .any(|part| name.contains(part))
}

/// Returns whether the header of this name, in lower case, holds credentials, whoever sends it.
pub(crate) fn is_credentials(name: &str) -> bool {
    matches!(name, "authorization" | "proxy-authorization")
}

/// Returns whether the value of a header is a URL, which may hold a credential, or has one in it.
fn has_url(name: &str, value: &[u8]) -> bool {
    let names = ["link", "location", "referer", "refresh"];
    names.iter().any(|part| name.contains(part)) || memmem::find(value, b"://").is_some()
}

/// A header for `Debug`, without its value if that may hold a secret.
struct Redacted<'a>(&'a HeaderName, &'a HeaderValue);

impl fmt::Debug for Redacted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(name, value) = self;
        let name = name.as_str();
        if value.is_sensitive() || is_sensitive(name) || has_url(name, value.as_bytes()) {
            f.write_str(HIDDEN)
        } else {
            value.fmt(f)
        }
    }
}

/// Writes headers for `Debug`, without what may be secret.
pub(crate) fn debug<'a>(
    headers: impl Iterator<Item = (&'a HeaderName, &'a HeaderValue)>,
    f: &mut fmt::Formatter<'_>,
) -> fmt::Result {
    let entries = headers.map(|(name, value)| (name.as_str(), Redacted(name, value)));
    f.debug_map().entries(entries).finish()
}

/// Headers for `Debug`, without what may be secret.
pub(crate) struct RedactedHeaders<'a>(pub(crate) &'a HeaderMap);

impl fmt::Debug for RedactedHeaders<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug(self.0.iter(), f)
    }
}
