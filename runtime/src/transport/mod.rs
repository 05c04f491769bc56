//! Transports: what carries one request to the server and returns the response.
//!
//! Invariant: a transport follows no redirects and retries nothing, so the client's rules hold for each.

#[cfg(any(feature = "gzip", feature = "brotli", feature = "zstd"))]
mod decompress;
pub(crate) mod error;
pub(crate) mod progress;
pub(crate) mod reqwest;
#[cfg(feature = "tower")]
pub(crate) mod tower;

use std::{pin::Pin, time::Instant};

use http::{Request, Response};

use self::progress::Activity;
use crate::{BaseUrl, Body, BoxError, encoder::Encoded};

/// Sends one HTTP request and returns the response with a body to read: reqwest, or a double in a test.
///
/// The client does the rest for every transport: redirects, retries, timeouts, limits, credentials. A transport follows
/// no redirects itself and adds nothing but the framing of the message: `Host`, and `Content-Length` or
/// `Transfer-Encoding`. A POST, PUT or PATCH with an empty body has `Content-Length: 0`
/// ([RFC 9110, section 8.6](https://www.rfc-editor.org/rfc/rfc9110#section-8.6)).
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
    message = "`{Self}` is not a transport",
    label = "cannot send requests",
    note = "implement `api_request::Transport` for `{Self}`",
    note = "a `tower::Service` is given to `ClientBuilder::service`, with the feature `tower`"
)]
pub trait Transport: Send + Sync + 'static {
    /// Sends a request and waits for the head of the response.
    ///
    /// # Errors
    ///
    /// Fails with any error if no response came; a [`TransportError`](crate::TransportError) says how the transport
    /// failed.
    fn send(
        &self,
        request: Request<Body>,
    ) -> impl Future<Output = Result<Response<Body>, BoxError>> + Send;
}

/// A response that is waited for.
pub(crate) type ResponseFuture<'a> =
    Pin<Box<dyn Future<Output = Result<Response<Body>, BoxError>> + Send + 'a>>;

/// A request that was given to a transport.
pub(crate) enum Sending<'a> {
    Started(ResponseFuture<'a>),
    /// The request is sent when the service is ready.
    #[cfg(feature = "tower")]
    Queued(Pin<Box<dyn Future<Output = Result<ResponseFuture<'a>, BoxError>> + Send + 'a>>),
}

/// A transport whose future is boxed, so that the client is not generic.
pub(crate) trait AnyTransport: Send + Sync {
    /// Sends a request to the origin of `base`, or says why the request cannot be sent. A transport may ignore
    /// `progress`: a large body in memory then counts as sent at once.
    fn send<'a>(
        &'a self,
        request: Encoded,
        base: &'a BaseUrl,
        progress: Option<Activity>,
    ) -> Result<Sending<'a>, String>;

    /// Stops using the connection on which a request timed out that was sent at this time. By default that is left to
    /// the transport.
    fn give_up(&self, _sent: Instant) {}
}

/// The origin of a response that came from another URL than the one that was asked for: an extension of the response,
/// which passes through layers.
#[derive(Clone)]
pub(crate) struct OtherUrl(pub(crate) String);

/// The names of what a call adds to its request: an extension of the request, for a transport that checks it.
#[cfg(feature = "server")]
#[derive(Clone)]
pub(crate) struct Added {
    pub(crate) headers: Vec<http::HeaderName>,
    pub(crate) query: Vec<String>,
}

/// A `Transport` of a program.
pub(crate) struct Erased<T>(pub(crate) T);

impl<T: Transport> AnyTransport for Erased<T> {
    fn send<'a>(
        &'a self,
        request: Encoded,
        base: &'a BaseUrl,
        _: Option<Activity>,
    ) -> Result<Sending<'a>, String> {
        let request = request.into_http(base)?;
        Ok(Sending::Started(Box::pin(self.0.send(request))))
    }
}
