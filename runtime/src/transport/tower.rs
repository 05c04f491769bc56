//! Feature `tower`: a service as a transport, and our transport as a service.
//!
//! Invariant: a request is given to the very service that said it was ready, and nobody else is in between.

use std::{
    fmt,
    future::poll_fn,
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use ::tower::Service;
use bytes::Bytes;
use http::{Request, Response, Uri, uri::PathAndQuery};
use tokio::sync::Mutex;
use url::{Position, Url};

use super::{
    Answering, AnyTransport, Given, IntoTransport, Sending,
    error::TransportError,
    progress::Progress,
    reqwest::{CONNECT_TIMEOUT, Reqwest, assemble, receive},
};
use crate::{BaseUrl, Body, BoxError, ConfigError, encoder::Encoded};

/// The kind of [`IntoTransport`] that is a service.
#[doc(hidden)]
#[derive(Debug)]
pub enum ItIsAService {}

#[diagnostic::do_not_recommend]
impl<S, B> IntoTransport<ItIsAService> for S
where
    S: Service<Request<Body>, Response = Response<B>> + Send + 'static,
    S::Error: Into<BoxError>,
    S::Future: Send,
    B: http_body::Body<Data = Bytes> + Send + 'static,
    B::Error: Into<BoxError>,
{
    fn into_given(self) -> Given {
        Given(Box::new(Shared(Mutex::new(self))))
    }
}

/// A service with a line of calls before it. Whoever is first in line waits for it to be ready; a call that is dropped
/// there leaves its place to the next, with all that the service has done to become ready.
struct Shared<S>(Mutex<S>);

impl<S, B> AnyTransport for Shared<S>
where
    S: Service<Request<Body>, Response = Response<B>> + Send + 'static,
    S::Error: Into<BoxError>,
    S::Future: Send,
    B: http_body::Body<Data = Bytes> + Send + 'static,
    B::Error: Into<BoxError>,
{
    fn send(
        &self,
        request: Encoded,
        base: &BaseUrl,
        progress: Option<Progress>,
    ) -> Result<Sending<'_>, String> {
        let mut request = request.into_http(base)?;
        if let Some(progress) = progress {
            // Through all layers to our own transport, if it is the last.
            request.extensions_mut().insert(progress);
        }
        Ok(Sending::InLine(Box::pin(async move {
            let mut service = self.0.lock().await;
            let ready = poll_fn(|context| service.poll_ready(context)).await;
            ready.map_err(Into::into)?;
            let response = service.call(request);
            drop(service);
            let response = async {
                let response = response.await.map_err(Into::into)?;
                Ok(response.map(Body::wrap))
            };
            Ok(Box::pin(response) as Answering<'_>)
        })))
    }
}

/// The transport that a client has by itself, as a [`tower::Service`] that layers can wrap.
///
/// It follows no redirects and tries nothing again: that is left to the client. It is always ready, and its errors are
/// [`TransportError`]s, so the client knows through all layers how it failed.
///
/// Its clones share their connections.
///
/// ```
/// use std::time::Duration;
///
/// use api_request::{Client, ReqwestTransport};
/// use tower::ServiceBuilder;
///
/// # let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
/// # let _context = runtime.enter();
/// let url = "https://api.example.com/v1";
/// let transport = ServiceBuilder::new()
///     .concurrency_limit(8)
///     .rate_limit(100, Duration::from_secs(60))
///     .service(ReqwestTransport::new(url)?);
/// let client = Client::builder(url).transport(transport).build()?;
/// # Ok::<(), api_request::ConfigError>(())
/// ```
#[derive(Clone)]
pub struct ReqwestTransport(Reqwest);

impl ReqwestTransport {
    /// Sets up what a client for this base URL would have; a connection has to be made within 5 seconds.
    ///
    /// The base URL says whether a proxy or certificates are needed. The requests say where they are sent to.
    ///
    /// ```
    /// let transport = api_request::ReqwestTransport::new("https://api.example.com/v1")?;
    /// # Ok::<(), api_request::ConfigError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Fails if the base URL cannot be used, or TLS cannot be set up.
    pub fn new<U>(base: U) -> Result<Self, ConfigError>
    where
        U: TryInto<BaseUrl>,
        U::Error: Into<ConfigError>,
    {
        Self::with_connect_timeout(base, CONNECT_TIMEOUT)
    }

    /// The same with another limit for making a connection.
    ///
    /// ```
    /// use std::time::Duration;
    ///
    /// use api_request::ReqwestTransport;
    ///
    /// let url = "https://api.example.com/v1";
    /// let transport = ReqwestTransport::with_connect_timeout(url, Duration::from_secs(1))?;
    /// # Ok::<(), api_request::ConfigError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Fails if the base URL cannot be used, or TLS cannot be set up.
    pub fn with_connect_timeout<U>(base: U, limit: Duration) -> Result<Self, ConfigError>
    where
        U: TryInto<BaseUrl>,
        U::Error: Into<ConfigError>,
    {
        let base = base.try_into().map_err(Into::into)?;
        Reqwest::new(&base, limit).map(Self)
    }
}

impl From<::reqwest::Client> for ReqwestTransport {
    /// Sends with a client of one's own, which has to be built with
    /// [`Policy::none`](::reqwest::redirect::Policy::none).
    fn from(client: ::reqwest::Client) -> Self {
        Self(Reqwest(client))
    }
}

impl Service<Request<Body>> for ReqwestTransport {
    type Response = Response<Body>;
    type Error = TransportError;
    type Future = Pin<Box<dyn Future<Output = Result<Response<Body>, TransportError>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), TransportError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<Body>) -> Self::Future {
        let client = self.0.0.clone();
        Box::pin(async move {
            let request = convert(request).map_err(TransportError::unsendable)?;
            let response = client.execute(request).await?;
            Ok(receive(response))
        })
    }
}

impl fmt::Debug for ReqwestTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReqwestTransport").finish_non_exhaustive()
    }
}

/// Moves a request over, or says why its URL cannot be what a layer, or whoever built it, made it.
fn convert(request: Request<Body>) -> Result<::reqwest::Request, String> {
    let (mut head, body) = request.into_parts();
    let progress = head.extensions.remove();
    let url = parse(&head.uri)?;
    Ok(assemble(head.method, url, head.headers, body, progress))
}

fn parse(uri: &Uri) -> Result<Url, String> {
    let url = Url::parse(&uri.to_string())
        .map_err(|error| format!("its URL cannot be parsed: {error}"))?;
    let target = uri.path_and_query().map(PathAndQuery::as_str);
    if target == Some(&url[Position::BeforePath..]) {
        Ok(url)
    } else {
        Err("a URL parser would change its path and query".to_owned())
    }
}
