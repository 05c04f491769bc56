//! Whether the body of a request is on its way: a long upload is no stall.

use std::{
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    task::{Context, Poll, ready},
};

use bytes::Bytes;
use http_body::{Frame, SizeHint};

use crate::{Body, BoxError};

/// A body in memory that is larger goes out in pieces of this size, so that one sees it move.
const PIECE: usize = 256 * 1024;

/// Set whenever a piece of the body is taken to be sent.
#[derive(Clone, Default)]
pub(crate) struct Progress(Arc<AtomicBool>);

impl Progress {
    /// Whether there was any since the last time.
    pub(crate) fn take(&self) -> bool {
        self.0.swap(false, Ordering::Relaxed)
    }

    /// Watches the body of a request; `None` if it is so small that it takes no time.
    pub(crate) fn of(body: &mut Body) -> Option<Self> {
        if body.as_bytes().is_some_and(|bytes| bytes.len() <= PIECE) {
            return None;
        }
        let progress = Self::default();
        // A transport may ask for bytes in memory, so they stay as they are until one knows that none does.
        if body.as_bytes().is_none() {
            *body = Body::wrap(progress.clone().watch(std::mem::take(body)));
        }
        Some(progress)
    }

    pub(crate) fn watch(self, body: Body) -> Watched {
        Watched {
            body,
            rest: Bytes::new(),
            progress: self,
        }
    }
}

/// A body that is watched.
pub(crate) struct Watched {
    body: Body,
    /// What is left of a large piece.
    rest: Bytes,
    progress: Progress,
}

impl http_body::Body for Watched {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        if self.rest.is_empty() {
            match ready!(Pin::new(&mut self.body).poll_frame(context)) {
                Some(Ok(frame)) => match frame.into_data() {
                    Ok(bytes) => self.rest = bytes,
                    Err(frame) => return Poll::Ready(Some(Ok(frame))),
                },
                end => return Poll::Ready(end),
            }
        }
        self.progress.0.store(true, Ordering::Relaxed);
        let length = self.rest.len().min(PIECE);
        Poll::Ready(Some(Ok(Frame::data(self.rest.split_to(length)))))
    }

    fn is_end_stream(&self) -> bool {
        self.rest.is_empty() && self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        let rest = self.rest.len() as u64;
        let body = self.body.size_hint();
        let mut hint = SizeHint::new();
        hint.set_lower(body.lower() + rest);
        if let Some(upper) = body.upper() {
            hint.set_upper(upper + rest);
        }
        hint
    }
}
