//! The headers of a request: those declared, `Accept`, and the one that holds all cookies.

use http::{
    HeaderName,
    header::{ACCEPT, COOKIE},
};

use super::{
    draft::{Encoder, FRAMING, Header, problem, refused, write},
    header_names::Parsed,
    kind::SinkKind,
    sink::Sink,
    traits::ParamValue,
};
use crate::{
    EncodeError,
    operation::{Constant, Operation, Param, ParamKind},
    secret,
    sensitive::is_credentials,
};

impl Encoder<'_> {
    pub(super) fn headers(
        &mut self,
        names: &Parsed,
        values: &[&dyn ParamValue],
    ) -> Result<(), EncodeError> {
        let operation = self.operation;
        self.has_defaults = names.has_defaults;
        let mut names = names.names.iter();
        for constant in operation.constants {
            if let Constant::Header { value, .. } = *constant {
                if let Some(name) = names.next() {
                    let mut header = Header::constant(name.clone(), value);
                    if is_credentials(name.as_str()) {
                        header.hide(self.redact.marker(true, name.as_str()));
                    }
                    self.headers.push(header);
                }
            }
        }
        // Forgets secrets in path and query, which mark no header.
        secret::take_seen();
        let mut sink = Sink::new(&mut self.buffer, operation, SinkKind::Header, "");
        for (param, value) in operation.fields.iter().zip(values) {
            if !matches!(param.kind, ParamKind::Header { .. }) {
                continue;
            }
            let start = sink.out.len();
            sink.begin(param);
            if let Err(reason) = write(&mut sink, param, *value, self.redact) {
                return Err(problem(operation, param, reason));
            }
            // Taken for each, so that none is left for the next.
            let sensitive = secret::take_seen() || param.secret;
            if param.flatten {
                self.has_defaults = true;
                for header in sink.take_headers() {
                    let name = flattened_name(operation, param, &header.name)?;
                    let sensitive =
                        param.secret || header.sensitive || is_credentials(name.as_str());
                    let header = Header::written(name, header.range, sensitive, Some(param));
                    self.headers.push(header);
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

    pub(super) fn cookies(&mut self, values: &[&dyn ParamValue]) -> Result<(), EncodeError> {
        let operation = self.operation;
        if operation
            .fields
            .iter()
            .all(|param| !matches!(param.kind, ParamKind::Cookie { .. }))
        {
            return Ok(());
        }
        let mut sensitive = false;
        let start = self.buffer.len();
        let mut sink = Sink::new(&mut self.buffer, operation, SinkKind::Cookie, "");
        secret::take_seen();
        for (param, value) in operation.fields.iter().zip(values) {
            if matches!(param.kind, ParamKind::Cookie { .. }) {
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
