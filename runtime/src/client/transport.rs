//! What carries a request to the server and brings the answer back.

use std::{error, fmt, pin::Pin};

use http::{Request, Response};

use super::progress::Progress;
use crate::{
    BaseUrl, Body, BoxError,
    encoder::Encoded,
    error::{ErrorKind as Kind, Wait, without_url},
};

/// Sends one HTTP request and returns the head of the answer with a body to read: reqwest, or a double in a test.
///
/// The client does the rest for every transport: redirects, timeouts, limits, credentials. A transport follows no
/// redirects of its own and adds nothing but what frames the message.
///
/// ```
/// use api_request::{Body, BoxError, Client, Transport};
///
/// struct Teapot;
///
/// impl Transport for Teapot {
///     async fn send(&self, _: http::Request<Body>) -> Result<http::Response<Body>, BoxError> {
///         Ok(http::Response::builder().status(418).body(Body::from("short and stout"))?)
///     }
/// }
///
/// let client = Client::builder("https://api.example.com").transport(Teapot).build()?;
/// # Ok::<(), api_request::ConfigError>(())
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no transport",
    label = "cannot send requests",
    note = "implement `api_request::Transport` for `{Self}`"
)]
pub trait Transport: Send + Sync + 'static {
    /// Sends a request and waits for the head of the answer.
    ///
    /// # Errors
    ///
    /// Fails with any error if no answer came; a [`TransportError`] says how it failed.
    fn send(
        &self,
        request: Request<Body>,
    ) -> impl Future<Output = Result<Response<Body>, BoxError>> + Send;
}

/// What can be given to [`ClientBuilder::transport`](super::ClientBuilder::transport): a [`Transport`], and with the
/// feature `tower` a service.
///
/// A service is any [`tower::Service`](https://docs.rs/tower/latest/tower/trait.Service.html) that takes an
/// `http::Request<Body>`, answers with an `http::Response` whose body is of `Bytes`, and can be sent to another thread.
/// It need not be `Clone` or `Sync`: the calls of a client wait in line for the one service to be ready, and only then
/// their requests are given to it. The time in line counts towards the timeout of a call, and not towards the read
/// timeout. A call that is dropped in line leaves its place to the next one of the same client.
///
/// `Kind` is inferred. A type that is both a `Transport` and a service does not say as which it is to be used.
///
/// ```
/// use api_request::{Body, Client};
///
/// # #[cfg(feature = "tower")] {
/// let echo = tower::service_fn(async |request: http::Request<Body>| {
///     Ok::<_, std::convert::Infallible>(http::Response::new(request.into_body()))
/// });
/// let client = Client::builder("https://api.example.com").transport(echo).build()?;
/// # }
/// # Ok::<(), api_request::ConfigError>(())
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no transport",
    label = "cannot send requests",
    note = "implement `api_request::Transport` for `{Self}`",
    note = "with the feature `tower`, a `tower::Service<http::Request<api_request::Body>>` is one too"
)]
pub trait IntoTransport<Kind> {
    #[doc(hidden)]
    fn into_given(self) -> Given;
}

/// The kind of [`IntoTransport`] that is a [`Transport`].
#[doc(hidden)]
#[derive(Debug)]
pub enum ItIsOne {}

/// A transport of a program's own. Only this crate can make one, so only this crate implements [`IntoTransport`].
#[doc(hidden)]
#[expect(missing_debug_implementations, reason = "nobody ever has one")]
pub struct Given(pub(super) Box<dyn AnyTransport>);

#[diagnostic::do_not_recommend]
impl<T: Transport> IntoTransport<ItIsOne> for T {
    fn into_given(self) -> Given {
        Given(Box::new(Foreign(self)))
    }
}

/// A request of which the answer is awaited.
pub(super) type Answering<'a> =
    Pin<Box<dyn Future<Output = Result<Response<Body>, BoxError>> + Send + 'a>>;

/// A request that was given to a transport.
pub(super) enum Sending<'a> {
    Now(Answering<'a>),
    /// It waits until the transport takes it.
    #[cfg(feature = "tower")]
    InLine(Pin<Box<dyn Future<Output = Result<Answering<'a>, BoxError>> + Send + 'a>>),
}

/// A transport whose future is boxed, so that the client is not generic.
pub(super) trait AnyTransport: Send + Sync {
    /// Sends a request to the origin of `base`, or says why it cannot be sent. A transport may leave `progress` alone:
    /// a large body in memory then counts as sent at once.
    fn send(
        &self,
        request: Encoded,
        base: &BaseUrl,
        progress: Option<Progress>,
    ) -> Result<Sending<'_>, String>;
}

/// A transport that a program brings.
struct Foreign<T>(T);

impl<T: Transport> AnyTransport for Foreign<T> {
    fn send(
        &self,
        request: Encoded,
        base: &BaseUrl,
        _: Option<Progress>,
    ) -> Result<Sending<'_>, String> {
        let request = request.into_http(base)?;
        Ok(Sending::Now(Box::pin(self.0.send(request))))
    }
}

/// Says how a transport failed, so that the client knows whether the request may have arrived.
///
/// ```
/// use std::io;
///
/// use api_request::TransportError;
///
/// let error = TransportError::connect(io::Error::from(io::ErrorKind::ConnectionRefused));
/// assert_eq!(error.to_string(), "cannot connect");
/// ```
#[derive(Debug)]
pub struct TransportError {
    kind: Failed,
    source: BoxError,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Failed {
    Unsendable,
    Connect,
    Timeout,
    Other,
}

impl TransportError {
    /// No connection could be made: nothing was sent.
    pub fn connect(source: impl Into<BoxError>) -> Self {
        Self::new(Failed::Connect, source)
    }

    /// It took too long: the request may have arrived.
    pub fn timeout(source: impl Into<BoxError>) -> Self {
        Self::new(Failed::Timeout, source)
    }

    /// Anything else: the request may have arrived.
    pub fn other(source: impl Into<BoxError>) -> Self {
        Self::new(Failed::Other, source)
    }

    /// The request may not be sent, whatever the connection is like.
    pub(crate) fn unsendable(reason: String) -> Self {
        Self::new(Failed::Unsendable, reason)
    }

    fn new(kind: Failed, source: impl Into<BoxError>) -> Self {
        let source = without_url(source.into());
        Self { kind, source }
    }
}

impl From<::reqwest::Error> for TransportError {
    fn from(error: ::reqwest::Error) -> Self {
        Self::new(Failed::of_reqwest(&error), error)
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.kind {
            Failed::Unsendable => "cannot be sent",
            Failed::Connect => "cannot connect",
            Failed::Timeout => "timed out",
            Failed::Other => "sending failed",
        })
    }
}

impl error::Error for TransportError {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        Some(&*self.source)
    }
}

/// Tells how a transport failed by the first error of the chain that knows.
pub(super) fn classify(error: BoxError, origin: &str) -> (Kind, Option<BoxError>) {
    let error = match error.downcast::<TransportError>() {
        Ok(error) => {
            let TransportError { kind, source } = *error;
            return (kind.kind(origin, Some(&*source)), Some(source));
        }
        Err(error) => without_url(error),
    };
    let mut next: Option<&(dyn error::Error + 'static)> = Some(&*error);
    let mut failed = Failed::Other;
    let mut reason = None;
    while let Some(link) = next {
        if let Some(known) = link.downcast_ref::<TransportError>() {
            failed = known.kind;
            reason = link.source();
            break;
        }
        if let Some(known) = link.downcast_ref() {
            failed = Failed::of_reqwest(known);
            break;
        }
        if is_elapsed(link) {
            failed = Failed::Timeout;
            break;
        }
        next = link.source();
    }
    (failed.kind(origin, reason), Some(error))
}

/// Whether it is what a timeout around a transport fails with.
fn is_elapsed(error: &(dyn error::Error + 'static)) -> bool {
    #[cfg(feature = "tower")]
    if error.is::<tower::timeout::error::Elapsed>() {
        return true;
    }
    error.is::<tokio::time::error::Elapsed>()
}

impl Failed {
    fn of_reqwest(error: &::reqwest::Error) -> Self {
        if error.is_connect() {
            Self::Connect
        } else if error.is_timeout() {
            Self::Timeout
        } else {
            Self::Other
        }
    }

    fn kind(self, origin: &str, reason: Option<&dyn error::Error>) -> Kind {
        match self {
            Self::Unsendable => {
                Kind::Unsendable(reason.map_or_else(String::new, ToString::to_string))
            }
            Self::Connect => Kind::Connect {
                origin: origin.to_owned(),
            },
            Self::Timeout => Kind::Timeout(Wait::Transport),
            Self::Other => Kind::Transport,
        }
    }
}
