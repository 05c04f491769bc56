//! One credential as it is sent: the value of `Authorization`, or an API key. Each is encoded once, when it is made.

use std::{fmt, time::Duration};

use base64::{Engine, prelude::BASE64_STANDARD};
use bytes::Bytes;
use http::{
    HeaderName, HeaderValue,
    header::{self, InvalidHeaderValue},
};
use zeroize::Zeroizing;

use crate::{
    ConfigError, Secret,
    client::{header::parse, query},
    encoder::Escape,
    secrets::{self, SecretText},
};

/// Credentials for a client or a call, and what a provider of [`Credentials`](crate::Credentials) returns.
///
/// Credentials that cannot be sent are the error of the client or call that needs them; no error repeats them.
///
/// ```
/// use std::time::Duration;
///
/// use api_request::Authorization;
///
/// let token = Authorization::bearer("at-0e6f").expires_in(Duration::from_secs(3600));
/// assert!(!format!("{token:?}").contains("at-0e6f"));
/// ```
#[must_use = "credentials do nothing until they are given to a client"]
pub struct Authorization {
    credential: Result<Credential, ConfigError>,
    expires_in: Option<Duration>,
}

pub(super) enum Credential {
    Header(HeaderName, HeaderValue),
    Query(QueryKey),
    None,
}

/// An API key in the query: `key=` and the value, both percent-encoded, and the value as it was given.
#[derive(Clone)]
pub(super) struct QueryKey {
    pub(super) prefix: Vec<u8>,
    pub(super) value: Zeroizing<Vec<u8>>,
    pub(super) given: SecretText,
}

impl Authorization {
    /// Makes a bearer token ([RFC 6750](https://www.rfc-editor.org/rfc/rfc6750#section-2.1)).
    ///
    /// ```
    /// let authorization = api_request::Authorization::bearer("at-0e6f");
    /// ```
    pub fn bearer(token: impl Into<Secret<String>>) -> Self {
        let token = token.into();
        let token = token.expose();
        let is_valid = !token.is_empty() && token.bytes().all(|byte| byte.is_ascii_graphic());
        let value = Zeroizing::new(format!("Bearer {token}"));
        let invalid =
            "the bearer token is empty, or contains white space or a character outside ASCII";
        Self::of_value(is_valid, &value, invalid)
    }

    /// Makes a user name and password ([RFC 7617](https://www.rfc-editor.org/rfc/rfc7617#section-2)).
    ///
    /// ```
    /// let authorization = api_request::Authorization::basic("ada", "correct horse");
    /// ```
    pub fn basic(user: &str, password: impl Into<Secret<String>>) -> Self {
        let pair = Zeroizing::new(format!("{user}:{}", password.into().expose()));
        let is_valid = !user.contains(':') && !pair.chars().any(char::is_control);
        let encoded = Zeroizing::new(BASE64_STANDARD.encode(pair.as_bytes()));
        let value = Zeroizing::new(format!("Basic {}", *encoded));
        let invalid = "the user name contains a colon, or it or the password a control character";
        Self::of_value(is_valid, &value, invalid)
    }

    /// Makes a whole value of the `Authorization` header, of any scheme
    /// ([RFC 9110, section 11.4](https://www.rfc-editor.org/rfc/rfc9110#section-11.4)).
    ///
    /// ```
    /// let authorization = api_request::Authorization::header("GNAP os9M2PMHKUR64TB8N6BW7OZB8CDFONP2");
    /// ```
    pub fn header(value: impl Into<Secret<String>>) -> Self {
        let value = value.into();
        let value = value.expose();
        let is_valid = !value.is_empty() && value.is_ascii();
        let invalid =
            "the value of `Authorization` is empty, or contains a character outside ASCII";
        Self::of_value(is_valid, value, invalid)
    }

    /// Makes an API key in a header, for a client or a call: a provider cannot return one.
    ///
    /// ```
    /// use api_request::{Authorization, Client};
    ///
    /// let key = Authorization::api_key_header("X-Api-Key", "k-0e6f");
    /// let client = Client::builder("https://api.example.com/v1").authorization(key).build()?;
    /// # Ok::<(), api_request::ConfigError>(())
    /// ```
    pub fn api_key_header<N>(name: N, key: impl Into<Secret<String>>) -> Self
    where
        N: AsRef<str>,
    {
        let header = parse(name, wiped(key.into().expose())).and_then(|(name, value)| {
            if value.is_empty() {
                let message = format!("the API key for the header `{name}` is empty");
                return Err(ConfigError::new(message));
            }
            Ok(sensitive(name, value))
        });
        Self::new(header)
    }

    /// Makes an API key in the query, for a client or a call: a provider cannot return one.
    ///
    /// ```
    /// use api_request::{Authorization, Client};
    ///
    /// let key = Authorization::api_key_query("key", "k-0e6f");
    /// let client = Client::builder("https://api.example.com/v1").authorization(key).build()?;
    /// # Ok::<(), api_request::ConfigError>(())
    /// ```
    pub fn api_key_query(name: &str, key: impl Into<Secret<String>>) -> Self {
        let key = key.into();
        let key = key.expose();
        if name.is_empty() || key.is_empty() {
            let message = "an API key for the query, or its name, is empty";
            return Self::new(Err(ConfigError::new(message)));
        }
        let mut prefix = Vec::new();
        Escape::Percent.write(name, &mut prefix);
        prefix.push(b'=');
        // With room for every byte escaped: a buffer that grows would leave a part of the key behind, not wiped.
        let mut value = Zeroizing::new(Vec::with_capacity(key.len() * 3));
        Escape::Percent.write(key, &mut value);
        let given = Zeroizing::new(key.clone());
        Self::new(Ok(Credential::Query(QueryKey {
            prefix,
            value,
            given,
        })))
    }

    /// Makes credentials that send nothing, for a provider that only signs: see
    /// [`Credentials::sign`](crate::Credentials::sign).
    ///
    /// ```
    /// let authorization = api_request::Authorization::none();
    /// ```
    pub fn none() -> Self {
        Self::new(Ok(Credential::None))
    }

    /// Sets how long the credentials of a provider are used, counted from when the client asked for them: a call after
    /// that gets others first. By default they are used until a response of 401.
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

    fn new(credential: Result<Credential, ConfigError>) -> Self {
        Self {
            credential,
            expires_in: None,
        }
    }

    fn of_value(is_valid: bool, value: &str, invalid: &str) -> Self {
        let header = is_valid.then(|| parse(header::AUTHORIZATION, wiped(value)).ok());
        let header = header.flatten().map(|(name, value)| sensitive(name, value));
        Self::new(header.ok_or_else(|| ConfigError::new(invalid)))
    }

    /// Returns the credential of a client or a call, which does not expire.
    pub(super) fn into_credential(self) -> Result<Credential, ConfigError> {
        if self.expires_in.is_some() {
            return Err(ConfigError::new(
                "credentials that expire need a provider, give one to `ClientBuilder::credentials`",
            ));
        }
        self.credential
    }

    /// Returns the value of `Authorization` that a provider gave, if any, and how long it is used.
    pub(super) fn into_value(self) -> Result<(Option<HeaderValue>, Option<Duration>), ConfigError> {
        match self.credential? {
            Credential::None => Ok((None, self.expires_in)),
            Credential::Header(header::AUTHORIZATION, value) => Ok((Some(value), self.expires_in)),
            Credential::Header(..) | Credential::Query(_) => Err(ConfigError::new(
                "a provider of credentials returned an API key, expected a value of `Authorization`: an API key is given by `ClientBuilder::api_key_header`",
            )),
        }
    }
}

/// A value of a header, wiped when the last request or client that has it is dropped.
struct WipedValue(Bytes);

fn wiped(value: &str) -> WipedValue {
    WipedValue(secrets::wiped(value.as_bytes().to_vec()))
}

impl TryFrom<WipedValue> for HeaderValue {
    type Error = InvalidHeaderValue;

    fn try_from(value: WipedValue) -> Result<Self, InvalidHeaderValue> {
        Self::from_maybe_shared(value.0)
    }
}

/// Makes a credential of a header, which `Debug` does not show.
pub(super) fn sensitive(name: HeaderName, mut value: HeaderValue) -> Credential {
    value.set_sensitive(true);
    Credential::Header(name, value)
}

impl fmt::Debug for Authorization {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = f.debug_struct("Authorization");
        match &self.credential {
            Ok(Credential::Header(name, value)) => out.field(name.as_str(), value),
            Ok(Credential::Query(key)) => out.field("query", &key.name()),
            Ok(Credential::None) => &mut out,
            Err(error) => out.field("error", error),
        };
        out.field("expires_in", &self.expires_in).finish()
    }
}

impl QueryKey {
    /// Whether a pair of a query has its name.
    pub(super) fn is_named(&self, pair: &[u8]) -> bool {
        query::is_named(pair, &self.prefix)
    }

    /// Removes the pairs of its name from the query of a path and query.
    pub(super) fn remove_from(&self, target: &mut Bytes) {
        let Some(mark) = target.iter().position(|&byte| byte == b'?') else {
            return;
        };
        let (path, query) = target.split_at(mark);
        let pairs = || query[1..].split(|&byte| byte == b'&');
        if !pairs().any(|pair| self.is_named(pair)) {
            return;
        }
        let mut rest = path.to_vec();
        for pair in pairs().filter(|pair| !self.is_named(pair)) {
            rest.push(if rest.len() == mark { b'?' } else { b'&' });
            rest.extend_from_slice(pair);
        }
        *target = rest.into();
    }

    /// Returns the encoded name, with an equals sign after it.
    pub(super) fn name(&self) -> String {
        self.prefix.escape_ascii().to_string()
    }
}
