//! The error of an invalid setting: a base URL, a credential, a default header.

use std::{convert::Infallible, error, fmt};

/// The error of a [`BaseUrl`](crate::BaseUrl) or a setting of a client that is invalid.
///
/// Nothing has been sent. The message never repeats a credential.
///
/// ```
/// use api_request::BaseUrl;
///
/// let error = "ftp://example.com".parse::<BaseUrl>().unwrap_err();
/// assert_eq!(error.to_string(), "the base URL has the scheme `ftp`, expected `http` or `https`");
/// ```
#[derive(Clone)]
pub struct ConfigError(Box<str>);

impl ConfigError {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self(message.into().into_boxed_str())
    }
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("ConfigError").field(&self.0).finish()
    }
}

impl error::Error for ConfigError {}

impl From<Infallible> for ConfigError {
    /// Lets functions that take what converts into a `BaseUrl` take a `BaseUrl`, whose conversion cannot fail.
    fn from(never: Infallible) -> Self {
        match never {}
    }
}
