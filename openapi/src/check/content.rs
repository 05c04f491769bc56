//! What is known of the body of a request without a value: whether there is one, its media type, the names of its members.

use api_request::{Content, Events, Location, Param};
use indexmap::IndexMap;

use super::{
    Pair,
    difference::Findings,
    matching::distance,
    media::{essence, find, is_in, is_json, list},
    schema::{Members, kinds, members},
    wire::{Styled, mismatch},
};
use crate::document::{Encoding, Media, Place, Schema};

pub(super) fn compare(pair: &Pair<'_>, findings: &mut Findings) {
    let (said, declared) = (&pair.operation.body, pair.declared.content());
    let (said, declared) = match (said, declared) {
        (None, None) => return,
        (None, Some(_)) => {
            findings.add(pair, pair.operation.place, "body", "is not in the document");
            return;
        }
        (Some(said), None) => {
            if said.required {
                findings.add(pair, said.place, "body", "is required, but not declared");
            }
            return;
        }
        (Some(said), Some(declared)) => (said, declared),
    };
    if said.required && !declared.required() {
        findings.add(pair, said.place, "body", "is required, but may be left out");
    }
    // A header replaces the media type of the format.
    let Some(media_type) = sent_as(pair, declared.media_type()) else {
        return;
    };
    if said.content.is_empty() {
        return;
    }
    if let Some(media) = find(&said.content, media_type) {
        members_of(pair, declared, media, said.place, findings);
        return;
    }
    let message = format!(
        "is sent as `{}`, and is {} in the document",
        essence(media_type),
        list(&said.content)
    );
    findings.add(pair, said.place, "body", message);
}

/// The media type that a header has: the default if the header is not declared, none if its value is that of a field.
fn sent_as(pair: &Pair<'_>, default: &'static str) -> Option<&'static str> {
    let is_header = |location, name: &str| {
        location == Location::Header && name.eq_ignore_ascii_case("content-type")
    };
    let declared = pair.declared;
    if declared
        .params()
        .any(|param| is_header(param.location(), param.name()))
    {
        return None;
    }
    let mut constants = declared.constants();
    let constant = constants.find(|constant| is_header(constant.location, constant.name));
    constant.map_or(Some(default), |constant| constant.value)
}

/// The members of a body beside those of the schema.
struct Body<'a> {
    pair: &'a Pair<'a>,
    declared: &'a Content,
    said: Members<'a>,
    encoding: &'a IndexMap<String, Encoding>,
    /// Where the body is.
    place: Place,
    is_form: bool,
    is_multipart: bool,
}

fn members_of(
    pair: &Pair<'_>,
    declared: &Content,
    media: &Media,
    place: Place,
    findings: &mut Findings,
) {
    let Some(schema) = &media.schema else { return };
    // A whole body is a value, of which nothing is known here.
    if declared.field().is_some() || schema.is_any() {
        return;
    }
    let media_type = essence(declared.media_type());
    let is_multipart = media_type.starts_with("multipart/");
    if !kinds(pair.document, schema).is_object {
        if is_multipart {
            let reason = "the body has parts, which the document does not describe";
            findings.unchecked(pair.declared.name(), reason.to_owned());
            return;
        }
        let message = "is an object, and not one in the document";
        findings.add(pair, schema.place, "body", message);
        return;
    }
    let body = Body {
        pair,
        declared,
        said: members(pair.document, schema),
        encoding: &media.encoding,
        place,
        is_form: media_type == "application/x-www-form-urlencoded",
        is_multipart,
    };
    for name in &body.said.required {
        body.is_sent(name, findings);
    }
    for param in declared.members() {
        body.is_accepted(param, findings);
    }
    body.flag(findings);
}

impl Body<'_> {
    fn at(&self, name: &str) -> String {
        if self.is_multipart {
            format!("part `{name}`")
        } else {
            format!("member `{name}` of the body")
        }
    }

    /// The declared member of a name.
    fn declared(&self, name: &str) -> Option<&'static Param> {
        let mut members = self.declared.members();
        members.find(|param| param.name() == name || is_numbered(param.name(), name))
    }

    /// A member that the document requires.
    fn is_sent(&self, name: &str, findings: &mut Findings) {
        let schema = self.said.named.get(name);
        if schema.is_some_and(|schema| schema.read_only) {
            return;
        }
        let place = schema.map_or(self.place, |schema| schema.place);
        let message = match self.declared(name) {
            Some(param) if param.required() => return,
            Some(_) => "is required, but may be left out",
            None if self.flag_name() == Some(name) => return,
            None => {
                let is_of_body = |param: &&'static Param| param.location() == Location::Body;
                if let Some(param) = self.pair.declared.flattened().find(is_of_body) {
                    let reason = format!(
                        "whether the {} is sent depends on the value of `{}`",
                        self.at(name),
                        param.field()
                    );
                    findings.unchecked(self.pair.declared.name(), reason);
                    return;
                }
                // The members of a form that are objects are sent one by one.
                let is_of_other = |param: &'static Param| is_inside(param.name(), name);
                if self.is_form && self.declared.members().any(is_of_other) {
                    return;
                }
                if schema.is_none() {
                    // In practice, the name is misspelled among those that are required.
                    let reason = format!("the {} is required, but not described", self.at(name));
                    findings.unchecked(self.pair.declared.name(), reason);
                    return;
                }
                "is required, but not declared"
            }
        };
        findings.add(self.pair, place, self.at(name), message);
    }

    /// A member that is declared.
    fn is_accepted(&self, param: &'static Param, findings: &mut Findings) {
        let name = param.name();
        let named = self.said.named.get_key_value(name).or_else(|| {
            let mut all = self.said.named.iter();
            all.find(|(other, _)| is_numbered(name, other))
        });
        if let Some((name, schema)) = named {
            self.is_written_as(name, schema, param, findings);
            return;
        }
        let is_inside = |other: &&str| is_inside(name, other) || is_inside(other, name);
        if self.said.is_open || (self.is_form && self.said.named.keys().any(is_inside)) {
            return;
        }
        let message = format!("is not in the document{}", self.nearest(name));
        findings.add(self.pair, self.place, self.at(name), message);
    }

    fn nearest(&self, name: &str) -> String {
        let names = self.said.named.keys();
        let near = names.filter_map(|other| Some((distance(other, name)?, other)));
        near.min().map_or_else(String::new, |(_, name)| {
            format!(": the nearest is `{name}`")
        })
    }

    /// How a list or an object in a form is written, and the media type of a part.
    fn is_written_as(
        &self,
        name: &str,
        schema: &Schema,
        param: &'static Param,
        findings: &mut Findings,
    ) {
        let default = Encoding::default();
        let encoding = self.encoding.get(name).unwrap_or(&default);
        let message = if self.is_form {
            self.differently_written(name, schema, param, encoding)
        } else if self.is_multipart {
            other_content_type(param, encoding)
        } else {
            None
        };
        if let Some(message) = message {
            findings.add(self.pair, schema.place, self.at(name), message);
        }
    }

    fn differently_written(
        &self,
        name: &str,
        schema: &Schema,
        param: &Param,
        encoding: &Encoding,
    ) -> Option<String> {
        let document = self.pair.document;
        let is_json = param.content_type().is_some();
        // OpenAPI: with a style, the content type is ignored.
        let has_style = encoding.style.is_some() || encoding.explode.is_some();
        let said_json = encoding.content_type.as_deref().is_some_and(is_json_list);
        if !has_style && said_json != is_json && encoding.content_type.is_some() {
            let kinds = kinds(document, schema);
            let message = if said_json {
                "is JSON text in the document: write `form(json)`"
            } else {
                "is not JSON text in the document: leave out `json`"
            };
            return (!kinds.is_text).then(|| message.to_owned());
        }
        if is_json {
            let kinds = kinds(document, schema);
            let is_of_many = kinds.is_list_only() || kinds.is_object_only();
            return (has_style && is_of_many)
                .then(|| "is not JSON text in the document: leave out `json`".to_owned());
        }
        let said = Styled {
            style: encoding.style.as_deref(),
            explode: encoding.explode,
            is_simple: false,
        };
        mismatch(document, schema, name, said, Styled::of(param, false))
    }

    fn flag_name(&self) -> Option<&'static str> {
        self.pair.declared.events().and_then(Events::flag)
    }

    /// The member that asks for events.
    fn flag(&self, findings: &mut Findings) {
        let Some(flag) = self.flag_name() else { return };
        if self.said.is_open || self.said.named.contains_key(flag) {
            return;
        }
        let message = format!(
            "asks for events, and is not in the document{}",
            self.nearest(flag)
        );
        findings.add(self.pair, self.place, self.at(flag), message);
    }
}

/// Whether one of several media types, separated by commas, is JSON.
fn is_json_list(media_types: &str) -> bool {
    media_types.split(',').any(is_json)
}

/// A declared content type of a part that is not the one of the document.
fn other_content_type(param: &Param, encoding: &Encoding) -> Option<String> {
    let (declared, said) = (param.content_type()?, encoding.content_type.as_deref()?);
    let is_said = said.split(',').any(|range| is_in(declared, range));
    (!is_said).then(|| format!("is sent as `{declared}`, and is `{said}` in the document"))
}

/// Whether a name of the document is that of a part with the index of an item in it: `files[0]`, or `files` without one.
fn is_numbered(declared: &str, name: &str) -> bool {
    let Some((before, after)) = declared.split_once("{n}") else {
        return false;
    };
    let index = name
        .strip_prefix(before)
        .and_then(|rest| rest.strip_suffix(after));
    let is_index = index.is_some_and(|index| index.bytes().all(|it| it.is_ascii_digit()));
    is_index || name == before.trim_end_matches(['[', '.', '_', '-'])
}

/// Whether a name is that of a value inside of another: `a[k]` of `a`, `a.k` of `a`.
fn is_inside(name: &str, of: &str) -> bool {
    let rest = name.strip_prefix(of);
    rest.is_some_and(|rest| rest.starts_with(['[', '.']))
}
