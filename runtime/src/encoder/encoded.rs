//! A request in bytes, before any HTTP stack's type for one.

use bytes::Bytes;
use http::{HeaderMap, Method, Request};

use crate::{BaseUrl, Body};

/// An encoded request to whatever origin its base URL names.
pub(crate) struct Encoded {
    pub(crate) method: Method,
    /// Path and query.
    pub(crate) target: Bytes,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Body,
}

impl Encoded {
    /// The request as anybody's HTTP stack takes it, or why it has no such form.
    pub(crate) fn into_http(self, base: &BaseUrl) -> Result<Request<Body>, String> {
        let Self {
            method,
            target,
            headers,
            body,
        } = self;
        let mut request = Request::new(body);
        *request.method_mut() = method;
        *request.uri_mut() = base.uri(target)?;
        *request.headers_mut() = headers;
        Ok(request)
    }
}
