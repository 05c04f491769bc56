//! The error of a call.
//!
//! Invariants: one word wide; what went wrong is a private kind, asked by predicates; neither `Display` nor `Debug`
//! shows a credential, a value of the URL or the content of a body, other than the message the API wrote for people.

mod body;
pub(crate) mod coding;
mod config;
mod encode;
pub(crate) mod envelope;
mod failure;
mod message;
mod retry_after;
pub(crate) mod rules;
mod source;

use std::{error, fmt, time::Duration};

use bytes::Bytes;
use http::{HeaderMap, HeaderName, StatusCode};

pub(crate) use self::failure::{ErrorKind, Failure, Report};
pub use self::{
    body::{Briefly, ErrorBody, ErrorFormat, ErrorReader},
    config::ConfigError,
    encode::EncodeError,
    failure::Phase,
    source::BoxError,
};
#[cfg(feature = "client")]
pub(crate) use self::{
    failure::Wait,
    retry_after::{retry_delay, should_retry},
    source::{SharedError, without_url},
};

/// The error of a call: what went wrong, and the response, if there is one.
///
/// `E` is the request's declared error type; [`api`](Self::api) has its value if the API responded with one.
///
/// ```
/// use api_request::{ApiRequest, Phase};
/// use serde::Deserialize;
///
/// #[derive(ApiRequest)]
/// #[api(method = GET, path = "/keys/{id}", error = Problem)]
/// struct GetKey {
///     id: u64,
/// }
///
/// #[derive(Debug, Deserialize)]
/// struct Problem {
///     code: u32,
/// }
///
/// let response = http::Response::builder()
///     .status(404)
///     .body(r#"{"code": 17, "message": "no such key"}"#.into())?;
/// let error = GetKey::decode(response).unwrap_err();
///
/// assert_eq!(error.to_string(), "`GetKey`: 404 Not Found: no such key");
/// assert_eq!(error.api().unwrap().code, 17);
/// assert_eq!(error.phase(), Phase::Answered);
/// # Ok::<(), http::Error>(())
/// ```
///
/// # What happened
///
/// [`phase`](Self::phase) says for each error whether the request was sent. One of these methods, at most, says what happened:
///
/// | what happened | method | what else there is |
/// |---|---|---|
/// | the API responded with a non-2xx status, or with an error in a 2xx response or an event | [`is_status`](Self::is_status) | [`api`](Self::api), [`status`](Self::status), [`body`](Self::body), [`retry_after`](Self::retry_after), [`request_id`](Self::request_id) |
/// | the response is not of the declared type | [`is_decode`](Self::is_decode) | the path in the message, [`body`](Self::body) |
/// | the response is larger than the limit | [`is_too_large`](Self::is_too_large) | [`status`](Self::status), [`headers`](Self::headers) |
/// | a redirect is not followed | [`is_redirect`](Self::is_redirect) | the `Location` in [`headers`](Self::headers) |
/// | the next page is not requested | [`is_page`](Self::is_page) | |
/// | no connection was made | [`is_connect`](Self::is_connect) | [`source`](error::Error::source) |
/// | time ran out | [`is_timeout`](Self::is_timeout) | |
/// | the connection was lost, or an event stream was cut | none of these | [`source`](error::Error::source) |
/// | a value cannot be sent, or the request must not be sent as it is | [`is_encode`](Self::is_encode) | [`field`](Self::field) |
/// | there are no credentials, because their provider failed | [`is_credentials`](Self::is_credentials) | [`source`](error::Error::source) |
/// | a base URL or a setting is invalid | [`is_config`](Self::is_config) | |
/// | the response cannot be written to a file | [`is_write`](Self::is_write) | [`source`](error::Error::source) |
///
/// The message names the operation and says one thing. It has no value of the URL and no content of a body, other than the
/// message that the API wrote for people, so it may be logged.
pub struct Error<E = ErrorBody>(Box<Inner<E>>);

struct Inner<E> {
    report: Report,
    api: Option<E>,
}

impl<E> Error<E> {
    /// Returns how far the call got before it failed.
    #[must_use]
    pub fn phase(&self) -> Phase {
        self.0.report.phase()
    }

    /// Returns whether the request cannot be encoded, or must not be sent as it is.
    #[must_use]
    pub fn is_encode(&self) -> bool {
        matches!(self.kind(), ErrorKind::Encode(_) | ErrorKind::Unsendable(_))
    }

    /// Returns whether a base URL or a setting of a client is invalid.
    #[must_use]
    pub fn is_config(&self) -> bool {
        matches!(self.kind(), ErrorKind::Config(_))
    }

    /// Returns whether the provider of credentials failed, also to sign, so that the request was not sent.
    /// [`source`](error::Error::source) is its error. See
    /// [`ClientBuilder::credentials`](struct.ClientBuilder.html#method.credentials).
    #[must_use]
    pub fn is_credentials(&self) -> bool {
        matches!(self.kind(), ErrorKind::Credentials)
    }

    /// Returns whether the connection failed, a connect timeout included.
    #[must_use]
    pub fn is_connect(&self) -> bool {
        matches!(self.kind(), ErrorKind::Connect { .. })
    }

    /// Returns whether the timeout of the call or the read timeout ended the call.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        matches!(self.kind(), ErrorKind::Timeout(_))
    }

    /// Returns whether the API responded with a non-2xx status, or with an error in the envelope of its error type or
    /// in an event stream.
    #[must_use]
    pub fn is_status(&self) -> bool {
        matches!(self.kind(), ErrorKind::Status(_))
    }

    /// Returns whether the response cannot be decoded as the declared type.
    #[must_use]
    pub fn is_decode(&self) -> bool {
        matches!(
            self.kind(),
            ErrorKind::Decode { .. } | ErrorKind::DecodeError { .. } | ErrorKind::DecodeHead(_)
        )
    }

    /// Returns whether the API sent a redirect that is not followed.
    #[must_use]
    pub fn is_redirect(&self) -> bool {
        matches!(self.kind(), ErrorKind::Redirect(_))
    }

    /// Returns whether a page was received, but the next one is not requested: it is at another origin, was requested
    /// before, or would repeat a page. See
    /// [`Call::pages`](struct.Call.html#method.pages).
    #[must_use]
    pub fn is_page(&self) -> bool {
        matches!(self.kind(), ErrorKind::Page(_))
    }

    /// Returns whether the response, or an event or a line of a stream, is larger than the limit.
    #[must_use]
    pub fn is_too_large(&self) -> bool {
        match self.kind() {
            ErrorKind::TooLarge(_) | ErrorKind::HeadTooLarge => true,
            #[cfg(feature = "events")]
            ErrorKind::EventTooLarge(_) => true,
            #[cfg(feature = "lines")]
            ErrorKind::LineTooLarge(_) => true,
            _ => false,
        }
    }

    /// Returns whether the response could not be written to a file: see
    /// [`ByteStream::save_to`](struct.ByteStream.html#method.save_to).
    #[must_use]
    pub fn is_write(&self) -> bool {
        matches!(self.kind(), ErrorKind::Write(_))
    }

    /// Returns the API's error, if it responded with a body of that type. If it did not, [`body`](Self::body) has the body,
    /// and in a test, `AnyOperation::check_response` says where and why it is not of the type.
    #[must_use]
    pub fn api(&self) -> Option<&E> {
        self.0.api.as_ref()
    }

    /// Returns the status of the response, if there is one.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        Some(self.0.report.response.as_ref()?.status)
    }

    /// Returns the headers of the response, if there is one.
    #[must_use]
    pub fn headers(&self) -> Option<&HeaderMap> {
        Some(&self.0.report.response.as_ref()?.headers)
    }

    /// Returns the body of the response, if its status or content is the error; of an event stream, the data of the
    /// event that is the error. The body of a non-2xx status is cut at the limit for error bodies, and so is a body
    /// that is not the event stream it should be.
    #[must_use]
    pub fn body(&self) -> Option<&Bytes> {
        self.0.report.response.as_ref()?.body.as_ref()
    }

    /// Returns the ID of the request in the API's logs: the header `x-request-id` or `request-id` of the response.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.headers().and_then(request_id)
    }

    /// Returns the number of attempts to send the request.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.0.report.attempts
    }

    /// Returns how long the API asks to wait, counted from its response: `retry-after-ms`, or else `Retry-After`, in
    /// seconds or as a date ([RFC 9110, section 10.2.3](https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3)), which
    /// is compared with the `Date` of the response, if it has one. A fraction is rounded up; a date that is past is zero.
    ///
    /// ```
    /// use std::time::Duration;
    ///
    /// use api_request::ApiRequest;
    ///
    /// #[derive(ApiRequest)]
    /// #[api(method = GET, path = "/status")]
    /// struct GetStatus;
    ///
    /// let response = http::Response::builder()
    ///     .status(429)
    ///     .header("date", "Tue, 15 Nov 1994 08:12:31 GMT")
    ///     .header("retry-after", "Tue, 15 Nov 1994 08:13:01 GMT")
    ///     .body("".into())?;
    /// let error = GetStatus::decode(response).unwrap_err();
    /// assert_eq!(error.retry_after(), Some(Duration::from_secs(30)));
    /// # Ok::<(), http::Error>(())
    /// ```
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.report.retry_after()
    }

    /// Returns the Rust name of the field that cannot be sent, if the error is about one field.
    #[must_use]
    pub fn field(&self) -> Option<&str> {
        match self.kind() {
            ErrorKind::Encode(error) => error.field(),
            _ => None,
        }
    }

    /// Returns the name of the operation; empty if the error is older than the call.
    #[must_use]
    pub fn operation(&self) -> &str {
        self.0.report.operation()
    }

    fn kind(&self) -> &ErrorKind {
        &self.0.report.kind
    }
}

impl<E: ErrorFormat> Error<E> {
    /// Makes the error of a failed call, with the response read as the declared error type.
    pub(crate) fn from_failure(mut failure: Failure) -> Self {
        let api = match (&failure.kind, &failure.response) {
            (ErrorKind::Status(_), Some(response)) => E::from_response(
                response.status,
                &response.headers,
                response.body.as_ref().unwrap_or(&Bytes::new()),
            ),
            _ => None,
        };
        failure.reword(api.as_ref().and_then(E::message));
        Self::new(*failure, api)
    }
}

impl<E> Error<E> {
    /// Converts the API's error, if there is one, and keeps the rest: for a function that makes several calls and has an
    /// error of its own.
    ///
    /// ```
    /// use api_request::Error;
    /// use serde::Deserialize;
    ///
    /// #[derive(Debug, Deserialize)]
    /// struct Problem {
    ///     code: u32,
    /// }
    ///
    /// fn code(error: Error<Problem>) -> Error<u32> {
    ///     error.map_api(|problem| problem.code)
    /// }
    /// ```
    #[must_use]
    pub fn map_api<F>(self, convert: impl FnOnce(E) -> F) -> Error<F> {
        let Inner { report, api } = *self.0;
        Error::new(report, api.map(convert))
    }

    /// Forgets the API's error type and keeps the rest: [`api`](Self::api) is then the body, if the API responded with an
    /// error.
    ///
    /// ```
    /// # #[cfg(feature = "client")] {
    /// use api_request::{ApiRequest, Client, Error};
    /// # #[derive(Debug, serde::Deserialize)] struct Problem;
    /// # #[derive(Debug, serde::Deserialize)] struct Failure;
    ///
    /// #[derive(ApiRequest)]
    /// #[api(method = POST, path = "/locks/{id}", error = Problem)]
    /// struct Lock {
    ///     id: u64,
    /// }
    ///
    /// #[derive(ApiRequest)]
    /// #[api(method = DELETE, path = "/files/{id}", error = Failure)]
    /// struct DeleteFile {
    ///     id: u64,
    /// }
    ///
    /// async fn delete(client: &Client, id: u64) -> Result<(), Error> {
    ///     client.send(&Lock { id }).await.map_err(Error::erase)?;
    ///     client.send(&DeleteFile { id }).await.map_err(Error::erase)
    /// }
    /// # }
    /// ```
    #[must_use]
    pub fn erase(self) -> Error<ErrorBody> {
        Error::from_failure(Box::new(self.0.report))
    }

    fn new(report: Report, api: Option<E>) -> Self {
        Self(Box::new(Inner { report, api }))
    }
}

/// Finds the ID of a request in the logs of the API.
pub(crate) fn request_id(headers: &HeaderMap) -> Option<&str> {
    // Names that are parsed once: each response is asked for them.
    static NAMES: [HeaderName; 2] = [
        HeaderName::from_static("x-request-id"),
        HeaderName::from_static("request-id"),
    ];
    let mut names = NAMES.iter();
    names.find_map(|name| headers.get(name)?.to_str().ok())
}

impl<E> From<EncodeError> for Error<E> {
    fn from(error: EncodeError) -> Self {
        Self::new(Report::new("", ErrorKind::Encode(error)), None)
    }
}

impl<E> From<ConfigError> for Error<E> {
    fn from(error: ConfigError) -> Self {
        Self::new(Report::new("", ErrorKind::Config(error)), None)
    }
}

impl<E> fmt::Display for Error<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.report.fmt(f)
    }
}

impl<E> fmt::Debug for Error<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let source = error::Error::source(self).and_then(|source| source.downcast_ref());
        self.0.report.debug(self.0.api.is_some(), source, f)
    }
}

impl<E> error::Error for Error<E> {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        let source = self.0.report.source.as_deref()?;
        #[cfg(feature = "client")]
        if let Some(shared) = source.downcast_ref::<SharedError>() {
            return Some(shared.get());
        }
        Some(source)
    }
}
