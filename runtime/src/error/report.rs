//! What is known about a failed call, whatever its error type.

use std::{
    fmt,
    path::PathBuf,
    time::{Duration, SystemTime},
};

use bytes::Bytes;
use http::{HeaderMap, StatusCode, response};

use super::{Phase, api_message, hint};
#[cfg(feature = "events")]
use crate::events::EventError;
use crate::{BoxError, ConfigError, EncodeError};

/// A report on its way through the client.
pub(crate) type Failure = Box<Report>;

pub(crate) struct Report {
    pub(crate) kind: Kind,
    pub(crate) operation: &'static str,
    pub(crate) attempts: u32,
    pub(crate) answer: Option<Answer>,
    pub(crate) source: Option<BoxError>,
    /// Why there is no other attempt, where one would have had a chance.
    pub(crate) given_up: Option<Box<str>>,
}

/// What the API answered.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Option<Bytes>,
    /// How long the API asks to wait.
    hint: Option<Duration>,
}

#[cfg_attr(
    not(feature = "client"),
    expect(dead_code, reason = "only the client sends")
)]
pub(crate) enum Kind {
    Encode(EncodeError),
    Config(ConfigError),
    /// No field is to blame, but the request may not be sent.
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
        /// Only because it closes the connection, as servers do now and then: another one takes the request at once.
        closing: bool,
    },
    Transport,
    /// With the API's own message.
    Status(Option<String>),
    Decode {
        path: Option<String>,
        message: String,
    },
    Redirect(String),
    /// Why the next page is not asked for.
    Page(String),
    TooLarge(usize),
    /// The head of the response is larger than the transport reads.
    HeadTooLarge,
    /// The body came, but not into the file at this path.
    Write(PathBuf),
    #[cfg(feature = "events")]
    EventTooLarge(EventError),
    /// The event stream ended before it was complete, and how one knows.
    #[cfg(feature = "events")]
    Truncated(String),
}

/// What took too long.
#[derive(Debug, Clone, Copy)]
#[cfg_attr(
    not(feature = "client"),
    expect(dead_code, reason = "only the client waits")
)]
pub(crate) enum Wait {
    /// The next sign of life.
    Read(Duration),
    /// The call.
    Total(Duration),
    /// The call, before the transport took the request.
    #[cfg(feature = "tower")]
    InLine(Duration),
    /// Something in the transport.
    Transport,
}

impl Report {
    pub(crate) fn new(operation: &'static str, kind: Kind) -> Self {
        Self {
            kind,
            operation,
            attempts: 0,
            answer: None,
            source: None,
            given_up: None,
        }
    }

    /// The report of a status that is no 2xx, or of an error in an envelope. `secrets` were sent, and are not to be
    /// shown.
    pub(crate) fn of_status(
        operation: &'static str,
        head: response::Parts,
        body: Bytes,
        envelope: Option<&str>,
        secrets: &[&str],
    ) -> Self {
        let message = api_message::find(&body, envelope, secrets);
        Self::new(operation, Kind::Status(message)).answered(head, Some(body))
    }

    /// Adds the head of the answer, and its body where that is to be kept.
    pub(crate) fn answered(mut self, head: response::Parts, body: Option<Bytes>) -> Self {
        self.answer = Some(Answer {
            status: head.status,
            hint: hint::retry_after(&head.headers, SystemTime::now()),
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
    pub(crate) fn hint(&self) -> Option<Duration> {
        self.answer.as_ref()?.hint
    }

    pub(super) fn phase(&self) -> Phase {
        match self.kind {
            _ if self.answer.is_some() => Phase::Answered,
            Kind::HeadTooLarge => Phase::Answered,
            #[cfg(feature = "tower")]
            Kind::Timeout(Wait::InLine(_)) => Phase::NotSent,
            Kind::Encode(_)
            | Kind::Config(_)
            | Kind::Unsendable(_)
            | Kind::Connect { .. }
            | Kind::NotProcessed { .. } => Phase::NotSent,
            // Getting credentials comes before the first attempt.
            Kind::Credentials | Kind::Timeout(_) if self.attempts == 0 => Phase::NotSent,
            _ => Phase::MaybeSent,
        }
    }

    pub(super) fn operation(&self) -> &str {
        match &self.kind {
            Kind::Encode(error) => error.operation(),
            _ => self.operation,
        }
    }

    /// For people who look for a mistake: no content, only its size.
    pub(super) fn debug(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = f.debug_struct("Error");
        out.field("kind", &format_args!("{}", self.kind.name()))
            .field("operation", &self.operation())
            .field("attempts", &self.attempts);
        match &self.kind {
            Kind::Encode(error) => out.field("field", &error.field()),
            Kind::Decode {
                path: Some(path), ..
            } => out.field("path", path),
            _ => &mut out,
        };
        if let Some(answer) = &self.answer {
            out.field("status", &answer.status.as_u16());
            if let Some(body) = &answer.body {
                out.field("body", &format_args!("{} bytes", body.len()));
            }
        } else {
            out.field("message", &format_args!("{:?}", self.to_string()));
        }
        out.finish()
    }
}

impl Kind {
    fn name(&self) -> &'static str {
        match self {
            Self::Encode(_) | Self::Unsendable(_) => "Encode",
            Self::Config(_) => "Config",
            Self::Credentials => "Credentials",
            Self::Connect { .. } => "Connect",
            Self::Timeout(_) => "Timeout",
            Self::NotProcessed { .. } => "NotProcessed",
            Self::Transport => "Transport",
            Self::Status(_) => "Status",
            Self::Decode { .. } => "Decode",
            Self::Redirect(_) => "Redirect",
            Self::Page(_) => "Page",
            Self::TooLarge(_) | Self::HeadTooLarge => "TooLarge",
            Self::Write(_) => "Write",
            #[cfg(feature = "events")]
            Self::EventTooLarge(_) => "TooLarge",
            #[cfg(feature = "events")]
            Self::Truncated(_) => "Truncated",
        }
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.what(f)?;
        match &self.given_up {
            Some(reason) => write!(f, " (not tried again: {reason})"),
            None => Ok(()),
        }
    }
}

impl Report {
    /// What went wrong.
    fn what(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            Kind::Encode(error) => return write!(f, "{error}"),
            Kind::Config(error) => return write!(f, "{error}"),
            Kind::Unsendable(reason) => {
                return write!(f, "`{}` cannot be sent: {reason}", self.operation);
            }
            _ => write!(f, "`{}`: ", self.operation)?,
        }
        if let Some(answer) = &self.answer {
            write!(f, "{}", answer.status.as_u16())?;
            if let Some(reason) = answer.status.canonical_reason() {
                write!(f, " {reason}")?;
            }
            match &self.kind {
                Kind::Status(Some(message)) => return write!(f, ": {message}"),
                Kind::Status(None) if answer.status.is_success() => {
                    return f.write_str(", but what came is an error");
                }
                Kind::Status(None) => return Ok(()),
                _ => f.write_str(", but ")?,
            }
        }
        match &self.kind {
            Kind::Credentials => f.write_str("the provider of credentials failed"),
            Kind::Connect { origin } => write!(f, "cannot connect to {origin}"),
            Kind::Timeout(Wait::Read(limit)) => {
                write!(f, "nothing came for {limit:?}, the read timeout")
            }
            Kind::Timeout(Wait::Total(limit)) => {
                write!(f, "the call was not done after {limit:?}, its timeout")
            }
            #[cfg(feature = "tower")]
            Kind::Timeout(Wait::InLine(limit)) => {
                write!(
                    f,
                    "it was not its turn to be sent after {limit:?}, the call's timeout"
                )
            }
            Kind::Timeout(Wait::Transport) => f.write_str("the transport timed out"),
            Kind::NotProcessed { .. } => f.write_str("the server has not processed the request"),
            Kind::Transport if self.answer.is_some() => f.write_str("the body broke off"),
            Kind::Transport => {
                f.write_str("the connection failed before an answer, the request may have arrived")
            }
            Kind::Decode { path, message } => {
                f.write_str("the body is not what is declared: ")?;
                if let Some(path) = path {
                    write!(f, "{}: ", api_message::one_line(path))?;
                }
                f.write_str(&api_message::one_line(message))
            }
            Kind::Redirect(reason) => f.write_str(reason),
            Kind::Page(reason) => write!(f, "the next page is not asked for: {reason}"),
            Kind::HeadTooLarge => f.write_str("the head of the response is too large"),
            Kind::TooLarge(limit) => {
                write!(f, "the body is larger than the limit of {limit} bytes")
            }
            Kind::Write(path) => {
                let path = path.to_string_lossy();
                write!(f, "`{}` cannot be written", api_message::one_line(&path))
            }
            #[cfg(feature = "events")]
            Kind::EventTooLarge(error) => write!(f, "{error}"),
            #[cfg(feature = "events")]
            Kind::Truncated(how) => {
                write!(
                    f,
                    "the stream ended too early: {}",
                    api_message::one_line(how)
                )
            }
            // Written above.
            Kind::Encode(_) | Kind::Config(_) | Kind::Unsendable(_) | Kind::Status(_) => Ok(()),
        }
    }
}
