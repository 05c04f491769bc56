//! How a transport failed, by its `TransportError` or by the errors of known libraries.

use std::{error, fmt};

use crate::{
    BoxError,
    error::{ErrorKind, Wait, without_url},
};

/// An error of a transport: how it failed, so that the client knows whether the request may have arrived.
///
/// ```
/// use std::io;
///
/// use api_request::TransportError;
///
/// let error = TransportError::connect(io::Error::from(io::ErrorKind::ConnectionRefused));
/// assert_eq!(error.to_string(), "cannot connect");
/// ```
#[derive(Debug)]
pub struct TransportError {
    kind: Failed,
    source: BoxError,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Failed {
    Unsendable,
    Connect,
    NotProcessed {
        closing: bool,
    },
    HeadTooLarge,
    #[cfg_attr(not(feature = "http2"), expect(dead_code, reason = "only h2 says so"))]
    InvalidHead,
    Timeout,
    Other,
}

impl TransportError {
    /// Makes the error of a connection that could not be made: nothing was sent.
    #[must_use]
    pub fn connect(source: impl Into<BoxError>) -> Self {
        Self::new(Failed::Connect, source)
    }

    /// Makes the error of a server that says that it has not processed the request, as HTTP/2 servers can
    /// ([RFC 9113, section 8.7](https://www.rfc-editor.org/rfc/rfc9113#section-8.7)). The request is retried whatever its
    /// method.
    ///
    /// ```
    /// use api_request::TransportError;
    ///
    /// let error = TransportError::not_processed("the server goes away");
    /// assert_eq!(error.to_string(), "the request was not processed");
    /// ```
    #[must_use]
    pub fn not_processed(source: impl Into<BoxError>) -> Self {
        Self::new(Failed::NotProcessed { closing: false }, source)
    }

    /// Makes the error of a timeout: the request may have arrived.
    #[must_use]
    pub fn timeout(source: impl Into<BoxError>) -> Self {
        Self::new(Failed::Timeout, source)
    }

    /// Makes any other error: the request may have arrived.
    #[must_use]
    pub fn other(source: impl Into<BoxError>) -> Self {
        Self::new(Failed::Other, source)
    }

    /// Makes the error of a request that is not valid: nothing was sent.
    pub(crate) fn unsendable(reason: String) -> Self {
        Self::new(Failed::Unsendable, reason)
    }

    /// The same error once more, with the text of its source.
    pub(crate) fn again(&self) -> Self {
        Self {
            kind: self.kind,
            source: self.source.to_string().into(),
        }
    }

    fn new(kind: Failed, source: impl Into<BoxError>) -> Self {
        let source = without_url(source.into());
        Self { kind, source }
    }
}

impl From<reqwest::Error> for TransportError {
    fn from(error: reqwest::Error) -> Self {
        Self::new(Failed::of_reqwest(&error), error)
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.kind {
            Failed::Unsendable => "cannot be sent",
            Failed::Connect => "cannot connect",
            Failed::NotProcessed { .. } => "the request was not processed",
            Failed::HeadTooLarge => "the head of the response is too large",
            Failed::InvalidHead => "the head of the response is invalid or too large",
            Failed::Timeout => "timed out",
            Failed::Other => "sending failed",
        })
    }
}

impl error::Error for TransportError {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        Some(&*self.source)
    }
}

/// Returns how a transport failed, by the first known error of the chain.
pub(crate) fn classify(error: BoxError, origin: &str) -> (ErrorKind, Option<BoxError>) {
    let error = match error.downcast::<TransportError>() {
        Ok(error) => {
            let TransportError { kind, source } = *error;
            return (kind.kind(origin, Some(&*source)), Some(source));
        }
        Err(error) => without_url(error),
    };
    let mut next: Option<&(dyn error::Error + 'static)> = Some(&*error);
    let mut failed = Failed::Other;
    let mut reason = None;
    while let Some(link) = next {
        if let Some(known) = link.downcast_ref::<TransportError>() {
            failed = known.kind;
            reason = link.source();
            break;
        }
        if let Some(known) = link.downcast_ref() {
            failed = Failed::of_reqwest(known);
            break;
        }
        if is_elapsed(link) {
            failed = Failed::Timeout;
            break;
        }
        next = link.source();
    }
    (failed.kind(origin, reason), Some(error))
}

/// Returns whether an error is that of a timeout around a transport.
fn is_elapsed(error: &(dyn error::Error + 'static)) -> bool {
    #[cfg(feature = "tower")]
    if error.is::<tower::timeout::error::Elapsed>() {
        return true;
    }
    error.is::<tokio::time::error::Elapsed>()
}

/// Whether the server says that it has not processed the request
/// ([RFC 9113, section 8.7](https://www.rfc-editor.org/rfc/rfc9113#section-8.7)), or hyper that it has not sent it; and
/// then, whether that is only because the connection closes.
fn not_processed(error: &(dyn error::Error + 'static)) -> Option<bool> {
    let mut next = Some(error);
    while let Some(link) = next {
        // hyper cancels a request that waits for its connection when that closes, and none that it has begun to send. One
        // that waits for a stream of an HTTP/2 connection when that goes away ends by hyper's `DispatchGone`, as one does
        // that was sent: it may have arrived.
        if let Some(error) = link.downcast_ref::<hyper::Error>() {
            if error.is_canceled() {
                return Some(false);
            }
        }
        #[cfg(feature = "http2")]
        if let Some(error) = link.downcast_ref::<h2::Error>() {
            let reason = error.reason().filter(|_| error.is_remote());
            // h2 ends a stream by a GOAWAY only if it comes after the last stream that the GOAWAY names; those before
            // it end by what happens to the connection.
            return match reason {
                Some(reason) if error.is_go_away() => Some(reason == h2::Reason::NO_ERROR),
                Some(h2::Reason::REFUSED_STREAM) => Some(false),
                _ => None,
            };
        }
        next = link.source();
    }
    None
}

/// Whether the head of the response is what failed: the server has responded, and would again.
fn bad_head(error: &(dyn error::Error + 'static)) -> Option<Failed> {
    let mut next = Some(error);
    while let Some(link) = next {
        if let Some(error) = link.downcast_ref::<hyper::Error>() {
            // hyper reads 100 headers; version 1.12 has a predicate for more with its feature `server` alone.
            if error.is_parse() && error.to_string() == "message head is too large" {
                return Some(Failed::HeadTooLarge);
            }
        }
        // h2 0.4 says the same of headers that are too large, more than 16 KiB, as of invalid ones.
        #[cfg(feature = "http2")]
        if let Some(error) = link.downcast_ref::<h2::Error>() {
            let is_bad = error.is_reset()
                && error.is_library()
                && error.reason() == Some(h2::Reason::PROTOCOL_ERROR);
            return is_bad.then_some(Failed::InvalidHead);
        }
        next = link.source();
    }
    None
}

impl Failed {
    fn of_reqwest(error: &reqwest::Error) -> Self {
        if error.is_connect() {
            Self::Connect
        } else if let Some(closing) = not_processed(error) {
            Self::NotProcessed { closing }
        } else if let Some(failed) = bad_head(error) {
            failed
        } else if error.is_timeout() {
            Self::Timeout
        } else {
            Self::Other
        }
    }

    fn kind(self, origin: &str, reason: Option<&dyn error::Error>) -> ErrorKind {
        match self {
            Self::Unsendable => {
                ErrorKind::Unsendable(reason.map_or_else(String::new, ToString::to_string))
            }
            Self::Connect => ErrorKind::Connect {
                origin: origin.to_owned(),
            },
            Self::HeadTooLarge => ErrorKind::HeadTooLarge,
            Self::InvalidHead => ErrorKind::InvalidHead,
            Self::NotProcessed { closing } => ErrorKind::NotProcessed { closing },
            Self::Timeout => ErrorKind::Timeout(Wait::Transport),
            Self::Other => ErrorKind::Transport,
        }
    }
}
