//! Which headers hold credentials, and how headers are shown without them.

use std::fmt;

use http::{HeaderMap, HeaderName, HeaderValue};
use memchr::memmem;

use crate::secrets::HIDDEN;

/// Returns whether the name of a header says that its value is a credential, or a URL that may hold one.
pub(crate) fn is_sensitive(name: &str) -> bool {
    [
        "auth",
        "cookie",
        "credential",
        "csrf",
        "jwt",
        "key",
        "link",
        "location",
        "otp",
        "passw",
        "pwd",
        "referer",
        "refresh",
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

/// A header for `Debug`, without its value if that may hold a secret: by its name, or because it is marked, or has a URL
/// in it.
struct Redacted<'a>(&'a HeaderName, &'a HeaderValue);

impl fmt::Debug for Redacted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(name, value) = self;
        let has_url = || memmem::find(value.as_bytes(), b"://").is_some();
        if value.is_sensitive() || is_sensitive(name.as_str()) || has_url() {
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
