//! The trait that a request struct implements.

use bytes::Bytes;
use http::Request;

use crate::{
    BaseUrl, Body, EncodeError, Error,
    base_url::Destination,
    curl,
    encoder::{Ask, Encoder, Values, encode, encode_http},
    error::ErrorFormat,
    operation::{Meta, Operation},
    response::{self, Format},
    secret::Nonce,
};

/// A declared API request. Implement it with [`#[derive(ApiRequest)]`](macro@crate::ApiRequest).
///
/// ```
/// use api_request::{ApiRequest, BaseUrl};
///
/// #[derive(ApiRequest)]
/// #[api(method = GET, path = "/models/{author}/{slug}/endpoints")]
/// struct ListEndpoints {
///     author: String,
///     slug: String,
/// }
///
/// let base: BaseUrl = "https://openrouter.ai/api/v1".parse()?;
/// let request = ListEndpoints { author: "meta llama".into(), slug: "3.1/70b".into() };
/// let request = request.to_http(&base)?;
/// assert_eq!(request.uri(), "https://openrouter.ai/api/v1/models/meta%20llama/3.1%2F70b/endpoints");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an API request",
    label = "does not implement `ApiRequest`",
    note = "derive it: `#[derive(api_request::ApiRequest)]` with `#[api(method = …, path = \"…\")]`"
)]
pub trait ApiRequest {
    /// The type that a successful response is decoded as.
    type Response;

    /// The type that the body of any other response is decoded as.
    type Error: ErrorFormat;

    /// The group that `#[api(in = Group)]` names: what the operation shares with others. `()` without one.
    type Group: 'static;

    /// How the response is read. Only the derive writes this.
    #[doc(hidden)]
    const FORMAT: Format<Self::Response>;

    /// The values of `meta`. Only the derive writes this.
    #[doc(hidden)]
    const META: Meta = &[];

    /// The declared operation: method, path, parameters, body and documentation.
    const OPERATION: &'static Operation;

    /// The media type of the response, as the header `Accept` has it: `application/json` for JSON, `text/plain` for text,
    /// what a [`ResponseFormat`](crate::ResponseFormat) says, and `*/*` for any other response. A declared header
    /// `Accept` replaces it when the request is sent.
    ///
    /// ```
    /// use api_request::ApiRequest;
    ///
    /// #[derive(ApiRequest)]
    /// #[api(method = GET, path = "/models", response = Vec<String>)]
    /// struct ListModels;
    ///
    /// assert_eq!(ListModels::ACCEPT, "application/json");
    /// ```
    const ACCEPT: &'static str = Self::FORMAT.accept;

    /// Hands the fields to the encoder. Only the derive writes this.
    #[doc(hidden)]
    fn encode(&self, encoder: &mut Encoder<'_>) -> Result<(), EncodeError>;

    /// The same with the values of the group. Only the derive writes this.
    #[doc(hidden)]
    fn encode_in(
        &self,
        _: Option<&Self::Group>,
        encoder: &mut Encoder<'_>,
    ) -> Result<(), EncodeError> {
        self.encode(encoder)
    }

    /// Builds the HTTP request: method, URL, the declared headers, `Accept`, `Content-Type` and body, without credentials
    /// and what else a client adds.
    ///
    /// The URL is `base`, the path and the query; all values in it are percent-encoded
    /// ([RFC 3986, section 2](https://www.rfc-editor.org/rfc/rfc3986#section-2)).
    ///
    /// # Errors
    ///
    /// Returns an [`EncodeError`] that names the field if a value is not supported in its location, or would change
    /// the meaning of the request: an empty or dot path segment, a control character in a header, a list in a cookie.
    /// Fails if the operation is in a group that has required fields: [`to_http_in`](Self::to_http_in) takes its value.
    fn to_http(&self, base: &BaseUrl) -> Result<Request<Body>, EncodeError> {
        let values = |encoder: &mut Encoder<'_>| self.encode(encoder);
        let ask = Ask::response(Self::ACCEPT);
        encode_http(Self::OPERATION, ask, base, &values)
    }

    /// Builds the HTTP request of an operation in a group, with the values of the group.
    ///
    /// ```
    /// use api_request::{ApiGroup, ApiRequest, BaseUrl};
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
    /// let base: BaseUrl = "https://api.example.com/v1".parse()?;
    /// let request = ListKeys.to_http_in(&base, &Account { account: 7 })?;
    /// assert_eq!(request.uri(), "https://api.example.com/v1/accounts/7/keys");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Fails as [`Self::to_http`]. The field of the error may be one of the group.
    fn to_http_in(
        &self,
        base: &BaseUrl,
        group: &Self::Group,
    ) -> Result<Request<Body>, EncodeError> {
        let values = |encoder: &mut Encoder<'_>| self.encode_in(Some(group), encoder);
        let ask = Ask::response(Self::ACCEPT);
        encode_http(Self::OPERATION, ask, base, &values)
    }

    /// Builds the same request as a `curl` command for a POSIX shell.
    ///
    /// Secrets, in a body too, are shell variables, encoded as their location requires: `$X_API_KEY` for a
    /// secret called `X-Api-Key` on the wire, `$X_API_KEY_2` for a second one. A multipart body is printed piece by
    /// piece, and piped into curl. A file is read where it is, and a stream from standard input.
    ///
    /// ```
    /// use api_request::{ApiRequest, BaseUrl, Secret};
    ///
    /// #[derive(ApiRequest)]
    /// #[api(method = GET, path = "/key")]
    /// struct GetKey {
    ///     #[api(header = "X-Api-Key")]
    ///     key: Secret<String>,
    /// }
    ///
    /// let base: BaseUrl = "https://api.example.com".parse()?;
    /// let curl = GetKey { key: Secret::from("hunter2") }.to_curl(&base)?;
    /// assert!(curl.contains(r#"-H 'x-api-key: '"$X_API_KEY""#));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Fails as [`Self::to_http`].
    fn to_curl(&self, base: &BaseUrl) -> Result<String, EncodeError> {
        let values = |encoder: &mut Encoder<'_>| self.encode(encoder);
        let ask = Ask::response(Self::ACCEPT);
        to_curl(Self::OPERATION, ask, base, &values)
    }

    /// Builds the `curl` command of an operation in a group, with the values of the group: see [`to_curl`](Self::to_curl).
    ///
    /// # Errors
    ///
    /// Fails as [`Self::to_http_in`].
    fn to_curl_in(&self, base: &BaseUrl, group: &Self::Group) -> Result<String, EncodeError> {
        let values = |encoder: &mut Encoder<'_>| self.encode_in(Some(group), encoder);
        let ask = Ask::response(Self::ACCEPT);
        to_curl(Self::OPERATION, ask, base, &values)
    }

    /// Decodes a response that any HTTP stack received, its body decompressed.
    ///
    /// A response that is read as a stream, [`ByteStream`](crate::ByteStream), yields the body in one piece.
    ///
    /// # Errors
    ///
    /// Returns an [`Error`] with status, headers and body if the status is not one of the declared type (any 2xx, unless it
    /// derives [`ApiResponse`](crate::ApiResponse)), or the response cannot be decoded.
    fn decode(response: http::Response<Bytes>) -> Result<Self::Response, Error<Self::Error>>
    where
        Self: Sized,
    {
        response::read(Self::OPERATION, &Self::FORMAT, response)
    }
}

fn to_curl(
    operation: &'static Operation,
    ask: Ask,
    base: &BaseUrl,
    values: Values<'_>,
) -> Result<String, EncodeError> {
    let nonce = Nonce::new();
    let request = encode(
        operation,
        ask,
        Destination::of(base),
        Some(nonce),
        0,
        values,
    )?;
    Ok(curl::render(&request, base, nonce))
}
