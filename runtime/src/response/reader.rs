//! A stream of bytes as a reader.
//!
//! Invariant: a piece is lent out as it came; bytes are copied only into a buffer that the caller brings.

use std::{
    fmt, io,
    pin::Pin,
    task::{Context, Poll, ready},
};

use bytes::{Buf, Bytes};
use futures_core::Stream;

use super::stream::ByteStream;

/// The body of a response as a reader: what [`ByteStream::into_reader`] gives.
///
/// It implements the traits of futures-io, and with the feature `client` those of tokio. An error is an
/// [`io::Error`] around the [`Error`](crate::Error) of the stream, after which the reader is at its end.
///
/// ```
/// use api_request::{ApiRequest, ByteReader};
/// use futures_util::{AsyncBufReadExt, TryStreamExt};
///
/// #[derive(ApiRequest)]
/// #[api(method = GET, path = "/log", response(stream))]
/// struct GetLog;
///
/// # futures_util::FutureExt::now_or_never(async {
/// let log: ByteReader = GetLog::decode(http::Response::new("one\ntwo\n".into()))?.into_reader();
/// let lines: Vec<String> = log.lines().try_collect().await?;
/// assert_eq!(lines, ["one", "two"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// # }).unwrap().unwrap();
/// ```
///
/// The cause of an error can be had back:
///
/// ```
/// fn is_timeout(error: &std::io::Error) -> bool {
///     let cause = error.get_ref().and_then(|cause| cause.downcast_ref::<api_request::Error>());
///     cause.is_some_and(api_request::Error::is_timeout)
/// }
/// ```
#[must_use = "readers do nothing unless polled"]
pub struct ByteReader {
    stream: ByteStream,
    /// What is left of the piece that came last.
    rest: Bytes,
}

impl ByteStream {
    /// Converts the stream into a reader.
    ///
    /// ```
    /// # use api_request::ApiRequest;
    /// use futures_util::AsyncReadExt;
    ///
    /// # #[derive(ApiRequest)]
    /// # #[api(method = GET, path = "/files/1/content", response(stream))]
    /// # struct Download;
    /// # futures_util::FutureExt::now_or_never(async {
    /// let stream = Download::decode(http::Response::new("hello".into()))?;
    /// let mut text = String::new();
    /// stream.into_reader().read_to_string(&mut text).await?;
    /// assert_eq!(text, "hello");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// # }).unwrap().unwrap();
    /// ```
    pub fn into_reader(self) -> ByteReader {
        ByteReader::new(self)
    }
}

impl ByteReader {
    fn new(stream: ByteStream) -> Self {
        let rest = Bytes::new();
        Self { stream, rest }
    }

    /// Bytes that are not read yet; none at the end.
    fn poll_rest(&mut self, context: &mut Context<'_>) -> Poll<io::Result<&mut Bytes>> {
        if self.rest.is_empty() {
            let piece = ready!(Pin::new(&mut self.stream).poll_next(context));
            self.rest = piece
                .transpose()
                .map_err(io::Error::other)?
                .unwrap_or_default();
        }
        Poll::Ready(Ok(&mut self.rest))
    }
}

impl futures_io::AsyncBufRead for ByteReader {
    fn poll_fill_buf(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<&[u8]>> {
        let rest = ready!(self.get_mut().poll_rest(context))?;
        Poll::Ready(Ok(rest))
    }

    fn consume(mut self: Pin<&mut Self>, amount: usize) {
        self.rest.advance(amount);
    }
}

impl futures_io::AsyncRead for ByteReader {
    fn poll_read(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut [u8],
    ) -> Poll<io::Result<usize>> {
        if buffer.is_empty() {
            return Poll::Ready(Ok(0));
        }
        let rest = ready!(self.get_mut().poll_rest(context))?;
        let count = rest.len().min(buffer.len());
        rest.copy_to_slice(&mut buffer[..count]);
        Poll::Ready(Ok(count))
    }
}

#[cfg(feature = "client")]
#[cfg_attr(docsrs, doc(cfg(feature = "client")))]
impl tokio::io::AsyncBufRead for ByteReader {
    fn poll_fill_buf(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<&[u8]>> {
        futures_io::AsyncBufRead::poll_fill_buf(self, context)
    }

    fn consume(self: Pin<&mut Self>, amount: usize) {
        futures_io::AsyncBufRead::consume(self, amount);
    }
}

#[cfg(feature = "client")]
#[cfg_attr(docsrs, doc(cfg(feature = "client")))]
impl tokio::io::AsyncRead for ByteReader {
    fn poll_read(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut tokio::io::ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if buffer.remaining() > 0 {
            let rest = ready!(self.get_mut().poll_rest(context))?;
            buffer.put_slice(&rest.split_to(rest.len().min(buffer.remaining())));
        }
        Poll::Ready(Ok(()))
    }
}

impl fmt::Debug for ByteReader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ByteReader")
            .field("stream", &self.stream)
            .field("rest", &format_args!("{} bytes", self.rest.len()))
            .finish()
    }
}
