//! The transport over reqwest, which is used unless another one is given.

use std::{
    future::poll_fn,
    pin::Pin,
    sync::{
        Arc, OnceLock, PoisonError, RwLock,
        atomic::{AtomicBool, Ordering},
    },
    task::{Poll, ready},
    time::{Duration, Instant},
};

use ::reqwest::{Client, ClientBuilder, Request, redirect, retry};
use http::{HeaderMap, HeaderValue, Method, Response, Version, header};
use http_body::Body as _;
use url::{Host, Url};

use super::{AnyTransport, OtherUrl, Sending, progress::Activity};
use crate::{BaseUrl, Body, ConfigError, encoder::Encoded};

/// The default connect timeout.
pub(crate) const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);

/// How long an HTTP/2 connection with requests in flight is silent before a PING, and how long that is waited for.
#[cfg(feature = "http2")]
const PING: Duration = Duration::from_secs(10);

/// Makes the builder of a reqwest client, any number of times.
pub(crate) type SetUp = Arc<dyn Fn() -> ClientBuilder + Send + Sync>;

/// A reqwest client that follows no redirects and retries nothing. Its clones share their connections.
#[derive(Clone)]
pub(crate) struct ReqwestClient(Arc<Inner>);

struct Inner {
    current: RwLock<Current>,
    set_up: SetUp,
    /// Whether responses came by HTTP/1, and by HTTP/2.
    spoke_http1: AtomicBool,
    spoke_http2: AtomicBool,
}

/// The client whose connections are used.
struct Current {
    client: Client,
    made: Instant,
}

impl ReqwestClient {
    /// Makes the client that is used unless another one is given.
    pub(crate) fn for_base(base: &BaseUrl, connect_timeout: Duration) -> Result<Self, ConfigError> {
        let is_loopback = is_loopback(base);
        let set_up = move || {
            let builder = Client::builder().connect_timeout(connect_timeout);
            // A connection that went silent is closed before the read timeout of 30 seconds.
            #[cfg(feature = "http2")]
            let builder = builder
                .http2_keep_alive_interval(PING)
                .http2_keep_alive_timeout(PING);
            if is_loopback {
                builder.no_proxy()
            } else {
                builder
            }
        };
        match Self::new(Arc::new(set_up)) {
            // A machine without certificates is good enough: only a proxy could need them.
            #[cfg(any(feature = "default-tls", feature = "native-tls"))]
            Err(_) if base.origin_url().scheme() == "http" => {
                Self::new(Arc::new(move || set_up().tls_certs_only([])))
            }
            made => made,
        }
    }

    pub(crate) fn new(set_up: SetUp) -> Result<Self, ConfigError> {
        let inner = Inner {
            current: RwLock::new(Current::new(&set_up)?),
            set_up,
            spoke_http1: AtomicBool::new(false),
            spoke_http2: AtomicBool::new(false),
        };
        Ok(Self(Arc::new(inner)))
    }

    /// Sends a request.
    pub(crate) fn execute(
        &self,
        request: Request,
    ) -> impl Future<Output = Result<::reqwest::Response, ::reqwest::Error>> + Send + use<> {
        let current = self
            .0
            .current
            .read()
            .unwrap_or_else(PoisonError::into_inner);
        let mut response = current.client.execute(request);
        let inner = Arc::clone(&self.0);
        // Not an `async` block, which would hold the future twice.
        poll_fn(move |context| {
            let response = ready!(Pin::new(&mut response).poll(context))?;
            let spoke = if response.version() == Version::HTTP_2 {
                &inner.spoke_http2
            } else {
                &inner.spoke_http1
            };
            // Nothing is written again and again, so that threads do not wait for each other.
            if !spoke.load(Ordering::Relaxed) {
                spoke.store(true, Ordering::Relaxed);
            }
            Poll::Ready(Ok(response))
        })
    }

    /// Sends what is to come over new connections, because a request timed out that was sent at this time.
    ///
    /// reqwest cannot give up one connection. That of a request over HTTP/1 ends with the request, so other connections
    /// are kept; one of HTTP/2 may be dead and would be used by all. Requests that wait for their responses go on with
    /// the connections that they have.
    pub(crate) fn give_up(&self, sent: Instant) {
        let spoke = |version: &AtomicBool| version.load(Ordering::Relaxed);
        if spoke(&self.0.spoke_http1) && !spoke(&self.0.spoke_http2) {
            return;
        }
        let current = &self.0.current;
        let mut current = current.write().unwrap_or_else(PoisonError::into_inner);
        // Another request that timed out with this one has given up the connections already.
        if current.made > sent {
            return;
        }
        // What was set up before can be set up again; if not, old connections are better than none.
        if let Ok(new) = Current::new(&self.0.set_up) {
            *current = new;
        }
    }
}

impl Current {
    fn new(set_up: &SetUp) -> Result<Self, ConfigError> {
        // Redirects and retries are the client's: reqwest would send API keys and the old query to other origins.
        // So is decompression.
        let builder = set_up()
            .redirect(redirect::Policy::none())
            .retry(retry::never())
            // RFC 9112, section 5.2, has a line fold read as spaces.
            .http1_allow_obsolete_multiline_headers_in_responses(true)
            .no_gzip()
            .no_brotli()
            .no_deflate()
            .no_zstd();
        match builder.build() {
            Ok(client) => Ok(Self {
                client,
                made: Instant::now(),
            }),
            Err(error) => {
                let mut reason: &dyn std::error::Error = &error;
                while let Some(source) = reason.source() {
                    reason = source;
                }
                let message = format!("the HTTP client cannot be set up: {reason}");
                Err(ConfigError::new(message))
            }
        }
    }
}

/// Returns whether the host of the base URL is this machine, which is not reached through a proxy.
fn is_loopback(base: &BaseUrl) -> bool {
    match base.origin_url().host() {
        Some(Host::Domain(domain)) => {
            let domain = domain.strip_suffix('.').unwrap_or(domain);
            domain == "localhost" || domain.ends_with(".localhost")
        }
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.to_canonical().is_loopback(),
        None => false,
    }
}

impl AnyTransport for ReqwestClient {
    fn send<'a>(
        &'a self,
        request: Encoded,
        base: &'a BaseUrl,
        progress: Option<Activity>,
    ) -> Result<Sending<'a>, String> {
        let Encoded {
            method,
            origin: _,
            target,
            headers,
            body,
            // Nothing reads extensions here.
            ..
        } = request;
        let request = assemble(method, base.url(&target)?, headers, body, progress);
        let mut response = self.execute(request);
        Ok(Sending::Started(Box::pin(poll_fn(move |context| {
            let response = ready!(Pin::new(&mut response).poll(context))?;
            // Compared in parts: a copy of the URL would be an allocation for each request.
            let is_asked = |url: &str| {
                let path_and_query = url.strip_prefix(base.origin());
                path_and_query.is_some_and(|rest| rest.as_bytes() == target)
            };
            Poll::Ready(Ok(convert(response, is_asked)))
        }))))
    }

    fn give_up(&self, sent: Instant) {
        self.give_up(sent);
    }
}

/// The transport that a client has unless another one is given: what goes to this machine and what goes to others is sent
/// by a reqwest client of its own, because only the latter uses a proxy of the environment.
pub(crate) struct DefaultTransport {
    connect_timeout: Duration,
    /// For the base URL.
    client: ReqwestClient,
    is_loopback: bool,
    /// Made when the first request goes elsewhere.
    other: OnceLock<ReqwestClient>,
}

impl DefaultTransport {
    pub(crate) fn new(base: &BaseUrl, connect_timeout: Duration) -> Result<Self, ConfigError> {
        Ok(Self {
            connect_timeout,
            client: ReqwestClient::for_base(base, connect_timeout)?,
            is_loopback: is_loopback(base),
            other: OnceLock::new(),
        })
    }

    fn client_for(&self, request: &Encoded) -> Result<&ReqwestClient, String> {
        let origin = request.origin.as_deref();
        let Some(origin) = origin.filter(|origin| is_loopback(origin) != self.is_loopback) else {
            return Ok(&self.client);
        };
        if let Some(client) = self.other.get() {
            return Ok(client);
        }
        let made = ReqwestClient::for_base(origin, self.connect_timeout);
        let made = made.map_err(|error| error.to_string())?;
        Ok(self.other.get_or_init(|| made))
    }
}

impl AnyTransport for DefaultTransport {
    fn send<'a>(
        &'a self,
        request: Encoded,
        base: &'a BaseUrl,
        progress: Option<Activity>,
    ) -> Result<Sending<'a>, String> {
        self.client_for(&request)?.send(request, base, progress)
    }

    fn give_up(&self, sent: Instant) {
        self.client.give_up(sent);
        if let Some(other) = self.other.get() {
            other.give_up(sent);
        }
    }
}

/// Converts a response, and marks it if it came from another URL than the one that was asked for.
pub(crate) fn convert(
    response: ::reqwest::Response,
    is_asked: impl FnOnce(&str) -> bool,
) -> Response<Body> {
    let url = response.url();
    let other = (!is_asked(url.as_str())).then(|| OtherUrl(url.origin().ascii_serialization()));
    let response = Response::from(response);
    #[cfg(any(feature = "gzip", feature = "brotli", feature = "zstd"))]
    let mut response = super::decompress::decompress(response);
    #[cfg(not(any(feature = "gzip", feature = "brotli", feature = "zstd")))]
    let mut response = response.map(Body::wrap);
    if let Some(other) = other {
        response.extensions_mut().insert(other);
    }
    response
}

fn is_empty(body: &Body) -> bool {
    body.is_end_stream() || body.size_hint().exact() == Some(0)
}

/// Whether a request without content has a `Content-Length`, which hyper does not send over HTTP/1 by itself: where the
/// method expects content ([RFC 9110, section 8.6](https://www.rfc-editor.org/rfc/rfc9110#section-8.6)), or the request
/// declares a body. Servers refuse a POST without it by 411.
fn announces_empty(method: &Method, headers: &HeaderMap) -> bool {
    match *method {
        Method::GET | Method::HEAD | Method::TRACE => false,
        Method::DELETE | Method::OPTIONS => headers.contains_key(header::CONTENT_TYPE),
        _ => true,
    }
}

/// Makes a request of its parts.
pub(crate) fn assemble(
    method: Method,
    url: Url,
    headers: HeaderMap,
    body: Body,
    progress: Option<Activity>,
) -> Request {
    let mut out = Request::new(method, url);
    *out.headers_mut() = headers;
    #[cfg(any(feature = "gzip", feature = "brotli", feature = "zstd"))]
    super::decompress::accept(out.headers_mut());
    if is_empty(&body) && announces_empty(out.method(), out.headers()) {
        let length = out.headers_mut().entry(header::CONTENT_LENGTH);
        length.or_insert(HeaderValue::from_static("0"));
    }
    *out.body_mut() = match (body.into_bytes(), progress) {
        (Ok(bytes), _) if bytes.is_empty() => None,
        (Ok(bytes), None) => Some(bytes.into()),
        (Ok(bytes), Some(progress)) => Some(::reqwest::Body::wrap(progress.watch(bytes.into()))),
        (Err(body), _) => Some(::reqwest::Body::wrap(body)),
    };
    out
}

#[cfg(test)]
mod tests {
    use ::reqwest::ResponseBuilderExt as _;

    use super::*;

    #[test]
    fn connections_are_given_up_once_and_not_those_of_http1() {
        let client = ReqwestClient::new(Arc::new(|| Client::builder().tls_certs_only([]))).unwrap();
        let made = || client.0.current.read().unwrap().made;
        let first = made();
        client.give_up(Instant::now());
        let second = made();
        assert!(second > first);
        client.give_up(first);
        assert_eq!(made(), second);
        client.0.spoke_http1.store(true, Ordering::Relaxed);
        client.give_up(Instant::now());
        assert_eq!(made(), second);
        client.0.spoke_http2.store(true, Ordering::Relaxed);
        client.give_up(Instant::now());
        assert!(made() > second);
    }

    #[test]
    fn a_response_from_another_url_is_marked() {
        let response = |url: &str| {
            let response = Response::builder().url(url.parse().unwrap());
            response.body("").unwrap().into()
        };
        let asked = |url: &str| url == "https://api.example.com/names?key=1";
        let marked = convert(response("https://other.example/names?key=1"), asked);
        let other = marked.extensions().get::<OtherUrl>();
        assert_eq!(other.unwrap().0, "https://other.example");
        let same = convert(response("https://api.example.com/names?key=1"), asked);
        assert!(same.extensions().get::<OtherUrl>().is_none());
    }

    #[test]
    fn loopback_is_the_host_of_this_machine() {
        let cases = [
            ("http://localhost", true),
            ("http://LOCALHOST.:8080/v1", true),
            ("https://api.localhost", true),
            ("http://127.0.0.1", true),
            ("http://127.9.9.9:80", true),
            ("http://2130706433", true),
            ("http://[::1]:8080", true),
            ("http://[::ffff:127.0.0.1]", true),
            ("http://localhost.example.com", false),
            ("http://notlocalhost", false),
            ("http://127.0.0.1.example.com", false),
            ("http://128.0.0.1", false),
            ("http://[::2]", false),
            ("http://0.0.0.0", false),
        ];
        for (base, expected) in cases {
            assert_eq!(is_loopback(&base.parse().unwrap()), expected, "{base}");
        }
    }
}
