//! The progress of an upload.
//!
//! Invariant: of the requests of a call, only the last is told of, from its start.

use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use http_body::Body as _;

use crate::{Body, Progress, transport::progress::Pieces};

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
        let (total, request) = (body.size_hint().exact(), listener.request);
        drop(listener);
        let (this, mut sent) = (self.clone(), 0);
        Body::wrap(Pieces::new(body, PIECE, move |length| {
            sent += length as u64;
            this.tell(request, sent, total);
        }))
    }

    fn tell(&self, request: u64, received: u64, total: Option<u64>) {
        let mut listener = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if listener.request == request {
            (listener.call)(Progress { received, total });
        }
    }
}
