//! A request that may have to be sent again: its headers go along with what is sent, and can be had back.
//!
//! Invariant: sending once allocates nothing here, because most requests are sent once.

use std::mem;

use bytes::Bytes;
use http::{HeaderName, HeaderValue};
use smallvec::SmallVec;

use crate::encoder::Encoded;

pub(super) struct Resendable {
    request: Encoded,
    /// The headers of what was sent, which are no longer in the request.
    sent: SmallVec<[(HeaderName, HeaderValue); 8]>,
}

impl Resendable {
    pub(super) fn new(request: Encoded) -> Self {
        let sent = SmallVec::new();
        Self { request, sent }
    }

    /// The request, all headers in it.
    pub(super) fn whole(&mut self) -> &mut Encoded {
        for (name, value) in self.sent.drain(..) {
            self.request.headers.append(name, value);
        }
        &mut self.request
    }

    /// Its path and query.
    pub(super) fn target(&self) -> Bytes {
        self.request.target.clone()
    }

    /// The same request, to be sent now. A body that can be sent once goes to whoever reads it first.
    pub(super) fn share(&mut self) -> Encoded {
        let request = self.whole();
        let headers = mem::take(&mut request.headers);
        let shared = Encoded {
            method: request.method.clone(),
            target: request.target.clone(),
            body: request.body.share(),
            headers,
        };
        let sent = shared.headers.iter();
        self.sent
            .extend(sent.map(|(name, value)| (name.clone(), value.clone())));
        shared
    }
}
