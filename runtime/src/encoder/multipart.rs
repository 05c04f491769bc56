//! A multipart body as the body of a request: the values of its fields, and the header that has the boundary.

use std::mem;

use http::header::CONTENT_TYPE;

use super::{
    draft::{CONTENT_TYPE_NAME, Encoder, Header, HeaderContent, Name, Written, problem, refused},
    media_type::is_media_type,
    part_value::PartValue,
    parts::{Parts, Section},
    problem::Problem,
};
use crate::{
    EncodeError,
    operation::{Content, Param},
    secret::Nonce,
};

impl Encoder<'_> {
    pub(super) fn part_members(
        &mut self,
        content: &'static Content,
        members: &[Option<&dyn PartValue>],
    ) -> Result<Option<Written>, EncodeError> {
        let boundary = Nonce::new().digits() + &Nonce::new().digits();
        self.multipart_type(content, &boundary)?;
        let Some(first) = content.members.first() else {
            return Ok(None);
        };
        let out = mem::take(&mut self.buffer);
        let parts = Parts::new(self.operation, boundary, out, first, self.redact);
        for (param, member) in content.members.iter().zip(members) {
            let Some(value) = member else { continue };
            parts.begin(param);
            let written = self.part_member(&parts, param, *value);
            written.map_err(|reason| problem(self.operation, param, reason))?;
        }
        let (out, mut sections, rest) = parts.finish();
        self.buffer = out;
        if sections.is_empty() {
            return Ok(Some(Written::Buffer(rest)));
        }
        sections.push(Section::Buffer(rest));
        Ok(Some(Written::Parts(sections)))
    }

    /// Writes the parts of one field.
    fn part_member(
        &self,
        parts: &Parts,
        param: &'static Param,
        value: &dyn PartValue,
    ) -> Result<(), Problem> {
        let mark = parts.mark();
        self.redact.around(param.name, || value.write(parts))?;
        if !param.secret {
            return Ok(());
        }
        if self.redact.is_off() {
            if parts.is_json() {
                parts.keep_json(&mark);
            }
            return Ok(());
        }
        let is_json = parts.is_json();
        parts.replace(&mark, |content| {
            if is_json {
                self.redact.json_marker(true, param.name, content)
            } else {
                self.redact.marker(true, param.name)
            }
        })
    }

    /// Writes the header `Content-Type`: what is declared, with the boundary.
    fn multipart_type(
        &mut self,
        content: &'static Content,
        boundary: &str,
    ) -> Result<(), EncodeError> {
        let mut headers = self.headers.iter_mut();
        let declared = headers.find(|header| *header.name == CONTENT_TYPE);
        let start = self.buffer.len();
        let (mut from, mut is_secret) = (None, false);
        match declared.as_deref().map(|header| &header.content) {
            None => self.buffer.extend_from_slice(content.media_type.as_bytes()),
            Some(HeaderContent::Constant(value)) => self.buffer.extend_from_slice(value.as_bytes()),
            Some(HeaderContent::Buffer {
                range,
                sensitive,
                param,
            }) => {
                (from, is_secret) = (*param, *sensitive);
                self.buffer.extend_from_within(range.clone());
            }
        }
        let media_type = self.buffer[start..].to_ascii_lowercase();
        let has_boundary = media_type.windows(9).any(|word| word == b"boundary=");
        let is_shown = self.redact.is_off() || !is_secret;
        let is_valid = std::str::from_utf8(&media_type).is_ok_and(is_media_type);
        if is_shown && (!media_type.starts_with(b"multipart/") || has_boundary || !is_valid) {
            let reason = "is a `Content-Type` that does not fit parts: write `multipart/…`, without a boundary, which is generated for each request";
            return Err(refused(
                self.operation,
                from.map(|param| param.field),
                reason,
            ));
        }
        self.buffer.extend_from_slice(b"; boundary=");
        self.buffer.extend_from_slice(boundary.as_bytes());
        let range = start..self.buffer.len();
        let header = Header::written(Name::Declared(&CONTENT_TYPE_NAME), range, is_secret, from);
        self.has_defaults = true;
        match declared {
            Some(declared) => *declared = header,
            None => self.headers.push(header),
        }
        Ok(())
    }
}
