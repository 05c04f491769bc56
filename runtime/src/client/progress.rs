//! The progress of an upload.
//!
//! Invariant: of the requests of a call, only the last is told of, from its start.

use std::{
    pin::Pin,
    sync::{Arc, Mutex, PoisonError},
    task::{Context, Poll, ready},
};

use bytes::Bytes;
use http_body::{Body as _, Frame, SizeHint};

use crate::{Body, BoxError, Progress};

/// The size of the pieces in which a larger one is sent, so that its progress can be seen.
const PIECE: usize = 64 * 1024;

/// The function that a call tells of its uploads.
#[derive(Clone)]
pub(super) struct OnUpload(Arc<Mutex<Listener>>);

struct Listener {
    /// The number of the request that is told of.
    request: u64,
    call: Box<dyn FnMut(Progress) + Send>,
}

impl OnUpload {
    pub(super) fn new(call: impl FnMut(Progress) + Send + 'static) -> Self {
        let call = Box::new(call);
        Self(Arc::new(Mutex::new(Listener { request: 0, call })))
    }

    /// Tells of this body from now on, and no longer of one before it, which a transport may not have dropped yet.
    pub(super) fn watch(&self, body: Body) -> Body {
        let mut listener = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        listener.request += 1;
        if body.as_bytes().is_some_and(Bytes::is_empty) {
            return body;
        }
        Body::wrap(Upload {
            total: body.size_hint().exact(),
            body,
            rest: Bytes::new(),
            sent: 0,
            request: listener.request,
            listener: self.clone(),
        })
    }

    fn tell(&self, request: u64, received: u64, total: Option<u64>) {
        let mut listener = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if listener.request == request {
            (listener.call)(Progress { received, total });
        }
    }
}

/// A body that tells of each piece that is taken.
struct Upload {
    body: Body,
    total: Option<u64>,
    /// The rest of a large piece.
    rest: Bytes,
    sent: u64,
    request: u64,
    listener: OnUpload,
}

impl http_body::Body for Upload {
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
        let length = self.rest.len().min(PIECE);
        let piece = self.rest.split_to(length);
        self.sent += length as u64;
        self.listener.tell(self.request, self.sent, self.total);
        Poll::Ready(Some(Ok(Frame::data(piece))))
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
