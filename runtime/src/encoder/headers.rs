//! The headers of a request: those declared, and `Accept`.

#![expect(
    clippy::inline_always,
    reason = "a request without a group takes one path, without calls in between"
)]

use http::{
    HeaderName,
    header::{ACCEPT, COOKIE},
};
use smallvec::SmallVec;

use super::{
    draft::{Encoder, FRAMING, Header, Name, has_header, put, refused},
    header_names::HeaderNames,
    kind::SinkKind,
    sink::Sink,
    traits::ParamValue,
};
use crate::{
    EncodeError,
    operation::{Constant, Group, Operation, Param, ParamKind},
    secret,
    sensitive::is_credentials,
};

static ACCEPT_NAME: HeaderName = ACCEPT;

/// What declares headers: the request, or a group.
#[derive(Clone, Copy)]
pub(super) struct Source<'v> {
    pub(super) names: &'static HeaderNames,
    pub(super) constants: &'static [Constant],
    pub(super) fields: &'static [Param],
    pub(super) values: &'v [&'v dyn ParamValue],
}

impl Encoder<'_> {
    /// Writes the headers of the request, and those of the group that it is in. Notes whether there are cookies.
    #[inline(always)]
    pub(super) fn headers(
        &mut self,
        sink: &mut Sink<'_>,
        own: &Source<'_>,
        group: Option<&Source<'_>>,
    ) -> Result<(), EncodeError> {
        let operation = self.operation;
        if !operation.has_headers && own.constants.is_empty() && group.is_none() {
            self.headers
                .push(Header::constant(&ACCEPT_NAME, self.accept));
            return Ok(());
        }
        self.has_defaults = own.names.get().has_defaults;
        // Forgets secrets in path and query, which mark no header.
        secret::take_seen();
        sink.locate(SinkKind::Header, "");
        let mut writer = Writer {
            sink,
            headers: &mut self.headers,
            has_defaults: &mut self.has_defaults,
            has_cookies: &mut self.has_cookies,
            first: 0,
        };
        if operation.overrides {
            writer.write_each_once(own, group)?;
        } else {
            if let Some(group) = group {
                *writer.has_defaults |= group.names.get().has_defaults;
                writer.write(group, false)?;
            }
            writer.write(own, true)?;
        }
        if !self.has_default(&ACCEPT) {
            self.headers
                .push(Header::constant(&ACCEPT_NAME, self.accept));
        }
        Ok(())
    }
}

struct Writer<'w, 's> {
    sink: &'w mut Sink<'s>,
    headers: &'w mut SmallVec<[Header; 8]>,
    has_defaults: &'w mut bool,
    has_cookies: &'w mut bool,
    /// How many headers take the place of others of their names.
    first: usize,
}

impl Writer<'_, '_> {
    /// Writes the headers of the request and then those of its groups that are not there already.
    #[inline(never)]
    fn write_each_once(
        &mut self,
        own: &Source<'_>,
        group: Option<&Source<'_>>,
    ) -> Result<(), EncodeError> {
        self.write(own, false)?;
        self.write_groups(own)?;
        // Names that the request brought do not count as the group's.
        self.sink.names = None;
        match group {
            Some(group) => self.write_after(group),
            None => Ok(()),
        }
    }

    /// Writes headers, and those of flattened groups in between if `descends`.
    #[inline(always)]
    fn write(&mut self, source: &Source<'_>, descends: bool) -> Result<(), EncodeError> {
        let mut names = source.names.get().names.iter();
        for constant in source.constants {
            if let Constant::Header { value, .. } = *constant {
                if let Some(name) = names.next() {
                    let header = self.constant(name, value);
                    self.push(header);
                }
            }
        }
        for (param, value) in source.fields.iter().zip(source.values) {
            match param.kind {
                ParamKind::Header { .. } if param.flatten => self.map(param, *value)?,
                ParamKind::Header { .. } => {
                    if let Some(name) = names.next() {
                        self.field(param, name, *value)?;
                    }
                }
                ParamKind::Group(group) if descends => self.group(group, *value)?,
                ParamKind::Cookie { .. } => *self.has_cookies = true,
                _ => {}
            }
        }
        Ok(())
    }

    /// Writes the headers that are not there already.
    #[inline(never)]
    fn write_after(&mut self, source: &Source<'_>) -> Result<(), EncodeError> {
        self.first = self.headers.len();
        *self.has_defaults |= source.names.get().has_defaults;
        self.write(source, false)
    }

    /// Writes the headers of flattened groups.
    fn write_groups(&mut self, source: &Source<'_>) -> Result<(), EncodeError> {
        self.first = self.headers.len();
        for (param, value) in source.fields.iter().zip(source.values) {
            if let ParamKind::Group(group) = param.kind {
                self.group(group, *value)?;
            }
        }
        Ok(())
    }

    #[inline(never)]
    fn group(&mut self, group: &'static Group, value: &dyn ParamValue) -> Result<(), EncodeError> {
        let Some(flattened) = value.group() else {
            return Ok(());
        };
        let names = flattened.headers();
        *self.has_defaults |= names.get().has_defaults;
        flattened.values(&mut |values| {
            let source = Source {
                names,
                constants: group.constants,
                fields: group.fields,
                values,
            };
            self.write(&source, false)
        })
    }

    #[inline(always)]
    fn push(&mut self, header: Header) {
        let is_there = self.first > 0 && has_header(&self.headers[..self.first], &header.name);
        if !is_there {
            self.headers.push(header);
        }
    }

    /// A constant. One that has credentials is as secret as a field.
    fn constant(&mut self, name: &'static HeaderName, value: &'static str) -> Header {
        if !is_credentials(name.as_str()) {
            return Header::constant(name, value);
        }
        let start = self.sink.out.len();
        let marker = self.sink.redact.marker(true, name.as_str());
        let shown = marker.as_deref().unwrap_or(value);
        self.sink.out.extend_from_slice(shown.as_bytes());
        let range = start..self.sink.out.len();
        Header::written(Name::Declared(name), range, true, None)
    }

    #[inline(always)]
    fn field(
        &mut self,
        param: &'static Param,
        name: &'static HeaderName,
        value: &dyn ParamValue,
    ) -> Result<(), EncodeError> {
        let start = self.sink.out.len();
        let sensitive = self.value(param, value)?;
        // An empty list or struct leaves the header out; an empty string is one atom.
        if self.sink.atoms > 0 {
            let range = start..self.sink.out.len();
            let name = Name::Declared(name);
            self.push(Header::written(name, range, sensitive, Some(param)));
        }
        Ok(())
    }

    #[inline(never)]
    fn map(&mut self, param: &'static Param, value: &dyn ParamValue) -> Result<(), EncodeError> {
        self.value(param, value)?;
        *self.has_defaults = true;
        for header in self.sink.take_headers() {
            let name = flattened_name(self.sink.operation, param, &header.name)?;
            let sensitive = param.secret || header.sensitive || is_credentials(name.as_str());
            let name = Name::Brought(Box::new(name));
            self.push(Header::written(name, header.range, sensitive, Some(param)));
        }
        Ok(())
    }

    /// Writes a value, and returns whether it is sensitive.
    #[inline(always)]
    fn value(
        &mut self,
        param: &'static Param,
        value: &dyn ParamValue,
    ) -> Result<bool, EncodeError> {
        put(self.sink, param, value)?;
        // Taken for each, so that none is left for the next.
        Ok(secret::take_seen() || param.secret)
    }
}

/// The name of a header that a flattened field brings, if it may bring it.
fn flattened_name(
    operation: &Operation,
    param: &Param,
    key: &str,
) -> Result<HeaderName, EncodeError> {
    let refused = |why: &str| {
        let reason = format!("brings the header `{}`, {why}", key.escape_debug());
        refused(operation, Some(param.field), reason)
    };
    let name = HeaderName::from_bytes(key.as_bytes())
        .map_err(|_| refused("which is not a valid header name"))?;
    if FRAMING.contains(&name) {
        return Err(refused("which is set by the connection alone"));
    }
    if name == COOKIE {
        return Err(refused("which is made from `#[api(cookie)]` fields"));
    }
    Ok(name)
}
