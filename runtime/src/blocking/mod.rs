//! The client for programs without async.
//!
//! A thin layer over the async one: each call runs on the thread that makes it, and the connections, which live between
//! calls, on one thread of the client. Invariant: no rule of sending is here.

mod call;
mod iter;
mod stream;
mod worker;

use std::fmt;

#[cfg(feature = "events")]
#[cfg_attr(docsrs, doc(cfg(feature = "events")))]
pub use self::iter::Events;
#[cfg(feature = "lines")]
#[cfg_attr(docsrs, doc(cfg(feature = "lines")))]
pub use self::iter::Lines;
use self::worker::Worker;
pub use self::{
    call::{Call, Until},
    iter::Iter,
    stream::{ByteReader, ByteStream},
};
use crate::{ApiRequest, BaseUrl, ClientBuilder, ConfigError, Error};

/// A [`Client`](crate::Client) for programs without async: the same rules and the same builder, and its methods block
/// until they are done.
///
/// Clones are cheap and share everything, the connections too; several threads can send at the same time. A client and
/// its clones have one thread of their own, on which the connections live; it ends with the last of them.
///
/// ```no_run
/// use api_request::{ApiRequest, blocking::Client};
///
/// #[derive(ApiRequest)]
/// #[api(method = GET, path = "/names/{id}", response = String)]
/// struct GetName {
///     id: u64,
/// }
///
/// let client = Client::builder("https://api.example.com/v1").bearer("sk-0e6f").build()?;
/// let name = client.send(&GetName { id: 7 })?;
/// # Ok::<(), api_request::Error>(())
/// ```
///
/// Methods that block, such as `send`, also work on a thread that runs async tasks, but block those tasks: there, use
/// [`Client`](crate::Client), or `tokio::task::spawn_blocking`.
#[derive(Clone)]
pub struct Client {
    client: crate::Client,
    worker: Worker,
}

impl Client {
    /// Makes a client with nothing but a base URL.
    ///
    /// ```
    /// let client = api_request::blocking::Client::new("https://api.example.com/v1")?;
    /// # Ok::<(), api_request::ConfigError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Fails if the base URL is not valid, TLS cannot be set up, or the client's thread cannot be started.
    pub fn new<U>(base: U) -> Result<Self, ConfigError>
    where
        U: TryInto<BaseUrl>,
        U::Error: Into<ConfigError>,
    {
        Self::builder(base).build()
    }

    /// Starts a client with settings; errors come from [`ClientBuilder::build`].
    pub fn builder<U>(base: U) -> ClientBuilder<Self>
    where
        U: TryInto<BaseUrl>,
        U::Error: Into<ConfigError>,
    {
        ClientBuilder::start(base.try_into().map_err(Into::into))
    }

    /// Sends a request and decodes the response.
    ///
    /// # Errors
    ///
    /// As [`Client::send`](crate::Client::send).
    pub fn send<R: ApiRequest>(&self, request: &R) -> Result<R::Response, Error<R::Error>> {
        self.call(request).send()
    }

    /// Starts a call with settings of its own.
    ///
    /// ```no_run
    /// # use std::time::Duration;
    /// # use api_request::{ApiRequest, blocking::Client};
    /// # #[derive(ApiRequest)]
    /// # #[api(method = GET, path = "/names")]
    /// # struct ListNames;
    /// # fn run(client: Client) -> Result<(), api_request::Error> {
    /// client.call(&ListNames).timeout(Duration::from_secs(2)).send()?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn call<'a, R: ApiRequest>(&'a self, request: &'a R) -> Call<'a, R> {
        Call::new(self.client.call(request), &self.worker)
    }

    /// Drops the cached credentials of the provider: see
    /// [`Client::forget_credentials`](crate::Client::forget_credentials).
    pub fn forget_credentials(&self) {
        self.client.forget_credentials();
    }

    /// Returns the base URL.
    #[must_use]
    pub fn base_url(&self) -> &BaseUrl {
        self.client.base_url()
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.client.fmt(f)
    }
}

impl ClientBuilder<Client> {
    /// Builds a [`blocking::Client`](Client), and starts its thread.
    ///
    /// # Errors
    ///
    /// Fails if the base URL, a credential or a header is not valid, TLS cannot be set up, or the thread cannot be
    /// started.
    pub fn build(self) -> Result<Client, ConfigError> {
        let worker = Worker::start()?;
        let guard = worker.runtime().enter();
        let client = self.build_async()?;
        drop(guard);
        Ok(Client { client, worker })
    }
}
