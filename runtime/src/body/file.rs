//! A file as a body: opened when it is sent, and read piece by piece.
//!
//! Invariant: the body is as long as it was announced, whatever becomes of the file. A file that has grown is cut, one
//! that has shrunk is an error, so the framing of the message holds.

use std::{
    error, fmt, fs,
    future::poll_fn,
    io::{self, Read as _},
    mem,
    path::Path,
    pin::Pin,
    sync::{Arc, OnceLock},
    task::{Context, Poll, ready},
};

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use tokio::{runtime::Handle, task::JoinHandle};

use crate::BoxError;

/// How much is read at once, and in memory.
const PIECE: u64 = 128 * 1024;

/// A file that is not open.
pub(super) struct FileSource {
    path: Arc<Path>,
    /// The length that somebody was told.
    announced: OnceLock<u64>,
}

impl FileSource {
    pub(super) fn new(path: Arc<Path>) -> Self {
        Self {
            path,
            announced: OnceLock::new(),
        }
    }

    /// The same file, to be sent another time.
    pub(super) fn again(&self) -> Self {
        Self::new(Arc::clone(&self.path))
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// The length, which has to hold from now on.
    pub(super) fn size_hint(&self) -> SizeHint {
        let length = || {
            let metadata = fs::metadata(&self.path).ok()?;
            metadata.is_file().then_some(metadata.len())
        };
        let announced = self.announced.get().copied();
        match announced.or_else(length) {
            Some(length) => SizeHint::with_exact(*self.announced.get_or_init(|| length)),
            None => SizeHint::default(),
        }
    }

    pub(super) async fn open(&self) -> Result<FileBody, CannotOpen> {
        let mut body = self.body();
        poll_fn(|context| body.poll_open(context)).await?;
        Ok(body)
    }

    /// The file as a body that is opened when it is first polled.
    pub(super) fn body(&self) -> FileBody {
        FileBody {
            path: Arc::clone(&self.path),
            left: self.announced.get().copied(),
            state: State::Closed,
        }
    }
}

/// A file that is being read.
pub(super) struct FileBody {
    path: Arc<Path>,
    /// How much is still to come, if that is known.
    left: Option<u64>,
    state: State,
}

enum State {
    Closed,
    Opening(Waiting<(fs::File, u64)>),
    Open(fs::File),
    Reading(Waiting<(fs::File, Vec<u8>)>),
}

/// Something that a thread does which may block.
///
/// `tokio::fs` would copy what is read, and clear the memory it is read into before.
struct Waiting<T>(JoinHandle<io::Result<T>>);

impl<T: Send + 'static> Waiting<T> {
    fn start(work: impl FnOnce() -> io::Result<T> + Send + 'static) -> io::Result<Self> {
        let runtime = Handle::try_current().map_err(io::Error::other)?;
        Ok(Self(runtime.spawn_blocking(work)))
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<io::Result<T>> {
        let result = ready!(Pin::new(&mut self.0).poll(context));
        Poll::Ready(result.unwrap_or_else(|error| Err(io::Error::other(error))))
    }
}

impl FileBody {
    fn poll_open(&mut self, context: &mut Context<'_>) -> Poll<Result<(), CannotOpen>> {
        loop {
            let next = match &mut self.state {
                State::Open(_) | State::Reading(_) => return Poll::Ready(Ok(())),
                State::Opening(opening) => match ready!(opening.poll(context)) {
                    Ok((file, length)) => {
                        self.left.get_or_insert(length);
                        Ok(State::Open(file))
                    }
                    Err(error) => Err(error),
                },
                State::Closed => {
                    let path = Arc::clone(&self.path);
                    Waiting::start(move || open(&path)).map(State::Opening)
                }
            };
            match next {
                Ok(state) => self.state = state,
                Err(error) => {
                    self.state = State::Closed;
                    return Poll::Ready(Err(CannotOpen::new(&self.path, error)));
                }
            }
        }
    }

    /// The next piece of an open file; `None` after the last.
    fn poll_piece(&mut self, context: &mut Context<'_>) -> Poll<io::Result<Option<Vec<u8>>>> {
        let left = self.left.unwrap_or_default();
        loop {
            if let State::Reading(reading) = &mut self.state {
                let (file, piece) = ready!(reading.poll(context))?;
                self.state = State::Open(file);
                self.left = Some(left - piece.len() as u64);
                return Poll::Ready(Ok(Some(piece)));
            }
            match mem::replace(&mut self.state, State::Closed) {
                State::Open(file) if left > 0 => {
                    let reading = Waiting::start(move || read(file, left.min(PIECE)))?;
                    self.state = State::Reading(reading);
                }
                state => {
                    self.state = state;
                    return Poll::Ready(Ok(None));
                }
            }
        }
    }
}

/// Reads so many bytes, or as many as there are.
fn read(file: fs::File, length: u64) -> io::Result<(fs::File, Vec<u8>)> {
    let mut piece = Vec::with_capacity(usize::try_from(length).unwrap_or_default());
    let mut rest = file.take(length);
    rest.read_to_end(&mut piece)?;
    Ok((rest.into_inner(), piece))
}

/// Opens a file whose length is known, which that of a directory, a pipe or a device is not.
fn open(path: &Path) -> io::Result<(fs::File, u64)> {
    let check = |metadata: &fs::Metadata| {
        let irregular = || io::Error::other("not a regular file");
        metadata.is_file().then_some(()).ok_or_else(irregular)
    };
    // To open a pipe would wait for its other end.
    check(&fs::metadata(path)?)?;
    let file = fs::File::open(path)?;
    let metadata = file.metadata()?;
    check(&metadata)?;
    Ok((file, metadata.len()))
}

impl Body for FileBody {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        ready!(self.poll_open(context))?;
        Poll::Ready(match ready!(self.poll_piece(context)) {
            Ok(None) => None,
            Ok(Some(piece)) if piece.is_empty() => {
                let path = self.path.display();
                Some(Err(format!(
                    "the file `{path}` got shorter while it was sent"
                )
                .into()))
            }
            Ok(Some(piece)) => Some(Ok(Frame::data(piece.into()))),
            Err(error) => {
                // Nothing more comes.
                (self.left, self.state) = (Some(0), State::Closed);
                Some(Err(error.into()))
            }
        })
    }

    fn is_end_stream(&self) -> bool {
        self.left == Some(0)
    }

    fn size_hint(&self) -> SizeHint {
        self.left
            .map_or_else(SizeHint::default, SizeHint::with_exact)
    }
}

/// A file of a request cannot be opened, so nothing is sent.
#[derive(Debug)]
pub(crate) struct CannotOpen {
    /// The field of the request that the file is a part of.
    pub(crate) field: Option<&'static str>,
    pub(crate) path: String,
    pub(crate) error: io::Error,
}

impl CannotOpen {
    fn new(path: &Path, error: io::Error) -> Self {
        Self {
            field: None,
            path: path.display().to_string(),
            error,
        }
    }

    /// The same, of a file in this field.
    #[cfg(feature = "multipart")]
    pub(crate) fn of(self, field: Option<&'static str>) -> Self {
        Self { field, ..self }
    }
}

impl fmt::Display for CannotOpen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the file `{}` cannot be opened", self.path)
    }
}

impl error::Error for CannotOpen {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        Some(&self.error)
    }
}
