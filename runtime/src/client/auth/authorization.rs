//! Credentials that a program gets while it runs: the trait by which it does, and the value that it gives.

use std::{fmt, time::Duration};

use http::{HeaderValue, header};

use base64::{Engine, prelude::BASE64_STANDARD};
use zeroize::Zeroizing;

use crate::{ConfigError, Secret, client::header::parse};

/// What a provider of [`Credentials`](crate::Credentials) gives: the value of an `Authorization` header, and how long it is good.
///
/// A value that cannot be sent is the error of the calls that need it; no error repeats it.
///
/// ```
/// use std::time::Duration;
///
/// use api_request::Authorization;
///
/// let token = Authorization::bearer("at-0e6f").expires_in(Duration::from_secs(3600));
/// assert!(!format!("{token:?}").contains("at-0e6f"));
/// ```
#[must_use = "it does nothing until it is given to a client"]
pub struct Authorization {
    pub(super) value: Result<HeaderValue, ConfigError>,
    pub(super) expires_in: Option<Duration>,
}

impl Authorization {
    /// A bearer token ([RFC 6750](https://www.rfc-editor.org/rfc/rfc6750#section-2.1)).
    ///
    /// ```
    /// let authorization = api_request::Authorization::bearer("at-0e6f");
    /// ```
    pub fn bearer(token: impl Into<Secret<String>>) -> Self {
        Self::of(bearer(&token.into()))
    }

    /// A user name and password ([RFC 7617](https://www.rfc-editor.org/rfc/rfc7617#section-2)).
    ///
    /// ```
    /// let authorization = api_request::Authorization::basic("ada", "correct horse");
    /// ```
    pub fn basic(user: &str, password: impl Into<Secret<String>>) -> Self {
        Self::of(basic(user, &password.into()))
    }

    /// The whole value of the header, of any scheme
    /// ([RFC 9110, section 11.4](https://www.rfc-editor.org/rfc/rfc9110#section-11.4)).
    ///
    /// ```
    /// let authorization = api_request::Authorization::header("GNAP os9M2PMHKUR64TB8N6BW7OZB8CDFONP2");
    /// ```
    pub fn header(value: impl Into<Secret<String>>) -> Self {
        Self::of(whole(&value.into()))
    }

    /// Says that it is good for no longer than this, counted from when the client asked for it: a call after that gets
    /// another first. Without, it is good until an answer of 401.
    ///
    /// ```
    /// use std::time::Duration;
    ///
    /// use api_request::Authorization;
    ///
    /// let authorization = Authorization::bearer("at-0e6f").expires_in(Duration::from_secs(600));
    /// ```
    pub fn expires_in(mut self, time: Duration) -> Self {
        self.expires_in = Some(time);
        self
    }

    fn of(value: Result<HeaderValue, ConfigError>) -> Self {
        Self {
            value,
            expires_in: None,
        }
    }
}

fn whole(value: &Secret<String>) -> Result<HeaderValue, ConfigError> {
    if value.expose().is_empty() || !value.expose().is_ascii() {
        return Err(ConfigError::new(
            "the value of `Authorization` is empty, or has a character outside ASCII in it",
        ));
    }
    // Which marks it as sensitive.
    let (_, value) = parse(header::AUTHORIZATION, value.expose().as_str())?;
    Ok(value)
}

/// The value of `Authorization` for a bearer token.
pub(super) fn bearer(token: &Secret<String>) -> Result<HeaderValue, ConfigError> {
    let value = Zeroizing::new(format!("Bearer {}", token.expose()));
    let usable = !token.expose().is_empty() && token.expose().bytes().all(|b| b.is_ascii_graphic());
    let value = usable.then(|| sensitive(&value)).flatten();
    value.ok_or_else(|| {
        ConfigError::new(
            "the bearer token is empty, or has white space or a character outside ASCII in it",
        )
    })
}

/// The value of `Authorization` for a user name and password.
pub(super) fn basic(user: &str, password: &Secret<String>) -> Result<HeaderValue, ConfigError> {
    let both = Zeroizing::new(format!("{user}:{}", password.expose()));
    let usable = !user.contains(':') && !both.chars().any(char::is_control);
    let value = Zeroizing::new(format!(
        "Basic {}",
        *Zeroizing::new(BASE64_STANDARD.encode(both.as_bytes()))
    ));
    let value = usable.then(|| sensitive(&value)).flatten();
    value.ok_or_else(|| {
        ConfigError::new("the user name has a colon, or it or the password a control character")
    })
}

fn sensitive(text: &str) -> Option<HeaderValue> {
    let mut value = HeaderValue::from_str(text).ok()?;
    value.set_sensitive(true);
    Some(value)
}

impl fmt::Debug for Authorization {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Authorization")
            .field("value", &self.value)
            .field("expires_in", &self.expires_in)
            .finish()
    }
}
