//! A request that may be sent again.
//!
//! Its header map is given away with each request that is sent, and made again only if there is another, because most
//! requests are sent once. What is kept of it is as small as can be: it is there while the response is waited for.

use std::mem;

use bytes::Bytes;
use http::{HeaderName, HeaderValue};

use crate::{encoder::Encoded, secrets::Secrets};

pub(super) struct Resendable {
    request: Encoded,
    /// The headers of the request that was sent, which are no longer in `request`.
    sent: Vec<(HeaderName, HeaderValue)>,
}

impl Resendable {
    pub(super) fn new(request: Encoded) -> Self {
        let sent = Vec::new();
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

    /// Returns whether there are files to open before it is sent.
    pub(super) fn has_files(&self) -> bool {
        self.request.body.has_files()
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
        let copies = sent.map(|(name, value)| (name.clone(), value.clone()));
        self.sent.reserve_exact(shared.headers.len());
        self.sent.extend(copies);
        shared
    }
}
