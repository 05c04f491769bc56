//! Which member tells the types of a union apart, and whether the types can leave it to the union.

use indexmap::{IndexMap, IndexSet};

use super::flat::{Shape, Union, only_reference};
use crate::document::{Additional, Document, Schema, SchemaId, Type};

/// How deep unions are in unions.
const MAX_DEPTH: usize = 8;

/// How a union tells its types apart.
pub(crate) struct Tagged<'a> {
    pub(crate) property: &'a str,
    /// The types, each with the value of the member.
    pub(crate) alternatives: Vec<(String, &'a Schema)>,
}

/// How each schema is used.
pub(crate) struct Tags<'a> {
    /// Schemas that are in unions alone, with the member that each such union writes.
    by_id: IndexMap<&'a SchemaId, &'a str>,
    /// The same schemas, and those without a name, by address.
    by_address: IndexMap<*const Schema, &'a str>,
}

#[derive(Default)]
struct Uses<'a> {
    tags: IndexMap<&'a SchemaId, IndexSet<&'a str>>,
    direct: IndexSet<&'a SchemaId>,
    unnamed: Vec<(*const Schema, &'a str)>,
    unions: Vec<Tagged<'a>>,
}

impl<'a> Tags<'a> {
    pub(crate) fn new(document: &'a Document) -> Self {
        let mut uses = Uses::default();
        for schema in document.schemas.values() {
            uses.inside(document, schema);
        }
        for schema in roots(document) {
            uses.of(document, schema);
        }
        let mut by_id = IndexMap::new();
        let mut by_address: IndexMap<_, _> = uses.unnamed.into_iter().collect();
        for (id, tags) in uses.tags {
            if let (1, false) = (tags.len(), uses.direct.contains(id)) {
                let tag = tags.into_iter().next().unwrap_or_default();
                by_id.insert(id, tag);
                by_address.insert(std::ptr::from_ref(document.schema(id)), tag);
            }
        }
        let mut tags = Self { by_id, by_address };
        while tags.keep(document, &uses.unions) {}
        tags
    }

    /// Takes back what schemas leave to a union of which not all do: it does not write the member. Returns whether
    /// there was any.
    fn keep(&mut self, document: &'a Document, unions: &[Tagged<'a>]) -> bool {
        let before = self.by_address.len();
        for union in unions {
            if self.is_left(union) {
                continue;
            }
            for (_, schema) in &union.alternatives {
                let mut schema: &Schema = schema;
                if let Some(id) = only_reference(schema) {
                    self.by_id.shift_remove(id);
                    schema = document.schema(id);
                }
                self.by_address.shift_remove(&std::ptr::from_ref(schema));
            }
        }
        self.by_address.len() < before
    }

    /// The member that a struct leaves to the union it is in.
    pub(crate) fn dropped_of(&self, schema: &Schema) -> Option<&'a str> {
        self.by_address.get(&std::ptr::from_ref(schema)).copied()
    }

    /// Whether all types leave the member to the union.
    pub(crate) fn is_left(&self, tagged: &Tagged<'a>) -> bool {
        tagged
            .alternatives
            .iter()
            .all(|(_, schema)| match only_reference(schema) {
                Some(id) => self.by_id.get(id) == Some(&tagged.property),
                None => self.dropped_of(schema) == Some(tagged.property),
            })
    }
}

/// The schemas of the operations themselves.
fn roots(document: &Document) -> impl Iterator<Item = &Schema> {
    document.operations.iter().flat_map(|operation| {
        let bodies = operation.body.iter().flat_map(|body| body.content.values());
        let responses = operation
            .responses
            .iter()
            .flat_map(|response| response.content.values());
        let media = bodies
            .chain(responses)
            .flat_map(|media| media.schema.iter().chain(&media.item_schema));
        operation
            .parameters
            .iter()
            .map(|parameter| &parameter.schema)
            .chain(media)
    })
}

impl<'a> Uses<'a> {
    /// Takes note of a schema where a value is.
    fn of(&mut self, document: &'a Document, schema: &'a Schema) {
        match only_reference(schema) {
            Some(id) => {
                self.direct.insert(id);
            }
            None => self.inside(document, schema),
        }
    }

    fn inside(&mut self, document: &'a Document, schema: &'a Schema) {
        for property in schema.properties.values() {
            self.of(document, property);
        }
        if let Additional::Of(values) = &schema.additional {
            self.of(document, values);
        }
        if let Some(items) = &schema.items {
            self.of(document, items);
        }
        for part in &schema.all_of {
            // A part is merged, so it is not a type of its own.
            self.inside(document, part);
        }
        let union = Union {
            alternatives: &schema.any_of,
            discriminator: schema.discriminator.as_ref(),
        };
        let has_members = !schema.properties.is_empty();
        let Some(tagged) = document.tagged(union).filter(|_| !has_members) else {
            for alternative in &schema.any_of {
                self.of(document, alternative);
            }
            return;
        };
        for (_, alternative) in &tagged.alternatives {
            let alternative = *alternative;
            if let Some(id) = only_reference(alternative) {
                self.tags.entry(id).or_default().insert(tagged.property);
            } else {
                self.unnamed
                    .push((std::ptr::from_ref(alternative), tagged.property));
                self.inside(document, alternative);
            }
        }
        self.unions.push(tagged);
    }
}

impl Union<'_> {
    /// Whether the alternatives say more than which members are there.
    pub(crate) fn says_something(&self) -> bool {
        self.alternatives.iter().any(|alternative| {
            let mut alternative = alternative;
            while let ([part], None) = (alternative.all_of.as_slice(), &alternative.reference) {
                alternative = part;
            }
            let names_types = !alternative.says_nothing() && alternative.types != [Type::Object];
            let names_parts = !alternative.properties.is_empty()
                || !alternative.any_of.is_empty()
                || !alternative.all_of.is_empty()
                || matches!(alternative.additional, Additional::Of(_));
            names_types || names_parts
        })
    }
}

impl Document {
    /// Finds the member that tells the types of a union apart.
    pub(crate) fn tagged<'a>(&'a self, union: Union<'a>) -> Option<Tagged<'a>> {
        let mut all = Vec::new();
        if !self.expand(union, &mut all, 0) || all.len() < 2 {
            return None;
        }
        let first = self.flat(all[0].0);
        let named = union
            .discriminator
            .map(|discriminator| discriminator.property.as_str());
        let candidates = named.into_iter().chain(first.properties.keys().copied());
        for property in candidates {
            let mut values = IndexSet::new();
            let alternatives = all.iter().map(|(schema, discriminated)| {
                let value = self.tag_value(
                    schema,
                    property,
                    if named == Some(property) {
                        *discriminated
                    } else {
                        None
                    },
                )?;
                values.insert(value.clone()).then_some((value, *schema))
            });
            if let Some(alternatives) = alternatives.collect() {
                return Some(Tagged {
                    property,
                    alternatives,
                });
            }
        }
        None
    }

    /// Collects the types of a union, and those of unions in it. Returns whether all are objects.
    fn expand<'a>(
        &'a self,
        union: Union<'a>,
        all: &mut Vec<(&'a Schema, Option<Union<'a>>)>,
        depth: usize,
    ) -> bool {
        if depth > MAX_DEPTH {
            return false;
        }
        union
            .alternatives
            .iter()
            .filter(|alternative| !alternative.is_null())
            .all(|alternative| {
                let flat = self.flat(alternative);
                match flat.unions.as_slice() {
                    [] if flat.properties.is_empty() => false,
                    [inner] if flat.properties.is_empty() => self.expand(*inner, all, depth + 1),
                    [] => {
                        all.push((alternative, Some(union)));
                        true
                    }
                    _ => false,
                }
            })
    }

    /// The value of a member that is always the same in a type.
    fn tag_value(
        &self,
        schema: &Schema,
        property: &str,
        union: Option<Union<'_>>,
    ) -> Option<String> {
        let flat = self.flat(schema);
        let member = self.flat(flat.properties.get(property)?);
        if let [value] = member.values.as_slice() {
            return flat
                .required
                .contains(property)
                .then(|| value.as_str().map(str::to_owned))?;
        }
        let id = match self.shape(schema) {
            Shape::Reference(id) => id,
            Shape::Flat(_) => return None,
        };
        let discriminator = union?.discriminator?;
        let mut mapped = discriminator
            .mapping
            .iter()
            .filter(|(_, target)| *target == id);
        match (mapped.next(), mapped.next()) {
            (Some((value, _)), None) => Some(value.clone()),
            (None, None) if discriminator.mapping.is_empty() => {
                id.pointer.rsplit('/').next().map(str::to_owned)
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::{Document, Model, Selection, Sources, generate};

    /// `Text` is used alone too, so the union cannot write the member of `Image` either.
    #[test]
    fn a_member_is_left_to_a_union_by_all_or_none() {
        let text = r##"openapi: 3.1.0
info: { title: Test }
paths:
  /a:
    post:
      operationId: a
      requestBody: { content: { application/json: { schema: { $ref: "#/components/schemas/Body" } } } }
      responses: { "204": { description: "" } }
components:
  schemas:
    Body:
      type: object
      properties:
        text: { $ref: "#/components/schemas/Text" }
        any:
          oneOf: [ { $ref: "#/components/schemas/Text" }, { $ref: "#/components/schemas/Image" } ]
          discriminator: { propertyName: type, mapping: { text: "#/components/schemas/Text", image: "#/components/schemas/Image" } }
    Text: { type: object, required: [type, text], properties: { type: { type: string }, text: { type: string } } }
    Image: { type: object, required: [type, url], properties: { type: { type: string }, url: { type: string } } }
"##;
        let sources = Sources::from_text("a.yaml", text).expect("it is YAML");
        let document = Document::new(&sources).expect("it is OpenAPI");
        let (model, _) = Model::new(&document, &Selection::default());
        let files = generate(&model, "lib.rs");
        let texts = files.values().map(crate::File::text).collect::<String>();
        for name in ["Text", "Image"] {
            let start = texts.find(&format!("pub struct {name} {{")).expect(name);
            let item = texts[start..].split('}').next().expect(name);
            assert!(item.contains("r#type: String"), "{item}");
        }
    }
}
