//! From a request's declaration and its values to bytes.
//!
//! Read in this order: [`escape`], [`problem`], [`sink`] (the rules of a location), [`value`] and [`flatten`] (serde
//! serializers that drive a sink), [`json`], `parts` and `part_value` (multipart bodies), [`traits`] (what the derive
//! hands over), [`payload`] (bodies), [`flag`] (a member that asks for something), the [`Encoder`] here, which puts a
//! request together, and [`encoded`], which it becomes.
//!
//! Invariant: everything is appended to one buffer, in order, encoded; path and query, each header value and the body
//! become slices of it when it is finished. Nothing is ever replaced in a text.

mod encoded;
mod escape;
mod flag;
mod flatten;
mod header_names;
mod json;
#[cfg(feature = "multipart")]
mod part_value;
#[cfg(feature = "multipart")]
mod parts;
mod payload;
mod problem;
mod sink;
mod traits;
mod value;

use std::{fmt, mem, ops::Range};

use bytes::Bytes;
use http::{
    HeaderMap, HeaderName, HeaderValue,
    header::{ACCEPT, CONNECTION, CONTENT_LENGTH, COOKIE, HOST, TRANSFER_ENCODING},
};
use smallvec::SmallVec;

pub(crate) use self::encoded::Encoded;
#[cfg(feature = "client")]
pub(crate) use self::escape::Escape;
use self::{
    header_names::Parsed,
    payload::Written,
    problem::Problem,
    sink::{Location, Sink},
};
pub use self::{
    header_names::{HeaderNames, NO_HEADERS},
    json::JsonSerializer,
    payload::Payload,
    traits::{
        BytesValue, Flatten, FlattenValue, JsonValue, JsonWith, ParamValue, ParamWith, PartValue,
        StreamValue, bytes, flatten, stream,
    },
    value::Writer,
};
use crate::{
    BaseUrl, EncodeError,
    operation::{Constant, Kind, Operation, Param, Piece},
    secret::{self, Nonce},
};

/// Headers that frame the message. They come from what is sent, never from a declaration.
pub(crate) const FRAMING: [HeaderName; 4] = [CONTENT_LENGTH, HOST, TRANSFER_ENCODING, CONNECTION];

/// Room for a usual request, so that its buffer is allocated once.
const CAPACITY: usize = 512;

/// Puts one request together. An implementation detail of the derive.
pub struct Encoder<'b> {
    operation: &'static Operation,
    base: &'b BaseUrl,
    accept: &'static str,
    /// A member of the body that is still to be written.
    flag: Option<&'static str>,
    /// Secrets are written as markers, for a rendering that people see.
    redact: Option<Nonce>,
    buffer: Vec<u8>,
    /// Where path and query end in the buffer; they begin it.
    target: usize,
    headers: SmallVec<[Header; 8]>,
    /// `Accept` or `Content-Type` may be among them.
    has_defaults: bool,
    body: Option<Written>,
}

/// A header, as long as the buffer its value may be a part of is still written.
struct Header {
    name: HeaderName,
    value: Value,
}

enum Value {
    Constant(HeaderValue),
    Buffer {
        range: Range<usize>,
        sensitive: bool,
        /// The field it comes from; `None` for the cookies, which come from several.
        param: Option<&'static Param>,
    },
}

impl Header {
    fn constant(name: HeaderName, value: &'static str) -> Self {
        let value = Value::Constant(constant(value));
        Self { name, value }
    }

    fn written(
        name: HeaderName,
        range: Range<usize>,
        sensitive: bool,
        param: Option<&'static Param>,
    ) -> Self {
        let value = Value::Buffer {
            range,
            sensitive,
            param,
        };
        Self { name, value }
    }

    fn field(&self) -> Option<&'static str> {
        match self.value {
            Value::Buffer { param, .. } => param.map(|param| param.field),
            Value::Constant(_) => None,
        }
    }
}

impl fmt::Debug for Encoder<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The buffer holds values.
        f.debug_struct("Encoder")
            .field("operation", &self.operation.name)
            .finish_non_exhaustive()
    }
}

impl Encoder<'_> {
    /// Writes the request: `names` are the declared headers, `values` the values of `Operation::fields`.
    ///
    /// # Errors
    ///
    /// Names the first field that cannot be sent, and says why.
    pub fn encode(
        &mut self,
        names: &'static HeaderNames,
        values: &[&dyn ParamValue],
        payload: Payload<'_>,
    ) -> Result<(), EncodeError> {
        self.path(values)?;
        self.query(values)?;
        self.target = self.buffer.len();
        self.headers(names.get(), values)?;
        self.cookies(values)?;
        self.payload(payload)
    }

    /// The finished request, with room for so many `more_headers`.
    fn finish(&mut self, more_headers: usize) -> Result<Encoded, EncodeError> {
        let buffer = Bytes::from(mem::take(&mut self.buffer));
        let mut headers = HeaderMap::with_capacity(self.headers.len() + more_headers);
        for Header { name, value } in self.headers.drain(..) {
            let value = match value {
                Value::Constant(value) => value,
                Value::Buffer {
                    range,
                    sensitive,
                    param,
                } => {
                    let value = HeaderValue::from_maybe_shared(buffer.slice(range));
                    let mut value = value.map_err(|_| {
                        let reason =
                            "has a control character, which would end the header or change the next";
                        refused(self.operation, param.map(|param| param.field), reason)
                    })?;
                    value.set_sensitive(sensitive);
                    value
                }
            };
            headers.insert(name, value);
        }
        let body = self.body.take().map(|body| body.into_body(&buffer));
        let mut target = buffer;
        target.truncate(self.target);
        Ok(Encoded {
            method: self.operation.method(),
            target,
            headers,
            body: body.unwrap_or_default(),
        })
    }

    fn path(&mut self, values: &[&dyn ParamValue]) -> Result<(), EncodeError> {
        let operation = self.operation;
        self.buffer.extend_from_slice(self.base.path().as_bytes());
        if operation.route.is_empty() {
            self.buffer.extend_from_slice(operation.path.as_bytes());
            return Ok(());
        }
        let base = self.buffer.len();
        let mut suspect = false;
        for piece in operation.route {
            let index = match *piece {
                Piece::Text(text) => {
                    self.buffer.extend_from_slice(text.as_bytes());
                    continue;
                }
                Piece::Field(index) => index,
            };
            let param = &operation.fields[index];
            let start = self.buffer.len();
            let mut sink = Sink::new(&mut self.buffer, operation, Location::Path, "");
            sink.begin(param);
            let written = write(&mut sink, param, values[index], self.redact);
            let (none, atoms) = (sink.none, sink.atoms);
            written.map_err(|reason| problem(operation, param, reason))?;
            let empty = self.buffer.len() == start;
            let allowed = matches!(
                param.kind,
                Kind::Path {
                    allow_empty: true,
                    ..
                }
            );
            if empty && (!allowed || atoms == 0) {
                let reason = match (none, atoms) {
                    (true, _) => "is `None`, and a path needs every value",
                    (false, 0) => "is an empty list, struct or map, which has no form in a path",
                    _ => {
                        "is empty, which would name another resource (allow it with `allow_empty`)"
                    }
                };
                return Err(refused(operation, Some(param.field), reason));
            }
            suspect |= self.buffer[start..].iter().all(|&byte| byte == b'.');
        }
        if suspect {
            self.check_dots(base)
        } else {
            Ok(())
        }
    }

    /// No encoding can deliver a segment `.` or `..`: every parser of URLs removes it
    /// (<https://url.spec.whatwg.org/#double-dot-path-segment>).
    fn check_dots(&self, base: usize) -> Result<(), EncodeError> {
        let path = String::from_utf8_lossy(&self.buffer[base..]).into_owned();
        let Some(position) = path.split('/').position(is_dot_segment) else {
            return Ok(());
        };
        let mut segment = 0;
        let mut guilty = None;
        for piece in self.operation.route {
            match *piece {
                Piece::Text(text) => segment += text.matches('/').count(),
                Piece::Field(index) if segment == position => {
                    guilty = Some(self.operation.fields[index].field);
                }
                Piece::Field(_) => {}
            }
        }
        Err(refused(
            self.operation,
            guilty,
            "makes a path segment `.` or `..`, which every URL parser removes, so it would name another resource",
        ))
    }

    fn query(&mut self, values: &[&dyn ParamValue]) -> Result<(), EncodeError> {
        let operation = self.operation;
        let mut sink = Sink::new(&mut self.buffer, operation, Location::Query, "?");
        for constant in operation.constants {
            if let Constant::Query { name, value } = *constant {
                sink.pair(name, value);
            }
        }
        for (param, value) in operation.fields.iter().zip(values) {
            if matches!(param.kind, Kind::Query { .. }) {
                sink.begin(param);
                if let Err(reason) = write(&mut sink, param, *value, self.redact) {
                    return Err(problem(operation, param, reason));
                }
            }
        }
        Ok(())
    }

    fn headers(&mut self, names: &Parsed, values: &[&dyn ParamValue]) -> Result<(), EncodeError> {
        let operation = self.operation;
        self.has_defaults = names.has_defaults;
        let mut names = names.names.iter();
        for constant in operation.constants {
            if let Constant::Header { value, .. } = *constant {
                if let Some(name) = names.next() {
                    self.headers.push(Header::constant(name.clone(), value));
                }
            }
        }
        secret::take_seen();
        let mut sink = Sink::new(&mut self.buffer, operation, Location::Header, "");
        for (param, value) in operation.fields.iter().zip(values) {
            if !matches!(param.kind, Kind::Header { .. }) {
                continue;
            }
            let start = sink.out.len();
            sink.begin(param);
            if let Err(reason) = write(&mut sink, param, *value, self.redact) {
                return Err(problem(operation, param, reason));
            }
            let sensitive = param.secret || secret::take_seen();
            if param.flatten {
                self.has_defaults = true;
                for (key, range) in sink.take_headers() {
                    let name = flattened_name(operation, param, &key, &self.headers)?;
                    self.headers
                        .push(Header::written(name, range, sensitive, Some(param)));
                }
            } else if let Some(name) = names.next() {
                // An empty list or struct leaves the header out; an empty string is one atom.
                if sink.atoms > 0 {
                    let range = start..sink.out.len();
                    let header = Header::written(name.clone(), range, sensitive, Some(param));
                    self.headers.push(header);
                }
            }
        }
        if !self.has_default(&ACCEPT) {
            self.headers.push(Header::constant(ACCEPT, self.accept));
        }
        Ok(())
    }

    /// Whether a header that has a default is there already.
    fn has_default(&self, name: &HeaderName) -> bool {
        self.has_defaults && has_header(&self.headers, name)
    }

    fn cookies(&mut self, values: &[&dyn ParamValue]) -> Result<(), EncodeError> {
        let operation = self.operation;
        if operation
            .fields
            .iter()
            .all(|param| !matches!(param.kind, Kind::Cookie))
        {
            return Ok(());
        }
        let mut sensitive = false;
        let start = self.buffer.len();
        let mut sink = Sink::new(&mut self.buffer, operation, Location::Cookie, "");
        secret::take_seen();
        for (param, value) in operation.fields.iter().zip(values) {
            if matches!(param.kind, Kind::Cookie) {
                sink.begin(param);
                if let Err(reason) = write(&mut sink, param, *value, self.redact) {
                    return Err(problem(operation, param, reason));
                }
                sensitive |= param.secret && !sink.none;
            }
        }
        if self.buffer.len() > start {
            let sensitive = sensitive || secret::take_seen();
            let range = start..self.buffer.len();
            self.headers
                .push(Header::written(COOKIE, range, sensitive, None));
        }
        Ok(())
    }
}

/// What a request asks the API for.
#[derive(Clone, Copy)]
pub(crate) struct Ask {
    accept: &'static str,
    /// A member of the JSON body that is `true` when this is asked for.
    flag: Option<&'static str>,
}

impl Ask {
    /// The declared response.
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

/// A request's `ApiRequest::encode`, which is all of its type that encoding depends on.
pub(crate) type Values<'v> = &'v dyn Fn(&mut Encoder<'_>) -> Result<(), EncodeError>;

/// Encodes a request, with room for so many `more_headers`, and with secrets as markers of `redact`.
pub(crate) fn encode(
    operation: &'static Operation,
    ask: Ask,
    base: &BaseUrl,
    redact: Option<Nonce>,
    more_headers: usize,
    values: Values<'_>,
) -> Result<Encoded, EncodeError> {
    let mut encoder = Encoder {
        operation,
        base,
        accept: ask.accept,
        flag: ask.flag,
        redact,
        buffer: Vec::with_capacity(CAPACITY),
        target: 0,
        headers: SmallVec::new(),
        has_defaults: false,
        body: None,
    };
    values(&mut encoder)?;
    encoder.finish(more_headers)
}

/// A value known at compile time. Those of every request are made there too.
fn constant(value: &'static str) -> HeaderValue {
    static JSON: HeaderValue = HeaderValue::from_static("application/json");
    static ANY: HeaderValue = HeaderValue::from_static("*/*");
    match value {
        "application/json" => JSON.clone(),
        "*/*" => ANY.clone(),
        other => HeaderValue::from_static(other),
    }
}

fn has_header(headers: &[Header], name: &HeaderName) -> bool {
    headers.iter().any(|header| header.name == *name)
}

/// The name of a header that a flattened field brings, if it may bring it.
fn flattened_name(
    operation: &Operation,
    param: &Param,
    key: &str,
    headers: &[Header],
) -> Result<HeaderName, EncodeError> {
    let refused = |why: &str| {
        let reason = format!("brings the header `{}`, {why}", key.escape_debug());
        refused(operation, Some(param.field), reason)
    };
    let name = HeaderName::from_bytes(key.as_bytes())
        .map_err(|_| refused("which is no valid header name"))?;
    if FRAMING.contains(&name) {
        return Err(refused("which comes from what is sent"));
    }
    if name == COOKIE {
        return Err(refused("which `#[api(cookie)]` fields make"));
    }
    if has_header(headers, &name) {
        return Err(refused("which is there already"));
    }
    Ok(name)
}

fn refused(
    operation: &Operation,
    field: Option<&'static str>,
    reason: impl Into<std::borrow::Cow<'static, str>>,
) -> EncodeError {
    EncodeError::new(operation.name, field, reason)
}

fn problem(operation: &Operation, param: &Param, problem: Problem) -> EncodeError {
    refused(
        operation,
        Some(param.field),
        problem.into_reason(param.secret),
    )
}

/// Writes one value; where secrets are not to be seen, a marker in its place.
fn write(
    sink: &mut Sink<'_>,
    param: &'static Param,
    value: &dyn ParamValue,
    redact: Option<Nonce>,
) -> Result<(), Problem> {
    let Some(nonce) = redact else {
        return value.write(sink);
    };
    let _redacting = secret::redacting(param.name, nonce);
    let mark = sink.mark();
    value.write(sink)?;
    if param.secret && sink.atoms > 0 && !param.flatten {
        sink.replace(&mark, &nonce.marker(param.name));
    }
    Ok(())
}

/// Whether a URL parser takes the segment as `.` or `..`.
fn is_dot_segment(segment: &str) -> bool {
    segment.len() <= 6
        && matches!(
            &*segment.to_ascii_lowercase().replace("%2e", "."),
            "." | ".."
        )
}
