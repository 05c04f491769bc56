//! A failed call, whatever its error type: what is known about it, and how it is told.

use std::{fmt, path::PathBuf, time::Duration};

use bytes::Bytes;
use http::{HeaderMap, StatusCode, response};

use super::{
    config::ConfigError, encode::EncodeError, message, retry_after, rules::ErrorRules,
    source::BoxError,
};
#[cfg(feature = "events")]
use crate::events::EventError;
use crate::secrets::Secrets;

/// How far a call got before it failed: whether it is safe to send again.
///
/// It is the furthest that any request of the call got, of all attempts and redirect hops, and of the requests before it
/// where the call is repeated until a job is done. The phases are in this order.
///
/// ```
/// use api_request::{BaseUrl, Error, Phase};
///
/// let error: Error = BaseUrl::try_from("ftp://example.com").unwrap_err().into();
/// assert_eq!(error.phase(), Phase::NotSent);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Phase {
    /// Nothing of the request was sent, or the server says that it has not processed the request.
    NotSent,
    /// The request may have arrived: there is no response.
    MaybeSent,
    /// The API has responded, if only with a redirect or to an earlier attempt.
    Answered,
}

/// A report on its way through the client, boxed so that a `Result` of it stays small.
pub(crate) type Failure = Box<Report>;

pub(crate) struct Report {
    pub(crate) kind: ErrorKind,
    pub(crate) operation: &'static str,
    pub(crate) attempts: u32,
    pub(crate) response: Option<ErrorResponse>,
    pub(crate) source: Option<BoxError>,
    /// The furthest that the requests before this failure got.
    pub(crate) reached: Phase,
    /// Why there is no retry, where one might have succeeded.
    pub(crate) given_up: Option<Box<str>>,
    /// What was sent and is redacted, until the error type has had its say.
    pub(super) secrets: Secrets,
}

/// The response that an error keeps.
pub(crate) struct ErrorResponse {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Option<Bytes>,
    /// How long the API asks to wait.
    retry_after: Option<Duration>,
}

#[cfg_attr(
    not(feature = "client"),
    expect(dead_code, reason = "only the client sends")
)]
pub(crate) enum ErrorKind {
    Encode(EncodeError),
    Config(ConfigError),
    /// The request as a whole, rather than a field, cannot be sent.
    Unsendable(String),
    /// The provider of credentials failed.
    Credentials,
    /// No connection to this origin.
    Connect {
        origin: String,
    },
    Timeout(Wait),
    /// The server says that it has not processed the request.
    NotProcessed {
        /// The server is closing the connection, as servers do now and then: another connection takes the request at once.
        closing: bool,
    },
    Transport,
    /// A non-2xx status, or an error in a 2xx response, with the API's own message.
    Status(Option<String>),
    Decode {
        path: Option<String>,
        message: String,
    },
    /// The response is an error, but not of the declared error type: only a check asks for that.
    DecodeError {
        path: Option<String>,
        message: String,
    },
    /// The status or a header is not of the declared type.
    DecodeHead(String),
    Redirect(String),
    /// Why the next page is not asked for.
    Page(String),
    TooLarge(usize),
    /// The head of the response is larger than the transport reads.
    HeadTooLarge,
    /// The head of the response is not one that the transport can read.
    InvalidHead,
    /// The body came, but not into the file at this path.
    Write(PathBuf),
    #[cfg(feature = "events")]
    EventTooLarge(EventError),
    #[cfg(feature = "lines")]
    LineTooLarge(usize),
    /// The stream ended before it was complete, with the reason to say so.
    #[cfg(any(feature = "events", feature = "lines"))]
    Truncated(String),
}

/// What took too long.
#[derive(Debug, Clone, Copy)]
#[cfg_attr(
    not(feature = "client"),
    expect(dead_code, reason = "only the client waits")
)]
pub(crate) enum Wait {
    /// The head of the response, or the next data of a body.
    Read(Duration),
    /// The whole call.
    Total(Duration),
    /// The whole call, while a service was not ready to take the request.
    #[cfg(feature = "tower")]
    ServiceReady(Duration),
    /// Something inside of the transport.
    Transport,
}

impl Report {
    pub(crate) fn new(operation: &'static str, kind: ErrorKind) -> Self {
        Self {
            kind,
            operation,
            attempts: 0,
            response: None,
            source: None,
            reached: Phase::NotSent,
            given_up: None,
            secrets: Secrets::default(),
        }
    }

    /// Makes the report of a non-2xx status, or of an error in an envelope. `secrets` were sent, and are redacted.
    pub(crate) fn of_status(
        operation: &'static str,
        head: response::Parts,
        body: Bytes,
        rules: ErrorRules,
        secrets: &Secrets,
    ) -> Self {
        let message = message::find(&head.headers, &body, rules, secrets);
        let secrets = secrets.clone();
        let report = Self::new(operation, ErrorKind::Status(message));
        Self { secrets, ..report }.answered(head, Some(body))
    }

    /// Takes the message that the error type has, in place of the one that was found in the body.
    pub(super) fn reword(&mut self, message: Option<String>) {
        let secrets = std::mem::take(&mut self.secrets);
        let message = message.map(|message| message::shown(&message, &secrets));
        if let Some(message) = message.filter(|message| !message.is_empty()) {
            self.kind = ErrorKind::Status(Some(message));
        }
    }

    /// Adds the head of the response, and its body where the error keeps it.
    pub(crate) fn answered(mut self, head: response::Parts, body: Option<Bytes>) -> Self {
        self.response = Some(ErrorResponse {
            status: head.status,
            retry_after: retry_after::retry_after(&head.headers, retry_after::now),
            headers: head.headers,
            body,
        });
        self
    }

    pub(crate) fn attempts(mut self, attempts: u32) -> Self {
        self.attempts = attempts;
        self
    }

    pub(crate) fn source(mut self, source: impl Into<Option<BoxError>>) -> Self {
        self.source = source.into();
        self
    }

    /// How long the API asks to wait, if it does.
    pub(crate) fn retry_after(&self) -> Option<Duration> {
        self.response.as_ref()?.retry_after
    }

    pub(crate) fn phase(&self) -> Phase {
        let own = match self.kind {
            _ if self.response.is_some() => Phase::Answered,
            ErrorKind::HeadTooLarge | ErrorKind::InvalidHead => Phase::Answered,
            ErrorKind::Encode(_)
            | ErrorKind::Config(_)
            | ErrorKind::Unsendable(_)
            | ErrorKind::Credentials
            | ErrorKind::Connect { .. }
            | ErrorKind::NotProcessed { .. }
            // Much is waited for before a request is sent: `reached` tells whether it was.
            | ErrorKind::Timeout(_) => Phase::NotSent,
            _ => Phase::MaybeSent,
        };
        own.max(self.reached)
    }

    pub(super) fn operation(&self) -> &str {
        match &self.kind {
            ErrorKind::Encode(error) => error.operation(),
            _ => self.operation,
        }
    }

    /// Writes the `Debug` form, which `unwrap` shows: nothing of a body, the API's message included, but its size, and that it
    /// is not of the error type, which is all that is known without the type. Of the sources, only texts of this crate are
    /// known to have nothing that is secret.
    pub(super) fn debug(
        &self,
        has_api: bool,
        source: Option<&ConfigError>,
        f: &mut fmt::Formatter<'_>,
    ) -> fmt::Result {
        let mut out = f.debug_struct("Error");
        out.field("kind", &format_args!("{}", self.kind.name()))
            .field("operation", &self.operation())
            .field("attempts", &self.attempts);
        match &self.kind {
            ErrorKind::Status(_) => &mut out,
            ErrorKind::Encode(error) => out
                .field("field", &error.field())
                .field("message", &self.to_string()),
            _ => out.field("message", &self.to_string()),
        };
        if let Some(response) = &self.response {
            out.field("status", &response.status.as_u16());
            if let Some(body) = &response.body {
                out.field("body", &format_args!("{} bytes", body.len()));
            }
            if matches!(self.kind, ErrorKind::Status(_)) && !has_api {
                out.field("api", &format_args!("None, not of the declared error type"));
            }
        }
        if let Some(source) = source {
            out.field("source", &format_args!("{source}"));
        }
        out.finish()
    }
}

impl ErrorKind {
    /// Whether the server, or what is on the way to it, was waited for in vain.
    #[cfg(feature = "client")]
    pub(crate) fn is_silence(&self) -> bool {
        matches!(
            self,
            Self::Timeout(Wait::Read(_) | Wait::Total(_) | Wait::Transport)
        )
    }

    fn name(&self) -> &'static str {
        match self {
            Self::Encode(_) | Self::Unsendable(_) => "Encode",
            Self::Config(_) => "Config",
            Self::Credentials => "Credentials",
            Self::Connect { .. } => "Connect",
            Self::Timeout(_) => "Timeout",
            Self::NotProcessed { .. } => "NotProcessed",
            Self::Transport | Self::InvalidHead => "Transport",
            Self::Status(_) => "Status",
            Self::Decode { .. } | Self::DecodeError { .. } | Self::DecodeHead(_) => "Decode",
            Self::Redirect(_) => "Redirect",
            Self::Page(_) => "Page",
            Self::TooLarge(_) | Self::HeadTooLarge => "TooLarge",
            Self::Write(_) => "Write",
            #[cfg(feature = "events")]
            Self::EventTooLarge(_) => "TooLarge",
            #[cfg(feature = "lines")]
            Self::LineTooLarge(_) => "TooLarge",
            #[cfg(any(feature = "events", feature = "lines"))]
            Self::Truncated(_) => "Truncated",
        }
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.what(f)?;
        match &self.given_up {
            Some(reason) => write!(f, " (not retried: {reason})"),
            None => Ok(()),
        }
    }
}

impl Report {
    /// Writes the operation, the status and what went wrong.
    fn what(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            ErrorKind::Encode(error) => return write!(f, "{error}"),
            ErrorKind::Config(error) => return write!(f, "{error}"),
            ErrorKind::Unsendable(reason) => {
                return write!(f, "`{}` cannot be sent: {reason}", self.operation);
            }
            _ => write!(f, "`{}`: ", self.operation)?,
        }
        if let Some(response) = &self.response {
            write!(f, "{}", response.status.as_u16())?;
            if let Some(reason) = response.status.canonical_reason() {
                write!(f, " {reason}")?;
            }
            match &self.kind {
                ErrorKind::Status(Some(message)) => return write!(f, ": {message}"),
                ErrorKind::Status(None) if response.status.is_success() => {
                    return f.write_str(", but the body is an error");
                }
                ErrorKind::Status(None) => return Ok(()),
                _ => f.write_str(", but ")?,
            }
        }
        self.kind.describe(f, self.response.is_some())
    }
}

impl ErrorKind {
    /// Writes what went wrong, after the operation and the status.
    fn describe(&self, f: &mut fmt::Formatter<'_>, has_response: bool) -> fmt::Result {
        match self {
            Self::Credentials => f.write_str("the provider of credentials failed"),
            Self::Connect { origin } => write!(f, "cannot connect to {origin}"),
            Self::Timeout(Wait::Read(limit)) => {
                write!(f, "no data for {limit:?} (read timeout)")
            }
            Self::Timeout(Wait::Total(limit)) => {
                write!(f, "timed out after {limit:?} (timeout of the call)")
            }
            #[cfg(feature = "tower")]
            Self::Timeout(Wait::ServiceReady(limit)) => {
                write!(
                    f,
                    "timed out after {limit:?} waiting for the service to be ready"
                )
            }
            Self::Timeout(Wait::Transport) => f.write_str("the transport timed out"),
            Self::NotProcessed { .. } => f.write_str("the server has not processed the request"),
            Self::Transport if has_response => {
                f.write_str("the connection failed in the middle of the body")
            }
            Self::Transport => {
                f.write_str("the connection failed before a response, the request may have arrived")
            }
            Self::Decode { path, message } => {
                f.write_str("the body is not of the declared type: ")?;
                describe_misfit(f, path.as_deref(), message)
            }
            Self::DecodeError { path, message } => {
                f.write_str("the body is not of the declared error type: ")?;
                describe_misfit(f, path.as_deref(), message)
            }
            Self::DecodeHead(message) => f.write_str(&message::one_line(message)),
            Self::Redirect(reason) => f.write_str(reason),
            Self::Page(reason) => write!(f, "the next page is not requested: {reason}"),
            Self::HeadTooLarge => f.write_str("the head of the response is too large"),
            Self::InvalidHead => f.write_str("the head of the response is invalid or too large"),
            Self::TooLarge(limit) => {
                write!(f, "the body is larger than the limit of {limit} bytes")
            }
            Self::Write(path) => {
                let path = path.to_string_lossy();
                write!(f, "`{}` cannot be written", message::one_line(&path))
            }
            #[cfg(feature = "events")]
            Self::EventTooLarge(error) => write!(f, "{error}"),
            #[cfg(feature = "lines")]
            Self::LineTooLarge(limit) => {
                write!(f, "a line is larger than the limit of {limit} bytes")
            }
            #[cfg(any(feature = "events", feature = "lines"))]
            Self::Truncated(how) => {
                write!(f, "the stream ended early: {}", message::one_line(how))
            }
            // Written above.
            Self::Encode(_) | Self::Config(_) | Self::Unsendable(_) | Self::Status(_) => Ok(()),
        }
    }
}

fn describe_misfit(f: &mut fmt::Formatter<'_>, path: Option<&str>, message: &str) -> fmt::Result {
    if let Some(path) = path {
        write!(f, "{}: ", message::one_line(path))?;
    }
    f.write_str(&message::one_line(message))
}
