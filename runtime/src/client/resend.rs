//! A request that may be sent again.
//!
//! Its header map is given away with each request that is sent, and made again only if there is another. Invariant:
//! sending once allocates nothing here, because most requests are sent once.

use std::mem;

use bytes::Bytes;
use http::{HeaderName, HeaderValue};
use smallvec::SmallVec;

use crate::{encoder::Encoded, secrets::Secrets};

pub(super) struct Resendable {
    request: Encoded,
    /// The headers of the request that was sent, which are no longer in `request`; up to 8 are kept without allocation.
    sent: SmallVec<[(HeaderName, HeaderValue); 8]>,
}

impl Resendable {
    pub(super) fn new(request: Encoded) -> Self {
        let sent = SmallVec::new();
        Self { request, sent }
    }

    /// Returns the request with its headers.
    pub(super) fn whole(&mut self) -> &mut Encoded {
        for (name, value) in self.sent.drain(..) {
            self.request.headers.append(name, value);
        }
        &mut self.request
    }

    /// Returns the headers, without putting those of the request that was sent back: most requests are sent once.
    pub(super) fn headers(&self) -> impl Iterator<Item = (&HeaderName, &HeaderValue)> {
        let sent = self.sent.iter().map(|(name, value)| (name, value));
        self.request.headers.iter().chain(sent)
    }

    /// Returns the secrets of the request itself.
    pub(super) fn secrets(&self) -> &Secrets {
        &self.request.secrets
    }

    /// Returns the path and query.
    pub(super) fn target(&self) -> Bytes {
        self.request.target.clone()
    }

    /// Returns the request to send now. A body that can be sent once is read by the first that is sent.
    pub(super) fn share(&mut self) -> Encoded {
        let request = self.whole();
        let headers = mem::take(&mut request.headers);
        let shared = Encoded {
            operation: request.operation,
            extensions: request.extensions.clone(),
            method: request.method.clone(),
            origin: request.origin.clone(),
            target: request.target.clone(),
            body: request.body.share(),
            headers,
            secrets: request.secrets.clone(),
        };
        let sent = shared.headers.iter();
        self.sent
            .extend(sent.map(|(name, value)| (name.clone(), value.clone())));
        shared
    }
}
