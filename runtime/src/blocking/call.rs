//! One call with settings of its own.

use std::{any::Any, fmt, time::Duration};

use http::{HeaderValue, Request};

#[cfg(feature = "lines")]
use super::iter::Lines;
use super::{iter::Iter, stream::ByteStream, worker::Worker};
use crate::{
    ApiRequest, ApiResponse, Authorization, BaseUrl, Body, ConfigError, Error, Items, PageItems,
    Pages, Paginate, Progress, Response, ResponseFormat, Retry, Secret,
};
#[cfg(feature = "events")]
use {super::iter::Events, crate::EventRequest, serde::de::DeserializeOwned};

/// One call of a request: made by [`Client::call`](super::Client::call), sent by [`send`](Self::send).
///
/// A [`Call`](crate::Call) for programs without async, which documents the methods.
///
/// ```
/// use api_request::{
///     ApiRequest,
///     blocking::Client,
///     testing::{Script, ScriptedResponse},
/// };
///
/// #[derive(Clone, ApiRequest)]
/// #[api(method = GET, path = "/names", response = Vec<String>, paginate(link))]
/// struct ListNames;
///
/// let api = Script::new().then(ScriptedResponse::new(200).json(&["ada", "grace"]));
/// let client = Client::builder("https://api.example.com/v1").transport(api).build()?;
/// let names = client.call(&ListNames).bearer("sk-0e6f").items().collect::<Result<Vec<_>, _>>()?;
/// assert_eq!(names, ["ada", "grace"]);
/// # Ok::<(), api_request::Error>(())
/// ```
#[must_use = "a call does nothing until it is sent"]
pub struct Call<'a, R> {
    call: crate::Call<'a, R>,
    worker: &'a Worker,
}

impl<'a, R: ApiRequest> Call<'a, R> {
    pub(super) fn new(call: crate::Call<'a, R>, worker: &'a Worker) -> Self {
        Self { call, worker }
    }

    fn with(self, set: impl FnOnce(crate::Call<'a, R>) -> crate::Call<'a, R>) -> Self {
        let Self { call, worker } = self;
        let call = set(call);
        Self { call, worker }
    }

    /// Sends the request to another base URL: see [`Call::base_url`](crate::Call::base_url).
    pub fn base_url<U>(self, base: U) -> Self
    where
        U: TryInto<BaseUrl>,
        U::Error: Into<ConfigError>,
    {
        self.with(|call| call.base_url(base))
    }

    /// Limits the time of the call: see [`Call::timeout`](crate::Call::timeout).
    pub fn timeout(self, limit: Duration) -> Self {
        self.with(|call| call.timeout(limit))
    }

    /// Limits the time without data: see [`Call::read_timeout`](crate::Call::read_timeout).
    pub fn read_timeout(self, limit: Duration) -> Self {
        self.with(|call| call.read_timeout(limit))
    }

    /// Sets what is retried, and when: see [`Call::retry`](crate::Call::retry).
    pub fn retry(self, retry: Retry) -> Self {
        self.with(|call| call.retry(retry))
    }

    /// Sets a header: see [`Call::header`](crate::Call::header).
    pub fn header<N, V>(self, name: N, value: V) -> Self
    where
        N: AsRef<str>,
        V: TryInto<HeaderValue>,
    {
        self.with(|call| call.header(name, value))
    }

    /// Adds a query parameter: see [`Call::query`](crate::Call::query).
    pub fn query(self, name: impl AsRef<str>, value: impl fmt::Display) -> Self {
        self.with(|call| call.query(name, value))
    }

    /// Adds a value to the extensions of the request: see [`Call::extension`](crate::Call::extension).
    pub fn extension(self, value: impl Any + Clone + Send + Sync) -> Self {
        self.with(|call| call.extension(value))
    }

    /// Calls a function for each piece of the request body that is sent: see [`Call::on_upload`](crate::Call::on_upload).
    /// The function may be called on a thread of the client.
    pub fn on_upload(self, call: impl FnMut(Progress) + Send + 'static) -> Self {
        self.with(|wrapped| wrapped.on_upload(call))
    }

    /// Sets the values of the group that the request is in: see [`Call::group`](crate::Call::group).
    pub fn group(self, value: R::Group) -> Self
    where
        R::Group: Send + Sync,
    {
        self.with(|call| call.group(value))
    }

    /// Sends these credentials: see [`Call::authorization`](crate::Call::authorization).
    pub fn authorization(self, authorization: Authorization) -> Self {
        self.with(|call| call.authorization(authorization))
    }

    /// Sends a bearer token: see [`Call::bearer`](crate::Call::bearer).
    pub fn bearer(self, token: impl Into<Secret<String>>) -> Self {
        self.authorization(Authorization::bearer(token))
    }

    /// Sends a user name and password: see [`Call::basic`](crate::Call::basic).
    pub fn basic(self, user: &str, password: impl Into<Secret<String>>) -> Self {
        self.authorization(Authorization::basic(user, password))
    }

    /// Sends an API key in a header: see [`Call::api_key_header`](crate::Call::api_key_header).
    pub fn api_key_header<N>(self, name: N, key: impl Into<Secret<String>>) -> Self
    where
        N: AsRef<str>,
    {
        self.authorization(Authorization::api_key_header(name, key))
    }

    /// Sends an API key in the query: see [`Call::api_key_query`](crate::Call::api_key_query).
    pub fn api_key_query(self, name: &str, key: impl Into<Secret<String>>) -> Self {
        self.authorization(Authorization::api_key_query(name, key))
    }

    /// Sends the request again and again until the response satisfies a condition: see
    /// [`Call::until`](crate::Call::until).
    ///
    /// ```
    /// use std::time::Duration;
    ///
    /// use api_request::{
    ///     ApiRequest,
    ///     blocking::Client,
    ///     testing::{Script, ScriptedResponse},
    /// };
    ///
    /// #[derive(ApiRequest)]
    /// #[api(method = GET, path = "/jobs/{id}/state", response(text))]
    /// struct GetState {
    ///     id: u64,
    /// }
    ///
    /// let api = Script::new()
    ///     .then(ScriptedResponse::new(200).header("retry-after", "0").body("started"))
    ///     .then(ScriptedResponse::new(200).body("done"));
    /// let client = Client::builder("https://api.example.com/v1").transport(api).build()?;
    /// let request = GetState { id: 7 };
    /// let call = client.call(&request).timeout(Duration::from_secs(600));
    /// assert_eq!(call.until(|state| state == "done").send()?, "done");
    /// # Ok::<(), api_request::Error>(())
    /// ```
    pub fn until<F>(self, is_done: F) -> Until<'a, R, F>
    where
        F: FnMut(&R::Response) -> bool + Send,
    {
        Until {
            until: self.call.until(is_done),
            worker: self.worker,
        }
    }

    /// Builds the request that the transport would get: see [`Call::build`](crate::Call::build).
    ///
    /// # Errors
    ///
    /// As [`Call::build`](crate::Call::build).
    pub fn build(self) -> Result<Request<Body>, Error<R::Error>> {
        self.call.build()
    }

    /// Sends the request and decodes the response: see [`Call::send`](crate::Call::send). For a response that is declared
    /// as a stream, [`stream`](Self::stream) returns one that can be read without async.
    ///
    /// # Errors
    ///
    /// As [`Call::send`](crate::Call::send).
    pub fn send(self) -> Result<R::Response, Error<R::Error>> {
        self.worker.wait(self.call.send())
    }

    /// Sends the request and returns the decoded body with the status, headers and number of attempts.
    ///
    /// # Errors
    ///
    /// As [`Call::send`](crate::Call::send).
    pub fn send_full(self) -> Result<Response<R::Response>, Error<R::Error>> {
        self.worker.wait(self.call.send_full())
    }

    /// Sends the request and decodes the response as another type than the declared one: see
    /// [`Call::send_as`](crate::Call::send_as).
    ///
    /// # Errors
    ///
    /// As [`Call::send`](crate::Call::send).
    pub fn send_as<T: ApiResponse>(self) -> Result<T, Error<R::Error>> {
        self.worker.wait(self.call.send_as())
    }

    /// Sends the request and decodes the response in another format than the declared one, for which it asks: see
    /// [`Call::send_with`](crate::Call::send_with).
    ///
    /// ```
    /// # #[derive(serde::Deserialize)]
    /// # struct Invoice;
    /// use api_request::{
    ///     ApiRequest, Text,
    ///     blocking::Client,
    ///     testing::{Script, ScriptedResponse},
    /// };
    ///
    /// #[derive(ApiRequest)]
    /// #[api(method = GET, path = "/invoices/{id}", response = Invoice)]
    /// struct GetInvoice {
    ///     id: u64,
    /// }
    ///
    /// let api = Script::new().then(ScriptedResponse::new(200).body("Due: 9.99"));
    /// let client = Client::builder("https://api.example.com/v1").transport(api).build()?;
    /// assert_eq!(client.call(&GetInvoice { id: 7 }).send_with::<Text>()?, "Due: 9.99");
    /// # Ok::<(), api_request::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`Call::send_with`](crate::Call::send_with).
    pub fn send_with<F: ResponseFormat>(self) -> Result<F::Output, Error<R::Error>> {
        self.worker.wait(self.call.send_with::<F>())
    }

    /// Sends a request whose response is declared as a stream, `response(stream)`, and returns with the head of the
    /// response.
    ///
    /// ```
    /// use std::io::{self, BufRead as _};
    ///
    /// use api_request::{
    ///     ApiRequest,
    ///     blocking::Client,
    ///     testing::{Script, ScriptedResponse},
    /// };
    ///
    /// #[derive(ApiRequest)]
    /// #[api(method = GET, path = "/log", response(stream))]
    /// struct GetLog;
    ///
    /// let api = Script::new().then(ScriptedResponse::new(200).body("started\nended\n"));
    /// let client = Client::builder("https://api.example.com/v1").transport(api).build()?;
    /// let lines: io::Result<Vec<String>> = client.call(&GetLog).stream()?.into_reader().lines().collect();
    /// assert_eq!(lines?, ["started", "ended"]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`Call::send`](crate::Call::send).
    pub fn stream(self) -> Result<ByteStream, Error<R::Error>>
    where
        R: ApiRequest<Response = crate::ByteStream>,
    {
        let stream = self.worker.wait(self.call.send())?;
        Ok(ByteStream::new(stream, self.worker))
    }

    /// Sends a request whose response is declared as lines, `response(lines = T)`, and returns with the head of the
    /// response.
    ///
    /// ```
    /// use api_request::{
    ///     ApiRequest,
    ///     blocking::Client,
    ///     testing::{Script, ScriptedResponse},
    /// };
    ///
    /// #[derive(ApiRequest)]
    /// #[api(method = GET, path = "/events", response(lines = String))]
    /// struct Watch;
    ///
    /// let api = Script::new().then(ScriptedResponse::new(200).body("\"added\"\n\"removed\"\n"));
    /// let client = Client::builder("https://api.example.com/v1").transport(api).build()?;
    /// let events = client.call(&Watch).lines()?.collect::<Result<Vec<_>, _>>()?;
    /// assert_eq!(events, ["added", "removed"]);
    /// # Ok::<(), api_request::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`Call::send`](crate::Call::send).
    #[cfg(feature = "lines")]
    #[cfg_attr(docsrs, doc(cfg(feature = "lines")))]
    pub fn lines<T>(self) -> Result<Lines<T, R::Error>, Error<R::Error>>
    where
        R: ApiRequest<Response = crate::Lines<T, <R as ApiRequest>::Error>>,
    {
        let lines = self.worker.wait(self.call.send())?;
        Ok(Iter::new(lines, self.worker))
    }

    /// Sends the request and asks for the events that it declares: see [`Call::events`](crate::Call::events).
    ///
    /// # Errors
    ///
    /// As [`Call::events`](crate::Call::events).
    #[cfg(feature = "events")]
    #[cfg_attr(docsrs, doc(cfg(feature = "events")))]
    pub fn events<T>(self) -> Result<Events<T, R::Error>, Error<R::Error>>
    where
        R: EventRequest<Event = T>,
    {
        let events = self.worker.wait(self.call.events())?;
        Ok(Iter::new(events, self.worker))
    }

    /// Sends the request and decodes the data of the events as another type than the declared one: see
    /// [`Call::events_as`](crate::Call::events_as).
    ///
    /// # Errors
    ///
    /// As [`Call::events`](crate::Call::events).
    #[cfg(feature = "events")]
    #[cfg_attr(docsrs, doc(cfg(feature = "events")))]
    pub fn events_as<T>(self) -> Result<Events<T, R::Error>, Error<R::Error>>
    where
        R: EventRequest,
        T: DeserializeOwned,
    {
        let events = self.worker.wait(self.call.events_as())?;
        Ok(Iter::new(events, self.worker))
    }

    /// Builds the request that [`events`](Self::events) would send: see
    /// [`Call::build_events`](crate::Call::build_events).
    ///
    /// # Errors
    ///
    /// As [`Call::build`](crate::Call::build).
    #[cfg(feature = "events")]
    #[cfg_attr(docsrs, doc(cfg(feature = "events")))]
    pub fn build_events(self) -> Result<Request<Body>, Error<R::Error>>
    where
        R: EventRequest,
    {
        self.call.build_events()
    }

    /// Sends the request for one page after the other: see [`Call::pages`](crate::Call::pages).
    ///
    /// # Errors
    ///
    /// The iterator yields an error once, as its last item.
    pub fn pages(self) -> Iter<Pages<R>>
    where
        R: Paginate,
    {
        Iter::new(self.call.pages(), self.worker)
    }

    /// Sends the request for one page after the other, and yields their items: see [`Call::items`](crate::Call::items).
    ///
    /// # Errors
    ///
    /// The iterator yields an error once, as its last item.
    pub fn items<T>(self) -> Iter<Items<R, T>>
    where
        R: PageItems<T>,
    {
        Iter::new(self.call.items(), self.worker)
    }
}

impl<R: ApiRequest> fmt::Debug for Call<'_, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.call.fmt(f)
    }
}

/// A call that is repeated until its response satisfies a condition: made by [`Call::until`], with an example there.
#[must_use = "a call does nothing until it is sent"]
pub struct Until<'a, R: ApiRequest, F> {
    until: crate::Until<'a, R, F>,
    worker: &'a Worker,
}

impl<R, F> Until<'_, R, F>
where
    R: ApiRequest,
    F: FnMut(&R::Response) -> bool + Send,
{
    /// Sends the request until the response satisfies the condition, and returns that response.
    ///
    /// # Errors
    ///
    /// As [`Until::send`](crate::Until::send).
    pub fn send(self) -> Result<R::Response, Error<R::Error>> {
        self.worker.wait(self.until.send())
    }

    /// Sends the request until the response satisfies the condition, and returns that response with its status and
    /// headers.
    ///
    /// # Errors
    ///
    /// As [`Until::send`](crate::Until::send).
    pub fn send_full(self) -> Result<Response<R::Response>, Error<R::Error>> {
        self.worker.wait(self.until.send_full())
    }
}

impl<R: ApiRequest, F> fmt::Debug for Until<'_, R, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.until.fmt(f)
    }
}
