//! From a request's declaration and its values to bytes.
//!
//! Read in this order: [`escape`], [`cookie`], [`problem`], [`redact`], [`kind`], [`names`], [`sink`] (the rules of a
//! location), [`atom`] and [`members`], [`json`], [`key`], [`value`] and [`flatten`] (serde serializers that drive a sink),
//! [`media_type`], [`lines`], [`format`], [`traits`] (what the derive hands over), [`texts`] (the same for JSON text
//! and flags), `parts` and `part_value` (the same for parts), [`given_url`], [`encoded`] and [`draft`] (a request, and
//! one that is being written), then what writes each part of it: [`target`], [`target_url`], [`headers`], [`cookies`],
//! [`flag`], [`payload`], `multipart`; [`foreign`] keeps secrets from other origins; `response` writes what a
//! response has, and `given` what is JSON without a type.
//!
//! Invariant: everything is appended to one buffer, in order, encoded; path and query, each header value and the body
//! become slices of it when it is finished. Nothing is ever replaced in a text.

mod atom;
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
use zeroize::Zeroize;

use self::headers::Source;
use crate::{
    EncodeError,
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
        payload: Payload<'_>,
    ) -> Result<(), EncodeError> {
        self.write(names, values, payload, None)
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
        payload: Payload<'_>,
    ) -> Result<(), EncodeError> {
        let facts = self.operation.group.unwrap_or(Group::NONE);
        let mut payload = Some(payload);
        let mut write = |given: &[&dyn ParamValue]| {
            let source = Source {
                names: group_names,
                constants: facts.constants,
                fields: facts.fields,
                values: given,
            };
            let payload = payload.take().unwrap_or(Payload::None);
            self.write(names, values, payload, Some(&source))
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
        payload: Payload<'_>,
        group: Option<&Source<'_>>,
    ) -> Result<(), EncodeError> {
        let own = Source {
            names,
            constants: self.operation.constants,
            fields: self.operation.fields,
            values,
        };
        self.path(&own, group)?;
        let mut group = group.copied();
        if self.is_foreign() {
            self.refuse_secrets(&own, &payload)?;
            if let Some(group) = &mut group {
                self.without_values_of_client(group)?;
                self.refuse_secrets(group, &Payload::None)?;
            }
        }
        let group = group.as_ref();
        self.query(&own, group)?;
        self.target = self.buffer.len();
        self.headers(&own, group)?;
        self.cookies(&own, group)?;
        self.payload(payload)
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
    let _keeping = redact.is_none().then(secrets::keeping);
    let mut encoder = Encoder::new(operation, ask, to, redact);
    if let Err(error) = values(&mut encoder) {
        encoder.buffer.zeroize();
        return Err(error);
    }
    encoder.finish(more_headers)
}
