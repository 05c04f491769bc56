//! The body of a request: its values are sent, and validated as they arrive.

use std::collections::BTreeSet;

use api_request::{Body, Content, NamesKind};
use http::Request;
use serde_json::Value as Json;

use super::{
    super::{Pair, path},
    Requests,
    inputs::{self, Described},
    names, sent,
};
use crate::{
    document::{Place, Schema},
    instances::{Instance, Misfit, spelled},
    model::Format,
};

/// How many bodies are sent.
const MAX_BODIES: usize = 60;

impl<'a> Requests<'a, '_> {
    pub(super) fn without_left_out(&self, body: &Json) -> Json {
        let mut body = body.clone();
        for pointer in &self.left_out {
            path::remove(&mut body, pointer);
        }
        body
    }

    /// Leaves out each member that the document requires: what is still sent need not be there.
    pub(super) fn members_left_out(&mut self) {
        let (Some(body), Some(whole)) = (self.body, self.value.clone()) else {
            return;
        };
        if body.format != Format::Json {
            return;
        }
        let mut pointers = Vec::new();
        members_of(&whole, "", &mut pointers);
        let declared = self.declared_members(&whole);
        // What else is read without a member may be the variant of an enum that takes any value.
        pointers.retain(|pointer: &String| declared.contains(pointer));
        for pointer in pointers.into_iter().take(MAX_BODIES) {
            let mut value = whole.clone();
            path::remove(&mut value, &pointer);
            let missing = self.missing(body, &value);
            let Some(misfit) = missing.filter(|it| *it.0 == *path::parent(&pointer)) else {
                continue;
            };
            let outer = path::parent(&pointer);
            let name = path::steps(&pointer).last().unwrap_or_default();
            if !is_described(self.pair, body.schema, &whole, outer, &name)
                || is_in_union(self.pair, body.schema, &whole, outer)
            {
                continue;
            }
            self.value = Some(value);
            let Ok(http) = self.send() else { continue };
            let sent = http.body().as_bytes();
            let sent: Option<Json> = sent.and_then(|it| serde_json::from_slice(it).ok());
            let message = match sent {
                Some(sent) if sent.pointer(&pointer).is_none() => {
                    "is required, but may be left out"
                }
                Some(sent) if self.is_null_in_vain(body, &sent, &pointer) => {
                    "is required, but may be sent as `null`"
                }
                _ => continue,
            };
            self.findings
                .add_unless_known(self.pair, misfit.1, member(&pointer), message);
        }
        self.value = Some(whole);
    }

    /// The pointers to the fields of structs that read the body.
    fn declared_members(&self, value: &Json) -> BTreeSet<String> {
        let content = self.pair.declared.content();
        let members = content.into_iter().flat_map(Content::members);
        let mut declared: BTreeSet<_> = members.map(|it| path::join("", it.name())).collect();
        let input = inputs::input(&self.chosen(), Some(value));
        let names = self.pair.any.body_names(&input).unwrap_or_default();
        for names in names.iter().filter(|it| it.kind == NamesKind::Fields) {
            declared.extend(names.names.iter().map(|it| path::join(&names.pointer, it)));
        }
        declared
    }

    /// Whether a member is `null`, which the document does not allow.
    fn is_null_in_vain(&self, body: Described<'a>, value: &Json, pointer: &str) -> bool {
        let is_there = |misfit: &Misfit| misfit.pointer == pointer;
        value.pointer(pointer).is_some_and(Json::is_null)
            && self.values.misfits(body.schema, value).iter().any(is_there)
    }

    /// Where a member is missing.
    fn missing(&self, body: Described<'a>, value: &Json) -> Option<(String, Place)> {
        let misfits = self.values.misfits(body.schema, value);
        let misfit = misfits
            .into_iter()
            .find(|misfit| misfit.message.ends_with("is missing"))?;
        Some((misfit.pointer, misfit.place))
    }

    /// Looks for a value of each member that the declaration has with another type.
    pub(super) fn mistyped(&mut self, bodies: &[Instance]) {
        let (Some(body), first) = (self.body, self.value.clone()) else {
            return;
        };
        for (pointer, reason) in std::mem::take(&mut self.mistyped) {
            let is_sent = bodies.iter().take(MAX_BODIES).any(|instance| {
                let mut value = self.without_left_out(&instance.value);
                let member = instance.value.pointer(&pointer);
                let is_there =
                    member.is_some_and(|member| path::insert(&mut value, &pointer, member));
                self.value = Some(value);
                is_there && self.send().is_ok()
            });
            if !is_sent {
                let found = path::at(self.pair.document, body.schema, &bodies[0].value, &pointer);
                let place = found.first().map_or(body.schema.place, |it| it.place);
                let reason = reason.split_once("` ").map_or(&*reason, |(_, it)| it);
                let message = format!("takes nothing that the document allows: it {reason}");
                self.findings
                    .add_unless_known(self.pair, place, member(&pointer), message);
            }
        }
        self.value = first;
    }

    /// Sends the other values of the body.
    pub(super) fn bodies(&mut self, bodies: Vec<Instance>) {
        let first = self.value.clone();
        for body in bodies.into_iter().take(MAX_BODIES) {
            self.value = Some(self.without_left_out(&body.value));
            if let Ok(http) = self.send() {
                self.sent_body(&http);
            }
        }
        self.value = first;
    }

    pub(super) fn sent_body(&mut self, http: &Request<Body>) {
        let (Some(body), Some(bytes)) = (self.body, http.body().as_bytes()) else {
            return;
        };
        if let (Format::Form, Some(value)) = (body.format, &self.value) {
            let wrong = sent::form(self.pair, http, body.media, body.schema, value);
            for (name, place, message) in wrong {
                let at = member(&path::join("", &name));
                self.findings
                    .add_unless_known(self.pair, place, at, message);
            }
        }
        if !matches!(body.format, Format::Json | Format::Lines) || bytes.is_empty() {
            return;
        }
        let values: Vec<Json> = match body.format {
            Format::Lines => serde_json::Deserializer::from_slice(bytes)
                .into_iter()
                .map_while(Result::ok)
                .collect(),
            _ => serde_json::from_slice(bytes).into_iter().collect(),
        };
        for value in &values {
            self.sent_value(body, value);
        }
    }

    /// Validates what is sent.
    fn sent_value(&mut self, body: Described<'a>, value: &Json) {
        for misfit in self.values.misfits(body.schema, value) {
            let missing = misfit.message.strip_prefix("the member `");
            let missing = missing.and_then(|rest| rest.strip_suffix("` is missing"));
            let (at, message) = match missing {
                Some(name) => {
                    let at = member(&path::join(&misfit.pointer, name));
                    if !is_described(self.pair, body.schema, value, &misfit.pointer, name) {
                        self.unchecked(format!(
                            "the {at} is required, but the document does not say what it is"
                        ));
                        continue;
                    }
                    (at, "is required, but not sent".to_owned())
                }
                None if value.pointer(&misfit.pointer).is_some_and(Json::is_null) => (
                    member(&misfit.pointer),
                    "may be sent as `null`, which the document does not allow".to_owned(),
                ),
                None => (member(&misfit.pointer), format!(": {}", misfit.message)),
            };
            self.findings
                .add_unless_known(self.pair, misfit.place, at, message);
        }
    }

    /// What the type of the body has, and the document does not.
    pub(super) fn body_names(&mut self) {
        let (Some(body), Some(value)) = (self.body, self.value.clone()) else {
            return;
        };
        if body.format != Format::Json {
            return;
        }
        let input = inputs::input(&self.chosen(), Some(&value));
        let Ok(all) = self.pair.any.body_names(&input) else {
            return;
        };
        for names in all {
            let is_field = names.kind == NamesKind::Fields;
            for unknown in names::unknown(self.pair.document, body.schema, &value, &names) {
                if is_field && !self.is_sent(&unknown.pointer) {
                    continue;
                }
                let message = if is_field {
                    "is not in the document".to_owned()
                } else {
                    format!(": the value `{}` is not in the document", unknown.name)
                };
                let at = member(&unknown.pointer);
                self.findings
                    .add_unless_known(self.pair, unknown.place, at, message);
            }
        }
    }

    /// Whether a member is sent, if it has a value: not one that is only read, or that is the other name of another.
    fn is_sent(&mut self, pointer: &str) -> bool {
        let Some(value) = self.value.clone() else {
            return false;
        };
        let mut is_read = false;
        let mut is_sent = false;
        for value in names::with_member(&value, pointer) {
            self.value = Some(value);
            let http = match self.send() {
                Ok(http) => http,
                // It is the other name of a member that is there.
                Err(message) if message.contains("duplicate field") => {
                    is_read = true;
                    continue;
                }
                Err(_) => continue,
            };
            is_read = true;
            let sent = http
                .body()
                .as_bytes()
                .map(|it| serde_json::from_slice::<Json>(it));
            is_sent |= matches!(sent, Some(Ok(sent)) if sent.pointer(pointer).is_some());
        }
        self.value = Some(value);
        is_sent || !is_read
    }
}

/// Whether a value is of an alternative: without a member, it is read as another one, which may take anything.
fn is_in_union(pair: &Pair<'_>, schema: &Schema, value: &Json, pointer: &str) -> bool {
    let mut pointer = pointer;
    loop {
        let found = path::at(pair.document, schema, value, pointer);
        let mut all = found
            .into_iter()
            .flat_map(|schema| path::expand(pair.document, schema));
        if all.any(|schema| schema.any_of.len() > 1) {
            return true;
        }
        if pointer.is_empty() {
            return false;
        }
        pointer = path::parent(pointer);
    }
}

/// The members of an object may be listed by another spelling than those that are required.
fn is_described(pair: &Pair<'_>, schema: &Schema, value: &Json, pointer: &str, name: &str) -> bool {
    let found = path::at(pair.document, schema, value, pointer);
    let all = found
        .into_iter()
        .flat_map(|schema| path::expand(pair.document, schema));
    let all: Vec<_> = all.filter(|schema| !schema.properties.is_empty()).collect();
    all.is_empty()
        || all
            .iter()
            .any(|schema| schema.properties.contains_key(name))
}

/// The pointers of all members of objects.
fn members_of(value: &Json, pointer: &str, all: &mut Vec<String>) {
    match value {
        Json::Object(members) => {
            for (name, member) in members {
                let pointer = path::join(pointer, name);
                members_of(member, &pointer, all);
                all.push(pointer);
            }
        }
        Json::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                members_of(item, &path::join(pointer, &index.to_string()), all);
            }
        }
        _ => {}
    }
}

fn member(pointer: &str) -> String {
    match pointer {
        "" => "body".to_owned(),
        pointer => format!("member `{}` of the body", spelled(pointer)),
    }
}
