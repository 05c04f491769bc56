//! The URL that every path of an API is appended to.
//!
//! Input: text. Invariant: a `BaseUrl` is what the WHATWG URL parser makes of that text, so appending encoded bytes to
//! it is all that is needed to build a URL that no parser changes.

use std::{fmt, str::FromStr};

use bytes::Bytes;
use http::{
    Uri,
    uri::{self, Authority, PathAndQuery, Scheme},
};
use url::{ParseError, Url};

use crate::ConfigError;

/// The base URL of an API: `http` or `https`, a host, and optionally a port and a path, which is kept.
///
/// It is read by the [WHATWG URL parser](https://url.spec.whatwg.org/#url-parsing), once. A slash at the end makes no
/// difference, except to an operation whose path is empty: its URL is the base URL as it was written.
///
/// ```
/// use api_request::BaseUrl;
///
/// let base: BaseUrl = "https://API.example.com:443/v1/".parse()?;
/// assert_eq!(base.as_str(), "https://api.example.com/v1");
/// assert_eq!(base.origin(), "https://api.example.com");
/// # Ok::<(), api_request::ConfigError>(())
/// ```
///
/// # Errors
///
/// Parsing fails, with a [`ConfigError`] that says why, for a relative URL, another scheme, a query, a fragment,
/// credentials in the URL, for braces, since a base URL has no placeholders, and for white space, control characters
/// and backslashes, which the parser would otherwise remove or change.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct BaseUrl {
    /// Without a slash at the end.
    text: String,
    /// The path that was written ends with a slash, or there is none.
    has_slash: bool,
    origin_len: usize,
    scheme: Scheme,
    authority: Authority,
    /// The origin, parsed.
    #[cfg(feature = "client")]
    origin_url: Url,
}

/// How long a URL may be: `http::Uri` has no room for more.
const MAX_LEN: usize = u16::MAX as usize - 1;

/// Where a request is sent unless it says so itself, and which origins get what is secret.
#[derive(Clone, Copy)]
pub(crate) struct Destination<'d> {
    pub(crate) base: &'d BaseUrl,
    /// The base URL of the client, which may not be that of the request.
    home: &'d BaseUrl,
    trusted: &'d [BaseUrl],
    /// The values of the request's group are the client's, not the call's.
    pub(crate) group_is_of_client: bool,
}

impl<'d> Destination<'d> {
    /// The destination of requests to no other origins than that of the base URL.
    pub(crate) fn of(base: &'d BaseUrl) -> Self {
        Self {
            base,
            home: base,
            trusted: &[],
            group_is_of_client: false,
        }
    }

    /// The destination of requests of a client for `base` that trusts other origins.
    #[cfg(feature = "client")]
    pub(crate) fn of_client(base: &'d BaseUrl, trusted: &'d [BaseUrl]) -> Self {
        Self {
            trusted,
            ..Self::of(base)
        }
    }

    /// The same for a request with a base URL of its own.
    #[cfg(feature = "client")]
    pub(crate) fn with_base(self, base: &'d BaseUrl) -> Self {
        Self { base, ..self }
    }

    /// Returns whether an origin gets what is secret.
    pub(crate) fn trusts(&self, origin: &BaseUrl) -> bool {
        // Most requests have no origin of their own.
        if std::ptr::eq(origin, self.home) {
            return true;
        }
        let mut known = [self.home].into_iter().chain(self.trusted);
        known.any(|known| known.origin() == origin.origin())
    }
}

impl BaseUrl {
    /// Returns the whole URL, without a slash at the end.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Returns scheme, host and port, without the scheme's default port: `https://api.example.com`
    /// ([RFC 6454](https://www.rfc-editor.org/rfc/rfc6454#section-6.2)).
    #[must_use]
    pub fn origin(&self) -> &str {
        &self.text[..self.origin_len]
    }

    /// Parses an origin that a client trusts: scheme, host and port.
    #[cfg(feature = "client")]
    pub(crate) fn parse_origin(text: &str) -> Result<Self, ConfigError> {
        let refused = |reason: &str| ConfigError::new(format!("the trusted origin {reason}"));
        let origin = Self::parse(text).map_err(|reason| refused(&reason))?;
        if !origin.path().is_empty() {
            return Err(refused(
                "has a path: an origin is a scheme, a host and a port",
            ));
        }
        if origin.origin().contains('*') {
            return Err(refused("has a `*`: name each origin"));
        }
        Ok(origin)
    }

    /// The path without a slash at the end; empty for the root.
    pub(crate) fn path(&self) -> &str {
        &self.text[self.origin_len..]
    }

    /// What is behind [`Self::path`] in the URL as it was written.
    pub(crate) fn slash(&self) -> &'static str {
        if self.has_slash { "/" } else { "" }
    }

    #[cfg(feature = "client")]
    pub(crate) fn origin_url(&self) -> &Url {
        &self.origin_url
    }

    /// Builds the URL with `target` as its path and query, or says why that is not possible. Scheme and authority are
    /// parsed already, so only `target` is checked here.
    pub(crate) fn uri(&self, target: Bytes) -> Result<Uri, String> {
        let length = target.len();
        let refused = || self.unusable(length);
        let target = PathAndQuery::from_maybe_shared(target).map_err(|_| refused())?;
        if target.as_str().len() != length {
            return Err(refused());
        }
        let mut parts = uri::Parts::default();
        parts.scheme = Some(self.scheme.clone());
        parts.authority = Some(self.authority.clone());
        parts.path_and_query = Some(target);
        Uri::from_parts(parts).map_err(|_| refused())
    }

    /// Does the same for a client that parses URLs as the WHATWG does.
    #[cfg(feature = "client")]
    pub(crate) fn url(&self, target: &[u8]) -> Result<Url, String> {
        let refused = || self.unusable(target.len());
        let target = std::str::from_utf8(target).map_err(|_| refused())?;
        let url = if target.starts_with("//") {
            // Relative to another URL, this would name a host.
            Url::parse(&format!("{}{target}", self.origin()))
        } else {
            // The host is not parsed again: that is half of the work.
            self.origin_url.join(target)
        };
        let as_built = |url: &Url| {
            url.as_str().strip_prefix(self.origin()) == Some(target) && url.fragment().is_none()
        };
        match url {
            Ok(url) if as_built(&url) && url.as_str().len() <= MAX_LEN => Ok(url),
            _ => Err(refused()),
        }
    }

    /// Says why a path and query of this length are not accepted.
    fn unusable(&self, length: usize) -> String {
        if self.origin_len + length > MAX_LEN {
            format!("the path and query of {length} bytes are too long")
        } else {
            "a URL parser would change the path and query".to_owned()
        }
    }
}

impl FromStr for BaseUrl {
    type Err = ConfigError;

    fn from_str(text: &str) -> Result<Self, ConfigError> {
        Self::parse(text).map_err(|reason| ConfigError::new(format!("the base URL {reason}")))
    }
}

impl BaseUrl {
    /// Parses a base URL, or says why it is not one.
    fn parse(text: &str) -> Result<Self, String> {
        if text.contains(|c: char| c.is_control() || c.is_whitespace() || c == '\\') {
            return Err("contains white space, a control character or a backslash".to_owned());
        }
        if text.contains(['{', '}']) {
            return Err("contains a brace: a base URL has no placeholders, so write the value, or declare it in the `path` of the operations".to_owned());
        }
        let url = match Url::parse(text) {
            Err(ParseError::RelativeUrlWithoutBase) => return Err(NO_SCHEME.to_owned()),
            // `localhost:8080` is a URL whose scheme is `localhost`.
            Ok(url) if is_authority(text, &url) => return Err(NO_SCHEME.to_owned()),
            parsed => parsed.map_err(|error| format!("cannot be parsed: {error}"))?,
        };
        if !matches!(url.scheme(), "http" | "https") {
            let scheme = url.scheme();
            return Err(format!(
                "has the scheme `{scheme}`, expected `http` or `https`"
            ));
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err("contains credentials, pass them to the client instead".to_owned());
        }
        if url.query().is_some() {
            return Err("has a query, declare query parameters instead".to_owned());
        }
        if url.fragment().is_some() {
            return Err("has a fragment, which is never sent".to_owned());
        }
        let origin = url.origin().ascii_serialization();
        let path = url.path().strip_suffix('/').unwrap_or(url.path());
        let scheme = if url.scheme() == "https" {
            Scheme::HTTPS
        } else {
            Scheme::HTTP
        };
        let authority = origin[scheme.as_str().len() + "://".len()..]
            .parse()
            .map_err(|error| format!("has an invalid host: {error}"))?;
        Ok(Self {
            text: format!("{origin}{path}"),
            has_slash: url.path().ends_with('/'),
            origin_len: origin.len(),
            scheme,
            authority,
            #[cfg(feature = "client")]
            origin_url: {
                let mut url = url;
                url.set_path("");
                url
            },
        })
    }
}

const NO_SCHEME: &str = "has no scheme, write `https://api.example.com`";

/// Returns whether what a URL parser takes for a scheme is a host, because a port or a domain is there.
fn is_authority(text: &str, url: &Url) -> bool {
    let rest = text.get(url.scheme().len() + 1..).unwrap_or_default();
    url.scheme().contains('.') || rest.starts_with(|c: char| c.is_ascii_digit())
}

macro_rules! texts {
    ($($ty:ty)*) => {$(
        impl TryFrom<$ty> for BaseUrl {
            type Error = ConfigError;

            fn try_from(text: $ty) -> Result<Self, ConfigError> {
                text.parse()
            }
        }
    )*};
}

texts! { &str String &String }

impl TryFrom<&BaseUrl> for BaseUrl {
    type Error = ConfigError;

    fn try_from(base: &BaseUrl) -> Result<Self, ConfigError> {
        Ok(base.clone())
    }
}

impl fmt::Display for BaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl fmt::Debug for BaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("BaseUrl").field(&self.text).finish()
    }
}

#[cfg(all(test, feature = "client"))]
mod tests {
    use super::{BaseUrl, MAX_LEN};

    #[test]
    fn a_url_is_what_was_built_or_refused() {
        let base: BaseUrl = "https://api.example.com:8443".parse().unwrap();
        for target in [
            "/",
            "/v1/a%2Fb?c=%26&d",
            "//x.example/y",
            "///",
            "/:@",
            "/a//b/",
        ] {
            let url = base.url(target.as_bytes()).unwrap();
            assert_eq!(
                url.as_str(),
                format!("https://api.example.com:8443{target}")
            );
            assert_eq!(base.uri(target.to_owned().into()).unwrap(), url.as_str());
        }
        for target in [
            "",
            "x",
            "?a",
            "@evil.example/",
            ":1/",
            "/\\evil",
            "/a/../b",
            "/a/%2e/b",
            "//a/..",
            "/a b",
            "/\u{e9}",
            "/a#b",
            "/ ",
            "/\t",
            "/a?b'c",
        ] {
            let error = base.url(target.as_bytes()).unwrap_err();
            assert_eq!(
                error, "a URL parser would change the path and query",
                "{target}"
            );
        }
        assert!(base.url(b"/\xff").is_err());
    }

    #[test]
    fn a_url_has_a_length() {
        let base: BaseUrl = "https://api.example.com".parse().unwrap();
        let longest = format!("/{}", "a".repeat(MAX_LEN - base.as_str().len() - 1));
        assert!(base.url(longest.as_bytes()).is_ok());
        assert!(base.uri(longest.clone().into()).is_ok());
        let error = base.url((longest + "a").as_bytes()).unwrap_err();
        assert_eq!(error, "the path and query of 65512 bytes are too long");
        assert!(base.uri("/".repeat(MAX_LEN + 1).into()).is_err());
    }
}
