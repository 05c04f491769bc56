//! A schema with all that holds for its values in one place: references of `allOf` are followed and merged.

use indexmap::{IndexMap, IndexSet};
use serde_json::{Number, Value as Json};

use crate::document::{Additional, Discriminator, Document, Schema, SchemaId, Type};

/// What a schema is.
pub(crate) enum Shape<'a> {
    /// Another schema, as it is.
    Reference(&'a SchemaId),
    /// What all its parts say.
    Flat(Box<Flat<'a>>),
}

/// What all parts of a schema say.
#[derive(Default, Clone)]
pub(crate) struct Flat<'a> {
    pub(crate) types: Vec<Type>,
    pub(crate) nullable: bool,
    pub(crate) format: Option<&'a str>,
    pub(crate) minimum: Option<f64>,
    pub(crate) values: Vec<&'a Json>,
    pub(crate) properties: IndexMap<&'a str, &'a Schema>,
    pub(crate) required: IndexSet<&'a str>,
    pub(crate) additional: Option<&'a Schema>,
    pub(crate) items: Option<&'a Schema>,
    pub(crate) is_tuple: bool,
    pub(crate) unions: Vec<Union<'a>>,
}

/// Schemas of which one or more hold.
#[derive(Clone, Copy)]
pub(crate) struct Union<'a> {
    pub(crate) alternatives: &'a [Schema],
    pub(crate) discriminator: Option<&'a Discriminator>,
}

impl Document {
    /// Returns a schema that is referred to.
    pub(crate) fn schema(&self, id: &SchemaId) -> &Schema {
        // Every reference of the document was read, or the document was refused.
        &self.schemas[id]
    }

    pub(crate) fn shape<'a>(&'a self, schema: &'a Schema) -> Shape<'a> {
        if let Some(id) = only_reference(schema) {
            return Shape::Reference(id);
        }
        Shape::Flat(Box::new(self.flat(schema)))
    }

    /// Returns what a schema says, whatever refers to it.
    pub(crate) fn flat<'a>(&'a self, schema: &'a Schema) -> Flat<'a> {
        let mut flat = Flat::default();
        self.merge(schema, &mut flat, &mut Vec::new());
        flat
    }

    fn merge<'a>(
        &'a self,
        schema: &'a Schema,
        flat: &mut Flat<'a>,
        inside: &mut Vec<&'a SchemaId>,
    ) {
        if let Some(id) = &schema.reference
            && !inside.contains(&id)
        {
            inside.push(id);
            self.merge(self.schema(id), flat, inside);
            inside.pop();
        }
        for part in &schema.all_of {
            self.merge(part, flat, inside);
        }
        flat.nullable |= schema.nullable;
        if !schema.types.is_empty() {
            let is_narrower = flat.types.is_empty() || schema.types.len() < flat.types.len();
            if is_narrower {
                flat.types.clone_from(&schema.types);
            }
        }
        flat.format = schema.format.as_deref().or(flat.format);
        let minimum = schema
            .limits
            .minimum
            .as_ref()
            .or(schema.limits.exclusive_minimum.as_ref());
        flat.minimum = minimum.and_then(Number::as_f64).or(flat.minimum);
        if !schema.values.is_empty() && !schema.is_null() {
            flat.values = schema.values.iter().collect();
        }
        for (name, property) in &schema.properties {
            // A part may name a member to say nothing about it.
            if !property.is_any() || !flat.properties.contains_key(name.as_str()) {
                flat.properties.insert(name, property);
            }
        }
        flat.required
            .extend(schema.required.iter().map(String::as_str));
        if let Additional::Of(values) = &schema.additional {
            flat.additional = Some(values);
        }
        if let Some(items) = &schema.items {
            flat.items = Some(items);
        }
        flat.is_tuple |= schema.is_tuple;
        if !schema.any_of.is_empty() {
            flat.unions.push(Union {
                alternatives: &schema.any_of,
                discriminator: schema.discriminator.as_ref(),
            });
        }
    }
}

/// The schema that a schema is, if it says nothing else about the values.
pub(crate) fn only_reference(schema: &Schema) -> Option<&SchemaId> {
    let is_bare = schema.properties.is_empty()
        && schema.values.is_empty()
        && schema.items.is_none()
        && schema.any_of.is_empty()
        && schema.required.is_empty()
        && !schema.is_tuple
        && matches!(schema.types.as_slice(), [] | [Type::Object])
        && !matches!(schema.additional, Additional::Of(_));
    if !is_bare {
        return None;
    }
    let mut parts = schema.all_of.iter().filter(|part| !is_annotation(part));
    match (&schema.reference, parts.next(), parts.next()) {
        (Some(id), None, None) => Some(id),
        (None, Some(part), None) => only_reference(part),
        _ => None,
    }
}

/// Whether a schema says nothing about the values.
pub(crate) fn is_annotation(schema: &Schema) -> bool {
    let is_object_without_members = schema.types == [Type::Object]
        && schema.properties.is_empty()
        && schema.reference.is_none()
        && schema.all_of.is_empty()
        && schema.any_of.is_empty()
        && !matches!(schema.additional, Additional::Of(_));
    (schema.says_nothing() || is_object_without_members) && schema.required.is_empty()
}
