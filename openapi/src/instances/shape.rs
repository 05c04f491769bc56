//! What all schemas that hold for a value say, in one place, with one alternative of each union.

use indexmap::{IndexMap, IndexSet};
use serde_json::{Number, Value as Json};

use crate::document::{Additional, Document, Limits, Schema, SchemaId, Type};

use super::{
    Direction,
    schema::{allowed, is_of_type},
    walk::{contradictions, is_hidden},
};

/// What holds for a value.
#[derive(Debug, Default)]
pub(super) struct Shape<'a> {
    /// The types; nothing if all are allowed.
    pub(super) types: Option<Vec<Type>>,
    pub(super) nullable: bool,
    pub(super) is_null: bool,
    /// The values; nothing if all are allowed.
    pub(super) values: Option<Vec<Json>>,
    pub(super) properties: IndexMap<&'a str, Vec<&'a Schema>>,
    pub(super) required: IndexSet<&'a str>,
    /// The members that are not sent in this direction.
    pub(super) hidden: IndexSet<&'a str>,
    pub(super) pattern_properties: Vec<(&'a str, &'a Schema)>,
    pub(super) additional: Vec<&'a Schema>,
    pub(super) items: Vec<&'a Schema>,
    pub(super) prefix_items: Vec<Vec<&'a Schema>>,
    pub(super) contains: Vec<&'a Schema>,
    pub(super) limits: Limits,
    pub(super) patterns: Vec<&'a str>,
    pub(super) format: Option<&'a str>,
    pub(super) examples: Vec<&'a Json>,
    /// The number of alternatives of each union, in the order in which they were met, and the one that was picked.
    pub(super) unions: Vec<(usize, usize)>,
    /// Values of members that tell alternatives apart.
    pub(super) tags: IndexMap<&'a str, Json>,
    /// Other values of these members, for the same alternatives.
    pub(super) other_tags: Vec<(&'a str, Json)>,
}

impl<'a> Shape<'a> {
    /// `picks` are the indices of the alternatives, the first by default.
    pub(super) fn new(
        document: &'a Document,
        direction: Direction,
        schemas: &[&'a Schema],
        picks: &[usize],
    ) -> Self {
        let mut merge = Merge {
            document,
            shape: Self::default(),
            seen: Vec::new(),
            waiting: Vec::new(),
        };
        for schema in schemas {
            merge.add(schema, None);
        }
        merge.waiting.reverse();
        while let Some((union, name)) = merge.waiting.pop() {
            let pick = picks.get(merge.shape.unions.len()).copied().unwrap_or(0);
            let pick = pick.min(union.any_of.len() - 1);
            merge.shape.unions.push((union.any_of.len(), pick));
            let known = merge.waiting.len();
            merge.pick(union, pick, name);
            // Unions of the alternative come next.
            merge.waiting[known..].reverse();
        }
        let mut shape = merge.shape;
        let nulls = schemas.iter().map(|it| nullable_of(document, it, 0));
        let nulls: Vec<Nullable> = nulls.collect();
        shape.nullable =
            nulls.iter().all(|it| *it != Nullable::No) && nulls.contains(&Nullable::Yes);
        let Shape {
            properties, hidden, ..
        } = &mut shape;
        properties.retain(|name, all| {
            let is_hidden = all.iter().any(|it| is_hidden(document, direction, it));
            if is_hidden {
                hidden.insert(name);
            }
            !is_hidden
        });
        shape.required.retain(|name| !shape.hidden.contains(name));
        // What tells alternatives apart is always there, whether the document says so or not.
        let tags = shape
            .tags
            .keys()
            .filter(|name| !shape.hidden.contains(*name));
        shape.required.extend(tags);
        shape
    }

    /// The types that a value may have, the one that says most first.
    pub(super) fn kinds(&self) -> Vec<Type> {
        if let Some(types) = &self.types {
            return types.clone();
        }
        let limits = &self.limits;
        let is_object = !self.properties.is_empty()
            || !self.required.is_empty()
            || !self.additional.is_empty()
            || !self.pattern_properties.is_empty()
            || limits.min_properties.is_some();
        let is_list = !self.items.is_empty()
            || !self.prefix_items.is_empty()
            || !self.contains.is_empty()
            || limits.min_items.is_some();
        let is_text = self.format.is_some()
            || limits.min_length.is_some()
            || limits.max_length.is_some()
            || !self.patterns.is_empty();
        let is_number = limits.minimum.is_some()
            || limits.maximum.is_some()
            || limits.exclusive_minimum.is_some()
            || limits.exclusive_maximum.is_some()
            || limits.multiple_of.is_some();
        let kind = match (is_object, is_list, is_number, is_text) {
            (true, ..) => Type::Object,
            (_, true, ..) => Type::Array,
            (_, _, true, _) => Type::Number,
            (_, _, _, true) => Type::String,
            _ => return Vec::new(),
        };
        vec![kind]
    }

    /// The values that are listed and that the types allow.
    pub(super) fn listed(&self) -> Option<Vec<&Json>> {
        let fits = |value: &&Json| {
            let types = self.types.as_ref();
            types.is_none_or(|types| types.iter().any(|it| is_of_type(value, *it)))
        };
        let values = self.values.as_ref()?;
        let fitting: Vec<&Json> = values.iter().filter(fits).collect();
        Some(if fitting.is_empty() {
            values.iter().collect()
        } else {
            fitting
        })
    }
}

struct Merge<'a> {
    document: &'a Document,
    shape: Shape<'a>,
    seen: Vec<&'a Schema>,
    /// Unions, and the name of the schema that they are of.
    waiting: Vec<(&'a Schema, Option<&'a SchemaId>)>,
}

impl<'a> Merge<'a> {
    /// Adds a schema; `name` is what the whole is called.
    fn add(&mut self, schema: &'a Schema, name: Option<&'a SchemaId>) {
        if self.seen.iter().any(|other| std::ptr::eq(*other, schema)) {
            return;
        }
        self.seen.push(schema);
        self.values(schema);
        limits(&mut self.shape.limits, &schema.limits);
        self.members(schema);
        if let Some(id) = &schema.reference
            && let Some(target) = self.document.schemas.get(id)
        {
            self.add(target, name.or(Some(id)));
        }
        for part in &schema.all_of {
            self.add(part, name);
        }
        if !schema.any_of.is_empty() {
            self.waiting.push((schema, name));
        } else if let (Some(discriminator), Some(name)) = (&schema.discriminator, name) {
            // A schema that is part of others: the name of the whole is the value.
            let mapped = discriminator.mapping.iter().find(|(_, id)| *id == name);
            let is_part = self
                .document
                .schemas
                .get(name)
                .is_some_and(|it| !std::ptr::eq(it, schema));
            if let Some((value, _)) = mapped {
                self.tag(&discriminator.property, value);
            } else if is_part && let Some(value) = last_name(name) {
                self.tag(&discriminator.property, &value);
            }
        }
    }

    fn pick(&mut self, union: &'a Schema, pick: usize, name: Option<&'a SchemaId>) {
        let branch = &union.any_of[pick];
        let id = match branch.all_of.as_slice() {
            [part] => branch.reference.as_ref().or(part.reference.as_ref()),
            _ => branch.reference.as_ref(),
        };
        if let (Some(discriminator), Some(id)) = (&union.discriminator, id) {
            let mut mapped = discriminator
                .mapping
                .iter()
                .filter(|(_, other)| *other == id);
            let value = mapped
                .next()
                .map(|(value, _)| value.clone())
                .or_else(|| last_name(id));
            if let Some(value) = value {
                self.tag(&discriminator.property, &value);
            }
            let others = mapped.map(|(value, _)| {
                let value = Json::from(value.as_str());
                (discriminator.property.as_str(), value)
            });
            self.shape.other_tags.extend(others);
        }
        self.add(branch, id.or(name));
    }

    fn tag(&mut self, property: &'a str, value: &str) {
        self.shape
            .tags
            .entry(property)
            .or_insert_with(|| value.into());
    }

    fn values(&mut self, schema: &'a Schema) {
        let shape = &mut self.shape;
        shape.examples.extend(&schema.examples);
        shape.examples.extend(&schema.default);
        if schema.is_null() {
            shape.is_null = true;
            return;
        }
        if !schema.types.is_empty() {
            let types = match &shape.types {
                None => schema.types.clone(),
                Some(known) => both(known, &schema.types),
            };
            shape.types = Some(types);
        }
        if !schema.values.is_empty() {
            let mut values = allowed(schema);
            if let Some(known) = &shape.values {
                values.retain(|value| known.contains(value));
            }
            shape.values = Some(values);
        }
        shape.format = shape.format.or(schema.format.as_deref());
        shape.patterns.extend(schema.limits.pattern.as_deref());
    }

    fn members(&mut self, schema: &'a Schema) {
        let shape = &mut self.shape;
        shape.hidden.extend(contradictions(self.document, schema));
        for (name, property) in &schema.properties {
            shape.properties.entry(name).or_default().push(property);
        }
        shape
            .required
            .extend(schema.required.iter().map(String::as_str));
        let patterns = schema.pattern_properties.iter();
        shape
            .pattern_properties
            .extend(patterns.map(|(name, it)| (name.as_str(), it)));
        if let Additional::Of(values) = &schema.additional {
            shape.additional.push(values);
        }
        for (index, item) in schema.prefix_items.iter().enumerate() {
            if shape.prefix_items.len() <= index {
                shape.prefix_items.push(Vec::new());
            }
            shape.prefix_items[index].push(item);
        }
        shape.items.extend(schema.items.as_deref());
        shape.contains.extend(schema.contains.as_deref());
    }
}

/// Whether a schema allows `null`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Nullable {
    Yes,
    No,
    /// It says nothing about that.
    Silent,
}

/// How many references and parts may follow each other.
const MAX_STEPS: usize = 32;

fn nullable_of(document: &Document, schema: &Schema, steps: usize) -> Nullable {
    if schema.nullable {
        return Nullable::Yes;
    }
    if steps > MAX_STEPS || !schema.types.is_empty() || !schema.values.is_empty() {
        return Nullable::No;
    }
    let target = schema
        .reference
        .as_ref()
        .and_then(|id| document.schemas.get(id));
    let of = |it: &Schema| nullable_of(document, it, steps + 1);
    let mut parts: Vec<Nullable> = schema.all_of.iter().chain(target).map(of).collect();
    // One alternative that allows it is enough.
    let branches: Vec<Nullable> = schema.any_of.iter().map(of).collect();
    let best = [Nullable::Yes, Nullable::Silent, Nullable::No];
    parts.extend(best.iter().find(|it| branches.contains(it)));
    let decided = [Nullable::No, Nullable::Yes]
        .into_iter()
        .find(|it| parts.contains(it));
    decided.unwrap_or(Nullable::Silent)
}

/// The types that two schemas allow.
fn both(a: &[Type], b: &[Type]) -> Vec<Type> {
    let mut types: Vec<Type> = a.iter().filter(|it| b.contains(it)).copied().collect();
    let is_whole = |x: &[Type], y: &[Type]| x.contains(&Type::Integer) && y.contains(&Type::Number);
    let is_integer = is_whole(a, b) || is_whole(b, a);
    if is_integer && !types.contains(&Type::Integer) {
        types.push(Type::Integer);
    }
    types
}

/// Narrows limits.
fn limits(known: &mut Limits, more: &Limits) {
    let number = |known: &mut Option<Number>, more: &Option<Number>, is_greater: bool| {
        let Some(number) = more else { return };
        let is_narrower = known.as_ref().is_none_or(|known| {
            let (known, number) = (known.as_f64(), number.as_f64());
            if is_greater {
                number > known
            } else {
                number < known
            }
        });
        if is_narrower {
            *known = Some(number.clone());
        }
    };
    number(&mut known.minimum, &more.minimum, true);
    number(&mut known.maximum, &more.maximum, false);
    number(&mut known.exclusive_minimum, &more.exclusive_minimum, true);
    number(&mut known.exclusive_maximum, &more.exclusive_maximum, false);
    number(&mut known.multiple_of, &more.multiple_of, true);
    known.min_length = known.min_length.max(more.min_length);
    known.min_items = known.min_items.max(more.min_items);
    known.min_properties = known.min_properties.max(more.min_properties);
    let least = |known: Option<u64>, more: Option<u64>| known.into_iter().chain(more).min();
    known.max_length = least(known.max_length, more.max_length);
    known.max_items = least(known.max_items, more.max_items);
    known.max_properties = least(known.max_properties, more.max_properties);
    known.unique_items |= more.unique_items;
}

/// The name of a schema: the last step of its path.
fn last_name(id: &SchemaId) -> Option<String> {
    let step = id
        .pointer
        .rsplit('/')
        .next()
        .filter(|step| !step.is_empty());
    step.map(super::walk::unescaped)
}
