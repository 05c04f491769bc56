//! Bodies that are taken piece by piece, and whether the body of a request is moving: the read timeout does not apply to a
//! long upload.

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

/// The size of the pieces in which a larger body is sent, so that its progress can be seen.
const PIECE: usize = 256 * 1024;

/// Set whenever a piece of the body is taken to be sent.
#[derive(Clone, Default)]
pub(crate) struct Activity(Arc<AtomicBool>);

impl Activity {
    /// Returns whether there was any since the last call.
    pub(crate) fn take(&self) -> bool {
        self.0.swap(false, Ordering::Relaxed)
    }

    /// Watches the body of a request; `None` if it is one piece.
    pub(crate) fn of(body: &mut Body) -> Option<Self> {
        if body.as_bytes().is_some_and(|bytes| bytes.len() <= PIECE) {
            return None;
        }
        let progress = Self::default();
        // A transport may ask for `as_bytes`, so a body in memory stays one: the transport over reqwest wraps it.
        if body.as_bytes().is_none() {
            *body = Body::wrap(progress.clone().watch(std::mem::take(body)));
        }
        Some(progress)
    }

    /// Returns the body in pieces, each of which sets this.
    pub(crate) fn watch(self, body: Body) -> impl http_body::Body<Data = Bytes, Error = BoxError> {
        Pieces::new(body, PIECE, move |_| self.0.store(true, Ordering::Relaxed))
    }
}

/// A body that is taken in pieces of a limited size, with a function that is called for each with its length.
pub(crate) struct Pieces<F> {
    body: Body,
    size: usize,
    /// The rest of a large piece.
    rest: Bytes,
    taken: F,
}

impl<F: FnMut(usize)> Pieces<F> {
    pub(crate) fn new(body: Body, size: usize, taken: F) -> Self {
        let rest = Bytes::new();
        Self {
            body,
            size,
            rest,
            taken,
        }
    }
}

impl<F: FnMut(usize) + Unpin> http_body::Body for Pieces<F> {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        while self.rest.is_empty() {
            match ready!(Pin::new(&mut self.body).poll_frame(context)) {
                Some(Ok(frame)) => match frame.into_data() {
                    Ok(bytes) => self.rest = bytes,
                    Err(frame) => return Poll::Ready(Some(Ok(frame))),
                },
                end => return Poll::Ready(end),
            }
        }
        let length = self.rest.len().min(self.size);
        (self.taken)(length);
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
