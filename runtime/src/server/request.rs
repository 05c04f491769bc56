//! The trait of requests that are read.

use bytes::Bytes;
#[cfg(feature = "events")]
use futures_core::Stream;
use http::{Request, Response, StatusCode};

#[cfg(feature = "events")]
use super::respond::{WriteEvent, respond_events};
use super::{
    decoder::Decoder,
    incoming::Incoming,
    refusal::Refusal,
    respond::{ResponseWriter, WriteAs, WriteError},
};
#[cfg(feature = "events")]
use crate::EventRequest;
use crate::{ApiRequest, Body};

/// A request that a server reads. Implement it with [`#[derive(FromHttp)]`](macro@crate::FromHttp), beside
/// [`ApiRequest`].
///
/// ```
/// use api_request::{ApiRequest, BaseUrl, FromHttp};
///
/// #[derive(Debug, PartialEq, ApiRequest, FromHttp)]
/// #[api(method = GET, path = "/models/{author}/endpoints")]
/// struct ListEndpoints {
///     author: String,
///     #[api(query)]
///     limit: Option<u32>,
/// }
///
/// let request = ListEndpoints { author: "meta llama".to_owned(), limit: Some(20) };
/// let base: BaseUrl = "https://api.example.com".parse()?;
/// let http = request.to_http(&base)?.map(|body| body.as_bytes().cloned().unwrap_or_default());
/// assert_eq!(ListEndpoints::from_http(http)?, request);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be read from an HTTP request",
    label = "does not derive `FromHttp`",
    note = "derive it beside `ApiRequest`: `#[derive(api_request::ApiRequest, api_request::FromHttp)]`"
)]
pub trait FromHttp: ApiRequest + Sized {
    /// Reads the fields. Only the derive writes this.
    #[doc(hidden)]
    fn read_fields(decoder: &Decoder<'_>) -> Result<Self, Refusal>;

    /// The kind of the response. Only the derive writes this.
    #[doc(hidden)]
    type Kind;

    /// Reads the group that the operation is in. Only the derive writes this.
    #[doc(hidden)]
    fn read_group(decoder: &Decoder<'_>) -> Result<Self::Group, Refusal>;

    /// Reads a request.
    ///
    /// Its path is relative to where the operation is mounted: that of the base URL is cut off before. What is not declared
    /// is ignored: query parameters, headers, cookies, members of a body. `HEAD` is read as `GET` is
    /// ([RFC 9110, section 9.3.2](https://www.rfc-editor.org/rfc/rfc9110#section-9.3.2)).
    ///
    /// # Errors
    ///
    /// Returns a [`Refusal`] if the method or the path is another one, or a value is missing or not of the declared type.
    fn from_http(request: Request<Bytes>) -> Result<Self, Refusal> {
        let incoming = Incoming::new(Self::OPERATION, Self::ACCEPT, &request)?;
        Self::read_fields(&Decoder::new(&incoming))
    }

    /// Reads a request of an operation in a group, and the values of the group.
    ///
    /// ```
    /// use api_request::{ApiGroup, ApiRequest, FromHttp};
    /// use bytes::Bytes;
    ///
    /// #[derive(Debug, PartialEq, ApiGroup, FromHttp)]
    /// #[api(path = "/accounts/{account}")]
    /// struct Account {
    ///     account: u64,
    /// }
    ///
    /// #[derive(ApiRequest, FromHttp)]
    /// #[api(in = Account, method = GET, path = "/keys")]
    /// struct ListKeys;
    ///
    /// let request = http::Request::get("/accounts/7/keys").body(Bytes::new())?;
    /// let (_, account) = ListKeys::from_http_in(request)?;
    /// assert_eq!(account, Account { account: 7 });
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Fails as [`Self::from_http`]. The field of the refusal may be one of the group.
    fn from_http_in(request: Request<Bytes>) -> Result<(Self, Self::Group), Refusal> {
        let incoming = Incoming::new(Self::OPERATION, Self::ACCEPT, &request)?;
        let decoder = Decoder::new(&incoming);
        let group = Self::read_group(&decoder.in_group())?;
        Ok((Self::read_fields(&decoder)?, group))
    }

    /// Writes the declared response, or an error of the declared type: status, headers and body, as they are decoded.
    ///
    /// - JSON, text, bytes, a stream and lines have the status 200, and the `Content-Type` of their kind;
    ///   `response(empty)` has 204 and no body. A type that derives [`ApiResponse`](macro@crate::ApiResponse) has what it
    ///   declares, 204 if it can and has no body.
    /// - An error has the status of its variant, where it derives [`ApiError`](macro@crate::ApiError). Of a class it is the
    ///   first that no other variant has, and of `other` it is 500 or, where a variant has that, the first left of 501 to
    ///   599 and 400 to 499. Any other type has 500. An [`ErrorBody`](crate::ErrorBody) is written as it is.
    ///
    /// This asks for `serde::Serialize` of all that is written, where decoding asks for `Deserialize`. A value that cannot
    /// be written, such as a header with a line feed, is a 500 that names it (RFC 9457).
    ///
    /// ```
    /// use api_request::{ApiError, ApiRequest, FromHttp};
    ///
    /// #[derive(Debug, PartialEq, serde::Serialize, serde::Deserialize)]
    /// struct Key {
    ///     hash: String,
    /// }
    ///
    /// #[derive(Debug, PartialEq, ApiError)]
    /// enum KeyError {
    ///     #[api(status = 404)]
    ///     NotFound,
    ///     #[api(other)]
    ///     Other(String),
    /// }
    ///
    /// #[derive(ApiRequest, FromHttp)]
    /// #[api(method = GET, path = "/keys/{hash}", response = Key, error = KeyError)]
    /// struct GetKey {
    ///     hash: String,
    /// }
    ///
    /// let response = GetKey::respond(Ok(Key { hash: "f01d".to_owned() }));
    /// assert_eq!(response.headers()["content-type"], "application/json");
    /// let bytes = |body: api_request::Body| body.as_bytes().cloned().unwrap();
    /// assert_eq!(GetKey::decode(response.map(bytes))?.hash, "f01d");
    ///
    /// let response = GetKey::respond(Err(KeyError::NotFound));
    /// assert_eq!(response.status(), 404);
    /// let error = GetKey::decode(response.map(bytes)).unwrap_err();
    /// assert_eq!(error.api(), Some(&KeyError::NotFound));
    /// # Ok::<(), api_request::Error<KeyError>>(())
    /// ```
    #[must_use]
    fn respond(result: Result<Self::Response, Self::Error>) -> Response<Body>
    where
        Self::Kind: WriteAs<Self::Response>,
        Self::Error: WriteError,
    {
        let mut writer = ResponseWriter::default();
        let (written, default) = match result {
            Ok(value) => (Self::Kind::write_as(value, &mut writer), StatusCode::OK),
            Err(error) => (
                error.write_error(&mut writer),
                StatusCode::INTERNAL_SERVER_ERROR,
            ),
        };
        writer.finish(written, default)
    }

    /// Writes the declared events, each as soon as the stream has it.
    ///
    /// An item is the `data` of an event, as JSON, of the first type that `events(only = …)` declares; an
    /// [`Event`](crate::events::Event) is written as it is. After the last item comes the declared sentinel. An error is
    /// the last thing that comes: an event of the type `error`. An item that cannot be serialized breaks the body off.
    ///
    /// ```
    /// use api_request::{ApiRequest, ErrorBody, EventRequest, FromHttp};
    /// use futures_util::{TryStreamExt, stream};
    ///
    /// #[derive(ApiRequest, FromHttp)]
    /// #[api(method = GET, path = "/count", events(item = u32, done = "[DONE]"))]
    /// struct Count;
    ///
    /// # futures_util::FutureExt::now_or_never(async {
    /// let response = Count::respond_events(stream::iter([1, 2].map(Ok)));
    /// let items: Vec<u32> = Count::decode_events(response).await?.try_collect().await?;
    /// assert_eq!(items, [1, 2]);
    /// # Ok::<(), api_request::Error>(())
    /// # }).unwrap().unwrap();
    /// ```
    #[cfg(feature = "events")]
    #[cfg_attr(docsrs, doc(cfg(feature = "events")))]
    #[must_use]
    fn respond_events<S>(events: S) -> Response<Body>
    where
        Self: EventRequest<Event: WriteEvent>,
        Self::Error: WriteError,
        S: Stream<Item = Result<<Self as EventRequest>::Event, Self::Error>> + Send + 'static,
    {
        respond_events(Self::OPERATION, events)
    }
}
