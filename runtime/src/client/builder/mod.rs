//! Setting up a client.

mod auth;

use std::{fmt, marker::PhantomData, sync::Arc, time::Duration};

use http::{HeaderValue, header};

use super::{
    auth::{CredentialSet, Schemes},
    budget::Budgets,
    groups::Groups,
    header::{Headers, parse},
    limits::Limits,
    retry::Retry,
    state::{Client, Inner},
};
use crate::{
    ApiGroup, BaseUrl, ConfigError,
    transport::{
        AnyTransport, Erased, Transport,
        reqwest::{CONNECT_TIMEOUT, DefaultTransport, ReqwestClient, SetUp},
    },
};
#[cfg(feature = "tower")]
use {
    crate::{Body, BoxError, transport::tower::ServiceTransport},
    bytes::Bytes,
    http::{Request, Response},
};

pub(super) const USER_AGENT: &str = concat!("api-request/", env!("CARGO_PKG_VERSION"));

impl Client {
    /// Makes a client with nothing but a base URL.
    ///
    /// ```
    /// let client = api_request::Client::new("https://api.example.com/v1")?;
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
        Self::builder(base).build()
    }

    /// Starts a client with settings; errors come from [`ClientBuilder::build`].
    pub fn builder<U>(base: U) -> ClientBuilder
    where
        U: TryInto<BaseUrl>,
        U::Error: Into<ConfigError>,
    {
        ClientBuilder::start(base.try_into().map_err(Into::into))
    }
}

/// A builder of a [`Client`], from [`Client::builder`], or of a [`blocking::Client`](blocking/struct.Client.html), from
/// its function of that name.
///
/// [`build`](Self::build) returns the error of the first setting that is not valid. [`Client`](Client#defaults) has the
/// defaults.
///
/// ```
/// use std::time::Duration;
///
/// use api_request::Client;
///
/// let client = Client::builder("https://api.example.com/v1")
///     .bearer("sk-0e6f")
///     .header("X-Api-Version", "2")
///     .timeout(Duration::from_secs(20))
///     .build()?;
/// # Ok::<(), api_request::ConfigError>(())
/// ```
///
/// # Proxies
///
/// A proxy is taken from the environment when the client is built. Each variable may be in lower case too.
///
/// | variable | the proxy for |
/// |---|---|
/// | `HTTP_PROXY` | the scheme `http`, unless `REQUEST_METHOD` is set, as it is in a CGI program |
/// | `HTTPS_PROXY` | the scheme `https` |
/// | `ALL_PROXY` | a scheme whose own variable is not set |
/// | `NO_PROXY` | none: hosts that are reached without a proxy |
///
/// Requests to `localhost`, a name that ends in `.localhost`, or a loopback address never use a proxy.
/// [`reqwest`](Self::reqwest), [`transport`](Self::transport) and `service` bring rules of their own.
#[must_use = "a builder does nothing until it builds a client"]
pub struct ClientBuilder<C = Client> {
    config: Result<Config, ConfigError>,
    builds: PhantomData<fn() -> C>,
}

struct Config {
    base: BaseUrl,
    trusted: Vec<BaseUrl>,
    credentials: CredentialSet,
    schemes: Schemes,
    headers: Headers,
    groups: Groups,
    timeout: Option<Duration>,
    connect_timeout: Option<Duration>,
    read_timeout: Duration,
    retry: Retry,
    limits: Limits,
    sender: Sender,
}

/// The transport, or what it is made of when the client is built.
enum Sender {
    /// reqwest as this crate sets it up.
    Default,
    Reqwest(SetUp),
    Other(Box<dyn AnyTransport>),
}

impl<C> ClientBuilder<C> {
    pub(crate) fn start(base: Result<BaseUrl, ConfigError>) -> Self {
        let config = base.map(|base| {
            let mut headers = Headers::default();
            headers.set(header::USER_AGENT, HeaderValue::from_static(USER_AGENT));
            Config {
                base,
                trusted: Vec::new(),
                credentials: CredentialSet::default(),
                schemes: Schemes::default(),
                headers,
                groups: Groups::default(),
                timeout: None,
                connect_timeout: None,
                read_timeout: Duration::from_secs(30),
                retry: Retry::default(),
                limits: Limits::default(),
                sender: Sender::Default,
            }
        });
        let builds = PhantomData;
        Self { config, builds }
    }

    /// Sends a header with each request that does not set it itself; `Authorization` is a credential. Of `Cookie`, the
    /// cookies are added whose names the request does not have.
    pub fn header<N, V>(self, name: N, value: V) -> Self
    where
        N: AsRef<str>,
        V: TryInto<HeaderValue>,
    {
        let header = parse(name, value);
        self.set(|config| {
            let Config {
                headers,
                credentials,
                ..
            } = config;
            header.map(|header| credentials.header(headers, header))
        })
    }

    /// Trusts another origin, which then gets what that of the base URL gets: credentials, default headers and secrets of
    /// requests. It is a scheme, a host and a port; each host is named, and may be given in a call of its own.
    ///
    /// A request goes to another origin by a field that is its `url`, and by [`Call::base_url`](crate::Call::base_url). An
    /// origin that is not trusted gets what the request and the call say, and nothing of the client but
    /// `User-Agent: api-request/VERSION`: no credentials, no default headers, no values of groups. `auth = required` is then
    /// an error, unless the call has credentials of its own, and so is a secret outside of the URL; nothing is sent.
    ///
    /// Redirects and next pages stay at the origin that was asked, whether it is trusted or not.
    ///
    /// ```
    /// use api_request::{ApiRequest, Client};
    ///
    /// #[derive(ApiRequest)]
    /// #[api(method = PUT)]
    /// struct Upload {
    ///     #[api(url)]
    ///     upload_url: String,
    ///     #[api(body = text)]
    ///     text: &'static str,
    /// }
    ///
    /// let client = Client::builder("https://api.example.com/v1")
    ///     .bearer("sk-0e6f")
    ///     .trust_origin("https://uploads.example.com")
    ///     .build()?;
    /// let upload = |url: &str| Upload { upload_url: url.to_owned(), text: "hello" };
    ///
    /// let trusted = upload("https://uploads.example.com/u/7");
    /// assert_eq!(client.call(&trusted).build()?.headers()["authorization"], "Bearer sk-0e6f");
    ///
    /// let other = upload("https://bucket.s3.example/7?signature=0e6f");
    /// assert!(!client.call(&other).build()?.headers().contains_key("authorization"));
    /// # Ok::<(), api_request::Error>(())
    /// ```
    pub fn trust_origin(self, origin: impl AsRef<str>) -> Self {
        let origin = BaseUrl::parse_origin(origin.as_ref());
        self.set(|config| origin.map(|origin| config.trusted.push(origin)))
    }

    /// Sets the `User-Agent`, in place of `api-request/VERSION`.
    pub fn user_agent<V: TryInto<HeaderValue>>(self, value: V) -> Self {
        self.header(header::USER_AGENT, value)
    }

    /// Sets the values of a group for each request that is in it, by `#[api(in = Group)]`, in place of earlier values of
    /// the same type.
    ///
    /// ```
    /// use api_request::{ApiGroup, ApiRequest, Client};
    ///
    /// #[derive(ApiGroup)]
    /// #[api(path = "/accounts/{account}")]
    /// struct Account {
    ///     account: u64,
    /// }
    ///
    /// #[derive(ApiRequest)]
    /// #[api(in = Account, method = GET, path = "/keys")]
    /// struct ListKeys;
    ///
    /// let client = Client::builder("https://api.example.com").group(Account { account: 7 }).build()?;
    /// let request = client.call(&ListKeys).build()?;
    /// assert_eq!(request.uri(), "https://api.example.com/accounts/7/keys");
    /// # Ok::<(), api_request::Error>(())
    /// ```
    pub fn group<G>(self, value: G) -> Self
    where
        G: ApiGroup + Send + Sync + 'static,
    {
        self.with(|config| config.groups.set(value))
    }

    /// Limits the time of each whole call: attempts, delays and body; of a stream, up to the head of the response. There
    /// is no such limit by default.
    pub fn timeout(self, limit: Duration) -> Self {
        self.with(|config| config.timeout = Some(limit))
    }

    /// Limits the time to make a connection. 5 seconds by default.
    ///
    /// Without effect on a [`transport`](Self::transport) or service, which connects as it is set up to.
    pub fn connect_timeout(self, limit: Duration) -> Self {
        self.with(|config| config.connect_timeout = Some(limit))
    }

    /// Limits the time without data: before the head of the response, and between the pieces of its body. 30 seconds by
    /// default.
    pub fn read_timeout(self, limit: Duration) -> Self {
        self.with(|config| config.read_timeout = limit)
    }

    /// Sets what is retried, and when. [`Retry::default`] by default.
    pub fn retry(self, retry: Retry) -> Self {
        self.with(|config| config.retry = retry)
    }

    /// Limits how much of a response is read.
    pub fn limits(self, limits: Limits) -> Self {
        self.with(|config| config.limits = limits)
    }

    /// Sends with a reqwest client that `f` sets up: its TLS, proxies, DNS, connection pool and the like.
    ///
    /// `f` is a function and returns a builder, so that the client can rely on what it sends with. Redirects and
    /// retries of reqwest are switched off: a `reqwest::Client` of one's own would follow redirects by its own policy,
    /// and hand API keys to other hosts. And `f` can be called again, for new connections in place of those that are
    /// given up: those of HTTP/2 on which a request timed out. The PINGs of HTTP/2 are what `f` sets.
    ///
    /// [`connect_timeout`](Self::connect_timeout) replaces the builder's if both are set.
    ///
    /// ```
    /// use api_request::Client;
    ///
    /// let client = Client::builder("https://api.example.com/v1")
    ///     .reqwest(|| reqwest::Client::builder().pool_max_idle_per_host(4))
    ///     .build()?;
    /// # Ok::<(), api_request::ConfigError>(())
    /// ```
    pub fn reqwest<F>(self, f: F) -> Self
    where
        F: Fn() -> ::reqwest::ClientBuilder + Send + Sync + 'static,
    {
        self.with(|config| config.sender = Sender::Reqwest(Arc::new(f)))
    }

    /// Sends with another transport than reqwest, such as [`testing::Script`](crate::testing::Script).
    pub fn transport(self, transport: impl Transport) -> Self {
        self.with(|config| config.sender = Sender::Other(Box::new(Erased(transport))))
    }

    /// Sends with a [`tower::Service`](https://docs.rs/tower/latest/tower/trait.Service.html), such as a
    /// [`ReqwestTransport`](crate::ReqwestTransport) with layers around it.
    ///
    /// The service takes an `http::Request<Body>` and returns an `http::Response` whose body is of `Bytes`. It need not
    /// be `Clone` or `Sync`: the calls of a client wait one after the other for the one service to be ready, and only
    /// then their requests are given to it. That wait counts towards the timeout of a call, and not towards the read
    /// timeout. A call that is dropped while it waits lets the next call of the same client wait in its place.
    ///
    /// A layer finds the [`&'static Operation`](crate::Operation) of a request, and what
    /// [`Call::extension`](crate::Call::extension) added, in the extensions of the request. The
    /// [cookbook](crate#cookbook) has layers that limit rates, count, and cache.
    ///
    /// ```
    /// use api_request::{Body, Client};
    ///
    /// let echo = tower::service_fn(async |request: http::Request<Body>| {
    ///     Ok::<_, std::convert::Infallible>(http::Response::new(request.into_body()))
    /// });
    /// let client = Client::builder("https://api.example.com").service(echo).build()?;
    /// # Ok::<(), api_request::ConfigError>(())
    /// ```
    #[cfg(feature = "tower")]
    #[cfg_attr(docsrs, doc(cfg(feature = "tower")))]
    pub fn service<S, B>(self, service: S) -> Self
    where
        S: ::tower::Service<Request<Body>, Response = Response<B>> + Send + 'static,
        S::Error: Into<BoxError>,
        S::Future: Send,
        B: http_body::Body<Data = Bytes> + Send + 'static,
        B::Error: Into<BoxError>,
    {
        let service = ServiceTransport::new(service);
        self.with(|config| config.sender = Sender::Other(Box::new(service)))
    }

    /// Builds the client on which also a `blocking::Client` is based.
    pub(crate) fn build_async(self) -> Result<Client, ConfigError> {
        let Config {
            base,
            trusted,
            credentials,
            schemes,
            headers,
            groups,
            timeout,
            connect_timeout,
            read_timeout,
            retry,
            limits,
            sender,
        } = self.config?;
        let transport: Box<dyn AnyTransport> = match sender {
            Sender::Default => {
                let connect_timeout = connect_timeout.unwrap_or(CONNECT_TIMEOUT);
                Box::new(DefaultTransport::new(&base, connect_timeout)?)
            }
            Sender::Reqwest(f) => Box::new(ReqwestClient::new(match connect_timeout {
                Some(limit) => Arc::new(move || f().connect_timeout(limit)),
                None => f,
            })?),
            Sender::Other(transport) => transport,
        };
        Ok(Client(Arc::new(Inner {
            base,
            trusted,
            credentials,
            schemes,
            headers,
            groups,
            timeout,
            read_timeout,
            retry,
            budgets: Budgets::default(),
            #[cfg(feature = "tracing")]
            notices: super::notices::Notices::default(),
            limits,
            transport,
        })))
    }

    fn with(self, set: impl FnOnce(&mut Config)) -> Self {
        self.set(|config| {
            set(config);
            Ok(())
        })
    }

    fn set(mut self, set: impl FnOnce(&mut Config) -> Result<(), ConfigError>) -> Self {
        if let Ok(config) = &mut self.config {
            if let Err(error) = set(config) {
                self.config = Err(error);
            }
        }
        self
    }
}

impl ClientBuilder {
    /// Builds the client.
    ///
    /// # Errors
    ///
    /// Fails if the base URL, a credential or a header is not valid, or TLS cannot be set up.
    pub fn build(self) -> Result<Client, ConfigError> {
        self.build_async()
    }
}

impl<C> fmt::Debug for ClientBuilder<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = f.debug_struct("ClientBuilder");
        match &self.config {
            Ok(config) => out
                .field("base", &config.base.as_str())
                .field("trusted", &config.trusted)
                .field("credentials", &config.credentials)
                .field("schemes", &config.schemes)
                .field("headers", &config.headers),
            Err(error) => out.field("error", error),
        };
        out.finish_non_exhaustive()
    }
}
