//! The types that the body of an error is decoded as.

use std::{fmt, str};

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, StatusCode, header};
use serde::de::DeserializeOwned;

use super::rules::ErrorRules;
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
#[derive(Clone, PartialEq, Eq)]
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

    /// The header `Content-Type` and the bytes.
    #[cfg(feature = "server")]
    pub(crate) fn into_parts(self) -> (Option<HeaderValue>, Bytes) {
        (self.content_type, self.bytes)
    }

    /// Decodes the body as JSON, whatever its media type; a byte order mark before it is ignored.
    ///
    /// ```
    /// use api_request::ApiRequest;
    ///
    /// #[derive(ApiRequest)]
    /// #[api(method = GET, path = "/status")]
    /// struct GetStatus;
    ///
    /// let response = http::Response::builder().status(503).body(r#"{"code": 17}"#.into())?;
    /// let error = GetStatus::decode(response).unwrap_err();
    /// let problem: serde_json::Value = error.api().unwrap().json()?;
    /// assert_eq!(problem["code"], 17);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
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

/// A type that the body of an error is decoded as: any that deserializes from JSON, [`ErrorBody`], any enum that derives
/// [`ApiError`](macro@crate::ApiError), and any that implements this trait, for errors that are not JSON or are in the
/// headers: `#[api(error(with = F))]`.
///
/// ```
/// use api_request::{ApiRequest, ErrorFormat};
/// use bytes::Bytes;
/// use http::{HeaderMap, StatusCode};
///
/// /// The error of an API that responds with XML.
/// #[derive(Debug)]
/// struct Fault {
///     code: String,
///     text: String,
/// }
///
/// fn element(xml: &str, name: &str) -> Option<String> {
///     let (_, rest) = xml.split_once(&format!("<{name}>"))?;
///     let (text, _) = rest.split_once(&format!("</{name}>"))?;
///     Some(text.to_owned())
/// }
///
/// impl ErrorFormat for Fault {
///     fn from_response(_: StatusCode, _: &HeaderMap, body: &Bytes) -> Option<Self> {
///         let xml = std::str::from_utf8(body).ok()?;
///         Some(Self {
///             code: element(xml, "Code")?,
///             text: element(xml, "Message")?,
///         })
///     }
///
///     fn message(&self) -> Option<String> {
///         Some(self.text.clone())
///     }
/// }
///
/// #[derive(ApiRequest)]
/// #[api(method = DELETE, path = "/keys/{id}", error(with = Fault))]
/// struct DeleteKey {
///     id: u64,
/// }
///
/// let xml = "<Error><Code>NoSuchKey</Code><Message>there is no such key</Message></Error>";
/// let response = http::Response::builder().status(404).body(xml.into())?;
/// let error = DeleteKey::decode(response).unwrap_err();
/// assert_eq!(error.api().unwrap().code, "NoSuchKey");
/// assert_eq!(error.to_string(), "`DeleteKey`: 404 Not Found: there is no such key");
/// # Ok::<(), http::Error>(())
/// ```
///
/// A type that implements `Deserialize` and `Debug` has an implementation, for JSON, and cannot have another.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the error of a request",
    label = "an error body cannot be decoded as this",
    note = "derive `Debug` and `serde::Deserialize` for `{Self}`, without a lifetime",
    note = "or derive `ApiError` for an enum that has a variant for each status",
    note = "or implement `ErrorFormat` for `{Self}`, if its errors are not JSON",
    note = "or take `ErrorBody`, the default, which keeps the body as it is"
)]
pub trait ErrorFormat: Send + Sync + Sized + 'static {
    /// What the derive knows of its attributes.
    #[doc(hidden)]
    const RULES: ErrorRules = ErrorRules::NONE;

    /// Decodes a response that is an error: most have a status that is not a 2xx. The body is cut at the client's limit
    /// for error bodies; of an error in a stream, it is the event or the line.
    ///
    /// `None` means that the response is not of this type: `Error::api` is then `None`, and `Error::body` has the body.
    fn from_response(status: StatusCode, headers: &HeaderMap, body: &Bytes) -> Option<Self>;

    /// Does the same by a reader, which learns why a response is not of this type. Only the derive writes this.
    #[doc(hidden)]
    fn from_response_by<R: ErrorReader>(
        _: &mut R,
        status: StatusCode,
        headers: &HeaderMap,
        body: &Bytes,
    ) -> Option<Self> {
        Self::from_response(status, headers, body)
    }

    /// Returns the API's message for people, which `Display` of [`Error`](crate::Error) shows in place of the one that is
    /// found in the body. `None`, the default, leaves that one. What is shown is one line, without the secrets of the
    /// request.
    ///
    /// ```
    /// # use api_request::ErrorFormat;
    /// struct Refused(&'static str);
    ///
    /// impl ErrorFormat for Refused {
    ///     # fn from_response(_: http::StatusCode, _: &http::HeaderMap, _: &bytes::Bytes) -> Option<Self> { None }
    ///     // …
    ///     fn message(&self) -> Option<String> {
    ///         Some(format!("refused: {}", self.0))
    ///     }
    /// }
    /// ```
    fn message(&self) -> Option<String> {
        None
    }
}

#[diagnostic::do_not_recommend]
impl<T: DeserializeOwned + fmt::Debug + Send + Sync + 'static> ErrorFormat for T {
    fn from_response(_: StatusCode, _: &HeaderMap, body: &Bytes) -> Option<Self> {
        json::read(body)
    }

    fn from_response_by<R: ErrorReader>(
        reader: &mut R,
        _: StatusCode,
        _: &HeaderMap,
        body: &Bytes,
    ) -> Option<Self> {
        reader.json(body)
    }
}

#[diagnostic::do_not_recommend]
impl ErrorFormat for ErrorBody {
    fn from_response(_: StatusCode, headers: &HeaderMap, body: &Bytes) -> Option<Self> {
        Some(Self {
            content_type: headers.get(header::CONTENT_TYPE).cloned(),
            bytes: body.clone(),
        })
    }
}

/// What reads the body of an error: a call only wants to know whether it can be read, a check also why not.
#[doc(hidden)]
pub trait ErrorReader {
    /// Decodes the JSON of a body.
    fn json<T: DeserializeOwned>(&mut self, body: &[u8]) -> Option<T>;

    /// There is no variant for the status, or for the code in an envelope; 0 if only the variant for all others is left.
    fn no_variant<T>(&mut self, status: u16) -> Option<T>;
}

/// The reader of a call.
#[doc(hidden)]
#[derive(Debug)]
pub struct Briefly;

impl ErrorReader for Briefly {
    fn json<T: DeserializeOwned>(&mut self, body: &[u8]) -> Option<T> {
        json::read(body)
    }

    fn no_variant<T>(&mut self, _: u16) -> Option<T> {
        None
    }
}
