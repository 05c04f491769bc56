//! Providers: the trait by which a program gets credentials while it runs, and the cache of what it got last.
//!
//! Invariants: there is one fetch at a time, and the calls that wait for it share its result; no lock is held while a
//! request is sent; a fetch that is dropped leaves the cache as it was, so that the next call that waits starts another.

use std::{
    any::TypeId,
    cell::RefCell,
    future::poll_fn,
    pin::Pin,
    ptr,
    sync::{Mutex, MutexGuard, PoisonError, atomic::AtomicBool},
};

use bytes::Bytes;
use http::{HeaderValue, request};
use tokio::{sync::Mutex as Turn, time::Instant};

use super::authorization::Authorization;
use crate::{BoxError, Secret, error::SharedError};

/// A provider of credentials, which a client asks while it runs: given to [`ClientBuilder::credentials`].
///
/// A closure that returns a future of a bearer token is one. A type of one's own may choose another scheme, and set when
/// the credentials expire.
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
/// # When it is asked
///
/// [`get`](Self::get) is called when a call needs credentials and there are none: before the first call, after they
/// expired, after a response of 401, and after [`Client::forget_credentials`]. Calls that need them at the same time
/// wait for one `get` and share its result, an error too. It runs within the call that came first: if that call is
/// dropped or its timeout expires, `get` is dropped, and the next call that waits starts another. There is no other
/// limit on its time.
///
/// `get` may send requests, by another client, or by the same one for operations that declare `auth = none` or have an
/// `Authorization` of their own. A call of the same client that needs credentials would wait for itself: it fails at
/// once. A task that `get` starts and waits for is not noticed: such a call in it waits until a timeout.
///
/// A 401 ([RFC 9110, section 15.5.2](https://www.rfc-editor.org/rfc/rfc9110#section-15.5.2)) means that the credentials
/// are not, or no longer, valid: the client gets others, unless another call has got them already, and sends the request
/// once more, whatever [`Retry`](crate::Retry) says, if its body can be sent again. This happens once in a call, and is
/// not an attempt.
///
/// [`Client::forget_credentials`]: crate::Client::forget_credentials
/// [`ClientBuilder::credentials`]: crate::ClientBuilder::credentials
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a provider of credentials",
    label = "cannot get credentials",
    note = "give a closure without arguments that returns a future of `Result<Secret<String>, _>`, a bearer token",
    note = "or implement `api_request::Credentials` for `{Self}`"
)]
pub trait Credentials: Send + Sync + 'static {
    /// Gets credentials.
    ///
    /// # Errors
    ///
    /// Any error ends the calls that wait, before they are sent: it is the [`source`](std::error::Error::source) of their
    /// error, for which [`is_credentials`](crate::Error::is_credentials) is true. After a 401, the 401 stays the error,
    /// with this one as its source.
    fn get(&self) -> impl Future<Output = Result<Authorization, BoxError>> + Send;

    /// Signs a request. By default it does nothing.
    ///
    /// It is called last for each request that is sent, after [`get`](Self::get): for each attempt, redirect hop and
    /// repetition after a 401, always with the request as it was before it was signed. It is not called where the
    /// credentials are not sent: under `auth = none`, for other origins, and for a call or request that has an
    /// `Authorization` of its own.
    ///
    /// `parts` is the whole request: the absolute URL, and all headers but those that the transport adds (`Host`,
    /// `Content-Length` or `Transfer-Encoding`, `Accept-Encoding`). `body` is there if it is in memory, empty too, and
    /// `None` if it is a stream or has files. Headers may be added, changed and removed, and so may the query. What is
    /// added or changed is as secret as credentials: no error and no `Debug` shows it. Extensions are for reading.
    ///
    /// A provider that only signs returns [`Authorization::none`] from `get`. The [cookbook](crate#cookbook) signs by HMAC,
    /// and for AWS.
    ///
    /// ```
    /// use api_request::{
    ///     ApiRequest, Authorization, BoxError, Client, Credentials,
    ///     testing::{Script, ScriptedResponse},
    /// };
    /// use http::request::Parts;
    ///
    /// struct Signer {
    ///     key: Vec<u8>,
    /// }
    ///
    /// impl Credentials for Signer {
    ///     async fn get(&self) -> Result<Authorization, BoxError> {
    ///         Ok(Authorization::none())
    ///     }
    ///
    ///     fn sign(&self, parts: &mut Parts, body: Option<&bytes::Bytes>) -> Result<(), BoxError> {
    ///         let body = body.ok_or("a stream cannot be signed")?;
    ///         let target = parts.uri.path_and_query().map_or("/", |target| target.as_str());
    ///         let text = [parts.method.as_str().as_bytes(), target.as_bytes(), body].join(&b'\n');
    ///         let signature = hmac_sha256(&self.key, &text);
    ///         parts.headers.insert("x-signature", signature.parse()?);
    ///         Ok(())
    ///     }
    /// }
    /// # fn hmac_sha256(_: &[u8], text: &[u8]) -> String { text.len().to_string() }
    ///
    /// #[derive(ApiRequest)]
    /// #[api(method = POST, path = "/orders", auth = required)]
    /// struct PostOrder {
    ///     #[api(json)]
    ///     item: u64,
    /// }
    ///
    /// # tokio::runtime::Builder::new_current_thread().enable_time().build()?.block_on(async {
    /// let api = Script::new().then(ScriptedResponse::new(204));
    /// let client = Client::builder("https://api.example.com/v1")
    ///     .credentials(Signer { key: b"0e6f".to_vec() })
    ///     .transport(api.clone())
    ///     .build()?;
    /// client.send(&PostOrder { item: 7 }).await?;
    /// assert!(api.requests()[0].headers().contains_key("x-signature"));
    /// # Ok::<(), BoxError>(())
    /// # })?;
    /// # Ok::<(), BoxError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Any error ends the call before this request is sent: it is the [`source`](std::error::Error::source) of the call's
    /// error, for which [`is_credentials`](crate::Error::is_credentials) is true. So is a change of the method, of the URL
    /// but its query, or of a header that the transport adds.
    fn sign(&self, parts: &mut request::Parts, body: Option<&Bytes>) -> Result<(), BoxError> {
        let _ = body;
        parts.extensions.insert(DoesNotSign(TypeId::of::<Self>()));
        Ok(())
    }
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

/// A provider, and the result of its last fetch.
pub(crate) struct Provider {
    pub(super) source: Box<dyn AnyCredentials>,
    /// Cleared when it is known that the provider does not sign.
    pub(super) signs: AtomicBool,
    known: Mutex<Known>,
    /// Held by the one call that fetches.
    turn: Turn<()>,
}

#[derive(Default)]
struct Known {
    /// How many fetches have ended.
    ended: u64,
    /// How often the program dropped the credentials.
    forgotten: u64,
    /// The result of the last fetch; `None` before the first, and when it was dropped.
    outcome: Option<Outcome>,
}

/// The value of `Authorization`, if there is one, and when it expires, or the provider's error.
type Outcome = Result<(Option<HeaderValue>, Option<Instant>), SharedError>;

/// Credentials for one request.
pub(crate) struct Grant {
    /// Of `Authorization`; none if the provider only signs.
    pub(crate) value: Option<HeaderValue>,
    /// The fetch they are from.
    pub(crate) fetch: u64,
}

impl Provider {
    pub(crate) fn new(source: impl Credentials) -> Self {
        Self {
            source: Box::new(source),
            signs: AtomicBool::new(true),
            known: Mutex::default(),
            turn: Turn::default(),
        }
    }

    /// Returns the cached credentials, if they have not expired.
    pub(crate) fn cached(&self) -> Option<Grant> {
        let known = self.known();
        match known.outcome.as_ref()? {
            Ok((value, expires)) if is_ahead(*expires) => Some(known.grant(value.as_ref())),
            _ => None,
        }
    }

    /// Gets credentials, or waits for a call that is getting them.
    pub(crate) async fn fetch(&self) -> Result<Grant, SharedError> {
        if Asking::is_within(self) {
            let reason = "the provider of credentials calls its own client, which waits for the provider: \
                          make that call with another client, or declare `auth = none`";
            return Err(BoxError::from(reason).into());
        }
        let ended = self.known().ended;
        let _turn = self.turn.lock().await;
        let forgotten = {
            let known = self.known();
            let has_waited = known.ended != ended;
            match &known.outcome {
                // Also if it has expired at once, or has failed: the calls that waited do not each try again.
                Some(Ok((value, expires))) if has_waited || is_ahead(*expires) => {
                    return Ok(known.grant(value.as_ref()));
                }
                Some(Err(error)) if has_waited => return Err(error.clone()),
                _ => known.forgotten,
            }
        };
        let start = Instant::now();
        let mut getting = self.source.get();
        let got = poll_fn(|context| {
            let _asking = Asking::start(self);
            getting.as_mut().poll(context)
        });
        let got = got.await;
        let outcome = got.and_then(|authorization| {
            let (value, expires_in) = authorization.into_value()?;
            // A time beyond what the clock can count never comes.
            Ok((value, expires_in.and_then(|time| start.checked_add(time))))
        });
        let outcome = outcome.map_err(SharedError::from);
        let mut known = self.known();
        known.ended += 1;
        let result = match &outcome {
            Ok((value, _)) => Ok(known.grant(value.as_ref())),
            Err(error) => Err(error.clone()),
        };
        // A result that was asked for before the program dropped the credentials is not for later calls.
        known.outcome = (known.forgotten == forgotten).then_some(outcome);
        result
    }

    /// Drops the credentials of this fetch, unless later ones are cached.
    pub(crate) fn refuse(&self, fetch: u64) {
        let mut known = self.known();
        if known.ended == fetch {
            known.outcome = None;
        }
    }

    /// Drops the cached credentials, and those that are being got.
    pub(crate) fn forget(&self) {
        let mut known = self.known();
        known.forgotten += 1;
        known.outcome = None;
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        // Nothing that can panic runs while it is locked.
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

thread_local! {
    /// The providers that are being polled on this thread, the outermost first. A provider that calls its own client
    /// polls that call within itself, where nothing else tells it from any other call that waits. The addresses are
    /// compared and never followed.
    static ASKING: RefCell<Vec<*const Provider>> = const { RefCell::new(Vec::new()) };
}

/// A provider that is being polled, until it is dropped.
struct Asking;

impl Asking {
    fn start(provider: &Provider) -> Self {
        ASKING.with_borrow_mut(|asking| asking.push(provider));
        Self
    }

    fn is_within(provider: &Provider) -> bool {
        ASKING.with_borrow(|asking| asking.iter().any(|outer| ptr::eq(*outer, provider)))
    }
}

impl Drop for Asking {
    fn drop(&mut self) {
        ASKING.with_borrow_mut(Vec::pop);
    }
}

impl Known {
    fn grant(&self, value: Option<&HeaderValue>) -> Grant {
        Grant {
            value: value.cloned(),
            fetch: self.ended,
        }
    }
}

fn is_ahead(expires: Option<Instant>) -> bool {
    expires.is_none_or(|at| Instant::now() < at)
}

/// What the provided [`Credentials::sign`] leaves in the extensions of a request, so that a provider without one of its
/// own is not asked again. It names the type, because a `sign` may call that of another provider.
#[derive(Clone, Copy, PartialEq)]
struct DoesNotSign(TypeId);

type Getting<'a> = Pin<Box<dyn Future<Output = Result<Authorization, BoxError>> + Send + 'a>>;

/// A provider whose future is boxed, so that the client is not generic.
pub(super) trait AnyCredentials: Send + Sync {
    fn get(&self) -> Getting<'_>;

    /// Signs a request, or returns false if the type does not sign.
    fn sign(&self, parts: &mut request::Parts, body: Option<&Bytes>) -> Result<bool, BoxError>;
}

impl<T: Credentials> AnyCredentials for T {
    fn get(&self) -> Getting<'_> {
        Box::pin(Credentials::get(self))
    }

    fn sign(&self, parts: &mut request::Parts, body: Option<&Bytes>) -> Result<bool, BoxError> {
        Credentials::sign(self, parts, body)?;
        let does_not = parts.extensions.remove::<DoesNotSign>();
        Ok(does_not != Some(DoesNotSign(TypeId::of::<T>())))
    }
}
