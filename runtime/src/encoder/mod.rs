//! From a request's declaration and its values to bytes.
//!
//! Read in this order: [`escape`], [`cookie`], [`problem`], [`redact`], [`kind`], [`names`], [`sink`] (the rules of a
//! location), [`atom`] and [`members`], [`json`], [`key`], [`value`] and [`flatten`] (serde serializers that drive a sink),
//! [`media_type`], [`lines`], [`format`], [`traits`] (what the derive hands over), [`texts`] (the same for JSON text
//! and flags), `parts` and `part_value` (the same for parts), [`given_url`], [`capacity`], [`encoded`] and [`draft`] (a request, and
//! one that is being written), then what writes each part of it: [`target`], [`target_url`], [`headers`], [`cookies`],
//! [`flag`], [`payload`], `multipart`; [`foreign`] keeps secrets from other origins; `response` writes what a
//! response has, and `given` what is JSON without a type.
//!
//! Invariant: everything is appended to one buffer, in order, encoded; path and query, each header value and the body
//! become slices of it when it is finished. Nothing is ever replaced in a text.

mod atom;
mod capacity;
mod cookie;
mod cookies;
mod draft;
mod encoded;
mod escape;
mod flag;
mod flatten;
mod foreign;
mod format;
#[cfg(all(feature = "client", feature = "server"))]
mod given;
mod given_url;
mod header_names;
mod headers;
mod json;
mod key;
mod kind;
mod lines;
mod media_type;
mod members;
#[cfg(feature = "multipart")]
mod multipart;
mod name_set;
mod names;
#[cfg(feature = "multipart")]
mod part_header;
#[cfg(feature = "multipart")]
mod part_value;
#[cfg(feature = "multipart")]
mod parts;
mod payload;
mod problem;
mod redact;
#[cfg(feature = "server")]
mod response;
mod sink;
mod target;
mod target_url;
mod texts;
mod traits;
mod value;

#[cfg(any(feature = "client", feature = "server"))]
pub(crate) use self::draft::FRAMING;
#[cfg(feature = "client")]
pub(crate) use self::escape::Escape;
#[cfg(all(feature = "client", feature = "server"))]
pub(crate) use self::given::{write_given, write_given_form};
#[cfg(feature = "multipart")]
pub use self::part_value::{PartSerializer, PartValue, PartWith};
#[cfg(feature = "server")]
pub(crate) use self::response::{WrittenHeader, write_header, write_headers, write_text};
pub(crate) use self::{draft::Ask, encoded::Encoded};
pub use self::{
    draft::Encoder,
    flatten::Flattener as FlattenSerializer,
    format::{BodyFormat, BodyOf, Formatted, FormattedBody, Formatter},
    given_url::{UrlValue, url},
    header_names::{HeaderNames, NO_HEADERS},
    json::JsonSerializer,
    lines::{LinesSerializer, LinesValue, LinesWith},
    payload::Payload,
    texts::{Flag, FlagValue, JsonText},
    traits::{
        BytesValue, Flatten, FlattenValue, FlattenWith, GroupValues, Grouped, Hand, Headers,
        HeadersValue, JsonUnless, JsonValue, JsonWith, ParamUnless, ParamValue, ParamWith,
        StreamValue, bytes, flatten, headers, stream,
    },
    value::Writer as ParamSerializer,
};
#[cfg(not(feature = "multipart"))]
pub use self::{
    traits::{PartValue, PartWith},
    value::Writer as PartSerializer,
};
use std::mem;

use http::Request;
use zeroize::Zeroize;

use self::{headers::Source, kind::SinkKind, sink::Sink};
use crate::{
    BaseUrl, Body, EncodeError,
    base_url::Destination,
    operation::{Group, Operation},
    secret::Nonce,
    secrets,
};

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
        mut payload: Payload<'_>,
    ) -> Result<(), EncodeError> {
        self.write(names, values, &mut payload, None)
    }

    /// Writes a request that is in a group: `group_names` are the headers of the group.
    ///
    /// # Errors
    ///
    /// As [`Self::encode`], and if there is no value of the group, but something in it is required.
    pub fn encode_in(
        &mut self,
        group_names: &'static HeaderNames,
        group: Option<&dyn GroupValues>,
        names: &'static HeaderNames,
        values: &[&dyn ParamValue],
        mut payload: Payload<'_>,
    ) -> Result<(), EncodeError> {
        let facts = self.operation.group.unwrap_or(Group::NONE);
        let mut write = |given: &[&dyn ParamValue]| {
            let source = Source {
                names: group_names,
                constants: facts.constants,
                fields: facts.fields,
                values: given,
            };
            self.write(names, values, &mut payload, Some(&source))
        };
        match group {
            Some(group) => group.values(&mut write),
            None if facts.may_be_absent() => write(&[]),
            None => {
                let reason = format!(
                    "it is in the group `{}`, and there is no value of it: give one by `ClientBuilder::group`, `Call::group` or `to_http_in`",
                    facts.name
                );
                Err(EncodeError::new(self.operation.name, None, reason))
            }
        }
    }

    #[expect(
        clippy::inline_always,
        reason = "a request without a group is then not asked for one at run time"
    )]
    #[inline(always)]
    fn write(
        &mut self,
        names: &'static HeaderNames,
        values: &[&dyn ParamValue],
        payload: &mut Payload<'_>,
        group: Option<&Source<'_>>,
    ) -> Result<(), EncodeError> {
        let own = Source {
            names,
            constants: self.operation.constants,
            fields: self.operation.fields,
            values,
        };
        // One sink for all of the head. It borrows the buffer, which the encoder gets back, also to wipe it.
        let mut buffer = mem::take(&mut self.buffer);
        let mut sink = Sink::new(&mut buffer, self.operation, SinkKind::Path, "");
        sink.redact = self.redact;
        let written = self.head(&mut sink, &own, group.copied(), payload);
        drop(sink);
        self.buffer = buffer;
        written?;
        self.payload(payload)
    }

    /// Writes all but the body.
    #[expect(
        clippy::inline_always,
        reason = "a request without a group is then not asked for one at run time"
    )]
    #[inline(always)]
    fn head(
        &mut self,
        sink: &mut Sink<'_>,
        own: &Source<'_>,
        mut group: Option<Source<'_>>,
        payload: &Payload<'_>,
    ) -> Result<(), EncodeError> {
        self.path(sink, own, group.as_ref())?;
        if self.is_foreign() {
            self.refuse_secrets(own, payload)?;
            if let Some(group) = &mut group {
                self.without_values_of_client(group)?;
                self.refuse_secrets(group, &Payload::None)?;
            }
        }
        let group = group.as_ref();
        self.query(sink, own, group)?;
        self.target = sink.out.len();
        self.headers(sink, own, group)?;
        if self.has_cookies {
            self.cookies(sink, own, group)?;
        }
        Ok(())
    }
}

/// A request's `ApiRequest::encode`, which is all of its type that encoding depends on.
pub(crate) type Values<'v> = &'v dyn Fn(&mut Encoder<'_>) -> Result<(), EncodeError>;

/// Encodes a request, with room for so many `more_headers`, and with secrets as markers of `redact`.
pub(crate) fn encode(
    operation: &'static Operation,
    ask: Ask,
    to: Destination<'_>,
    redact: Option<Nonce>,
    more_headers: usize,
    values: Values<'_>,
) -> Result<Encoded, EncodeError> {
    finished(operation, ask, to, redact, values, |encoder| {
        encoder.finish(more_headers)
    })
}

/// Encodes a request for the HTTP stack of anybody, with room for credentials, which most callers add.
pub(crate) fn encode_http(
    operation: &'static Operation,
    ask: Ask,
    base: &BaseUrl,
    values: Values<'_>,
) -> Result<Request<Body>, EncodeError> {
    let to = Destination::of(base);
    finished(operation, ask, to, None, values, |encoder| {
        encoder.finish_http(base, 1)
    })
}

#[inline]
fn finished<T>(
    operation: &'static Operation,
    ask: Ask,
    to: Destination<'_>,
    redact: Option<Nonce>,
    values: Values<'_>,
    finish: impl FnOnce(&mut Encoder<'_>) -> Result<T, EncodeError>,
) -> Result<T, EncodeError> {
    let _keeping = redact.is_none().then(secrets::keeping);
    let mut encoder = Encoder::new(operation, ask, to, redact);
    if let Err(error) = values(&mut encoder) {
        encoder.buffer.zeroize();
        return Err(error);
    }
    finish(&mut encoder)
}
