//! The target of a request: its path and query.

#![expect(
    clippy::inline_always,
    reason = "a request without a group takes one path, without calls in between"
)]

use std::ops::Range;

use smallvec::SmallVec;

use super::{
    draft::{Encoder, problem, put, refused},
    headers::Source,
    kind::SinkKind,
    sink::Sink,
    traits::ParamValue,
};
use crate::{
    EncodeError,
    operation::{Constant, Group, Param, ParamKind, Piece},
};

impl Encoder<'_> {
    #[inline(always)]
    pub(super) fn path(
        &mut self,
        sink: &mut Sink<'_>,
        own: &Source<'_>,
        group: Option<&Source<'_>>,
    ) -> Result<(), EncodeError> {
        let operation = self.operation;
        if let [Piece::Url(index)] = *operation.route {
            return self.url(sink.out, &operation.fields[index], own.values[index]);
        }
        sink.out.extend_from_slice(self.to.base.path().as_bytes());
        let prefix = group.and(operation.group).unwrap_or(Group::NONE);
        if operation.route.is_empty() && prefix.route.is_empty() {
            let path = match operation.path {
                "" => self.to.base.slash(),
                path => path,
            };
            sink.out.extend_from_slice(path.as_bytes());
            return Ok(());
        }
        let base = sink.out.len();
        let mut filled = Filled::default();
        if let Some(group) = group {
            self.template(sink, prefix.path, prefix.route, group, &mut filled)?;
        }
        let rest = &operation.path[prefix.path.len()..];
        self.template(sink, rest, operation.route, own, &mut filled)?;
        if filled.suspect {
            self.check_dots(sink.out, base, &filled.fields)
        } else {
            Ok(())
        }
    }

    /// Writes a path template, which is all text if it has no pieces.
    fn template(
        &self,
        sink: &mut Sink<'_>,
        path: &str,
        pieces: &[Piece],
        source: &Source<'_>,
        filled: &mut Filled,
    ) -> Result<(), EncodeError> {
        if pieces.is_empty() {
            sink.out.extend_from_slice(path.as_bytes());
        }
        for piece in pieces {
            match *piece {
                Piece::Text(text) => sink.out.extend_from_slice(text.as_bytes()),
                Piece::Field(index) | Piece::Url(index) => {
                    self.placeholder(sink, &source.fields[index], source.values[index], filled)?;
                }
            }
        }
        Ok(())
    }

    fn placeholder(
        &self,
        sink: &mut Sink<'_>,
        param: &'static Param,
        value: &dyn ParamValue,
        filled: &mut Filled,
    ) -> Result<(), EncodeError> {
        let operation = self.operation;
        let start = sink.out.len();
        put(sink, param, value)?;
        let (none, atoms) = (sink.none, sink.atoms);
        let empty = sink.out.len() == start;
        let ParamKind::Path {
            allow_empty: allowed,
            segments,
            ..
        } = param.kind
        else {
            return Ok(());
        };
        if empty && (!allowed || atoms == 0) {
            let reason = match (none, atoms) {
                (true, _) => "is `None`, but a path needs a value",
                (false, 0) => "is an empty list, struct or map, which is not supported in a path",
                _ => "is empty, which would name another resource (allow it with `allow_empty`)",
            };
            return Err(refused(operation, Some(param.field), reason));
        }
        filled.fields.push((param, start..sink.out.len()));
        let value = &sink.out[start..];
        if segments && !empty && value.split(|&byte| byte == b'/').any(<[u8]>::is_empty) {
            let reason = "has an empty segment: one `/` is between two segments, none at an end";
            return Err(refused(operation, Some(param.field), reason));
        }
        // Only a value of dots alone can make such a segment, so that other paths are not searched for one.
        filled.suspect |= segments || value.iter().all(|&byte| byte == b'.');
        Ok(())
    }

    /// No encoding can deliver a segment `.` or `..`: every parser of URLs removes it
    /// (<https://url.spec.whatwg.org/#double-dot-path-segment>).
    fn check_dots(
        &self,
        buffer: &[u8],
        base: usize,
        fields: &[(&'static Param, Range<usize>)],
    ) -> Result<(), EncodeError> {
        let path = String::from_utf8_lossy(&buffer[base..]);
        let mut start = base;
        let segment = path.split('/').find(|segment| {
            let is_dots = is_dot_segment(segment);
            start += if is_dots { 0 } else { segment.len() + 1 };
            is_dots
        });
        let Some(segment) = segment else {
            return Ok(());
        };
        let end = start + segment.len();
        let mut fields = fields.iter().rev();
        let guilty = fields.find(|(_, range)| range.start <= end && range.end >= start);
        Err(refused(
            self.operation,
            guilty.map(|(param, _)| param.field),
            "makes a path segment `.` or `..`, which every URL parser removes, so it would name another resource",
        ))
    }

    #[inline(always)]
    pub(super) fn query(
        &self,
        sink: &mut Sink<'_>,
        own: &Source<'_>,
        group: Option<&Source<'_>>,
    ) -> Result<(), EncodeError> {
        let operation = self.operation;
        let is_empty = !operation.has_query && own.constants.is_empty() && group.is_none();
        if is_empty && self.url.is_none() {
            return Ok(());
        }
        let separator = self.url.as_ref().map_or("?", |url| url.separator);
        let start = sink.out.len();
        sink.locate(SinkKind::Query, separator);
        if let Some(group) = group {
            constants(sink, group.constants);
        }
        constants(sink, own.constants);
        if let Some(group) = group {
            parameters(sink, group.fields, group.values)?;
        }
        parameters(sink, own.fields, own.values)?;
        match &self.url {
            Some(url) => {
                let checked = url.check_names(&sink.out[start..]);
                checked.map_err(|reason| problem(operation, url.param, reason))
            }
            None => Ok(()),
        }
    }
}

/// The values in a path.
#[derive(Default)]
struct Filled {
    /// Where each is, if a segment has to be searched for.
    fields: SmallVec<[(&'static Param, Range<usize>); 4]>,
    suspect: bool,
}

#[inline(always)]
fn constants(sink: &mut Sink<'_>, constants: &[Constant]) {
    for constant in constants {
        match *constant {
            Constant::Query { name, value } => sink.pair(name, value),
            Constant::Name(name) => sink.bare(name),
            Constant::Header { .. } => {}
        }
    }
}

/// The same as [`parameters`], for groups.
#[inline(never)]
fn inner_parameters(
    sink: &mut Sink<'_>,
    fields: &'static [Param],
    values: &[&dyn ParamValue],
) -> Result<(), EncodeError> {
    parameters(sink, fields, values)
}

/// Writes the query parameters among the fields, those of a flattened group too.
#[inline(always)]
fn parameters(
    sink: &mut Sink<'_>,
    fields: &'static [Param],
    values: &[&dyn ParamValue],
) -> Result<(), EncodeError> {
    for (param, value) in fields.iter().zip(values) {
        match param.kind {
            ParamKind::Query { .. } => {
                put(sink, param, *value)?;
            }
            ParamKind::Group(group) => {
                if let Some(flattened) = value.group() {
                    flattened.values(&mut |values| inner_parameters(sink, group.fields, values))?;
                }
            }
            _ => {}
        }
    }
    Ok(())
}

/// Returns whether a URL parser takes the segment as `.` or `..`.
fn is_dot_segment(segment: &str) -> bool {
    segment.len() <= 6
        && matches!(
            &*segment.to_ascii_lowercase().replace("%2e", "."),
            "." | ".."
        )
}
