//! An answer's body, read as it comes.

#[cfg(feature = "client")]
use std::time::Duration;
use std::{
    fmt,
    pin::Pin,
    task::{Context, Poll, ready},
};

use bytes::Bytes;
use futures_core::Stream;
use http::response;
use http_body::Body as _;
#[cfg(feature = "client")]
use tokio::time::{Instant, Sleep, sleep};

use crate::{
    Body, BoxError, Error,
    error::{Failure, Kind, Report},
};
#[cfg(feature = "client")]
use crate::{client::transport, error::Wait};

/// The body of an answer as a stream of bytes: what `response(stream)` gives.
///
/// The client's read timeout holds for each piece; there is no limit on the whole, and no timeout for it. After an
/// error the stream is at its end.
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
    context: Box<StreamContext>,
    #[cfg(feature = "client")]
    stall: Option<Stall>,
}

/// What an error in mid-stream says.
struct StreamContext {
    operation: &'static str,
    attempts: u32,
    status: http::StatusCode,
    headers: http::HeaderMap,
}

/// The read timeout of a stream: it runs while a piece is waited for.
///
/// The timer is not set anew for each piece, which would cost more than the piece: it goes off at times, and then is set
/// to when the wait that is under way may end.
#[cfg(feature = "client")]
struct Stall {
    limit: Duration,
    timer: Pin<Box<Sleep>>,
    /// When the wait began, if one is under way.
    since: Option<Instant>,
}

impl ByteStream {
    pub(crate) fn new(body: Body, operation: &'static str, head: &response::Parts) -> Self {
        Self {
            length: body.size_hint().exact(),
            body: Some(body),
            context: Box::new(StreamContext {
                operation,
                attempts: 0,
                status: head.status,
                headers: head.headers.clone(),
            }),
            #[cfg(feature = "client")]
            stall: None,
        }
    }

    #[cfg(feature = "client")]
    pub(crate) fn sent(mut self, attempts: u32, read_timeout: Duration) -> Self {
        self.context.attempts = attempts;
        self.stall = Some(Stall {
            limit: read_timeout,
            timer: Box::pin(sleep(read_timeout)),
            since: None,
        });
        self
    }

    /// How many bytes come in all, if that is known before they come.
    #[must_use]
    pub fn content_length(&self) -> Option<u64> {
        self.length
    }

    fn poll_piece(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, Failure>>> {
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
                        let kind = Kind::Timeout(Wait::Read(stall.limit));
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
                None => self.body = None,
                Some(Err(error)) => {
                    #[cfg(feature = "client")]
                    let error = transport::without_url(error);
                    return Poll::Ready(Some(Err(self.fail(Kind::Transport, Some(error)))));
                }
                // Trailers are nothing that was asked for.
                Some(Ok(frame)) => match frame.into_data() {
                    Ok(bytes) if !bytes.is_empty() => return Poll::Ready(Some(Ok(bytes))),
                    Ok(_) | Err(_) => {}
                },
            }
        }
    }

    fn fail(&mut self, kind: Kind, source: Option<BoxError>) -> Failure {
        self.body = None;
        let StreamContext {
            operation,
            attempts,
            status,
            headers,
        } = &mut *self.context;
        let mut head = http::Response::new(()).into_parts().0;
        head.status = *status;
        head.headers = std::mem::take(headers);
        let report = Report::new(operation, kind);
        Box::new(
            report
                .attempts(*attempts)
                .source(source)
                .answered(head, None),
        )
    }
}

#[cfg(feature = "client")]
impl Stall {
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
            .field("ended", &self.body.is_none())
            .finish_non_exhaustive()
    }
}
