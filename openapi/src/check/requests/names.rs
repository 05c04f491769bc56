//! The names that the declared type of a body has: those that the document does not know are sent in vain.

use api_request::{BodyNames, NamesKind};
use serde_json::{Map, Value as Json};

use super::super::path;
use crate::document::{Additional, Document, Place, Schema, Type};

/// Something that the document does not have.
pub(super) struct Unknown {
    /// The pointer to the member, or to the value.
    pub(super) pointer: String,
    pub(super) name: String,
    /// Where the document says what there is instead.
    pub(super) place: Place,
}

/// The names that the schema of a body does not have.
pub(super) fn unknown(
    document: &Document,
    schema: &Schema,
    body: &Json,
    names: &BodyNames,
) -> Vec<Unknown> {
    let found = path::at(document, schema, body, &names.pointer);
    let Some(first) = found.first().copied() else {
        return Vec::new();
    };
    let all: Vec<&Schema> = found
        .iter()
        .flat_map(|schema| path::expand(document, schema))
        .collect();
    if is_open(&all, names.kind) {
        return Vec::new();
    }
    let is_field = names.kind == NamesKind::Fields;
    let is_known = |name: &String| {
        all.iter().any(|schema| {
            let is_listed = || schema.values.iter().any(|value| value == name);
            if is_field {
                schema.properties.contains_key(name)
            } else {
                is_listed()
            }
        })
    };
    let lists = |schema: &&&Schema| is_field && !schema.properties.is_empty();
    let place = all.iter().find(lists).map_or(first.place, |it| it.place);
    let unknown = names.names.iter().filter(|name| !is_known(name));
    let unknown = unknown.map(|name| Unknown {
        pointer: if is_field {
            path::join(&names.pointer, name)
        } else {
            names.pointer.clone()
        },
        name: name.clone(),
        place,
    });
    unknown.collect()
}

/// Whether the schemas of a value allow other names, or say nothing of them.
fn is_open(all: &[&Schema], kind: NamesKind) -> bool {
    match kind {
        NamesKind::Fields => {
            let is_map =
                |schema: &Schema| matches!(schema.additional, Additional::Any | Additional::Of(_));
            all.iter().any(|schema| is_map(schema))
                || all.iter().all(|schema| schema.properties.is_empty())
        }
        NamesKind::Variants => {
            let is_any_text = |schema: &Schema| {
                schema.types == [Type::String]
                    && schema.values.is_empty()
                    && schema.reference.is_none()
                    && schema.all_of.is_empty()
                    && schema.any_of.is_empty()
            };
            all.iter().any(|schema| is_any_text(schema))
                || all.iter().all(|schema| schema.values.is_empty())
        }
        // Any text is read.
        _ => true,
    }
}

/// Bodies that have a value for a member, one of which the type of the member may read.
pub(super) fn with_member(body: &Json, pointer: &str) -> Vec<Json> {
    let name = path::steps(pointer).last().unwrap_or_default();
    let values = [
        Json::Null,
        "a".into(),
        1.into(),
        true.into(),
        Json::Array(Vec::new()),
        Map::new().into(),
    ];
    let bodies = values.into_iter().filter_map(|value| {
        let mut body = body.clone();
        let object = body.pointer_mut(path::parent(pointer))?.as_object_mut()?;
        object.insert(name.clone(), value);
        Some(body)
    });
    bodies.collect()
}
