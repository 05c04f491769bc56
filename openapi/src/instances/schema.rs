//! From the schemas of a document to one JSON Schema 2020-12.

use std::collections::BTreeSet;

use serde_json::{Map, Value as Json, json};

use crate::document::{Additional, Document, Place, Schema, SchemaId, Type};

use super::{
    Direction,
    texts::{Texts, is_asserted},
    walk,
};

/// The keyword that tells where in the document a schema is: `[file, line]`. Validators ignore it.
pub(super) const PLACE: &str = "x-place";

/// What makes JSON Schemas.
pub(super) struct Writer<'a> {
    document: &'a Document,
    direction: Direction,
    texts: &'a Texts,
    /// The addresses of the schemas whose reference leads back to them, with nothing in between: it says nothing.
    circles: BTreeSet<usize>,
}

impl<'a> Writer<'a> {
    pub(super) fn new(document: &'a Document, direction: Direction, texts: &'a Texts) -> Self {
        let mut circles = Circles {
            document,
            open: BTreeSet::new(),
            done: BTreeSet::new(),
            found: BTreeSet::new(),
        };
        for (id, schema) in &document.schemas {
            circles.enter(id, schema);
        }
        Self {
            document,
            direction,
            texts,
            circles: circles.found,
        }
    }

    /// The schemas that others refer to, by name.
    pub(super) fn definitions(&self) -> Json {
        let schemas = self.document.schemas.iter();
        let written = schemas.map(|(id, schema)| (definition(id), self.write(schema)));
        Json::Object(written.collect())
    }

    /// A schema, with references to definitions.
    pub(super) fn write(&self, schema: &'a Schema) -> Json {
        self.part(schema, &[])
    }

    /// `hidden` are members of what is around this part that are not sent in this direction.
    fn part(&self, schema: &'a Schema, hidden: &[&str]) -> Json {
        let Place { file, line } = schema.place;
        let mut all = Map::new();
        all.insert(PLACE.to_owned(), json!([file, line]));
        if schema.is_null() {
            all.insert("type".to_owned(), "null".into());
            return Json::Object(all);
        }
        let mut hidden = hidden.to_vec();
        for part in walk::parts(self.document, [schema], false) {
            let members = part.properties.iter();
            let unsent =
                members.filter(|(_, it)| walk::is_hidden(self.document, self.direction, it));
            hidden.extend(unsent.map(|(name, _)| name.as_str()));
        }
        hidden.extend(walk::contradictions(self.document, schema));
        values(schema, &mut all);
        self.limits(schema, &mut all);
        self.object(schema, &hidden, &mut all);
        self.list(schema, &mut all);
        let composed = self.composition(schema, &hidden, &mut all);
        if schema.nullable && composed {
            // Documents that say so mean it, whatever the other schemas say.
            return json!({"anyOf": [all, {"type": "null"}], PLACE: [file, line]});
        }
        Json::Object(all)
    }

    fn limits(&self, schema: &Schema, all: &mut Map<String, Json>) {
        let limits = &schema.limits;
        let numbers = [
            ("minimum", &limits.minimum),
            ("maximum", &limits.maximum),
            ("exclusiveMinimum", &limits.exclusive_minimum),
            ("exclusiveMaximum", &limits.exclusive_maximum),
        ];
        for (name, number) in numbers {
            if let Some(number) = number {
                all.insert(name.to_owned(), Json::Number(number.clone()));
            }
        }
        let step = limits.multiple_of.as_ref();
        if let Some(step) = step.filter(|step| step.as_f64().is_some_and(|step| step > 0.0)) {
            all.insert("multipleOf".to_owned(), Json::Number(step.clone()));
        }
        let counts = [
            ("minLength", limits.min_length),
            ("maxLength", limits.max_length),
            ("minItems", limits.min_items),
            ("maxItems", limits.max_items),
            ("minProperties", limits.min_properties),
            ("maxProperties", limits.max_properties),
        ];
        for (name, count) in counts {
            if let Some(count) = count {
                all.insert(name.to_owned(), json!(count));
            }
        }
        if limits.unique_items {
            all.insert("uniqueItems".to_owned(), Json::Bool(true));
        }
        if let Some(pattern) = &limits.pattern
            && self.texts.is_possible(pattern)
        {
            all.insert("pattern".to_owned(), json!(pattern));
        }
    }

    fn object(&self, schema: &'a Schema, hidden: &[&str], all: &mut Map<String, Json>) {
        let sent = schema.properties.iter();
        let sent = sent.filter(|(name, _)| !hidden.contains(&name.as_str()));
        let mut properties: Map<String, Json> = sent
            .map(|(name, schema)| (name.clone(), self.write(schema)))
            .collect();
        if matches!(schema.additional, Additional::Forbidden) {
            // Documents that forbid other members do not mean those that `allOf` and alternatives list.
            for part in walk::parts(self.document, [schema], true) {
                let listed = part.properties.keys();
                let listed = listed.filter(|name| !hidden.contains(&name.as_str()));
                for name in listed {
                    properties.entry(name).or_insert(Json::Bool(true));
                }
            }
        }
        if !properties.is_empty() {
            all.insert("properties".to_owned(), Json::Object(properties));
        }
        let patterns = schema.pattern_properties.iter();
        let patterns = patterns.filter(|(pattern, _)| self.texts.is_possible(pattern));
        let patterns: Map<String, Json> = patterns
            .map(|(pattern, schema)| (pattern.clone(), self.write(schema)))
            .collect();
        // A name that cannot be compared might be any name.
        let is_complete = patterns.len() == schema.pattern_properties.len();
        if !patterns.is_empty() {
            all.insert("patternProperties".to_owned(), Json::Object(patterns));
        }
        let mut required: Vec<&str> = schema.required.iter().map(String::as_str).collect();
        required.retain(|name| !hidden.contains(name));
        required.sort_unstable();
        required.dedup();
        if !required.is_empty() {
            all.insert("required".to_owned(), json!(required));
        }
        let additional = match &schema.additional {
            Additional::Forbidden => Some(Json::Bool(false)),
            Additional::Of(values) => Some(self.write(values)),
            Additional::Any | Additional::Unspecified => None,
        };
        if let (Some(additional), true) = (additional, is_complete) {
            all.insert("additionalProperties".to_owned(), additional);
        }
    }

    fn list(&self, schema: &'a Schema, all: &mut Map<String, Json>) {
        if let Some(items) = &schema.items {
            all.insert("items".to_owned(), self.write(items));
        }
        if !schema.prefix_items.is_empty() {
            let items = schema.prefix_items.iter().map(|item| self.write(item));
            all.insert("prefixItems".to_owned(), items.collect());
        }
        if let Some(item) = &schema.contains {
            all.insert("contains".to_owned(), self.write(item));
        }
    }

    /// Returns whether other schemas hold for the same value.
    fn composition(
        &self,
        schema: &'a Schema,
        hidden: &[&str],
        all: &mut Map<String, Json>,
    ) -> bool {
        let address = std::ptr::from_ref(schema).addr();
        let reference = schema.reference.as_ref();
        let reference = reference.filter(|_| !self.circles.contains(&address));
        if let Some(id) = reference {
            all.insert(
                "$ref".to_owned(),
                json!(format!("#/$defs/{}", fragment(id))),
            );
        }
        if !schema.all_of.is_empty() {
            let parts = schema.all_of.iter().map(|part| self.part(part, hidden));
            all.insert("allOf".to_owned(), parts.collect());
        }
        if !schema.any_of.is_empty() {
            // `oneOf` too: in most documents, a value of one alternative is a value of another one, and nobody minds.
            let parts = schema.any_of.iter().map(|part| self.part(part, hidden));
            all.insert("anyOf".to_owned(), parts.collect());
        }
        if let Some(not) = &schema.not {
            let not = self.write(not);
            // What is left of a schema that is not understood would refuse all values.
            if not.as_object().is_some_and(|not| not.len() > 1) {
                all.insert("not".to_owned(), not);
            }
        }
        if let Some(condition) = &schema.condition {
            all.insert("if".to_owned(), self.write(&condition.when));
            let then = [("then", &condition.then), ("else", &condition.otherwise)];
            for (name, schema) in then {
                if let Some(schema) = schema {
                    all.insert(name.to_owned(), self.part(schema, hidden));
                }
            }
        }
        reference.is_some()
            || !schema.all_of.is_empty()
            || !schema.any_of.is_empty()
            || schema.not.is_some()
            || schema.condition.is_some()
    }
}

/// What a schema says of types and values.
fn values(schema: &Schema, all: &mut Map<String, Json>) {
    let mut values = allowed(schema);
    let mut types: Vec<&str> = schema.types.iter().copied().map(type_name).collect();
    types.sort_unstable();
    types.dedup();
    if !values.is_empty() {
        if schema.nullable {
            values.push(Json::Null);
        }
        all.insert("enum".to_owned(), Json::Array(values));
    } else if !types.is_empty() {
        if schema.nullable {
            types.push("null");
        }
        all.insert("type".to_owned(), json!(types));
    }
    if let Some(format) = &schema.format
        && is_asserted(format)
    {
        all.insert("format".to_owned(), json!(format));
    }
}

/// Finds references that lead back to where they are.
struct Circles<'a> {
    document: &'a Document,
    open: BTreeSet<&'a SchemaId>,
    done: BTreeSet<&'a SchemaId>,
    found: BTreeSet<usize>,
}

impl<'a> Circles<'a> {
    fn enter(&mut self, id: &'a SchemaId, schema: &'a Schema) {
        if self.done.contains(id) {
            return;
        }
        self.open.insert(id);
        self.visit(schema);
        self.open.remove(id);
        self.done.insert(id);
    }

    fn visit(&mut self, schema: &'a Schema) {
        if let Some(id) = &schema.reference {
            if self.open.contains(id) {
                self.found.insert(std::ptr::from_ref(schema).addr());
            } else if let Some(target) = self.document.schemas.get(id) {
                self.enter(id, target);
            }
        }
        let parts = schema.all_of.iter().chain(&schema.any_of);
        parts
            .chain(schema.not.as_deref())
            .for_each(|part| self.visit(part));
        if let Some(condition) = &schema.condition {
            let branches = condition.then.iter().chain(&condition.otherwise);
            branches
                .chain([&condition.when])
                .for_each(|it| self.visit(it));
        }
    }
}

/// The values that a schema lists, as values of its types: documents write `1` for a text, and `"1"` for a number.
pub(super) fn allowed(schema: &Schema) -> Vec<Json> {
    let fits = |value: &Json| {
        schema.types.is_empty() || schema.types.iter().any(|it| is_of_type(value, *it))
    };
    let mut values: Vec<Json> = Vec::new();
    for value in &schema.values {
        let other = match value {
            value if fits(value) => value.clone(),
            Json::String(text) => serde_json::from_str(text).unwrap_or_default(),
            value => Json::String(value.to_string()),
        };
        if fits(&other) && !values.contains(&other) {
            values.push(other);
        }
    }
    if values.is_empty() {
        values.clone_from(&schema.values);
    }
    values
}

/// Returns whether a value is of a type.
pub(super) fn is_of_type(value: &Json, kind: Type) -> bool {
    match kind {
        Type::Boolean => value.is_boolean(),
        Type::Integer => {
            let is_whole = |number: f64| number.fract() == 0.0;
            value.is_i64() || value.is_u64() || value.as_f64().is_some_and(is_whole)
        }
        Type::Number => value.is_number(),
        Type::String => value.is_string(),
        Type::Array => value.is_array(),
        Type::Object => value.is_object(),
    }
}

pub(super) fn type_name(kind: Type) -> &'static str {
    match kind {
        Type::Boolean => "boolean",
        Type::Integer => "integer",
        Type::Number => "number",
        Type::String => "string",
        Type::Array => "array",
        Type::Object => "object",
    }
}

/// The name of a definition: its file and path.
fn definition(id: &SchemaId) -> String {
    format!("{}{}", id.file, id.pointer)
}

/// The name of a definition in a reference.
fn fragment(id: &SchemaId) -> String {
    use std::fmt::Write as _;

    let mut text = String::new();
    for byte in walk::escaped(&definition(id)).bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            text.push(char::from(byte));
        } else {
            let _ = write!(text, "%{byte:02X}");
        }
    }
    text
}
