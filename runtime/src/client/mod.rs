//! Sending requests.
//!
//! A call goes through these modules in this order: `call` collects what is said about one call, `credentials` and
//! `header` are put on the encoded request, `exchange` makes the attempts with what a `provider` gave and follows
//! redirects, `retry` and `budget` say whether there is another, `receive` takes in the answer; `pages` makes one call
//! after the other. Invariant: one non-generic future does all of a call; what depends on the request's type is encoding
//! before it and decoding after it.

mod authorization;
mod budget;
mod builder;
mod call;
mod credentials;
#[cfg(feature = "events")]
mod events;
mod exchange;
mod header;
mod idempotency;
mod limits;
mod pages;
mod progress;
pub(crate) mod provider;
mod receive;
mod redirect;
mod reqwest;
mod resend;
mod retry;
#[cfg(feature = "tower")]
mod service;
mod timer;
pub(crate) mod transport;

use std::{fmt, sync::Arc, time::Duration};

pub use authorization::{Authorization, Credentials};
pub use builder::ClientBuilder;
pub use call::Call;
pub use limits::Limits;
pub use pages::{Items, Pages};
pub use retry::Retry;
#[cfg(feature = "tower")]
pub use service::ReqwestTransport;
pub use transport::{IntoTransport, Transport, TransportError};

use budget::Budget;
use credentials::CredentialSet;
use header::Headers;
use transport::AnyTransport;

use crate::{ApiRequest, BaseUrl, ConfigError, Error};

/// Sends requests to one API: its base URL, credentials, default headers, timeouts and limits.
///
/// A clone is cheap and shares everything, the connections too. Sending needs a tokio runtime with I/O and time. What
/// the environment says about proxies is heeded: see [`ClientBuilder`].
///
/// ```no_run
/// use api_request::{ApiRequest, Client};
///
/// #[derive(ApiRequest)]
/// #[api(method = GET, path = "/names/{id}", response = String)]
/// struct GetName {
///     id: u64,
/// }
///
/// # async fn run() -> Result<(), api_request::Error> {
/// let client = Client::builder("https://api.example.com/v1").bearer("sk-0e6f").build()?;
/// let name = client.send(&GetName { id: 7 }).await?;
/// # Ok(())
/// # }
/// ```
///
/// # Traces
///
/// With the feature `tracing`, a call is a span of [`tracing`](https://docs.rs/tracing) at the level INFO, under the
/// target `api_request`, from the first poll to the decoded answer; for streams, to the head of the answer. Its fields
/// are the attributes of OpenTelemetry's
/// [conventions for HTTP clients](https://opentelemetry.io/docs/specs/semconv/http/http-spans/), in one span for the
/// call instead of one for each request. No header, no value of a parameter and no body is among them:
///
/// | field | value |
/// |---|---|
/// | `otel.name`, `otel.kind` | the method and the declared path, `GET /names/{id}`; `client` |
/// | `api.operation` | the operation's name |
/// | `http.request.method` | `_OTHER` if it is not in RFC 9110 or 5789; then it is `http.request.method_original` |
/// | `url.template` | the declared path, without that of the base URL |
/// | `server.address`, `server.port` | those of the base URL |
/// | `http.response.status_code` | the status of the last answer, if there is one |
/// | `http.request.resend_count` | how many requests followed the first one: retries and redirects |
/// | `error.type`, `otel.status_code` | of a call that failed: why; `ERROR` |
///
/// `error.type` is the status if that is the error, `api` for an error inside of a 2xx answer, or else `encode`,
/// `connect`, `timeout`, `transport`, `redirect`, `decode`, `too_large`, or `cancelled` for a call that was dropped.
///
/// Each attempt is an event in the span, with its `http.response.status_code`, `http.request.resend_count` and
/// `error.type`: at the level WARN if it failed and there will be another, after `api.retry_delay_ms`; else at DEBUG,
/// because the caller has the answer or the error. A request that cannot be encoded is no call and has no span.
#[derive(Clone)]
pub struct Client(Arc<Inner>);

struct Inner {
    base: BaseUrl,
    credentials: CredentialSet,
    headers: Headers,
    timeout: Option<Duration>,
    read_timeout: Duration,
    retry: Retry,
    budget: Budget,
    limits: Limits,
    transport: Box<dyn AnyTransport>,
}

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
    /// Fails if the base URL cannot be used, or TLS cannot be set up.
    pub fn new<U>(base: U) -> Result<Self, ConfigError>
    where
        U: TryInto<BaseUrl>,
        U::Error: Into<ConfigError>,
    {
        Self::builder(base).build()
    }

    /// Starts a client that is set up further; errors come from [`ClientBuilder::build`].
    pub fn builder<U>(base: U) -> ClientBuilder
    where
        U: TryInto<BaseUrl>,
        U::Error: Into<ConfigError>,
    {
        ClientBuilder::start(base.try_into().map_err(Into::into))
    }

    /// Sends a request and decodes the answer.
    ///
    /// The request is encoded at once, so the future does not borrow it; nothing is sent before the future is polled.
    ///
    /// # Errors
    ///
    /// Fails if the request cannot be encoded or sent, if the answer's status is no 2xx, and if the answer is not what
    /// the request declares.
    pub fn send<R: ApiRequest>(
        &self,
        request: &R,
    ) -> impl Future<Output = Result<R::Response, Error<R::Error>>> + Send + use<R> {
        self.call(request).send()
    }

    /// Starts a call with settings of its own.
    ///
    /// ```no_run
    /// # use std::time::Duration;
    /// # use api_request::{ApiRequest, Client};
    /// # #[derive(ApiRequest)]
    /// # #[api(method = GET, path = "/names")]
    /// # struct ListNames;
    /// # async fn run(client: Client) -> Result<(), api_request::Error> {
    /// client.call(&ListNames).timeout(Duration::from_secs(2)).send().await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn call<'a, R: ApiRequest>(&'a self, request: &'a R) -> Call<'a, R> {
        Call::new(self, request)
    }

    /// Forgets what the provider of credentials gave, or is about to give: the next call gets others first. For a
    /// program that knows that they changed; see [`ClientBuilder::credentials`].
    ///
    /// ```
    /// use api_request::{BoxError, Client, Secret};
    ///
    /// let token = || async { Ok::<_, BoxError>(Secret::new("at-0e6f".to_owned())) };
    /// let client = Client::builder("https://api.example.com/v1").credentials(token).build()?;
    /// client.forget_credentials();
    /// # Ok::<(), api_request::ConfigError>(())
    /// ```
    pub fn forget_credentials(&self) {
        self.0.credentials.forget();
    }

    /// The base URL.
    #[must_use]
    pub fn base_url(&self) -> &BaseUrl {
        &self.0.base
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("base", &self.0.base.as_str())
            .field("credentials", &self.0.credentials)
            .field("headers", &self.0.headers)
            .field("timeout", &self.0.timeout)
            .field("read_timeout", &self.0.read_timeout)
            .field("retry", &self.0.retry)
            .field("limits", &self.0.limits)
            .finish_non_exhaustive()
    }
}
