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
    Timeout,
    Other,
}

impl TransportError {
    /// Makes the error of a connection that could not be made: nothing was sent.
    pub fn connect(source: impl Into<BoxError>) -> Self {
        Self::new(Failed::Connect, source)
    }

    /// Makes the error of a timeout: the request may have arrived.
    pub fn timeout(source: impl Into<BoxError>) -> Self {
        Self::new(Failed::Timeout, source)
    }

    /// Makes any other error: the request may have arrived.
    pub fn other(source: impl Into<BoxError>) -> Self {
        Self::new(Failed::Other, source)
    }

    /// Makes the error of a request that is not valid: nothing was sent.
    pub(crate) fn unsendable(reason: String) -> Self {
        Self::new(Failed::Unsendable, reason)
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

impl Failed {
    fn of_reqwest(error: &reqwest::Error) -> Self {
        if error.is_connect() {
            Self::Connect
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
            Self::Timeout => ErrorKind::Timeout(Wait::Transport),
            Self::Other => ErrorKind::Transport,
        }
    }
}
