//! The body: whole, or put together from members.

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use serde::{de::IgnoredAny, ser::Error as _};

#[cfg(feature = "multipart")]
use super::part_value::PartValue;
#[cfg(not(feature = "multipart"))]
use super::traits::PartValue;
use super::{
    draft::{CONTENT_TYPE_NAME, Encoder, Header, HeaderContent, Written, problem, put, refused},
    format::FormattedBody,
    kind::SinkKind,
    lines::LinesValue,
    media_type::is_media_type,
    name_set::NameSet,
    problem::Problem,
    redact,
    sink::Sink,
    traits::{JsonValue, ParamValue},
};
use crate::{
    Body, EncodeError,
    json::Members,
    operation::{Content, Param, ParamKind},
    secrets,
};

/// The values of a request's body. An implementation detail of the derive.
#[expect(
    missing_debug_implementations,
    reason = "it holds values, secrets among them"
)]
pub enum Payload<'p> {
    /// No body is declared.
    None,
    /// One JSON value.
    Json(&'p dyn JsonValue),
    /// A struct or map, as a form.
    Form(&'p dyn ParamValue),
    /// A scalar, as text.
    Text(&'p dyn ParamValue),
    /// Bytes.
    Bytes(Option<Bytes>),
    /// A stream.
    Stream(Option<Body>),
    /// The items of a list, each as a line of JSON; `None` for no body.
    Lines(Option<&'p dyn LinesValue>),
    /// In a format of the program's own.
    With(&'p dyn FormattedBody),
    /// The members of a JSON object; one that `skip_serializing_if` leaves out is `None`.
    JsonMembers(&'p [Option<&'p dyn JsonValue>]),
    /// The members of a form.
    FormMembers(&'p [Option<&'p dyn ParamValue>]),
    /// The parts of a multipart body.
    PartMembers(&'p [Option<&'p dyn PartValue>]),
}

impl Encoder<'_> {
    /// Writes the body, if there is one.
    pub(super) fn payload(&mut self, payload: &mut Payload<'_>) -> Result<(), EncodeError> {
        let Some(content) = self.operation.content.as_ref() else {
            return self.check_content_type();
        };
        let body = match payload {
            Payload::None => None,
            Payload::Json(value) => self.json(content, *value)?,
            Payload::Form(value) => self.whole(content, *value, SinkKind::Form)?,
            Payload::Text(value) => self.whole(content, *value, SinkKind::Text)?,
            Payload::Bytes(bytes) => bytes.take().map(|bytes| self.given(content, bytes.into())),
            Payload::Stream(body) => body.take().map(|body| self.given(content, body)),
            Payload::Lines(value) => self.lines(content, *value)?,
            Payload::With(body) => self.formatted(content, *body)?,
            Payload::JsonMembers(members) => Some(self.json_members(content, members)?),
            Payload::FormMembers(members) => Some(self.form_members(content, members)?),
            #[cfg(feature = "multipart")]
            Payload::PartMembers(members) => self.part_members(content, members)?,
            // Nothing is a part then.
            #[cfg(not(feature = "multipart"))]
            Payload::PartMembers(_) => None,
        };
        if body.is_none() {
            // What is declared describes the body, and there is none this time.
            self.headers.retain(|header| *header.name != CONTENT_TYPE);
        } else if !self.has_default(&CONTENT_TYPE) {
            let header = Header::constant(&CONTENT_TYPE_NAME, content.media_type);
            self.headers.push(header);
        } else {
            self.check_media_type()?;
        }
        self.body = body;
        Ok(())
    }

    /// Only a body has a content type; a declaration that has none is refused by the derive, a map may bring one.
    fn check_content_type(&self) -> Result<(), EncodeError> {
        if !self.has_default(&CONTENT_TYPE) {
            return Ok(());
        }
        let mut headers = self.headers.iter();
        match headers.find(|header| *header.name == CONTENT_TYPE) {
            Some(header) => {
                let reason = "brings a `Content-Type`, but there is no body";
                Err(refused(self.operation, header.field(), reason))
            }
            None => Ok(()),
        }
    }

    /// Refuses the value of a field that is a header `Content-Type`, but not a media type.
    fn check_media_type(&self) -> Result<(), EncodeError> {
        let types = self.headers.iter();
        for header in types.filter(|header| *header.name == CONTENT_TYPE) {
            let HeaderContent::Buffer {
                range, sensitive, ..
            } = &header.content
            else {
                continue;
            };
            // A marker stands for a secret that is not to be seen.
            let is_shown = self.redact.is_off() || !sensitive;
            let text = std::str::from_utf8(&self.buffer[range.clone()]);
            if is_shown && !text.is_ok_and(is_media_type) {
                let reason = "is a `Content-Type` that is not a media type: write `type/subtype`, and parameters as in `; charset=utf-8`";
                return Err(refused(self.operation, header.field(), reason));
            }
        }
        Ok(())
    }

    fn since(&self, start: usize) -> Written {
        Written::Buffer(start..self.buffer.len())
    }

    /// A body that the program made. One that is not in memory is shown as where it is read from.
    fn given(&self, content: &Content, body: Body) -> Written {
        let Some(bytes) = body.as_bytes().filter(|_| content.secret) else {
            return Written::Body(body);
        };
        if let Some(marker) = self.redact.marker(true, content.field) {
            return Written::Body(marker.into());
        }
        secrets::keep_bytes(bytes);
        Written::Body(body)
    }

    /// Keeps the JSON from `start` on, if it is a secret.
    fn keep_json(&self, is_secret: bool, start: usize) {
        if is_secret && self.redact.is_off() {
            if let Ok(value) = serde_json::from_slice(&self.buffer[start..]) {
                secrets::keep_json(value);
            }
        }
    }

    /// The value of one field, written from `start` on, as the body.
    fn field_since(&self, content: &Content, start: usize) -> Written {
        match self.redact.marker(content.secret, content.field) {
            Some(marker) => Written::Body(marker.into()),
            None => self.since(start),
        }
    }

    fn json(
        &mut self,
        content: &Content,
        value: &dyn JsonValue,
    ) -> Result<Option<Written>, EncodeError> {
        let start = self.buffer.len();
        let redact = self.redact;
        let none = redact
            .around(content.field, || value.write(&mut self.buffer, None))
            .map_err(|error| self.json_error(content.field, content.secret, &error))?;
        self.keep_json(content.secret, start);
        if let Some(flag) = self.flag {
            self.put_flag(flag, content, start, none)?;
        } else if none {
            return Ok(None);
        }
        self.hide_json(content.secret, content.field, start);
        Ok(Some(self.since(start)))
    }

    /// Puts a marker in place of the JSON value that is written from `start` on, if it is a secret that is not to be
    /// seen.
    #[inline]
    fn hide_json(&mut self, is_secret: bool, name: &str, start: usize) {
        if self.redact.is_off() {
            return;
        }
        let json = &self.buffer[start..];
        let Some(marker) = self.redact.json_marker(is_secret, name, json) else {
            return;
        };
        self.buffer.truncate(start);
        self.buffer.extend_from_slice(marker.as_bytes());
    }

    pub(super) fn json_error(
        &self,
        field: &'static str,
        secret: bool,
        error: &serde_json::Error,
    ) -> EncodeError {
        let reason = Problem::custom(error).into_reason(secret);
        refused(self.operation, Some(field), reason)
    }

    fn whole(
        &mut self,
        content: &Content,
        value: &dyn ParamValue,
        kind: SinkKind,
    ) -> Result<Option<Written>, EncodeError> {
        let start = self.buffer.len();
        let mut sink = Sink::new(&mut self.buffer, self.operation, kind, "");
        sink.is_secret = content.secret;
        let redact = self.redact;
        let written = redact.around(content.field, || value.write(&mut sink));
        let none = sink.none;
        written.map_err(|problem| {
            refused(
                self.operation,
                Some(content.field),
                problem.into_reason(content.secret),
            )
        })?;
        if none {
            return Ok(None);
        }
        Ok(Some(self.field_since(content, start)))
    }

    fn lines(
        &mut self,
        content: &Content,
        value: Option<&dyn LinesValue>,
    ) -> Result<Option<Written>, EncodeError> {
        let Some(value) = value else { return Ok(None) };
        let start = self.buffer.len();
        let none = self
            .around(content, |buffer| value.write_lines(buffer))
            .map_err(|problem| {
                let reason = problem.into_reason(content.secret);
                refused(self.operation, Some(content.field), reason)
            })?;
        if none {
            return Ok(None);
        }
        if content.secret && self.redact.is_off() {
            let lines = serde_json::Deserializer::from_slice(&self.buffer[start..]).into_iter();
            lines.map_while(Result::ok).for_each(secrets::keep_json);
        }
        let written = self.field_since(content, start);
        if matches!(written, Written::Body(_)) {
            self.buffer.truncate(start);
        }
        Ok(Some(written))
    }

    /// Runs `write` on the value of a whole body. One that is a secret is written as it is, also where a marker takes its
    /// place: the marker is a text, which the format may not be able to take for the value.
    fn around<T>(&mut self, content: &Content, write: impl FnOnce(&mut Vec<u8>) -> T) -> T {
        let redact = self.redact;
        if content.secret {
            return write(&mut self.buffer);
        }
        redact.around(content.field, || write(&mut self.buffer))
    }

    fn formatted(
        &mut self,
        content: &Content,
        body: &dyn FormattedBody,
    ) -> Result<Option<Written>, EncodeError> {
        if !is_media_type(content.media_type) {
            let reason = "has a format whose `CONTENT_TYPE` is not a media type: write `type/subtype`, and parameters as in `; charset=utf-8`";
            return Err(refused(self.operation, Some(content.field), reason));
        }
        let Some(bytes) = self.around(content, |_| body.encode()) else {
            return Ok(None);
        };
        let bytes = bytes.map_err(|error| {
            let problem: Problem = serde::ser::Error::custom(error);
            refused(
                self.operation,
                Some(content.field),
                problem.into_reason(content.secret),
            )
        })?;
        let bytes = if content.secret {
            secrets::wiped_bytes(bytes)
        } else {
            bytes
        };
        Ok(Some(self.given(content, bytes.into())))
    }

    fn json_members(
        &mut self,
        content: &Content,
        members: &[Option<&dyn JsonValue>],
    ) -> Result<Written, EncodeError> {
        let object = self.buffer.len();
        let mut brought = NameSet::default();
        self.buffer.extend_from_slice(b"{");
        for (param, member) in content.members.iter().zip(members) {
            let Some(value) = member else { continue };
            let start = self.buffer.len();
            if start > object + 1 {
                self.buffer.extend_from_slice(b",");
            }
            let name = (!param.flatten).then_some(param.wire);
            if let Some(name) = name {
                self.buffer.extend_from_slice(b"\"");
                self.buffer.extend_from_slice(name.as_bytes());
                self.buffer.extend_from_slice(b"\":");
            }
            if !self.json_member(content, param, *value, &mut brought)? {
                self.buffer.truncate(start);
            }
        }
        if let Some(flag) = self.flag {
            let is_empty = self.buffer.len() == object + 1;
            self.write_flag(flag, is_empty);
        }
        self.buffer.extend_from_slice(b"}");
        Ok(self.since(object))
    }

    /// Writes one member's value, and says whether it is there.
    fn json_member(
        &mut self,
        content: &Content,
        param: &'static Param,
        value: &dyn JsonValue,
        brought: &mut NameSet,
    ) -> Result<bool, EncodeError> {
        let start = self.buffer.len();
        let redact = self.redact;
        let mut names = BroughtMembers::new(content, param, brought);
        let none = redact
            .around(param.name, || {
                if param.flatten {
                    value.write(&mut self.buffer, Some(&mut |name| names.bring(name)))
                } else {
                    value.write(&mut self.buffer, None)
                }
            })
            .map_err(|error| self.json_error(param.field, param.secret, &error))?;
        self.keep_json(param.secret, start);
        let kept = matches!(param.kind, ParamKind::Json { null: true });
        // A flattened `()` has no members either.
        if (none && !kept) || (param.flatten && &self.buffer[start..] == b"null") {
            return Ok(false);
        }
        if param.flatten {
            return self.splice(param, start, names);
        }
        self.hide_json(param.secret, param.name, start);
        Ok(true)
    }

    /// Turns the object written from `start` on into members of the body.
    fn splice(
        &mut self,
        param: &'static Param,
        start: usize,
        mut names: BroughtMembers<'_>,
    ) -> Result<bool, EncodeError> {
        let [b'{', .., b'}'] = self.buffer[start..].trim_ascii() else {
            let reason = "is flattened, but is not a struct or map";
            return Err(refused(self.operation, Some(param.field), reason));
        };
        let checked = names.check(&self.buffer[start..]);
        checked.map_err(|error| self.json_error(param.field, param.secret, &error))?;
        if let Some(clash) = names.clash {
            return Err(problem(self.operation, param, clash));
        }
        if param.secret {
            let redacted = redact::members(self.redact, &self.buffer[start..]);
            if let Some(redacted) = redacted {
                self.buffer.truncate(start);
                self.buffer.extend_from_slice(redacted.as_bytes());
            }
        }
        if let Some(flag) = self.flag {
            let members = self.find_flag(flag, param.field, param.secret, start)?;
            if !members.values.is_empty() {
                self.flag = None;
            }
        }
        // A `RawValue` is written with its white space.
        let object = self.buffer[start..].trim_ascii();
        let members = object[1..object.len() - 1].trim_ascii().to_vec();
        self.buffer.truncate(start);
        self.buffer.extend_from_slice(&members);
        Ok(!members.is_empty())
    }

    fn form_members(
        &mut self,
        content: &Content,
        members: &[Option<&dyn ParamValue>],
    ) -> Result<Written, EncodeError> {
        let start = self.buffer.len();
        let mut sink = Sink::new(&mut self.buffer, self.operation, SinkKind::Form, "");
        sink.redact = self.redact;
        for (param, member) in content.members.iter().zip(members) {
            let Some(value) = member else { continue };
            put(&mut sink, param, *value)?;
        }
        Ok(self.since(start))
    }
}

/// The members that a flattened object brings: none that is declared, and none twice.
struct BroughtMembers<'m> {
    content: &'m Content,
    param: &'static Param,
    brought: &'m mut NameSet,
    is_told: bool,
    clash: Option<Problem>,
}

impl<'m> BroughtMembers<'m> {
    fn new(content: &'m Content, param: &'static Param, brought: &'m mut NameSet) -> Self {
        Self {
            content,
            param,
            brought,
            is_told: false,
            clash: None,
        }
    }

    fn bring(&mut self, name: &str) {
        self.is_told = true;
        if self.clash.is_some() {
            return;
        }
        let mut members = self.content.members.iter();
        let field = self.param.field;
        self.clash = if members.any(|member| !member.flatten && member.name == name) {
            Some(Problem::brings(name))
        } else {
            let again = self.brought.add(name, field).err();
            again.map(|first| Problem::brings_again(name, self.brought.field(first), field))
        };
    }

    /// Brings the members of an object whose names the serializer did not tell, such as that of a `RawValue`.
    fn check(&mut self, object: &[u8]) -> Result<(), serde_json::Error> {
        if !self.is_told {
            Members::<IgnoredAny>::find(object, |name| {
                self.bring(name);
                false
            })?;
        }
        Ok(())
    }
}
