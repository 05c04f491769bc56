//! A request in bytes, before any HTTP stack's type for one.

use std::sync::Arc;

use bytes::Bytes;
use http::{Extensions, HeaderMap, Method, Request};

use crate::{BaseUrl, Body, operation::Operation, secrets::Secrets};

/// An encoded request, to the origin of a base URL.
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
    #[inline]
    pub(crate) fn into_http(self, base: &BaseUrl) -> Result<Request<Body>, String> {
        let Self {
            operation,
            extensions,
            method,
            origin,
            target,
            headers,
            body,
            secrets,
        } = self;
        let mut request = Request::new(body);
        *request.method_mut() = method;
        *request.uri_mut() = origin.as_deref().unwrap_or(base).uri(target)?;
        *request.headers_mut() = headers;
        *request.extensions_mut() = extensions;
        request.extensions_mut().insert(operation);
        // For a transport that shows requests, such as a script of `testing`.
        if !secrets.is_empty() {
            request.extensions_mut().insert(secrets);
        }
        Ok(request)
    }
}
