//! A request in bytes, before any HTTP stack's type for one.

use std::sync::Arc;

use bytes::Bytes;
#[cfg(feature = "client")]
use http::Request;
use http::{Extensions, HeaderMap, Method};

use crate::{BaseUrl, Body, operation::Operation, secrets::Secrets};

/// An encoded request, to the origin of a base URL.
#[cfg_attr(
    not(feature = "client"),
    allow(dead_code, reason = "a client reads the rest")
)]
pub(crate) struct Encoded {
    pub(crate) operation: &'static Operation,
    /// What a call gives to its transport.
    pub(crate) extensions: Extensions,
    pub(crate) method: Method,
    /// The origin, if the request has one of its own.
    pub(crate) origin: Option<Arc<BaseUrl>>,
    /// Path and query.
    pub(crate) target: Bytes,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Body,
    /// What is in it that nobody may see.
    pub(crate) secrets: Secrets,
}

impl Encoded {
    /// Returns the base URL whose origin the request is sent to: `base`, unless the request has one of its own.
    pub(crate) fn base<'b>(&'b self, base: &'b BaseUrl) -> &'b BaseUrl {
        self.origin.as_deref().unwrap_or(base)
    }

    /// The request as anybody's HTTP stack takes it, or why it has no such form.
    // Inlined, because a request is moved with each call that returns it.
    #[cfg(feature = "client")]
    #[inline]
    pub(crate) fn into_http(self, base: &BaseUrl) -> Result<Request<Body>, String> {
        let base = self.origin.as_deref().unwrap_or(base);
        let uri = base.uri(self.target)?;
        let mut request = Request::new(self.body);
        *request.method_mut() = self.method;
        *request.uri_mut() = uri;
        *request.headers_mut() = self.headers;
        *request.extensions_mut() = self.extensions;
        extend(request.extensions_mut(), self.operation, self.secrets);
        Ok(request)
    }
}

/// Adds what any HTTP stack finds beside a request: its operation. A transport that shows requests, such as a script of
/// `testing`, also finds what it may not show.
pub(super) fn extend(extensions: &mut Extensions, operation: &'static Operation, secrets: Secrets) {
    extensions.insert(operation);
    if !secrets.is_empty() {
        extensions.insert(secrets);
    }
}
