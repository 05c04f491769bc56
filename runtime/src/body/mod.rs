//! The body of a request, and of a response that is read piece by piece.
//!
//! Invariant: a body says whether it can be sent again ([`Body::try_clone`]); nothing is copied to find out.

#[cfg(feature = "client")]
mod file;
#[cfg(feature = "multipart")]
mod segments;

use std::{
    error, fmt, mem,
    path::Path,
    pin::Pin,
    sync::{Arc, Mutex, PoisonError},
    task::{Context, Poll, ready},
};

use bytes::Bytes;
use futures_core::Stream;
use http_body::{Frame, SizeHint};
use http_body_util::{BodyExt, combinators::UnsyncBoxBody};

#[cfg(feature = "client")]
pub(crate) use self::file::CannotOpen;
#[cfg(feature = "client")]
use self::file::FileSource;
#[cfg(feature = "multipart")]
pub(crate) use self::segments::Segment;
#[cfg(feature = "multipart")]
use self::segments::Segments;
use crate::BoxError;

type BoxBody = UnsyncBoxBody<Bytes, BoxError>;

/// A body: bytes in memory, or a stream of them. It implements [`http_body::Body`], so any HTTP stack can send it.
///
/// ```
/// use api_request::Body;
///
/// let body = Body::from("hello");
/// assert_eq!(body.as_bytes().unwrap(), "hello");
/// ```
pub struct Body(Inner);

enum Inner {
    Buffered(Bytes),
    /// A stream that can be read once. It is shared with the request it came from; whoever reads it first has it.
    Once(Arc<Mutex<Option<BoxBody>>>),
    /// A stream that can be opened any number of times.
    Reopen(Arc<dyn Fn() -> BoxBody + Send + Sync>),
    #[cfg(feature = "client")]
    File(FileSource),
    #[cfg(feature = "multipart")]
    Segments(Vec<Segment<Body>>),
    /// A stream that is being read.
    Open(Mutex<BoxBody>),
}

impl Body {
    /// Creates an empty body.
    #[must_use]
    pub const fn empty() -> Self {
        Self(Inner::Buffered(Bytes::new()))
    }

    /// Creates a body from a stream that is opened anew for each attempt to send it.
    ///
    /// ```
    /// # use api_request::Body;
    /// # fn numbers() -> impl futures_util::Stream<Item = Result<bytes::Bytes, std::io::Error>> + Send { futures_util::stream::empty() }
    /// let body = Body::stream(|| numbers());
    /// assert!(body.as_bytes().is_none());
    /// ```
    #[must_use]
    pub fn stream<S, E>(open: impl Fn() -> S + Send + Sync + 'static) -> Self
    where
        S: Stream<Item = Result<Bytes, E>> + Send + 'static,
        E: Into<BoxError>,
    {
        Self(Inner::Reopen(Arc::new(move || {
            StreamBody(Box::pin(open())).boxed_unsync()
        })))
    }

    /// Creates a body from a file, which is opened when it is sent, and again for another attempt.
    ///
    /// It is read piece by piece, by the tokio runtime that sends it, and its length is known. To send a file that
    /// cannot be opened, or whose length is not known, such as a pipe, is an error before anything is sent. A file that
    /// grows while it is sent is cut, and one that shrinks is an error.
    ///
    /// ```
    /// use api_request::{ApiRequest, Body};
    ///
    /// #[derive(ApiRequest)]
    /// #[api(method = PUT, path = "/backup")]
    /// struct PutBackup {
    ///     #[api(body = stream)]
    ///     archive: Body,
    /// }
    ///
    /// let request = PutBackup { archive: Body::file("backup.tar") };
    /// assert!(request.archive.as_bytes().is_none());
    /// ```
    #[cfg(feature = "client")]
    #[cfg_attr(docsrs, doc(cfg(feature = "client")))]
    #[must_use]
    pub fn file(path: impl AsRef<Path>) -> Self {
        Self(Inner::File(FileSource::new(path.as_ref().into())))
    }

    /// Creates a body from a stream that can be sent once: not again after a redirect that keeps the body, nor in
    /// another attempt.
    ///
    /// ```
    /// use api_request::Body;
    /// use bytes::Bytes;
    /// use futures_util::stream;
    ///
    /// let body = Body::once(stream::iter([Ok::<_, std::io::Error>(Bytes::from("a,b\n"))]));
    /// assert!(body.try_clone().is_none());
    /// ```
    #[must_use]
    pub fn once<S, E>(stream: S) -> Self
    where
        S: Stream<Item = Result<Bytes, E>> + Send + 'static,
        E: Into<BoxError>,
    {
        Self::wrap(StreamBody(Box::pin(stream)))
    }

    /// Creates a body from any [`http_body::Body`], which can be sent once.
    ///
    /// ```
    /// use api_request::Body;
    /// use http_body_util::{BodyExt, Full};
    ///
    /// # futures_util::FutureExt::now_or_never(async {
    /// let body = Body::wrap(Full::from("hello"));
    /// assert_eq!(body.collect().await?.to_bytes(), "hello");
    /// # Ok::<(), api_request::BoxError>(())
    /// # }).unwrap().unwrap();
    /// ```
    #[must_use]
    pub fn wrap<B>(body: B) -> Self
    where
        B: http_body::Body<Data = Bytes> + Send + 'static,
        B::Error: Into<BoxError>,
    {
        let body = body.map_err(Into::into).boxed_unsync();
        Self(Inner::Once(Arc::new(Mutex::new(Some(body)))))
    }

    /// Returns the bytes, if they are in memory.
    #[must_use]
    pub fn as_bytes(&self) -> Option<&Bytes> {
        match &self.0 {
            Inner::Buffered(bytes) => Some(bytes),
            _ => None,
        }
    }

    /// The bytes if they are in memory, or else the body.
    #[cfg(feature = "client")]
    pub(crate) fn into_bytes(self) -> Result<Bytes, Self> {
        match self.0 {
            Inner::Buffered(bytes) => Ok(bytes),
            _ => Err(self),
        }
    }

    /// Opens the files in the body, so that their lengths are known and none of them is missing.
    #[cfg(feature = "client")]
    pub(crate) async fn open(&mut self) -> Result<(), CannotOpen> {
        match &mut self.0 {
            Inner::File(file) => {
                let file = file.open().await?;
                self.0 = Inner::Open(Mutex::new(file.boxed_unsync()));
            }
            #[cfg(feature = "multipart")]
            Inner::Segments(segments) => {
                for Segment { body, field } in segments {
                    // A segment may be made of segments.
                    let opened = Box::pin(body.open()).await;
                    opened.map_err(|error| error.of(*field))?;
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// Whether there is something to [`open`](Self::open).
    #[cfg(feature = "client")]
    pub(crate) fn has_files(&self) -> bool {
        match &self.0 {
            Inner::File(_) => true,
            #[cfg(feature = "multipart")]
            Inner::Segments(segments) => segments.iter().any(|segment| segment.body.has_files()),
            _ => false,
        }
    }

    /// Where the file is, if it is one that is not open.
    pub(crate) fn path(&self) -> Option<&Path> {
        match &self.0 {
            #[cfg(feature = "client")]
            Inner::File(file) => Some(file.path()),
            _ => None,
        }
    }

    /// A body of several, one after the other.
    #[cfg(feature = "multipart")]
    pub(crate) fn of(segments: Vec<Segment<Self>>) -> Self {
        Self(Inner::Segments(segments))
    }

    /// The bodies that it is made of, if there are several.
    pub(crate) fn pieces(&self) -> Vec<&Self> {
        match &self.0 {
            #[cfg(feature = "multipart")]
            Inner::Segments(segments) => segments.iter().map(|segment| &segment.body).collect(),
            _ => vec![self],
        }
    }

    /// Returns a second body with the same content; `None` if it can be read only once.
    #[must_use]
    pub fn try_clone(&self) -> Option<Self> {
        match &self.0 {
            Inner::Buffered(bytes) => Some(Self(Inner::Buffered(bytes.clone()))),
            Inner::Reopen(open) => Some(Self(Inner::Reopen(Arc::clone(open)))),
            #[cfg(feature = "client")]
            Inner::File(file) => Some(Self(Inner::File(file.again()))),
            #[cfg(feature = "multipart")]
            Inner::Segments(segments) => {
                let segments = segments.iter().map(|segment| segment.with(Self::try_clone));
                segments.collect::<Option<_>>().map(Self::of)
            }
            Inner::Once(_) | Inner::Open(_) => None,
        }
    }

    /// The body that goes into a request: a stream that can be read once goes to whoever reads it first.
    pub(crate) fn share(&self) -> Self {
        match &self.0 {
            Inner::Once(body) => Self(Inner::Once(Arc::clone(body))),
            // A body that is being read stays with its reader; what is left of it is not ours to hand out.
            Inner::Open(_) => Self(Inner::Once(Arc::new(Mutex::new(None)))),
            #[cfg(feature = "multipart")]
            Inner::Segments(segments) => {
                let share = |body: &Self| Some(body.share());
                let segments = segments.iter().filter_map(|segment| segment.with(share));
                Self::of(segments.collect())
            }
            _ => self.try_clone().unwrap_or_default(),
        }
    }
}

impl Default for Body {
    fn default() -> Self {
        Self::empty()
    }
}

impl From<Bytes> for Body {
    fn from(bytes: Bytes) -> Self {
        Self(Inner::Buffered(bytes))
    }
}

impl From<Vec<u8>> for Body {
    fn from(bytes: Vec<u8>) -> Self {
        Bytes::from(bytes).into()
    }
}

impl From<String> for Body {
    fn from(text: String) -> Self {
        Bytes::from(text).into()
    }
}

impl From<&'static str> for Body {
    fn from(text: &'static str) -> Self {
        Bytes::from_static(text.as_bytes()).into()
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Inner::Buffered(bytes) => write!(f, "Body({} bytes)", bytes.len()),
            Inner::Once(_) | Inner::Open(_) => f.write_str("Body(stream, once)"),
            Inner::Reopen(_) => f.write_str("Body(stream)"),
            #[cfg(feature = "client")]
            Inner::File(_) => f.write_str("Body(file)"),
            #[cfg(feature = "multipart")]
            Inner::Segments(_) => f.write_str("Body(parts)"),
        }
    }
}

impl http_body::Body for Body {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let inner = &mut self.get_mut().0;
        loop {
            let open = match inner {
                Inner::Buffered(bytes) => {
                    let bytes = mem::take(bytes);
                    return Poll::Ready((!bytes.is_empty()).then(|| Ok(Frame::data(bytes))));
                }
                Inner::Open(body) => {
                    let body = body.get_mut().unwrap_or_else(PoisonError::into_inner);
                    return Pin::new(body).poll_frame(context);
                }
                Inner::Reopen(open) => open(),
                #[cfg(feature = "client")]
                Inner::File(file) => file.body().boxed_unsync(),
                #[cfg(feature = "multipart")]
                Inner::Segments(segments) => Segments::new(mem::take(segments)).boxed_unsync(),
                Inner::Once(body) => {
                    let body = body.lock().unwrap_or_else(PoisonError::into_inner).take();
                    match body {
                        Some(body) => body,
                        None => return Poll::Ready(Some(Err(AlreadySent.into()))),
                    }
                }
            };
            *inner = Inner::Open(Mutex::new(open));
        }
    }

    fn is_end_stream(&self) -> bool {
        match &self.0 {
            Inner::Buffered(bytes) => bytes.is_empty(),
            Inner::Open(body) => body
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .is_end_stream(),
            _ => false,
        }
    }

    fn size_hint(&self) -> SizeHint {
        match &self.0 {
            Inner::Buffered(bytes) => SizeHint::with_exact(bytes.len() as u64),
            Inner::Open(body) => body
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .size_hint(),
            Inner::Once(body) => body
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .as_ref()
                .map_or_else(SizeHint::default, http_body::Body::size_hint),
            Inner::Reopen(_) => SizeHint::default(),
            #[cfg(feature = "client")]
            Inner::File(file) => file.size_hint(),
            #[cfg(feature = "multipart")]
            Inner::Segments(segments) => segments::size_hint(segments),
        }
    }
}

/// A body that can be sent once has been sent before.
#[derive(Debug)]
pub(crate) struct AlreadySent;

impl fmt::Display for AlreadySent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the body can be sent only once, and was sent before")
    }
}

impl error::Error for AlreadySent {}

/// A stream of bytes as a body.
///
/// `http_body_util::StreamBody` takes frames: the closures that would make frames of bytes and box the errors have `E`
/// in their type, so every caller had to promise that it is `'static`.
struct StreamBody<S>(Pin<Box<S>>);

impl<S, E> http_body::Body for StreamBody<S>
where
    S: Stream<Item = Result<Bytes, E>>,
    E: Into<BoxError>,
{
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let item = ready!(self.0.as_mut().poll_next(context));
        Poll::Ready(item.map(|item| item.map(Frame::data).map_err(Into::into)))
    }
}
