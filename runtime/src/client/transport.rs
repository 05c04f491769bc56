//! What carries a request to the server and brings the answer back.

use std::{error, fmt, pin::Pin};

use http::{Request, Response};

use super::progress::Progress;
use crate::{
    BaseUrl, Body, BoxError,
    encoder::Encoded,
    error::{Kind, Wait},
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

pub(super) type Sending<'a> =
    Pin<Box<dyn Future<Output = Result<Response<Body>, BoxError>> + Send + 'a>>;

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
pub(super) struct Foreign<T>(pub(super) T);

impl<T: Transport> AnyTransport for Foreign<T> {
    fn send(
        &self,
        request: Encoded,
        base: &BaseUrl,
        _: Option<Progress>,
    ) -> Result<Sending<'_>, String> {
        Ok(Box::pin(self.0.send(request.into_http(base)?)))
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

    fn new(kind: Failed, source: impl Into<BoxError>) -> Self {
        let source = without_url(source.into());
        Self { kind, source }
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.kind {
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
            return (kind.kind(origin), Some(source));
        }
        Err(error) => without_url(error),
    };
    let mut next: Option<&(dyn error::Error + 'static)> = Some(&*error);
    let mut failed = Failed::Other;
    while let Some(link) = next {
        if let Some(known) = link.downcast_ref::<TransportError>() {
            failed = known.kind;
            break;
        }
        if let Some(known) = link.downcast_ref::<::reqwest::Error>() {
            if known.is_connect() {
                failed = Failed::Connect;
            } else if known.is_timeout() {
                failed = Failed::Timeout;
            }
            break;
        }
        next = link.source();
    }
    (failed.kind(origin), Some(error))
}

impl Failed {
    fn kind(self, origin: &str) -> Kind {
        match self {
            Self::Connect => Kind::Connect {
                origin: origin.to_owned(),
            },
            Self::Timeout => Kind::Timeout(Wait::Transport),
            Self::Other => Kind::Transport,
        }
    }
}

/// Takes the URL, which holds values of the request, out of a reqwest error.
pub(crate) fn without_url(error: BoxError) -> BoxError {
    match error.downcast::<::reqwest::Error>() {
        Ok(error) => Box::new(error.without_url()),
        Err(error) => error,
    }
}
