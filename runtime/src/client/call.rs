//! One call with settings of its own.

use std::{any::Any, fmt, sync::Arc, time::Duration};

use http::{HeaderValue, Request};

use super::{
    auth::Authorization,
    exchange::CallFuture,
    execute::{encode_declared, execute, start, unsendable},
    groups::GroupValue,
    header::parse,
    retry::Retry,
    settings::Settings,
    state::Client,
};
use crate::{
    ApiRequest, BaseUrl, Body, ConfigError, Error, ErrorFormat, Response, ResponseFormat, Secret,
    encoder::{Ask, Encoded},
    response::{self, ApiResponse, Claim, Expected},
};

impl Client {
    /// Sends a request and decodes the response.
    ///
    /// The request is encoded at once, so the future does not borrow it; nothing is sent before the future is polled.
    ///
    /// # Errors
    ///
    /// Fails if the request cannot be encoded or sent, if the status of the response is not one of the declared type (any
    /// 2xx, unless it derives [`ApiResponse`](crate::ApiResponse)), and if the response is not of that type.
    /// [`Error`](crate::Error#what-happened) has a table of what may happen.
    ///
    /// # Panics
    ///
    /// The future panics if it is polled outside of a tokio runtime: see [`Client`](Client#panics).
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
        let settings = Settings::new();
        Call {
            client: self,
            request,
            settings,
        }
    }
}

/// One call of a request: made by [`Client::call`], sent by [`send`](Self::send).
///
/// The settings of a call replace what the request declares, which replaces the settings of the client. The error of a
/// setting that is not valid comes when the call is sent.
///
/// ```
/// use api_request::{ApiRequest, Client};
///
/// #[derive(ApiRequest)]
/// #[api(method = GET, path = "/names")]
/// struct ListNames;
///
/// let client = Client::new("https://api.example.com/v1")?;
/// let request = client.call(&ListNames).header("x-trace", "7").bearer("sk-0e6f").build()?;
/// assert_eq!(request.uri(), "https://api.example.com/v1/names");
/// assert_eq!(request.headers()["authorization"], "Bearer sk-0e6f");
/// # Ok::<(), api_request::Error>(())
/// ```
#[must_use = "a call does nothing until it is sent"]
pub struct Call<'a, R> {
    pub(super) client: &'a Client,
    pub(super) request: &'a R,
    pub(super) settings: Settings,
}

impl<R: ApiRequest> Call<'_, R> {
    /// Sends the request to another base URL than the client's. If that is another origin, it gets the client's credentials
    /// and default headers only if [`ClientBuilder::trust_origin`](crate::ClientBuilder::trust_origin) names it; the rules
    /// are there.
    ///
    /// ```
    /// # use api_request::{ApiRequest, BaseUrl, Client};
    /// # #[derive(ApiRequest)]
    /// # #[api(method = GET, path = "/names")]
    /// # struct ListNames;
    /// let client = Client::builder("https://api.example.com/v1").bearer("sk-0e6f").build()?;
    /// let other: BaseUrl = "https://eu.example.com/v1".parse()?;
    /// let request = client.call(&ListNames).base_url(&other).build()?;
    /// assert_eq!(request.uri(), "https://eu.example.com/v1/names");
    /// assert!(!request.headers().contains_key("authorization"));
    /// # Ok::<(), api_request::Error>(())
    /// ```
    pub fn base_url<U>(mut self, base: U) -> Self
    where
        U: TryInto<BaseUrl>,
        U::Error: Into<ConfigError>,
    {
        let base = base.try_into().map_err(Into::into);
        let set = |settings: &mut Settings| base.map(|base| settings.base = Some(Arc::new(base)));
        self.settings.set(set);
        self
    }

    /// Limits the time of the whole call: attempts, delays and body; of a stream, up to the head of the response; of an event
    /// stream that is resumed, again up to the head of each response.
    pub fn timeout(mut self, limit: Duration) -> Self {
        self.settings.timeout = Some(limit);
        self
    }

    /// Limits the time without data, in place of the client's limit: see
    /// [`ClientBuilder::read_timeout`](crate::ClientBuilder::read_timeout).
    pub fn read_timeout(mut self, limit: Duration) -> Self {
        self.settings.read_timeout = Some(limit);
        self
    }

    /// Sets what is retried, and when, in place of the client's rules.
    pub fn retry(mut self, retry: Retry) -> Self {
        self.settings.retry = Some(retry);
        self
    }

    /// Sets a header, in place of one that the request declares; of `Cookie`, in place of the cookies of the same names.
    pub fn header<N, V>(mut self, name: N, value: V) -> Self
    where
        N: AsRef<str>,
        V: TryInto<HeaderValue>,
    {
        let header = parse(name, value);
        self.settings.set(|settings| {
            let Settings {
                headers,
                credentials,
                ..
            } = settings;
            header.map(|header| credentials.header(headers, header))
        });
        self
    }

    /// Adds a query parameter, after those that are declared. A name that the request has already, declared or of an API
    /// key, is an error when the call is sent. A secret belongs into [`api_key_query`](Self::api_key_query).
    ///
    /// ```
    /// # use api_request::{ApiRequest, Client};
    /// #[derive(ApiRequest)]
    /// #[api(method = GET, path = "/names")]
    /// struct ListNames {
    ///     #[api(query)]
    ///     limit: u32,
    /// }
    ///
    /// let client = Client::new("https://api.example.com/v1")?;
    /// let request = client.call(&ListNames { limit: 9 }).query("debug", true).build()?;
    /// assert_eq!(request.uri(), "https://api.example.com/v1/names?limit=9&debug=true");
    /// # Ok::<(), api_request::Error>(())
    /// ```
    pub fn query(mut self, name: impl AsRef<str>, value: impl fmt::Display) -> Self {
        self.settings.query.add(name.as_ref(), &value.to_string());
        self
    }

    /// Adds a value to the extensions of the request, for a transport or a layer that looks for one of its type; each
    /// attempt has it. A transport finds the [`&'static Operation`](crate::Operation) of the request there too.
    ///
    /// ```
    /// # use api_request::{ApiRequest, Client, Operation};
    /// # #[derive(ApiRequest)]
    /// # #[api(method = GET, path = "/names")]
    /// # struct ListNames;
    /// #[derive(Clone)]
    /// struct Tenant(u64);
    ///
    /// let client = Client::new("https://api.example.com/v1")?;
    /// let request = client.call(&ListNames).extension(Tenant(7)).build()?;
    /// assert_eq!(request.extensions().get::<Tenant>().unwrap().0, 7);
    /// assert_eq!(request.extensions().get::<&Operation>().unwrap().path(), "/names");
    /// # Ok::<(), api_request::Error>(())
    /// ```
    pub fn extension(mut self, value: impl Any + Clone + Send + Sync) -> Self {
        self.settings.extensions.insert(value);
        self
    }

    /// Sets the values of the group that the request is in, in place of the client's.
    ///
    /// ```
    /// # use api_request::{ApiGroup, ApiRequest, Client};
    /// # #[derive(ApiGroup)]
    /// # #[api(path = "/accounts/{account}")]
    /// # struct Account {
    /// #     account: u64,
    /// # }
    /// # #[derive(ApiRequest)]
    /// # #[api(in = Account, method = GET, path = "/keys")]
    /// # struct ListKeys;
    /// let client = Client::builder("https://api.example.com").group(Account { account: 7 }).build()?;
    /// let request = client.call(&ListKeys).group(Account { account: 8 }).build()?;
    /// assert_eq!(request.uri(), "https://api.example.com/accounts/8/keys");
    /// # Ok::<(), api_request::Error>(())
    /// ```
    pub fn group(mut self, value: R::Group) -> Self
    where
        R::Group: Send + Sync,
    {
        self.settings.group = Some(GroupValue::new(value));
        self
    }

    /// Sends these credentials, in place of the client's of the same kind.
    ///
    /// ```
    /// # use api_request::{ApiRequest, Authorization, Client};
    /// # #[derive(ApiRequest)]
    /// # #[api(method = GET, path = "/names")]
    /// # struct ListNames;
    /// let client = Client::new("https://api.example.com/v1")?;
    /// let request = client.call(&ListNames).authorization(Authorization::header("DPoP at-1")).build()?;
    /// assert_eq!(request.headers()["authorization"], "DPoP at-1");
    /// # Ok::<(), api_request::Error>(())
    /// ```
    pub fn authorization(mut self, authorization: Authorization) -> Self {
        let set = |settings: &mut Settings| settings.credentials.authorization(authorization);
        self.settings.set(set);
        self
    }

    /// Sends a bearer token ([RFC 6750](https://www.rfc-editor.org/rfc/rfc6750#section-2.1)), in place of the client's.
    pub fn bearer(self, token: impl Into<Secret<String>>) -> Self {
        self.authorization(Authorization::bearer(token))
    }

    /// Sends a user name and password ([RFC 7617](https://www.rfc-editor.org/rfc/rfc7617#section-2)), in place of the
    /// client's.
    pub fn basic(self, user: &str, password: impl Into<Secret<String>>) -> Self {
        self.authorization(Authorization::basic(user, password))
    }

    /// Sends an API key in a header, in place of the client's in that header.
    pub fn api_key_header<N>(self, name: N, key: impl Into<Secret<String>>) -> Self
    where
        N: AsRef<str>,
    {
        self.authorization(Authorization::api_key_header(name, key))
    }

    /// Sends an API key in the query, in place of the client's and of what the request declares of that name.
    pub fn api_key_query(self, name: &str, key: impl Into<Secret<String>>) -> Self {
        self.authorization(Authorization::api_key_query(name, key))
    }

    /// Builds the request that the transport would get, with credentials and default headers, but without the credentials
    /// of a provider, which take time to get, and not signed.
    ///
    /// # Errors
    ///
    /// Fails if the request or the call's settings are not valid, or credentials are required and there are none.
    pub fn build(self) -> Result<Request<Body>, Error<R::Error>> {
        self.build_as(Self::RESPONSE)
    }

    pub(crate) fn build_as(self, ask: Ask) -> Result<Request<Body>, Error<R::Error>> {
        let mut request = self.encode_declared(ask)?;
        let client = &self.client.0;
        let completed = self.settings.complete(client, R::OPERATION, &mut request);
        let request = completed.and_then(|()| request.into_http(&client.base));
        request.map_err(|reason| Error::from_failure(unsendable(R::OPERATION, reason)))
    }

    /// Sends the request and decodes the response.
    ///
    /// The request is encoded at once, so the future does not borrow it; nothing is sent before the future is polled.
    ///
    /// # Errors
    ///
    /// Fails if the request cannot be encoded or sent, if the status of the response is not one of the declared type (any
    /// 2xx, unless it derives [`ApiResponse`](crate::ApiResponse)), and if the response is not of that type.
    /// [`Error`](crate::Error#what-happened) has a table of what may happen.
    ///
    /// # Panics
    ///
    /// As [`Client::send`].
    pub fn send(
        self,
    ) -> impl Future<Output = Result<R::Response, Error<R::Error>>> + Send + use<R> {
        let response = self.start(Self::RESPONSE, R::FORMAT.claims);
        response::decoding(R::OPERATION, &R::FORMAT, response)
    }

    /// Sends the request and returns the decoded body with the status, headers and number of attempts.
    ///
    /// # Errors
    ///
    /// As [`send`](Self::send).
    pub fn send_full(
        self,
    ) -> impl Future<Output = Result<Response<R::Response>, Error<R::Error>>> + Send + use<R> {
        let response = self.start(Self::RESPONSE, R::FORMAT.claims);
        async move { response::decode(R::OPERATION, &R::FORMAT, response.await) }
    }

    /// Sends the request and decodes the response as another type than the declared one: `serde_json::Value`
    /// for members that the declared type does not have, or a type with fewer. The request and the errors are the
    /// declared ones.
    ///
    /// ```
    /// use api_request::{
    ///     ApiRequest, Client,
    ///     testing::{Script, ScriptedResponse},
    /// };
    /// use serde_json::{Value, json};
    ///
    /// # #[derive(serde::Deserialize)]
    /// # struct Key;
    /// #[derive(ApiRequest)]
    /// #[api(method = GET, path = "/key", response = Key)]
    /// struct GetKey;
    ///
    /// # tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(async {
    /// let api = Script::new().then(ScriptedResponse::new(200).json(&json!({"added_later": 1})));
    /// let client = Client::builder("https://api.example.com/v1").transport(api).build()?;
    /// let key: Value = client.call(&GetKey).send_as().await?;
    /// assert_eq!(key["added_later"], 1);
    /// # Ok::<(), api_request::Error>(())
    /// # })?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`send`](Self::send).
    pub fn send_as<T>(self) -> impl Future<Output = Result<T, Error<R::Error>>> + Send + use<R, T>
    where
        T: ApiResponse,
    {
        let response = self.start(Self::RESPONSE, T::STATUSES);
        response::decoding(R::OPERATION, &response::json(), response)
    }

    /// Sends the request and decodes the response in another format than the declared one, for which it asks: `Accept` is
    /// that of the format, unless the request declares one. The format is [`Text`](crate::Text), [`Raw`](crate::Raw) or
    /// one of your own. The rest of the request, and the errors, are the declared ones.
    ///
    /// ```
    /// # use std::str;
    /// use api_request::{
    ///     ApiRequest, BoxError, Client, ResponseFormat, Text,
    ///     testing::{Script, ScriptedResponse},
    /// };
    /// use bytes::Bytes;
    ///
    /// #[derive(ApiRequest)]
    /// #[api(method = GET, path = "/invoices/{id}", response = serde_json::Value)]
    /// struct GetInvoice {
    ///     id: u64,
    /// }
    ///
    /// /// A table, of which the first line is the header.
    /// struct Csv;
    ///
    /// impl ResponseFormat for Csv {
    ///     type Output = Vec<String>;
    ///     const ACCEPT: &'static str = "text/csv";
    ///
    ///     fn decode(response: http::Response<Bytes>) -> Result<Vec<String>, BoxError> {
    ///         let text = str::from_utf8(response.body())?;
    ///         Ok(text.lines().skip(1).map(str::to_owned).collect())
    ///     }
    /// }
    ///
    /// # tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(async {
    /// let script = Script::new()
    ///     .then(ScriptedResponse::new(200).body("Due: 9.99"))
    ///     .then(ScriptedResponse::new(200).body("item,price\ntea,9.99"));
    /// let client = Client::builder("https://api.example.com").transport(script.clone()).build()?;
    /// let request = GetInvoice { id: 7 };
    ///
    /// assert_eq!(client.call(&request).send_with::<Text>().await?, "Due: 9.99");
    /// assert_eq!(client.call(&request).send_with::<Csv>().await?, ["tea,9.99"]);
    /// assert_eq!(script.requests()[0].headers()["accept"], "text/plain");
    /// assert_eq!(script.requests()[1].headers()["accept"], "text/csv");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// # })?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`send`](Self::send), with the format in place of the declared type.
    pub fn send_with<F>(
        self,
    ) -> impl Future<Output = Result<F::Output, Error<R::Error>>> + Send + use<R, F>
    where
        F: ResponseFormat,
    {
        let response = self.start(Ask::response(F::FORMAT.accept), F::FORMAT.claims);
        response::decoding(R::OPERATION, &F::FORMAT, response)
    }

    /// Sends the request and decodes the response in a format that is not public.
    #[cfg(feature = "server")]
    pub(crate) fn send_format<T>(
        self,
        format: &response::Format<T>,
    ) -> impl Future<Output = Result<T, Error<R::Error>>> + Send + use<R, T> {
        let response = self.start(Ask::response(format.accept), format.claims);
        response::decoding(R::OPERATION, format, response)
    }

    /// The same call once more.
    #[cfg(feature = "server")]
    pub(crate) fn again(&self) -> Self {
        Self {
            client: self.client,
            request: self.request,
            settings: self.settings.clone(),
        }
    }

    pub(crate) const RESPONSE: Ask = Ask::response(R::ACCEPT);

    /// Encodes the request as declared, without settings of the call or client.
    pub(super) fn encode_declared(&self, ask: Ask) -> Result<Encoded, Error<R::Error>> {
        let Self {
            client,
            request,
            settings,
        } = self;
        let encoded = encode_declared(client, settings, ask, R::OPERATION, request);
        encoded.map_err(Error::from_failure)
    }

    /// Starts the call. What it fails with is what the future resolves with.
    pub(super) fn start(self, ask: Ask, claims: &'static [Claim]) -> CallFuture {
        let expected = expected::<R>(claims);
        start(self.client, self.settings, ask, expected, &self.request)
    }

    /// Starts the call with a request from [`encode_declared`](Self::encode_declared).
    pub(super) fn start_with(self, request: Encoded, claims: &'static [Claim]) -> CallFuture {
        execute(self.client, self.settings, request, expected::<R>(claims))
    }
}

/// What a call of an `R` expects.
pub(super) fn expected<R: ApiRequest>(claims: &'static [Claim]) -> Expected {
    Expected {
        operation: R::OPERATION,
        claims,
        errors: &<R::Error as ErrorFormat>::RULES,
    }
}

impl<R: ApiRequest> fmt::Debug for Call<'_, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call")
            .field("operation", &R::OPERATION.name)
            .field("base", &self.settings.base)
            .field("timeout", &self.settings.timeout)
            .field("headers", &self.settings.headers)
            .field("query", &self.settings.query.names().collect::<Vec<_>>())
            .field("credentials", &self.settings.credentials)
            .finish_non_exhaustive()
    }
}
