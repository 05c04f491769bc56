//! Which headers hold credentials, and how headers are shown without them.

use std::fmt;

use http::HeaderMap;

/// Returns whether the name of a header says that its value is a credential, or a URL that may hold one.
pub(crate) fn is_sensitive(name: &str) -> bool {
    [
        "auth", "cookie", "key", "location", "password", "secret", "token",
    ]
    .iter()
    .any(|part| name.contains(part))
}

/// Headers for `Debug`, without the values of sensitive ones.
pub(crate) struct RedactedHeaders<'a>(pub(crate) &'a HeaderMap);

impl fmt::Debug for RedactedHeaders<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut map = f.debug_map();
        for (name, value) in self.0 {
            if value.is_sensitive() || is_sensitive(name.as_str()) {
                map.entry(&name.as_str(), &format_args!("(hidden)"));
            } else {
                map.entry(&name.as_str(), value);
            }
        }
        map.finish()
    }
}
