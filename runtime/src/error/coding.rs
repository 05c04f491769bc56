//! Why a response's body cannot be read: its content coding is wrong, or the transport failed.

use std::{error, fmt, io};

use super::failure::ErrorKind;
#[cfg(feature = "client")]
use super::source::without_url;
use crate::BoxError;

/// A body that is not in the coding that its head announces.
#[derive(Debug)]
pub(crate) struct InvalidCoding {
    coding: &'static str,
    source: io::Error,
}

impl InvalidCoding {
    #[cfg(any(feature = "gzip", feature = "brotli", feature = "zstd"))]
    pub(crate) fn new(coding: &'static str, source: io::Error) -> Self {
        Self { coding, source }
    }
}

impl fmt::Display for InvalidCoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "invalid {}: {}", self.coding, self.source)
    }
}

impl error::Error for InvalidCoding {}

impl ErrorKind {
    /// What a failure of a response's body is, and its source. A wrong coding is not the connection's fault, so the
    /// request is not sent again; its message says all.
    pub(crate) fn of_body(error: BoxError) -> (Self, Option<BoxError>) {
        let mut next: Option<&(dyn error::Error + 'static)> = Some(&*error);
        while let Some(link) = next {
            if let Some(invalid) = link.downcast_ref::<InvalidCoding>() {
                let (path, message) = (None, invalid.to_string());
                return (Self::Decode { path, message }, None);
            }
            next = link.source();
        }
        #[cfg(feature = "client")]
        let error = without_url(error);
        (Self::Transport, Some(error))
    }
}
