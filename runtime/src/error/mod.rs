//! The error of a call.
//!
//! Invariants: one word wide; what went wrong is a private kind, asked by predicates; neither `Display` nor `Debug`
//! shows a credential, a value of the URL or the content of a body, other than the message the API wrote for people.

mod api_message;
mod body;
pub(crate) mod coding;
pub(crate) mod envelope;
mod hint;
mod report;

use std::{error, fmt, time::Duration};

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

pub use body::{ErrorBody, ErrorFormat};
#[cfg(feature = "client")]
pub(crate) use hint::should_retry;
#[cfg(feature = "client")]
pub(crate) use report::Wait;
pub(crate) use report::{Failure, Kind, Report};

#[cfg(feature = "client")]
use crate::client::provider::SharedError;
use crate::{ConfigError, EncodeError};

/// The error of a call: what went wrong, and the answer as far as there is one.
///
/// `E` is the request's declared error type; [`api`](Self::api) has its value when the API answered with one.
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
/// let answer = http::Response::builder()
///     .status(404)
///     .body(r#"{"code": 17, "message": "no such key"}"#.into())?;
/// let error = GetKey::decode(answer).unwrap_err();
///
/// assert_eq!(error.to_string(), "`GetKey`: 404 Not Found: no such key");
/// assert_eq!(error.api().unwrap().code, 17);
/// assert_eq!(error.phase(), Phase::Answered);
/// # Ok::<(), http::Error>(())
/// ```
pub struct Error<E = ErrorBody>(Box<Inner<E>>);

struct Inner<E> {
    report: Report,
    api: Option<E>,
}

/// How far a call got before it failed: whether sending it again can do something twice.
///
/// ```
/// use api_request::{BaseUrl, Error, Phase};
///
/// let error: Error = BaseUrl::try_from("ftp://example.com").unwrap_err().into();
/// assert_eq!(error.phase(), Phase::NotSent);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Phase {
    /// Nothing of the request was sent, or the server says that it has not processed the request.
    NotSent,
    /// The request may have arrived: no answer came.
    MaybeSent,
    /// The API has answered.
    Answered,
}

impl<E> Error<E> {
    /// How far the call got.
    #[must_use]
    pub fn phase(&self) -> Phase {
        self.0.report.phase()
    }

    /// Whether the request could not be written down, or may not be sent as it is.
    #[must_use]
    pub fn is_encode(&self) -> bool {
        matches!(self.kind(), Kind::Encode(_) | Kind::Unsendable(_))
    }

    /// Whether a base URL or a client's setting cannot be used.
    #[must_use]
    pub fn is_config(&self) -> bool {
        matches!(self.kind(), Kind::Config(_))
    }

    /// Whether the provider of credentials failed before the call could be sent, with
    /// [`source`](error::Error::source) to say why: see `ClientBuilder::credentials`.
    #[must_use]
    pub fn is_credentials(&self) -> bool {
        matches!(self.kind(), Kind::Credentials)
    }

    /// Whether no connection could be made, a connect timeout included.
    #[must_use]
    pub fn is_connect(&self) -> bool {
        matches!(self.kind(), Kind::Connect { .. })
    }

    /// Whether the call's timeout or the read timeout ended the call.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        matches!(self.kind(), Kind::Timeout(_))
    }

    /// Whether the API answered with another status than 2xx, or with an error in the envelope of its error type or in an
    /// event stream.
    #[must_use]
    pub fn is_status(&self) -> bool {
        matches!(self.kind(), Kind::Status(_))
    }

    /// Whether the answer is not what the request declares.
    #[must_use]
    pub fn is_decode(&self) -> bool {
        matches!(self.kind(), Kind::Decode { .. })
    }

    /// Whether the API sent a redirect that is not followed.
    #[must_use]
    pub fn is_redirect(&self) -> bool {
        matches!(self.kind(), Kind::Redirect(_))
    }

    /// Whether a page came, and the next one is not asked for: it leads to another origin, or to a page that was there
    /// before. See `Call::pages`.
    #[must_use]
    pub fn is_page(&self) -> bool {
        matches!(self.kind(), Kind::Page(_))
    }

    /// Whether the answer, or an event of a stream, is larger than the limit.
    #[must_use]
    pub fn is_too_large(&self) -> bool {
        match self.kind() {
            Kind::TooLarge(_) | Kind::HeadTooLarge => true,
            #[cfg(feature = "events")]
            Kind::EventTooLarge(_) => true,
            _ => false,
        }
    }

    /// Whether the answer could not be written to a file: see `ByteStream::save_to`.
    #[must_use]
    pub fn is_write(&self) -> bool {
        matches!(self.kind(), Kind::Write(_))
    }

    /// The API's error, if it answered with a body of that type.
    #[must_use]
    pub fn api(&self) -> Option<&E> {
        self.0.api.as_ref()
    }

    /// The answer's status, if there is an answer.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        Some(self.0.report.answer.as_ref()?.status)
    }

    /// The answer's headers, if there is an answer.
    #[must_use]
    pub fn headers(&self) -> Option<&HeaderMap> {
        Some(&self.0.report.answer.as_ref()?.headers)
    }

    /// The answer's body, when its status or its content is the error; of an event stream, the data of the event that is.
    /// Only that of a status is cut, at its limit, and what came in place of an event stream.
    #[must_use]
    pub fn body(&self) -> Option<&Bytes> {
        self.0.report.answer.as_ref()?.body.as_ref()
    }

    /// What the API calls this call in its logs: the answer's `x-request-id` or `request-id` header.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.headers().and_then(request_id)
    }

    /// How often the request was sent, or tried to be.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.0.report.attempts
    }

    /// How long the API asks to wait, counted from its answer: `retry-after-ms`, or else `Retry-After`, in seconds or as
    /// a date ([RFC 9110, section 10.2.3](https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3)). Zero for a date that
    /// is past.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.report.hint()
    }

    /// The Rust name of the field that cannot be sent, if one is to blame.
    #[must_use]
    pub fn field(&self) -> Option<&str> {
        match self.kind() {
            Kind::Encode(error) => error.field(),
            _ => None,
        }
    }

    /// The operation's name; empty where the error came up before there was one.
    #[must_use]
    pub fn operation(&self) -> &str {
        self.0.report.operation()
    }

    fn kind(&self) -> &Kind {
        &self.0.report.kind
    }
}

impl<E: ErrorFormat> Error<E> {
    /// Adds what the declared error type makes of the answer.
    pub(crate) fn from_failure(failure: Failure) -> Self {
        let api = match (&failure.kind, &failure.answer) {
            (Kind::Status(_), Some(answer)) => E::from_answer(
                answer.status,
                &answer.headers,
                answer.body.as_ref().unwrap_or(&Bytes::new()),
            ),
            _ => None,
        };
        Self::new(*failure, api)
    }
}

impl<E> Error<E> {
    fn new(report: Report, api: Option<E>) -> Self {
        Self(Box::new(Inner { report, api }))
    }
}

/// Finds what the API calls a call in its logs.
pub(crate) fn request_id(headers: &HeaderMap) -> Option<&str> {
    ["x-request-id", "request-id"]
        .into_iter()
        .find_map(|name| headers.get(name)?.to_str().ok())
}

impl<E> From<EncodeError> for Error<E> {
    fn from(error: EncodeError) -> Self {
        Self::new(Report::new("", Kind::Encode(error)), None)
    }
}

impl<E> From<ConfigError> for Error<E> {
    fn from(error: ConfigError) -> Self {
        Self::new(Report::new("", Kind::Config(error)), None)
    }
}

impl<E> fmt::Display for Error<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.report.fmt(f)
    }
}

impl<E> fmt::Debug for Error<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.report.debug(f)
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
