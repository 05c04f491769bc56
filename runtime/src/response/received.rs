//! The body of a response, as far as it is read before it is decoded.

use std::mem;

use bytes::Bytes;
use http::response;

use super::stream::ByteStream;
use crate::Operation;

/// How much of a body a format reads.
#[doc(hidden)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(
    unreachable_pub,
    reason = "Rust 1.85 overlooks the public trait that names it"
)]
pub enum Read {
    /// All of it.
    Buffered,
    /// The format reads it itself.
    Streamed,
    /// A stream of lines, which the format reads itself.
    #[cfg(feature = "lines")]
    Lines,
    /// None of it.
    Discarded,
    /// A stream of events; the start of anything else.
    #[cfg(feature = "events")]
    Events,
}

/// A body received as the format's [`Read`] says; empty where that is not at all.
#[derive(Debug)]
pub(crate) enum Received {
    Buffered(Bytes),
    /// Boxed, so that it does not enlarge what most calls return.
    Streamed(Box<ByteStream>),
}

impl From<ByteStream> for Received {
    fn from(stream: ByteStream) -> Self {
        Self::Streamed(Box::new(stream))
    }
}

impl Received {
    /// What an error keeps of it.
    pub(crate) fn kept(&self) -> Option<Bytes> {
        match self {
            Self::Buffered(bytes) => Some(bytes.clone()),
            Self::Streamed(_) => None,
        }
    }

    /// Takes it, so that an empty body is left.
    pub(super) fn take(&mut self) -> Self {
        mem::replace(self, Self::Buffered(Bytes::new()))
    }

    /// All of it; nothing of a stream.
    pub(super) fn into_bytes(self) -> Bytes {
        match self {
            Self::Buffered(bytes) => bytes,
            Self::Streamed(_) => Bytes::new(),
        }
    }

    /// The body as a stream; of one piece, if it is in memory.
    pub(crate) fn into_stream(
        self,
        operation: &'static Operation,
        head: &response::Parts,
    ) -> ByteStream {
        match self {
            Self::Buffered(bytes) => ByteStream::new(bytes.into(), operation, head),
            Self::Streamed(stream) => *stream,
        }
    }
}
