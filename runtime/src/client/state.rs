//! The client: what its calls share.

use std::{fmt, sync::Arc, time::Duration};

#[cfg(feature = "tracing")]
use super::notices::Notices;
use super::{
    auth::{CredentialSet, Schemes},
    budget::Budgets,
    groups::Groups,
    header::Headers,
    limits::Limits,
    retry::Retry,
};
use crate::{
    BaseUrl,
    base_url::Destination,
    encoder::Encoded,
    operation::{Auth, Operation},
    transport::AnyTransport,
};

/// A client for one API: its base URL, credentials, default headers, timeouts and limits.
///
/// Clones are cheap and share everything, the connections too. Proxies of the environment are used: see
/// [`ClientBuilder`](crate::ClientBuilder).
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
/// [`send`](Self::send) is the short way. [`call`](Self::call) starts a call with settings of its own, and is the way to
/// pages, items, events, and a response with its headers. Programs without async have
/// [`blocking::Client`](blocking/struct.Client.html).
///
/// # Defaults
///
/// | | by default | set by |
/// |---|---|---|
/// | credentials, headers | none | [`bearer`](crate::ClientBuilder::bearer), [`credentials`](crate::ClientBuilder::credentials), [`header`](crate::ClientBuilder::header) |
/// | time to connect | 5 seconds | [`connect_timeout`](crate::ClientBuilder::connect_timeout) |
/// | time without data | 30 seconds | [`read_timeout`](crate::ClientBuilder::read_timeout) |
/// | time of a whole call | no limit | [`timeout`](crate::ClientBuilder::timeout), [`Call::timeout`](crate::Call::timeout) |
/// | attempts | 3, where a request is safe to repeat | [`retry`](crate::ClientBuilder::retry) |
/// | size of a response | 32 MiB; an error 64 KiB; an event or a line 8 MiB | [`limits`](crate::ClientBuilder::limits) |
/// | redirects | at the same origin, at most 10 | |
/// | transport | reqwest | [`reqwest`](crate::ClientBuilder::reqwest), [`transport`](crate::ClientBuilder::transport) |
///
/// # Panics
///
/// The futures and streams of a client panic if they are polled outside of a tokio runtime, or in one without I/O and
/// time.
///
/// # Traces
///
/// With the feature `tracing`, a call is a span of [`tracing`](https://docs.rs/tracing) at the level INFO, under the
/// target `api_request`. It lasts from the first poll to the decoded response; for streams, to the head of the response;
/// for an event stream that declares `resume`, to its end.
///
/// Its fields are the attributes of OpenTelemetry's
/// [conventions for HTTP clients](https://opentelemetry.io/docs/specs/semconv/http/http-spans/), in one span for the
/// call instead of one for each request. No header, no value of a parameter and no body is among them:
///
/// | field | value |
/// |---|---|
/// | `otel.name`, `otel.kind` | the method and the declared path, if there is one, `GET /names/{id}`; `client` |
/// | `api.operation` | the operation's name |
/// | `http.request.method` | `_OTHER` if it is not in RFC 9110 or 5789; then it is `http.request.method_original` |
/// | `url.template` | the declared path, without that of the base URL; none where a field is the `url` |
/// | `server.address`, `server.port` | those of the origin that the request is sent to |
/// | `http.response.status_code` | the status of the last response, if there is one |
/// | `http.request.resend_count` | how many requests followed the first one: retries and redirects |
/// | `error.type`, `otel.status_code` | of a call that failed: the reason; `ERROR` |
///
/// `error.type` is the status code if the status is the error, `api` for an error inside a 2xx response, `cancelled` for
/// a call that was dropped, or else one of `encode`, `config`, `credentials`, `connect`, `timeout`, `transport`,
/// `redirect`, `decode`, `page`, `too_large`, `write` and `truncated`.
///
/// Each attempt is an event in the span, with its `http.response.status_code`, `http.request.resend_count` and
/// `error.type`:
///
/// | event | level |
/// |---|---|
/// | an attempt that failed and is retried, after `api.retry_delay_ms` | WARN |
/// | any other attempt: the caller has the response or the error | DEBUG |
/// | an event stream that breaks off and is resumed, after the event of its head | WARN |
/// | a response that announces the end of its operation, by `Deprecation` ([RFC 9745](https://www.rfc-editor.org/rfc/rfc9745)) or `Sunset` ([RFC 8594](https://www.rfc-editor.org/rfc/rfc8594)): with `api.operation`, once for each client | WARN |
///
/// A request that cannot be encoded is not a call and has no span.
#[derive(Clone)]
pub struct Client(pub(super) Arc<Inner>);

pub(super) struct Inner {
    pub(super) base: BaseUrl,
    /// Other origins that get what the client has.
    pub(super) trusted: Vec<BaseUrl>,
    pub(super) credentials: CredentialSet,
    pub(super) schemes: Schemes,
    pub(super) headers: Headers,
    pub(super) groups: Groups,
    pub(super) timeout: Option<Duration>,
    pub(super) read_timeout: Duration,
    pub(super) retry: Retry,
    pub(super) budgets: Budgets,
    #[cfg(feature = "tracing")]
    pub(super) notices: Notices,
    pub(super) limits: Limits,
    pub(super) transport: Box<dyn AnyTransport>,
}

impl Client {
    /// Drops the cached credentials of all providers, and those that they are getting: the next call gets others first. For
    /// programs that know that the credentials changed; see
    /// [`ClientBuilder::credentials`](crate::ClientBuilder::credentials).
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
        self.0.schemes.forget();
    }

    /// Returns the base URL.
    #[must_use]
    pub fn base_url(&self) -> &BaseUrl {
        &self.0.base
    }
}

impl Inner {
    /// Returns where requests go that do not say so themselves.
    pub(super) fn destination(&self) -> Destination<'_> {
        Destination::of_client(&self.base, &self.trusted)
    }

    /// Returns whether the origin of a request gets what the client has.
    pub(super) fn trusts(&self, request: &Encoded) -> bool {
        self.destination().trusts(request.base(&self.base))
    }

    /// Returns the client's credentials for an operation: those that it names, if it names some; `None` if there are none
    /// of that name, or it declares `auth = none`.
    pub(super) fn credentials_of(&self, operation: &Operation) -> Option<&CredentialSet> {
        match operation.auth {
            Auth::Optional | Auth::Required => Some(&self.credentials),
            Auth::None => None,
            Auth::Named(name) => self.schemes.get(name),
        }
    }

    /// Returns the same, unless the origin of the request does not get them.
    pub(super) fn credentials_for(
        &self,
        operation: &Operation,
        request: &Encoded,
    ) -> Option<&CredentialSet> {
        let credentials = self.credentials_of(operation);
        credentials.filter(|_| self.trusts(request))
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("base", &self.0.base.as_str())
            .field("trusted", &self.0.trusted)
            .field("credentials", &self.0.credentials)
            .field("schemes", &self.0.schemes)
            .field("headers", &self.0.headers)
            .field("timeout", &self.0.timeout)
            .field("read_timeout", &self.0.read_timeout)
            .field("retry", &self.0.retry)
            .field("limits", &self.0.limits)
            .finish_non_exhaustive()
    }
}
