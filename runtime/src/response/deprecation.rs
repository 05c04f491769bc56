//! What a response says about the end of its operation: the headers `Deprecation` and `Sunset`.

use std::time::{Duration, SystemTime};

use http::{HeaderMap, HeaderName, HeaderValue};

const DEPRECATION: HeaderName = HeaderName::from_static("deprecation");
const SUNSET: HeaderName = HeaderName::from_static("sunset");

/// What the header `Deprecation` of a response says: the operation is deprecated, or will be.
///
/// It is a moment in time, as in [RFC 9745](https://www.rfc-editor.org/rfc/rfc9745), or what drafts of it had: `true` or a
/// date. [`Response::deprecation`](crate::Response::deprecation) has an example.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Deprecation {
    since: Option<SystemTime>,
}

impl Deprecation {
    /// Returns since when the operation is deprecated, or from when on, if that is in the future; `None` if the API does not say.
    ///
    /// ```
    /// # use std::time::SystemTime;
    /// # use api_request::Response;
    /// fn is_deprecated<T>(response: &Response<T>) -> bool {
    ///     let deprecation = response.deprecation();
    ///     deprecation.is_some_and(|it| it.since().is_none_or(|since| since <= SystemTime::now()))
    /// }
    /// ```
    #[must_use]
    pub fn since(&self) -> Option<SystemTime> {
        self.since
    }

    fn from_header(value: &HeaderValue) -> Option<Self> {
        let text = value.to_str().ok()?.trim();
        let since = match text.strip_prefix('@') {
            Some(seconds) => Some(moment(seconds)?),
            None if ["true", "?1"]
                .iter()
                .any(|yes| text.eq_ignore_ascii_case(yes)) =>
            {
                None
            }
            None => Some(httpdate::parse_http_date(text).ok()?),
        };
        Some(Self { since })
    }
}

/// Returns what the first header `Deprecation` says that parses.
pub(super) fn deprecation(headers: &HeaderMap) -> Option<Deprecation> {
    let mut values = headers.get_all(DEPRECATION).iter();
    values.find_map(Deprecation::from_header)
}

/// Returns the date of the first header `Sunset` that parses.
pub(super) fn sunset(headers: &HeaderMap) -> Option<SystemTime> {
    let mut values = headers.get_all(SUNSET).iter();
    values.find_map(|value| httpdate::parse_http_date(value.to_str().ok()?.trim()).ok())
}

/// Seconds since 1970, which may be negative: a Date of RFC 9651, section 3.3.7.
fn moment(seconds: &str) -> Option<SystemTime> {
    let seconds: i64 = seconds.parse().ok()?;
    let distance = Duration::from_secs(seconds.unsigned_abs());
    if seconds < 0 {
        SystemTime::UNIX_EPOCH.checked_sub(distance)
    } else {
        SystemTime::UNIX_EPOCH.checked_add(distance)
    }
}

/// Returns what a warning says of the headers, even if they do not parse: dates are often in another format.
#[cfg(all(feature = "client", feature = "tracing"))]
pub(crate) fn warning(headers: &HeaderMap) -> Option<&'static str> {
    // The drafts had a value for an operation that is not deprecated.
    let denies = |value: &HeaderValue| {
        let text = value.as_bytes().trim_ascii();
        text.eq_ignore_ascii_case(b"false") || text == b"?0"
    };
    let is_deprecated = headers.get(DEPRECATION).is_some_and(|value| !denies(value));
    match (is_deprecated, headers.contains_key(SUNSET)) {
        (true, true) => Some("the operation is deprecated, and its end is announced"),
        (true, false) => Some("the operation is deprecated"),
        (false, true) => Some("the end of the operation is announced"),
        (false, false) => None,
    }
}
