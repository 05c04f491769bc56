//! A request while it is written: one buffer, and what is known about the ranges of it.
//!
//! `target`, `headers`, `payload`, `flag` and `multipart` each write their part of it.

use std::{
    borrow::Cow,
    mem,
    ops::{Deref, Range},
};

use bytes::Bytes;
use http::{
    Extensions, HeaderMap, HeaderName, HeaderValue, Request,
    header::{CONNECTION, CONTENT_LENGTH, CONTENT_TYPE, HOST, TRANSFER_ENCODING},
};
use smallvec::SmallVec;

#[cfg(feature = "multipart")]
use super::parts::{self, Section};
use super::{
    capacity,
    encoded::{self, Encoded},
    given_url::GivenUrl,
    problem::Problem,
    redact::Redact,
    sink::Sink,
    traits::ParamValue,
};
use crate::{
    BaseUrl, Body, EncodeError,
    base_url::Destination,
    operation::{Operation, Param},
    secret::Nonce,
    secrets::{self, Secrets},
};

/// Headers that frame the message. They come from what is sent, never from a declaration.
pub(crate) const FRAMING: [HeaderName; 4] = [CONTENT_LENGTH, HOST, TRANSFER_ENCODING, CONNECTION];

pub(super) static CONTENT_TYPE_NAME: HeaderName = CONTENT_TYPE;

/// How many headers a request may have. A `HeaderMap` panics where it has more than 24,576, and client and transport add
/// some.
const MAX_HEADERS: usize = 24_000;

/// What a request asks the API for.
#[derive(Clone, Copy)]
pub(crate) struct Ask {
    accept: &'static str,
    /// A member of the JSON body that is `true` when this is asked for.
    flag: Option<&'static str>,
}

impl Ask {
    /// The declared response type.
    pub(crate) const fn response(accept: &'static str) -> Self {
        let flag = None;
        Self { accept, flag }
    }

    /// The declared events.
    #[cfg(feature = "events")]
    pub(crate) fn events(operation: &Operation) -> Self {
        Self {
            accept: "text/event-stream",
            flag: operation.events.and_then(|events| events.flag()),
        }
    }
}

/// Puts one request together. An implementation detail of the derive.
#[expect(missing_debug_implementations, reason = "the buffer holds values")]
pub struct Encoder<'b> {
    pub(super) operation: &'static Operation,
    pub(super) to: Destination<'b>,
    /// What is known of a URL that a field gives.
    pub(super) url: Option<Box<GivenUrl>>,
    pub(super) accept: &'static str,
    /// A member of the body that is still to be written.
    pub(super) flag: Option<&'static str>,
    pub(super) redact: Redact,
    pub(super) buffer: Vec<u8>,
    /// Where path and query end in the buffer; they begin it.
    pub(super) target: usize,
    /// On the stack, for the number of headers that most requests have.
    pub(super) headers: SmallVec<[Header; 8]>,
    /// `Accept` or `Content-Type` may be among them.
    pub(super) has_defaults: bool,
    /// The request, or a group, declares cookies.
    pub(super) has_cookies: bool,
    pub(super) body: Option<Written>,
}

/// A header, as long as the buffer its value may be a part of is still written. It is small, because it is moved.
pub(super) struct Header {
    pub(super) name: Name,
    pub(super) content: HeaderContent,
}

pub(super) enum Name {
    /// A declared name, which is made once in a program.
    Declared(&'static HeaderName),
    /// A name that a flattened field brings.
    Brought(Box<HeaderName>),
}

impl Deref for Name {
    type Target = HeaderName;

    fn deref(&self) -> &HeaderName {
        match self {
            Self::Declared(name) => name,
            Self::Brought(name) => name,
        }
    }
}

pub(super) enum HeaderContent {
    Constant(&'static str),
    Buffer {
        range: Range<usize>,
        sensitive: bool,
        /// The field it comes from; `None` for the cookies, which come from several.
        param: Option<&'static Param>,
    },
}

/// A body, as long as the buffer it may be a part of is still written.
pub(super) enum Written {
    Buffer(Range<usize>),
    Body(Body),
    #[cfg(feature = "multipart")]
    Parts(Vec<Section>),
}

impl Header {
    pub(super) fn constant(name: &'static HeaderName, value: &'static str) -> Self {
        let name = Name::Declared(name);
        let content = HeaderContent::Constant(value);
        Self { name, content }
    }

    pub(super) fn written(
        name: Name,
        range: Range<usize>,
        sensitive: bool,
        param: Option<&'static Param>,
    ) -> Self {
        let content = HeaderContent::Buffer {
            range,
            sensitive,
            param,
        };
        Self { name, content }
    }

    pub(super) fn field(&self) -> Option<&'static str> {
        match self.content {
            HeaderContent::Buffer { param, .. } => param.map(|param| param.field),
            HeaderContent::Constant(_) => None,
        }
    }
}

impl Written {
    fn into_body(self, buffer: &Bytes) -> Body {
        match self {
            Self::Buffer(range) => buffer.slice(range).into(),
            Self::Body(body) => body,
            #[cfg(feature = "multipart")]
            Self::Parts(sections) => parts::into_body(sections, buffer),
        }
    }
}

impl<'b> Encoder<'b> {
    // Inlined, because the headers make it too large to move about.
    #[inline]
    pub(super) fn new(
        operation: &'static Operation,
        ask: Ask,
        to: Destination<'b>,
        redact: Option<Nonce>,
    ) -> Self {
        Self {
            operation,
            to,
            url: None,
            accept: ask.accept,
            flag: ask.flag,
            redact: Redact(redact),
            buffer: Vec::with_capacity(capacity::of(operation)),
            target: 0,
            headers: SmallVec::new(),
            has_defaults: false,
            has_cookies: false,
            body: None,
        }
    }

    /// Returns the finished request, with room for so many `more_headers`.
    pub(super) fn finish(&mut self, more_headers: usize) -> Result<Encoded, EncodeError> {
        let secrets = secrets::take();
        let buffer = self.freeze(&secrets);
        let mut headers = HeaderMap::new();
        self.put_headers(&buffer, &mut headers, more_headers)?;
        let body = self.body.take().map(|body| body.into_body(&buffer));
        let mut target = buffer;
        target.truncate(self.target);
        Ok(Encoded {
            operation: self.operation,
            extensions: Extensions::new(),
            method: self.operation.method(),
            origin: self.url.take().and_then(|url| url.origin),
            target,
            headers,
            body: body.unwrap_or_default(),
            secrets,
        })
    }

    /// Does the same for the HTTP stack of anybody, and moves nothing more than once.
    pub(super) fn finish_http(
        &mut self,
        base: &BaseUrl,
        more_headers: usize,
    ) -> Result<Request<Body>, EncodeError> {
        let secrets = secrets::take();
        let buffer = self.freeze(&secrets);
        let body = self.body.take().map(|body| body.into_body(&buffer));
        let mut request = Request::new(body.unwrap_or_default());
        self.put_headers(&buffer, request.headers_mut(), more_headers)?;
        let mut target = buffer;
        target.truncate(self.target);
        let url = self.url.take();
        let origin = url.as_ref().and_then(|url| url.origin.as_deref());
        match origin.unwrap_or(base).uri(target) {
            Ok(uri) => *request.uri_mut() = uri,
            Err(reason) => return Err(refused(self.operation, None, reason)),
        }
        *request.method_mut() = self.operation.method();
        encoded::extend(request.extensions_mut(), self.operation, secrets);
        Ok(request)
    }

    fn freeze(&mut self, secrets: &Secrets) -> Bytes {
        let buffer = mem::take(&mut self.buffer);
        capacity::remember(self.operation, buffer.len());
        if secrets.is_empty() {
            Bytes::from(buffer)
        } else {
            secrets::wiped(buffer)
        }
    }

    fn put_headers(
        &self,
        buffer: &Bytes,
        headers: &mut HeaderMap,
        more: usize,
    ) -> Result<(), EncodeError> {
        if self.headers.len() + more > MAX_HEADERS {
            let field = self.headers.last().and_then(Header::field);
            let reason = format!("is one of more than {MAX_HEADERS} headers");
            return Err(refused(self.operation, field, reason));
        }
        headers.reserve(self.headers.len() + more);
        for Header { name, content } in &self.headers {
            let value = match *content {
                HeaderContent::Constant(value) => constant(value),
                HeaderContent::Buffer {
                    ref range,
                    sensitive,
                    param,
                } => {
                    let value = HeaderValue::from_maybe_shared(buffer.slice(range.clone()));
                    let mut value = value.map_err(|_| {
                        let reason =
                            "has a control character, which would end the header or change the next";
                        refused(self.operation, param.map(|param| param.field), reason)
                    })?;
                    value.set_sensitive(sensitive);
                    value
                }
            };
            // A flattened field may bring a name several times; nothing else does.
            headers.append(&**name, value);
        }
        Ok(())
    }

    /// Whether a header that has a default is there already.
    pub(super) fn has_default(&self, name: &HeaderName) -> bool {
        self.has_defaults && has_header(&self.headers, name)
    }
}

/// A value known at compile time. The two that most requests have are made once: a clone of a static value allocates
/// nothing and checks nothing.
fn constant(value: &'static str) -> HeaderValue {
    static JSON: HeaderValue = HeaderValue::from_static("application/json");
    static ANY: HeaderValue = HeaderValue::from_static("*/*");
    match value {
        "application/json" => JSON.clone(),
        "*/*" => ANY.clone(),
        other => HeaderValue::from_static(other),
    }
}

pub(super) fn has_header(headers: &[Header], name: &HeaderName) -> bool {
    headers.iter().any(|header| *header.name == *name)
}

pub(super) fn refused(
    operation: &Operation,
    field: Option<&'static str>,
    reason: impl Into<Cow<'static, str>>,
) -> EncodeError {
    EncodeError::new(operation.name, field, reason)
}

pub(super) fn problem(operation: &Operation, param: &Param, problem: Problem) -> EncodeError {
    let reason = problem.into_reason(param.secret);
    refused(operation, Some(param.field), reason)
}

/// Writes one value of a parameter or of a form member.
#[inline]
pub(super) fn put(
    sink: &mut Sink<'_>,
    param: &'static Param,
    value: &dyn ParamValue,
) -> Result<(), EncodeError> {
    sink.begin(param);
    let written = if sink.redact.is_off() {
        value.write(sink)
    } else {
        put_redacted(sink, param, value)
    };
    match written {
        Ok(()) => Ok(()),
        Err(reason) => Err(problem(sink.operation, param, reason)),
    }
}

#[cold]
fn put_redacted(
    sink: &mut Sink<'_>,
    param: &'static Param,
    value: &dyn ParamValue,
) -> Result<(), Problem> {
    let redact = sink.redact;
    let mark = sink.mark();
    redact.around(param.name, || value.write(sink))?;
    match redact.marker(param.secret && !param.flatten, param.name) {
        Some(marker) if sink.atoms > 0 => sink.replace(&mark, &marker),
        _ => {}
    }
    Ok(())
}
