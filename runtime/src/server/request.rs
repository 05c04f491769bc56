//! The trait of requests that are read.

use bytes::Bytes;
use http::Request;

use super::{decoder::Decoder, incoming::Incoming, refusal::Refusal};
use crate::ApiRequest;

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

    /// Reads the group that the operation is in. Only the derive writes this.
    #[doc(hidden)]
    fn read_group(decoder: &Decoder<'_>) -> Result<Self::Group, Refusal>;

    /// Reads a request.
    ///
    /// Its path is relative to where the operation is mounted: that of the base URL is cut off before. What is not declared
    /// is ignored: query parameters, headers, cookies, members of a body. `HEAD` is read as `GET` is.
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
}
