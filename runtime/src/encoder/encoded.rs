//! A request in bytes, before any HTTP stack's type for one.

use bytes::Bytes;
use http::{HeaderMap, Method, Request};

use crate::{BaseUrl, Body, secrets::Secrets};

/// An encoded request to whatever origin its base URL names.
pub(crate) struct Encoded {
    pub(crate) method: Method,
    /// Path and query.
    pub(crate) target: Bytes,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Body,
    /// What is in it that nobody may see.
    pub(crate) secrets: Secrets,
}

impl Encoded {
    /// The request as anybody's HTTP stack takes it, or why it has no such form.
    pub(crate) fn into_http(self, base: &BaseUrl) -> Result<Request<Body>, String> {
        let Self {
            method,
            target,
            headers,
            body,
            secrets,
        } = self;
        let mut request = Request::new(body);
        *request.method_mut() = method;
        *request.uri_mut() = base.uri(target)?;
        *request.headers_mut() = headers;
        // For a transport that shows requests, such as a script of `testing`.
        if !secrets.is_empty() {
            request.extensions_mut().insert(secrets);
        }
        Ok(request)
    }
}
