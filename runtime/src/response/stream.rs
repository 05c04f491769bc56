//! The body of a response, read as it is received.
//!
//! Invariant: a body that is shorter than what was announced ends in an error, whatever the transport makes of it.

#[cfg(feature = "client")]
use std::time::Duration;
use std::{
    fmt, io,
    pin::Pin,
    sync::{Mutex, PoisonError},
    task::{Context, Poll, ready},
};

use bytes::Bytes;
use futures_core::Stream;
use http::{StatusCode, header, response};
use http_body::Body as _;
#[cfg(feature = "client")]
use tokio::time::{Instant, Sleep, sleep};

use super::progress::Progress;
#[cfg(feature = "client")]
use crate::error::Wait;
#[cfg(any(feature = "events", feature = "lines"))]
use crate::secrets::Secrets;
use crate::{
    Body, BoxError, Error, Operation,
    error::{ErrorKind, Failure, Report},
};

/// How long the end of a stream that has told its end is waited for.
#[cfg(all(feature = "client", feature = "events"))]
const CLOSE: Duration = Duration::from_millis(100);

/// The body of a response as a stream of bytes: what `response(stream)` gives.
///
/// The client's read timeout holds for each piece; there is no limit on the whole, and no timeout for it. A body that
/// ends before the length that was announced is an error. After an error the stream is at its end.
///
/// ```
/// use api_request::{ApiRequest, ByteStream};
/// use futures_util::StreamExt;
///
/// #[derive(ApiRequest)]
/// #[api(method = GET, path = "/files/{id}/content", response(stream))]
/// struct Download {
///     id: u64,
/// }
///
/// # futures_util::FutureExt::now_or_never(async {
/// let mut stream = Download::decode(http::Response::new("hello".into()))?;
/// assert_eq!(stream.content_length(), Some(5));
/// while let Some(bytes) = stream.next().await {
///     assert_eq!(bytes?, "hello");
/// }
/// # Ok::<(), api_request::Error>(())
/// # }).unwrap().unwrap();
/// ```
#[must_use = "streams do nothing unless polled"]
pub struct ByteStream {
    /// `None` at the end.
    body: Option<Body>,
    length: Option<u64>,
    received: u64,
    on_progress: Option<OnProgress>,
    pub(crate) context: Box<StreamContext>,
    #[cfg(feature = "client")]
    stall: Option<Stall>,
}

/// The lock makes the stream `Sync` and is never locked: the function is called through `get_mut`.
type OnProgress = Mutex<Box<dyn FnMut(Progress) + Send>>;

/// What an error in mid-stream says, and what is read from the stream keeps to.
pub(crate) struct StreamContext {
    pub(crate) operation: &'static str,
    pub(crate) attempts: u32,
    pub(crate) status: StatusCode,
    pub(crate) headers: http::HeaderMap,
    /// What no message may repeat.
    #[cfg(any(feature = "events", feature = "lines"))]
    pub(crate) secrets: Secrets,
    /// The limit of one event or line, if the client has set it.
    #[cfg(any(feature = "events", feature = "lines"))]
    pub(crate) item_limit: Option<usize>,
}

impl StreamContext {
    pub(crate) fn head(&self) -> response::Parts {
        let mut head = http::Response::new(()).into_parts().0;
        head.status = self.status;
        head.headers.clone_from(&self.headers);
        head
    }
}

/// The read timeout of a stream: it runs while a piece is waited for.
///
/// The timer is not set anew for each piece, which would cost more than the piece: it goes off at times, and then is
/// set to when the wait that is under way may end.
#[cfg(feature = "client")]
struct Stall {
    limit: Duration,
    timer: Pin<Box<Sleep>>,
    /// When the wait began, if one is under way.
    since: Option<Instant>,
    /// What is done with the connection when it expires.
    give_up: Option<GiveUp>,
}

/// Stops using a connection.
#[cfg(feature = "client")]
pub(crate) type GiveUp = Box<dyn FnOnce() + Send + Sync>;

impl ByteStream {
    pub(crate) fn new(body: Body, operation: &'static Operation, head: &response::Parts) -> Self {
        Self {
            length: body_length(&body, operation, head),
            body: Some(body),
            received: 0,
            on_progress: None,
            context: Box::new(StreamContext {
                operation: operation.name,
                attempts: 0,
                status: head.status,
                headers: head.headers.clone(),
                #[cfg(any(feature = "events", feature = "lines"))]
                secrets: Secrets::default(),
                #[cfg(any(feature = "events", feature = "lines"))]
                item_limit: None,
            }),
            #[cfg(feature = "client")]
            stall: None,
        }
    }

    #[cfg(feature = "client")]
    pub(crate) fn sent(mut self, attempts: u32, read_timeout: Duration, give_up: GiveUp) -> Self {
        self.context.attempts = attempts;
        self.stall = Some(Stall {
            limit: read_timeout,
            timer: Box::pin(sleep(read_timeout)),
            since: None,
            give_up: Some(give_up),
        });
        self
    }

    #[cfg(all(feature = "client", any(feature = "events", feature = "lines")))]
    pub(crate) fn of_items(mut self, limit: usize, secrets: Secrets) -> Self {
        self.context.item_limit = Some(limit);
        self.context.secrets = secrets;
        self
    }

    /// Returns the length of the body, if it is announced. That of a body that is decompressed is not known.
    ///
    /// ```
    /// # use api_request::ApiRequest;
    /// # #[derive(ApiRequest)]
    /// # #[api(method = GET, path = "/files/1/content", response(stream))]
    /// # struct Download;
    /// let stream = Download::decode(http::Response::new("hello".into()))?;
    /// assert_eq!(stream.content_length(), Some(5));
    /// # Ok::<(), api_request::Error>(())
    /// ```
    #[must_use]
    pub fn content_length(&self) -> Option<u64> {
        self.length
    }

    /// Calls a function for each piece that is received, before the piece is read, saved or yielded; never for an empty
    /// body.
    ///
    /// The function is called in the task that reads, which it must not block. It replaces one that was set before.
    ///
    /// ```
    /// # use api_request::ApiRequest;
    /// # use futures_util::StreamExt;
    /// # #[derive(ApiRequest)]
    /// # #[api(method = GET, path = "/files/1/content", response(stream))]
    /// # struct Download;
    /// # futures_util::FutureExt::now_or_never(async {
    /// let stream = Download::decode(http::Response::new("hello".into()))?;
    /// let mut stream = stream.on_progress(|progress| {
    ///     assert_eq!((progress.received, progress.total), (5, Some(5)));
    /// });
    /// while let Some(bytes) = stream.next().await {
    ///     println!("{} bytes", bytes?.len());
    /// }
    /// # Ok::<(), api_request::Error>(())
    /// # }).unwrap().unwrap();
    /// ```
    pub fn on_progress(mut self, call: impl FnMut(Progress) + Send + 'static) -> Self {
        self.on_progress = Some(Mutex::new(Box::new(call)));
        self
    }

    /// The body, if nothing is to be done with its pieces.
    #[cfg(feature = "server")]
    pub(super) fn into_body(mut self) -> Result<Body, Box<Self>> {
        let length = self.body.as_ref().and_then(|body| body.size_hint().exact());
        let is_as_it_was =
            self.received == 0 && self.on_progress.is_none() && self.length == length;
        #[cfg(feature = "client")]
        let is_as_it_was = is_as_it_was && self.stall.is_none();
        match self.body.take() {
            Some(body) if is_as_it_was => Ok(body),
            body => Err(Box::new(Self { body, ..self })),
        }
    }

    /// The next piece; `None` at the end.
    #[cfg(feature = "client")]
    pub(super) async fn piece(&mut self) -> Option<Result<Bytes, Failure>> {
        std::future::poll_fn(|context| self.poll_piece(context)).await
    }

    #[cfg(feature = "client")]
    pub(super) fn received(&self) -> u64 {
        self.received
    }

    pub(crate) fn poll_piece(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, Failure>>> {
        loop {
            let Some(body) = &mut self.body else {
                return Poll::Ready(None);
            };
            let frame = match Pin::new(body).poll_frame(context) {
                Poll::Ready(frame) => frame,
                Poll::Pending => {
                    #[cfg(feature = "client")]
                    if let Some(stall) = &mut self.stall {
                        ready!(stall.poll(context));
                        if let Some(give_up) = stall.give_up.take() {
                            give_up();
                        }
                        let kind = ErrorKind::Timeout(Wait::Read(stall.limit));
                        return Poll::Ready(Some(Err(self.fail(kind, None))));
                    }
                    return Poll::Pending;
                }
            };
            #[cfg(feature = "client")]
            if let Some(stall) = &mut self.stall {
                stall.since = None;
            }
            match frame {
                None => {
                    self.body = None;
                    if let Some(reason) = missing(self.length, self.received) {
                        return Poll::Ready(Some(Err(
                            self.fail(ErrorKind::Transport, Some(reason.into()))
                        )));
                    }
                }
                Some(Err(error)) => {
                    let (kind, source) = ErrorKind::of_body(error);
                    return Poll::Ready(Some(Err(self.fail(kind, source))));
                }
                // Trailers are ignored.
                Some(Ok(frame)) => match frame.into_data() {
                    Ok(bytes) if !bytes.is_empty() => {
                        self.took(bytes.len());
                        return Poll::Ready(Some(Ok(bytes)));
                    }
                    Ok(_) | Err(_) => {}
                },
            }
        }
    }

    fn took(&mut self, bytes: usize) {
        self.received += bytes as u64;
        if let Some(call) = &mut self.on_progress {
            let call = call.get_mut().unwrap_or_else(PoisonError::into_inner);
            call(Progress {
                received: self.received,
                total: self.length,
            });
        }
    }

    pub(crate) fn fail(&mut self, kind: ErrorKind, source: Option<BoxError>) -> Failure {
        self.body = None;
        let context = &self.context;
        let report = Report::new(context.operation, kind);
        Box::new(
            report
                .attempts(context.attempts)
                .source(source)
                .answered(context.head(), None),
        )
    }

    #[cfg(any(feature = "events", feature = "lines"))]
    pub(crate) fn close(&mut self) {
        self.body = None;
    }

    /// Waits for the end, but only as long as the connection, which can then be used again, is worth it. Whatever
    /// comes, the stream is at its end.
    #[cfg(feature = "events")]
    pub(crate) fn poll_close(&mut self, context: &mut Context<'_>) -> Poll<()> {
        let end = self.poll_piece(context);
        #[cfg(feature = "client")]
        if let (Poll::Pending, Some(stall)) = (&end, &mut self.stall) {
            if stall.limit <= CLOSE {
                return Poll::Pending;
            }
            stall.shorten(CLOSE);
            return self.poll_close(context);
        }
        drop(end);
        self.close();
        Poll::Ready(())
    }
}

/// The length that the head of a response announces
/// ([RFC 9110, section 8.6](https://www.rfc-editor.org/rfc/rfc9110#section-8.6)), or else the one that the body knows.
pub(crate) fn body_length(
    body: &Body,
    operation: &Operation,
    head: &response::Parts,
) -> Option<u64> {
    let known = body.size_hint().exact();
    let has_body = !matches!(operation.method, "HEAD" | "CONNECT")
        && !matches!(
            head.status,
            StatusCode::NO_CONTENT | StatusCode::NOT_MODIFIED
        );
    // The length of a coding says nothing of a body that an HTTP stack has decoded, and left the headers as they were.
    let is_decoded = known.is_some() && head.headers.contains_key(header::CONTENT_ENCODING);
    if !has_body || is_decoded {
        return known;
    }
    let announced = head.headers.get(header::CONTENT_LENGTH);
    let announced = announced.and_then(|length| length.to_str().ok()?.parse().ok());
    announced.or(known)
}

/// Returns why a body that has ended is not whole, if it is not.
pub(crate) fn missing(length: Option<u64>, received: u64) -> Option<io::Error> {
    let length = length.filter(|length| *length > received)?;
    let reason = format!("{received} of {length} bytes received");
    Some(io::Error::new(io::ErrorKind::UnexpectedEof, reason))
}

#[cfg(feature = "client")]
impl Stall {
    /// Begins a wait that may take only so long.
    #[cfg(feature = "events")]
    fn shorten(&mut self, limit: Duration) {
        let now = Instant::now();
        self.limit = limit;
        self.since = Some(now);
        self.timer.as_mut().reset(now + limit);
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<()> {
        let since = *self.since.get_or_insert_with(Instant::now);
        loop {
            ready!(self.timer.as_mut().poll(context));
            // A limit beyond what a clock can count is none.
            let Some(end) = since.checked_add(self.limit) else {
                return Poll::Pending;
            };
            if self.timer.deadline() >= end {
                return Poll::Ready(());
            }
            self.timer.as_mut().reset(end);
        }
    }
}

impl Stream for ByteStream {
    type Item = Result<Bytes, Error>;

    fn poll_next(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, Error>>> {
        let piece = ready!(self.get_mut().poll_piece(context));
        Poll::Ready(piece.map(|piece| piece.map_err(Error::from_failure)))
    }
}

impl fmt::Debug for ByteStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ByteStream")
            .field("content_length", &self.length)
            .field("received", &self.received)
            .field("ended", &self.body.is_none())
            .finish_non_exhaustive()
    }
}
