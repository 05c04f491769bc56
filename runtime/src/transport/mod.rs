//! What carries a request to the server and brings the answer back.

#[cfg(any(feature = "gzip", feature = "brotli", feature = "zstd"))]
mod decompress;
pub(crate) mod error;
pub(crate) mod progress;
pub(crate) mod reqwest;
#[cfg(feature = "tower")]
pub(crate) mod tower;

use std::pin::Pin;

use http::{Request, Response};

use self::progress::Progress;
use crate::{BaseUrl, Body, BoxError, encoder::Encoded};

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
    /// Fails with any error if no answer came; a [`TransportError`](crate::TransportError) says how it failed.
    fn send(
        &self,
        request: Request<Body>,
    ) -> impl Future<Output = Result<Response<Body>, BoxError>> + Send;
}

/// What can be given to [`ClientBuilder::transport`](crate::ClientBuilder::transport): a [`Transport`], and with the
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
pub struct Given(pub(crate) Box<dyn AnyTransport>);

#[diagnostic::do_not_recommend]
impl<T: Transport> IntoTransport<ItIsOne> for T {
    fn into_given(self) -> Given {
        Given(Box::new(Foreign(self)))
    }
}

/// A request of which the answer is awaited.
pub(crate) type Answering<'a> =
    Pin<Box<dyn Future<Output = Result<Response<Body>, BoxError>> + Send + 'a>>;

/// A request that was given to a transport.
pub(crate) enum Sending<'a> {
    Now(Answering<'a>),
    /// It waits until the transport takes it.
    #[cfg(feature = "tower")]
    InLine(Pin<Box<dyn Future<Output = Result<Answering<'a>, BoxError>> + Send + 'a>>),
}

/// A transport whose future is boxed, so that the client is not generic.
pub(crate) trait AnyTransport: Send + Sync {
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

/// Takes the URL, which holds values of the request, out of a reqwest error.
pub(crate) fn without_url(error: BoxError) -> BoxError {
    match error.downcast::<::reqwest::Error>() {
        Ok(error) => Box::new(error.without_url()),
        Err(error) => error,
    }
}
