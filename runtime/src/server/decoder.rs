//! What the derive asks for: where the value of the field with an index is.

use std::cell::Cell;

use serde_json::Value;

#[cfg(feature = "multipart")]
use super::multipart::RawPart;
use super::{
    declared::{Declared, Names},
    fault::{Fault, FaultKind},
    flat::{Flat, Source},
    incoming::{Body, Format, GivenValues, Incoming},
    json::Object,
    pairs::Pairs,
    refusal::Refusal,
    rules::Rules,
    texts::{Texts, text},
    value::ParamDeserializer,
};
use crate::{
    operation::{Content, Group, Param, ParamKind, Style},
    response::Notes,
};

type Result<T, E = Refusal> = std::result::Result<T, E>;

/// A request that is read. An implementation detail of the derive.
#[derive(Debug, Clone, Copy)]
pub struct Decoder<'r> {
    pub(super) incoming: &'r Incoming<'r>,
    /// Those whose values are asked for.
    pub(super) fields: &'static [Param],
    /// The fields are those of the group that the operation is in.
    of_group: bool,
    /// The name that a value has in place of its own.
    name: Option<&'static str>,
}

impl<'r> Decoder<'r> {
    pub(super) fn new(incoming: &'r Incoming<'r>) -> Self {
        Self {
            incoming,
            fields: incoming.operation.fields,
            of_group: false,
            name: None,
        }
    }

    /// The same for the group that the operation is in.
    pub(super) fn in_group(self) -> Self {
        let group = self.incoming.operation.group.unwrap_or(Group::NONE);
        Self {
            fields: group.fields,
            of_group: true,
            ..self
        }
    }

    /// The same for the members of the body.
    #[must_use]
    pub fn members(&self) -> Self {
        let content = self.incoming.operation.content.as_ref();
        Self {
            fields: content.map_or(&[], |content| content.members),
            ..*self
        }
    }

    /// The same for the flattened group that is the field of this index.
    pub(super) fn group(&self, index: usize) -> Self {
        let fields = match self.fields[index].kind {
            ParamKind::Group(group) => group.fields,
            _ => &[],
        };
        Self { fields, ..*self }
    }

    /// The same for a field that may have other names: the first of them that is there, if its own is not.
    #[must_use]
    pub fn or_named(&self, index: usize, names: &'static [&'static str]) -> Self {
        if self.has(index) {
            return *self;
        }
        let mut others = names.iter().map(|name| Self {
            name: Some(name),
            ..*self
        });
        let other = others.find(|decoder| decoder.has(index));
        other.unwrap_or(*self)
    }

    /// Returns whether there is a value for the field of this index.
    #[must_use]
    pub fn has(&self, index: usize) -> bool {
        match self.fields[index].kind {
            #[cfg(feature = "multipart")]
            ParamKind::Part { .. } => !self.parts(index).is_empty(),
            ParamKind::Json { .. } => self.object().is_some_and(|it| it.has(self.name(index))),
            _ if self
                .incoming
                .given
                .is_some_and(|it| it.has(&self.fields[index])) =>
            {
                true
            }
            _ => !self.value(index, &Cell::new(false)).is_absent(),
        }
    }

    /// Returns whether there is a body.
    #[must_use]
    pub fn has_body(&self) -> bool {
        let Incoming { bytes, given, .. } = self.incoming;
        given.map_or(bytes.is_some(), GivenValues::has_body)
    }

    pub(super) fn name(&self, index: usize) -> &'static str {
        self.name.unwrap_or(self.fields[index].name)
    }

    /// The parameter or member of this index, before it is read.
    pub(super) fn value<'d>(&self, index: usize, seen: &'d Cell<bool>) -> ParamDeserializer<'d>
    where
        'r: 'd,
    {
        let (param, name) = (&self.fields[index], self.name(index));
        let incoming = self.incoming;
        let texts = match param.kind {
            ParamKind::Path { .. } => {
                let mut captures = incoming.captures.iter();
                let own = captures.find(|it| it.index == index && it.of_group == self.of_group);
                Texts::One(own.map(|capture| capture.text))
            }
            ParamKind::Query { .. } => Texts::Pairs(&incoming.query, name),
            ParamKind::Header { .. } => Texts::Header(incoming.headers, name),
            ParamKind::Cookie { .. } => Texts::Pairs(&incoming.cookies, name),
            ParamKind::Form { .. } => match self.form() {
                Some(pairs) => Texts::Pairs(pairs, name),
                None => Texts::One(None),
            },
            _ => Texts::One(None),
        };
        let rules = Rules::of(&param.kind);
        let mut value = ParamDeserializer::new(texts, rules);
        if rules.style == Style::Form && rules.explode {
            value.flat = self.flat(index, seen);
        }
        value
    }

    /// The members of the flattened field of this index.
    pub(super) fn flat<'d>(&self, index: usize, seen: &'d Cell<bool>) -> Option<Flat<'d>>
    where
        'r: 'd,
    {
        let param = &self.fields[index];
        let incoming = self.incoming;
        let (source, names) = match (&param.kind, &incoming.body) {
            (ParamKind::Header { .. }, _) => (Source::Headers(incoming.headers), Names::Header),
            (ParamKind::Form { .. }, Body::Form(pairs)) => (Source::Pairs(pairs), Names::Form),
            (ParamKind::Form { .. }, _) => return None,
            _ => (Source::Pairs(&incoming.query), Names::Query),
        };
        let declared = Declared {
            operation: Some(incoming.operation),
            names,
            own: Some(param),
        };
        Some(Flat {
            source,
            declared,
            accept: incoming.accept,
            is_some: false,
            seen,
        })
    }

    /// The members of a JSON body, if there is one.
    pub(super) fn object(&self) -> Option<&'r Object<'r>> {
        match &self.incoming.body {
            Body::Json(object) => Some(object),
            _ => None,
        }
    }

    /// Whether no member of a JSON body is declared by this name.
    pub(super) fn is_free(&self, name: &str) -> bool {
        let is_own = |param: &Param| !param.flatten && param.name == name;
        !self.fields.iter().any(is_own)
    }

    pub(super) fn query(&self) -> &'r Pairs<'r> {
        &self.incoming.query
    }

    /// The members of a form, if there is one.
    pub(super) fn form(&self) -> Option<&'r Pairs<'r>> {
        match &self.incoming.body {
            Body::Form(pairs) => Some(pairs),
            _ => None,
        }
    }

    /// The parts of the field of this index, in order.
    #[cfg(feature = "multipart")]
    pub(super) fn parts(&self, index: usize) -> Vec<&'r RawPart<'r>> {
        let Body::Parts(parts) = &self.incoming.body else {
            return Vec::new();
        };
        let name = self.name(index);
        match name
            .split_once("{n}")
            .filter(|_| self.fields[index].is_numbered)
        {
            Some((before, after)) => numbered(parts, before, after),
            None => parts.iter().filter(|part| part.name == name).collect(),
        }
    }

    /// The value of the field of this index, if it was given as it is.
    pub(super) fn given(&self, index: usize) -> Option<&'r Value> {
        self.incoming.given?.value(&self.fields[index])
    }

    /// What is told the names that are read in a JSON body.
    pub(super) fn notes(&self) -> Option<Notes<'r>> {
        self.incoming.given.and_then(GivenValues::notes)
    }

    /// The bytes of a whole body; `None` if there is none.
    pub(super) fn bytes(&self, format: Format) -> Result<Option<&'r bytes::Bytes>> {
        let Incoming { bytes, given, .. } = self.incoming;
        let bytes = given.map_or(Ok(*bytes), |given| given.body(format));
        bytes.map_err(|fault| self.refused_body(fault))
    }

    /// The text of a whole body.
    pub(super) fn text(&self, format: Format) -> Result<Option<&'r str>> {
        let text = self.bytes(format)?.map(|bytes| text(bytes)).transpose();
        text.map_err(|fault| self.refused_body(fault))
    }

    /// Why the field of this index is refused. What is not there is missing, whatever its type says.
    pub(super) fn refused(&self, index: usize, fault: Fault, is_absent: bool) -> Refusal {
        let fault = if is_absent && fault.kind != FaultKind::Missing {
            Fault::missing()
        } else {
            fault
        };
        Refusal::param(fault, &self.fields[index])
    }

    pub(super) fn refused_body(&self, fault: Fault) -> Refusal {
        const NONE: &Content = &Content::whole("", "", true, false);
        let content = self.incoming.operation.content.as_ref();
        let fault = if self.has_body() {
            fault
        } else {
            Fault::missing()
        };
        Refusal::body(fault, content.unwrap_or(NONE))
    }
}

/// The parts in whose names an index is between the two texts, in the order of the indices.
#[cfg(feature = "multipart")]
fn numbered<'r>(parts: &'r [RawPart<'r>], before: &str, after: &str) -> Vec<&'r RawPart<'r>> {
    let index = |part: &RawPart<'_>| {
        let index = part.name.strip_prefix(before)?.strip_suffix(after)?;
        let is_number = index.bytes().all(|byte| byte.is_ascii_digit());
        index.parse::<u32>().ok().filter(|_| is_number)
    };
    let parts = parts.iter().filter_map(|part| Some((index(part)?, part)));
    let mut parts: Vec<_> = parts.collect();
    parts.sort_by_key(|(index, _)| *index);
    parts.into_iter().map(|(_, part)| part).collect()
}

/// The pairs of a form that is a whole body.
pub(super) fn whole_form<'d>(pairs: &'d Pairs<'d>, seen: &'d Cell<bool>) -> Flat<'d> {
    Flat {
        source: Source::Pairs(pairs),
        declared: Declared {
            operation: None,
            names: Names::Form,
            own: None,
        },
        accept: "",
        is_some: false,
        seen,
    }
}
