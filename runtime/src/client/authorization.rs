//! Credentials that a program gets while it runs: the trait by which it does, and the value that it gives.

use std::{fmt, time::Duration};

use http::{HeaderValue, header};

use super::credentials::{basic, bearer};
use crate::{BoxError, ConfigError, Secret};

/// Gets the credentials of a client while it runs: given to [`ClientBuilder::credentials`].
///
/// A closure that makes a future of a bearer token is one. A type of one's own may choose another scheme, and say when
/// the credentials expire.
///
/// [`get`](Self::get) is called when a call needs credentials and there are none: before the first call, after they
/// expired, after an answer of 401, and after [`Client::forget_credentials`]. Calls that need them at the same time
/// wait for one `get` and share what comes of it, an error too. It runs within the call that came first: if that call
/// is dropped or its timeout is over, `get` is dropped, and the next call that waits starts another. There is no other
/// limit on its time.
///
/// A 401 ([RFC 9110, section 15.5.2](https://www.rfc-editor.org/rfc/rfc9110#section-15.5.2)) means that the credentials
/// are not, or no longer, good: others are got, unless another call has got them already, and the request is sent once
/// more, whatever [`Retry`](crate::Retry) says, if its body can be sent again. This happens once in a call, and is no
/// attempt.
///
/// ```
/// use std::time::Duration;
///
/// use api_request::{Authorization, BoxError, Client, Credentials};
///
/// /// Exchanges a refresh token for access tokens.
/// struct Login {
///     refresh_token: String,
/// }
///
/// impl Credentials for Login {
///     async fn get(&self) -> Result<Authorization, BoxError> {
///         let (token, seconds) = exchange(&self.refresh_token).await?;
///         // A little less, because a request takes time to arrive.
///         let good_for = Duration::from_secs(seconds).saturating_sub(Duration::from_secs(30));
///         Ok(Authorization::bearer(token).expires_in(good_for))
///     }
/// }
///
/// # async fn exchange(_: &str) -> Result<(String, u64), BoxError> { Ok(("at-1".into(), 3600)) }
/// let login = Login { refresh_token: "rt-0e6f".to_owned() };
/// let client = Client::builder("https://api.example.com/v1").credentials(login).build()?;
/// # Ok::<(), api_request::ConfigError>(())
/// ```
///
/// [`Client::forget_credentials`]: crate::Client::forget_credentials
/// [`ClientBuilder::credentials`]: crate::ClientBuilder::credentials
#[diagnostic::on_unimplemented(
    message = "`{Self}` gets no credentials",
    label = "is no provider of credentials",
    note = "give a closure without arguments that returns a future of `Result<Secret<String>, _>`, a bearer token",
    note = "or implement `api_request::Credentials` for `{Self}`"
)]
pub trait Credentials: Send + Sync + 'static {
    /// Gets credentials.
    ///
    /// # Errors
    ///
    /// Any error ends the calls that wait, before they are sent: it is their error's
    /// [`source`](std::error::Error::source), and [`is_credentials`](crate::Error::is_credentials) is true. After a
    /// 401, the 401 stays the error, with this one as its source.
    fn get(&self) -> impl Future<Output = Result<Authorization, BoxError>> + Send;
}

impl<F, A, E> Credentials for F
where
    F: Fn() -> A + Send + Sync + 'static,
    A: Future<Output = Result<Secret<String>, E>> + Send,
    E: Into<BoxError>,
{
    async fn get(&self) -> Result<Authorization, BoxError> {
        match self().await {
            Ok(token) => Ok(Authorization::bearer(token)),
            Err(error) => Err(error.into()),
        }
    }
}

/// What a provider of [`Credentials`] gives: the value of an `Authorization` header, and how long it is good.
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
    let (_, value) = super::header::parse(header::AUTHORIZATION, value.expose().as_str())?;
    Ok(value)
}

impl fmt::Debug for Authorization {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Authorization")
            .field("value", &self.value)
            .field("expires_in", &self.expires_in)
            .finish()
    }
}
