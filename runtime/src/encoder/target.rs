//! The target of a request: its path and query.

use super::{
    draft::{Encoder, problem, refused, write},
    kind::SinkKind,
    sink::Sink,
    traits::ParamValue,
};
use crate::{
    EncodeError,
    operation::{Constant, ParamKind, Piece},
};

impl Encoder<'_> {
    pub(super) fn path(&mut self, values: &[&dyn ParamValue]) -> Result<(), EncodeError> {
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
            let mut sink = Sink::new(&mut self.buffer, operation, SinkKind::Path, "");
            sink.begin(param);
            let written = write(&mut sink, param, values[index], self.redact);
            let (none, atoms) = (sink.none, sink.atoms);
            written.map_err(|reason| problem(operation, param, reason))?;
            let empty = self.buffer.len() == start;
            let allowed = matches!(
                param.kind,
                ParamKind::Path {
                    allow_empty: true,
                    ..
                }
            );
            if empty && (!allowed || atoms == 0) {
                let reason = match (none, atoms) {
                    (true, _) => "is `None`, but a path needs a value",
                    (false, 0) => {
                        "is an empty list, struct or map, which is not supported in a path"
                    }
                    _ => {
                        "is empty, which would name another resource (allow it with `allow_empty`)"
                    }
                };
                return Err(refused(operation, Some(param.field), reason));
            }
            // Only a value of dots alone can make such a segment, so that other paths are not searched for one.
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

    pub(super) fn query(&mut self, values: &[&dyn ParamValue]) -> Result<(), EncodeError> {
        let operation = self.operation;
        let mut sink = Sink::new(&mut self.buffer, operation, SinkKind::Query, "?");
        for constant in operation.constants {
            if let Constant::Query { name, value } = *constant {
                sink.pair(name, value);
            }
        }
        for (param, value) in operation.fields.iter().zip(values) {
            if matches!(param.kind, ParamKind::Query { .. }) {
                sink.begin(param);
                if let Err(reason) = write(&mut sink, param, *value, self.redact) {
                    return Err(problem(operation, param, reason));
                }
            }
        }
        Ok(())
    }
}

/// Returns whether a URL parser takes the segment as `.` or `..`.
fn is_dot_segment(segment: &str) -> bool {
    segment.len() <= 6
        && matches!(
            &*segment.to_ascii_lowercase().replace("%2e", "."),
            "." | ".."
        )
}
