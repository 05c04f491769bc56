//! Bodies of responses that are read piece by piece.

use std::{
    fmt,
    io::{self, BufRead, Read},
    path::Path,
};

use bytes::Bytes;
use tokio::io::{AsyncBufReadExt, AsyncReadExt};

use super::{iter::Iter, worker::Worker};
use crate::{Error, Progress};

/// A body that is read piece by piece, from [`Call::stream`](super::Call::stream): a [`ByteStream`](crate::ByteStream)
/// for programs without async. As an iterator, it yields the pieces as they come.
///
/// ```no_run
/// use api_request::{ApiRequest, ByteStream, blocking::Client};
///
/// #[derive(ApiRequest)]
/// #[api(method = GET, path = "/export", response(stream))]
/// struct Export;
///
/// let client = Client::new("https://api.example.com/v1")?;
/// client.call(&Export).stream()?.save_to("export.csv")?;
/// # Ok::<(), api_request::Error>(())
/// ```
#[must_use = "a stream does nothing unless it is read"]
pub struct ByteStream(Iter<crate::ByteStream>);

impl ByteStream {
    pub(super) fn new(stream: crate::ByteStream, worker: &Worker) -> Self {
        Self(Iter::new(stream, worker))
    }

    /// Returns how many bytes the body has, if that is known: see
    /// [`ByteStream::content_length`](crate::ByteStream::content_length).
    #[must_use]
    pub fn content_length(&self) -> Option<u64> {
        self.0.stream.content_length()
    }

    /// Calls a function with the progress: see [`ByteStream::on_progress`](crate::ByteStream::on_progress).
    pub fn on_progress(self, call: impl FnMut(Progress) + Send + 'static) -> Self {
        let Iter { stream, worker } = self.0;
        let stream = stream.on_progress(call);
        Self(Iter { stream, worker })
    }

    /// Converts the body into a [`Read`] and [`BufRead`].
    pub fn into_reader(self) -> ByteReader {
        let Iter { stream, worker } = self.0;
        let reader = stream.into_reader();
        ByteReader { reader, worker }
    }

    /// Saves the body in a file, whole or not at all: see [`ByteStream::save_to`](crate::ByteStream::save_to).
    ///
    /// # Errors
    ///
    /// As [`ByteStream::save_to`](crate::ByteStream::save_to).
    pub fn save_to<P: AsRef<Path>>(self, path: P) -> Result<u64, Error> {
        let Iter { stream, worker } = self.0;
        worker.wait(stream.save_to(path))
    }
}

impl Iterator for ByteStream {
    type Item = Result<Bytes, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        self.0.next()
    }
}

impl fmt::Debug for ByteStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.stream.fmt(f)
    }
}

/// A body as a [`Read`] and [`BufRead`], from [`ByteStream::into_reader`]. Its errors are [`io::Error`]s that hold the
/// [`Error`]. [`Call::stream`](super::Call::stream) has an example.
#[must_use = "a reader does nothing unless it is read"]
pub struct ByteReader {
    reader: crate::ByteReader,
    worker: Worker,
}

impl Read for ByteReader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.worker.wait(self.reader.read(buffer))
    }
}

impl BufRead for ByteReader {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.worker.wait(self.reader.fill_buf())
    }

    fn consume(&mut self, amount: usize) {
        AsyncBufReadExt::consume(&mut self.reader, amount);
    }
}

impl fmt::Debug for ByteReader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.reader.fmt(f)
    }
}
