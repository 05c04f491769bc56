//! Members that no schema lists.

use serde_json::Value as Json;

use crate::document::{Additional, Schema};

use super::{
    Misfit, Values,
    schema::{allowed, is_of_type},
    walk::{escaped, is_hidden, member, parts},
};

impl<'a> Values<'a> {
    /// Returns the members of a value that no schema lists: neither what it refers to, nor the parts of `allOf`, nor the
    /// alternatives that the value may be of. Where a schema does not list members, or allows others, all are allowed.
    ///
    /// This is what `unevaluatedProperties: false` means, but of alternatives that cannot be told apart all count.
    #[must_use]
    pub fn undeclared(&self, schema: &'a Schema, value: &Json) -> Vec<Misfit> {
        let mut found = Vec::new();
        self.visit(&[schema], value, &mut String::new(), &mut found);
        found
    }

    fn visit(
        &self,
        schemas: &[&'a Schema],
        value: &Json,
        pointer: &mut String,
        found: &mut Vec<Misfit>,
    ) {
        let here = self.holding(schemas, value);
        match value {
            Json::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    let name = index.to_string();
                    let below = here.iter().flat_map(|it| member(it, &name));
                    self.descend(&below.collect::<Vec<_>>(), &name, item, pointer, found);
                }
            }
            Json::Object(members) => {
                let is_open = here.iter().all(|it| it.properties.is_empty())
                    || here
                        .iter()
                        .any(|it| matches!(it.additional, Additional::Any));
                for (name, value) in members {
                    let below = here.iter().flat_map(|it| member(it, name));
                    let mut below: Vec<&Schema> = below.collect();
                    below.retain(|it| !is_hidden(self.document, self.direction, it));
                    let is_tag = |schema: &&Schema| {
                        let tag = schema.discriminator.as_ref();
                        tag.is_some_and(|tag| tag.property == *name)
                    };
                    if below.is_empty() && !is_open && !here.iter().any(is_tag) {
                        found.push(Misfit {
                            pointer: format!("{pointer}/{}", escaped(name)),
                            message: format!("the schema does not have the member `{name}`"),
                            place: here.first().map(|it| it.place).unwrap_or_default(),
                        });
                    }
                    self.descend(&below, name, value, pointer, found);
                }
            }
            _ => {}
        }
    }

    fn descend(
        &self,
        schemas: &[&'a Schema],
        step: &str,
        value: &Json,
        pointer: &mut String,
        found: &mut Vec<Misfit>,
    ) {
        if schemas.is_empty() || !(value.is_array() || value.is_object()) {
            return;
        }
        let length = pointer.len();
        pointer.push('/');
        pointer.push_str(&escaped(step));
        self.visit(schemas, value, pointer, found);
        pointer.truncate(length);
    }

    /// The schemas that hold for a value, with the alternatives that it may be of.
    fn holding(&self, schemas: &[&'a Schema], value: &Json) -> Vec<&'a Schema> {
        let mut here = parts(self.document, schemas.iter().copied(), false);
        let mut next = 0;
        while let Some(schema) = here.get(next).copied() {
            next += 1;
            let condition = schema.condition.iter();
            let branches = condition.flat_map(|it| it.then.iter().chain(&it.otherwise));
            let fitting = schema.any_of.iter().filter(|it| self.may_hold(it, value));
            for branch in fitting.chain(branches) {
                for part in parts(self.document, [branch], false) {
                    if !here.iter().any(|other| std::ptr::eq(*other, part)) {
                        here.push(part);
                    }
                }
            }
        }
        here
    }

    /// Whether a value looks like one of a schema: the type, the members that are required, and those that are listed.
    fn may_hold(&self, schema: &'a Schema, value: &Json) -> bool {
        parts(self.document, [schema], false)
            .into_iter()
            .all(|part| {
                let is_typed =
                    part.types.is_empty() || part.types.iter().any(|it| is_of_type(value, *it));
                let Json::Object(members) = value else {
                    return is_typed;
                };
                let is_there = |name: &String| {
                    let property = part.properties.get(name);
                    members.contains_key(name)
                        || property.is_some_and(|it| is_hidden(self.document, self.direction, it))
                };
                let fits = |(name, property): (&String, &'a Schema)| {
                    let Some(value) = members.get(name) else {
                        return true;
                    };
                    let parts = parts(self.document, [property], false);
                    parts.iter().all(|it| {
                        it.values.is_empty() || value.is_null() || allowed(it).contains(value)
                    })
                };
                is_typed && part.required.iter().all(is_there) && part.properties.iter().all(fits)
            })
    }
}
