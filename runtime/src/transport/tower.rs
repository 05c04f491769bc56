//! Feature `tower`: a service as a transport, and the transport over reqwest as a service.
//!
//! Invariant: a request is given to the very service that was ready, and no other request in between.

use std::{
    fmt,
    future::poll_fn,
    pin::Pin,
    sync::{Arc, OnceLock},
    task::{Context, Poll},
    time::Instant,
};

use ::tower::Service;
use bytes::Bytes;
use http::{Request, Response, uri::PathAndQuery};
use tokio::sync::Mutex;
use url::{Position, Url};

use super::{
    AnyTransport, ResponseFuture, Sending,
    error::TransportError,
    progress::Activity,
    reqwest::{CONNECT_TIMEOUT, ReqwestClient, assemble, convert},
};
use crate::{BaseUrl, Body, BoxError, ConfigError, encoder::Encoded};

/// A service and the calls that wait for it. The lock is fair: the first call waits for the service to be ready, the
/// others for the lock. A call that is dropped lets the next one have what the service did to become ready.
pub(crate) struct ServiceTransport<S> {
    service: Mutex<S>,
    innermost: Innermost,
}

/// The transport behind all layers, if it is a [`ReqwestTransport`]: an extension of each request, through which that
/// makes itself known.
#[derive(Clone, Default)]
struct Innermost(Arc<OnceLock<ReqwestClient>>);

impl<S> ServiceTransport<S> {
    pub(crate) fn new(service: S) -> Self {
        Self {
            service: Mutex::new(service),
            innermost: Innermost::default(),
        }
    }
}

impl<S, B> AnyTransport for ServiceTransport<S>
where
    S: Service<Request<Body>, Response = Response<B>> + Send + 'static,
    S::Error: Into<BoxError>,
    S::Future: Send,
    B: http_body::Body<Data = Bytes> + Send + 'static,
    B::Error: Into<BoxError>,
{
    fn send<'a>(
        &'a self,
        request: Encoded,
        base: &'a BaseUrl,
        progress: Option<Activity>,
    ) -> Result<Sending<'a>, String> {
        let mut request = request.into_http(base)?;
        if let Some(progress) = progress {
            // An extension passes through all layers to a `ReqwestTransport`, if that is the last.
            request.extensions_mut().insert(progress);
        }
        request.extensions_mut().insert(self.innermost.clone());
        Ok(Sending::Queued(Box::pin(async move {
            let mut service = self.service.lock().await;
            let ready = poll_fn(|context| service.poll_ready(context)).await;
            ready.map_err(Into::into)?;
            let response = service.call(request);
            drop(service);
            let response = async {
                let response = response.await.map_err(Into::into)?;
                Ok(response.map(Body::wrap))
            };
            Ok(Box::pin(response) as ResponseFuture<'_>)
        })))
    }

    fn give_up(&self, sent: Instant) {
        if let Some(client) = self.innermost.0.get() {
            client.give_up(sent);
        }
    }
}

/// The transport over reqwest that a client has by default, as a [`tower::Service`] to put layers around.
///
/// It follows no redirects and retries nothing: the client does. It is always ready, and its errors are
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
/// let service = ServiceBuilder::new()
///     .concurrency_limit(8)
///     .rate_limit(100, Duration::from_secs(60))
///     .service(ReqwestTransport::new(url)?);
/// let client = Client::builder(url).service(service).build()?;
/// # Ok::<(), api_request::ConfigError>(())
/// ```
#[derive(Clone)]
pub struct ReqwestTransport(ReqwestClient);

impl ReqwestTransport {
    /// Makes the transport that a client for this base URL would have; its connect timeout is 5 seconds.
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
    /// Fails if the base URL is not valid, or TLS cannot be set up.
    pub fn new<U>(base: U) -> Result<Self, ConfigError>
    where
        U: TryInto<BaseUrl>,
        U::Error: Into<ConfigError>,
    {
        let base = base.try_into().map_err(Into::into)?;
        ReqwestClient::for_base(&base, CONNECT_TIMEOUT).map(Self)
    }

    /// Makes a transport of a reqwest client that `f` sets up, with its redirects and retries switched off: see
    /// [`ClientBuilder::reqwest`](crate::ClientBuilder::reqwest).
    ///
    /// ```
    /// use std::time::Duration;
    ///
    /// use api_request::ReqwestTransport;
    ///
    /// let transport = ReqwestTransport::from_builder(|| {
    ///     reqwest::Client::builder().connect_timeout(Duration::from_secs(1))
    /// })?;
    /// # Ok::<(), api_request::ConfigError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Fails if the client cannot be set up.
    pub fn from_builder<F>(f: F) -> Result<Self, ConfigError>
    where
        F: Fn() -> ::reqwest::ClientBuilder + Send + Sync + 'static,
    {
        ReqwestClient::new(Arc::new(f)).map(Self)
    }
}

impl Service<Request<Body>> for ReqwestTransport {
    type Response = Response<Body>;
    type Error = TransportError;
    type Future = Pin<Box<dyn Future<Output = Result<Response<Body>, TransportError>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), TransportError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, mut request: Request<Body>) -> Self::Future {
        if let Some(Innermost(innermost)) = request.extensions_mut().remove() {
            innermost.get_or_init(|| self.0.clone());
        }
        let client = self.0.clone();
        Box::pin(async move {
            let request = to_reqwest(request).map_err(TransportError::unsendable)?;
            let asked = request.url().clone();
            let response = client.execute(request).await?;
            Ok(convert(response, |url| url == asked.as_str()))
        })
    }
}

impl fmt::Debug for ReqwestTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReqwestTransport").finish_non_exhaustive()
    }
}

/// Converts a request, or returns why its URL, which a layer may have changed, cannot be sent.
fn to_reqwest(request: Request<Body>) -> Result<::reqwest::Request, String> {
    let (mut head, body) = request.into_parts();
    let url = Url::parse(&head.uri.to_string())
        .map_err(|error| format!("its URL cannot be parsed: {error}"))?;
    let target = head.uri.path_and_query().map(PathAndQuery::as_str);
    if target != Some(&url[Position::BeforePath..]) {
        return Err("a URL parser would change the path and query".to_owned());
    }
    let progress = head.extensions.remove();
    Ok(assemble(head.method, url, head.headers, body, progress))
}
