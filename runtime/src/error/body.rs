//! The types that the body of an error is decoded as.

use std::{fmt, str};

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, StatusCode, header};
use serde::de::DeserializeOwned;

use crate::json;

/// The body of an error, as it was received: the error type of requests that declare none.
///
/// ```
/// use api_request::ApiRequest;
///
/// #[derive(ApiRequest)]
/// #[api(method = GET, path = "/status")]
/// struct GetStatus;
///
/// let response = http::Response::builder()
///     .status(503)
///     .header("content-type", "text/plain")
///     .body("down for maintenance".into())?;
/// let error = GetStatus::decode(response).unwrap_err();
/// let body = error.api().unwrap();
/// assert_eq!(body.text(), Some("down for maintenance"));
/// assert_eq!(body.content_type(), Some("text/plain"));
/// assert_eq!(format!("{body:?}"), r#"ErrorBody { content_type: Some("text/plain"), bytes: 20 }"#);
/// # Ok::<(), http::Error>(())
/// ```
#[derive(Clone)]
pub struct ErrorBody {
    content_type: Option<HeaderValue>,
    bytes: Bytes,
}

impl ErrorBody {
    /// Returns the bytes, up to the client's limit for error bodies.
    #[must_use]
    pub fn bytes(&self) -> &Bytes {
        &self.bytes
    }

    /// Returns the text, if it is UTF-8.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        str::from_utf8(&self.bytes).ok()
    }

    /// Returns the header `Content-Type`.
    #[must_use]
    pub fn content_type(&self) -> Option<&str> {
        self.content_type.as_ref()?.to_str().ok()
    }

    /// Decodes the body as JSON, whatever its media type; a byte order mark before it is ignored.
    ///
    /// # Errors
    ///
    /// Fails if the body is not JSON of a `T`.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, serde_json::Error> {
        serde_json::from_slice(json::content(&self.bytes))
    }
}

impl fmt::Debug for ErrorBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ErrorBody")
            .field("content_type", &self.content_type())
            .field("bytes", &self.bytes.len())
            .finish()
    }
}

/// A type that the body of an error is decoded as: any that deserializes from JSON, [`ErrorBody`], and any enum that
/// derives [`ApiError`](macro@crate::ApiError).
///
/// ```
/// use api_request::ApiRequest;
///
/// #[derive(Debug, serde::Deserialize)]
/// struct Problem {
///     title: String,
/// }
///
/// #[derive(ApiRequest)]
/// #[api(method = DELETE, path = "/keys/{id}", error = Problem)]
/// struct DeleteKey {
///     id: u64,
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the error of a request",
    label = "an error body cannot be decoded as this",
    note = "derive `Debug` and `serde::Deserialize` for `{Self}`, without a lifetime",
    note = "or derive `ApiError` for an enum that has a variant for each status",
    note = "or take `ErrorBody`, the default, which keeps the body as it is"
)]
pub trait ErrorFormat: Send + Sync + Sized + 'static {
    /// The member that makes an error of a 2xx response, if there is one.
    #[doc(hidden)]
    const ENVELOPE: Option<&'static str> = None;

    /// Decodes the response; `None` if it is not of this type.
    #[doc(hidden)]
    fn from_answer(status: StatusCode, headers: &HeaderMap, body: &Bytes) -> Option<Self>;
}

#[diagnostic::do_not_recommend]
impl<T: DeserializeOwned + fmt::Debug + Send + Sync + 'static> ErrorFormat for T {
    fn from_answer(_: StatusCode, _: &HeaderMap, body: &Bytes) -> Option<Self> {
        json::read(body)
    }
}

#[diagnostic::do_not_recommend]
impl ErrorFormat for ErrorBody {
    fn from_answer(_: StatusCode, headers: &HeaderMap, body: &Bytes) -> Option<Self> {
        Some(Self {
            content_type: headers.get(header::CONTENT_TYPE).cloned(),
            bytes: body.clone(),
        })
    }
}
