//! Reads schemas. A schema that is referred to is read once, and kept by its place.

use indexmap::IndexMap;

use serde_json::Number;

use super::{Additional, Condition, Discriminator, Limits, Place, Schema, SchemaId, Type};
use crate::{
    Error, Sources,
    source::{Data, Node},
};

/// How deep schemas nest without a reference.
const MAX_DEPTH: usize = 100;

/// Reads schemas, and those that they refer to.
pub(super) struct Schemas<'a> {
    pub(super) sources: &'a Sources,
    read: IndexMap<SchemaId, Schema>,
    waiting: Vec<(SchemaId, Node<'a>)>,
}

impl<'a> Schemas<'a> {
    pub(super) fn new(sources: &'a Sources) -> Self {
        Self {
            sources,
            read: IndexMap::new(),
            waiting: Vec::new(),
        }
    }

    /// Reads the schemas that were referred to.
    pub(super) fn finish(mut self) -> Result<IndexMap<SchemaId, Schema>, Error> {
        while let Some((id, node)) = self.waiting.pop() {
            let schema = self.schema(node)?;
            self.read.insert(id, schema);
        }
        self.read
            .sort_by(|_, a, _, b| (a.place.file, a.place.line).cmp(&(b.place.file, b.place.line)));
        Ok(self.read)
    }

    pub(super) fn schema(&mut self, node: Node<'a>) -> Result<Schema, Error> {
        self.nested(node, 0)
    }

    fn nested(&mut self, node: Node<'a>, depth: usize) -> Result<Schema, Error> {
        if depth > MAX_DEPTH {
            return Err(self.sources.error(node, "the schema nests too deeply"));
        }
        let mut schema = Schema {
            place: place(node),
            ..Schema::default()
        };
        match node.value.data {
            Data::Object(_) => {}
            // A name without anything behind it, in YAML.
            Data::Bool(_) | Data::Null => return Ok(schema),
            _ => {
                let message = format!("a schema is an object, not {}", node.value.kind());
                return Err(self.sources.error(node, message));
            }
        }
        if let Some(reference) = node.text("$ref") {
            schema.reference = Some(self.reference(node, reference)?);
        }
        facts(node, &mut schema);
        let child = |this: &mut Self, name: &str| {
            let child = node.get(name).map(|node| this.nested(node, depth + 1));
            child.transpose()
        };
        schema.items = child(self, "items")?.map(Box::new);
        schema.additional = self.additional(node, depth)?;
        let members = |this: &mut Self, name: &str| {
            let members = node.members(name);
            let read = members.map(|(name, it)| Ok((name.to_owned(), this.nested(it, depth + 1)?)));
            read.collect::<Result<IndexMap<_, _>, Error>>()
        };
        schema.properties = members(self, "properties")?;
        schema.pattern_properties = members(self, "patternProperties")?;
        let list = |this: &mut Self, name: &str| {
            let items = node.items(name).map(|it| this.nested(it, depth + 1));
            items.collect::<Result<Vec<_>, Error>>()
        };
        schema.prefix_items = list(self, "prefixItems")?;
        schema.all_of = list(self, "allOf")?;
        schema.any_of = list(self, "oneOf")?;
        schema.any_of.extend(list(self, "anyOf")?);
        schema.not = child(self, "not")?.map(Box::new);
        schema.contains = child(self, "contains")?.map(Box::new);
        if let Some(when) = child(self, "if")? {
            schema.condition = Some(Box::new(Condition {
                when,
                then: child(self, "then")?,
                otherwise: child(self, "else")?,
            }));
        }
        schema.discriminator = self.discriminator(node);
        Ok(schema)
    }

    fn additional(&mut self, node: Node<'a>, depth: usize) -> Result<Additional, Error> {
        let Some(node) = node.get("additionalProperties") else {
            return Ok(Additional::Unspecified);
        };
        Ok(match &node.value.data {
            Data::Bool(false) => Additional::Forbidden,
            Data::Bool(true) => Additional::Any,
            Data::Object(object) if object.is_empty() => Additional::Any,
            _ => Additional::Of(Box::new(self.nested(node, depth + 1)?)),
        })
    }

    fn reference(&mut self, node: Node<'a>, reference: &str) -> Result<SchemaId, Error> {
        let target = self.sources.resolve(node, reference)?;
        let id = SchemaId {
            file: target.node.file,
            pointer: target.pointer,
        };
        if !self.read.contains_key(&id) {
            // The place is taken before the schema is read: it may refer to itself.
            self.read.insert(id.clone(), Schema::default());
            self.waiting.push((id.clone(), target.node));
        }
        Ok(id)
    }

    fn discriminator(&mut self, node: Node<'a>) -> Option<Discriminator> {
        let discriminator = node.get("discriminator")?;
        let property = discriminator.text("propertyName")?;
        let mut mapping = IndexMap::new();
        for (value, target) in discriminator.members("mapping") {
            if value.starts_with("x-") {
                continue;
            }
            let Some(text) = target.value.as_str() else {
                continue;
            };
            // A name without a path is that of a schema.
            let is_reference = text.contains(['#', '/', '.']);
            let reference = if is_reference {
                text.to_owned()
            } else {
                format!("#/components/schemas/{text}")
            };
            // Documents that were made of several files keep the names of the files here.
            if let Ok(id) = self.reference(target, &reference) {
                mapping.insert(value.to_owned(), id);
            }
        }
        Some(Discriminator {
            property: property.to_owned(),
            mapping,
        })
    }
}

pub(super) fn place(node: Node<'_>) -> Place {
    Place {
        file: node.file,
        line: node.value.line,
    }
}

/// Reads what does not nest.
fn facts(node: Node<'_>, schema: &mut Schema) {
    let text = |name| node.text(name).map(str::to_owned);
    schema.format = text("format");
    schema.title = text("title");
    schema.description = text("description");
    schema.deprecated = node.flag("deprecated");
    schema.read_only = node.flag("readOnly");
    schema.write_only = node.flag("writeOnly");
    schema.default = node.get("default").map(|it| it.value.to_json());
    let examples = node
        .get("example")
        .into_iter()
        .chain(node.items("examples"));
    schema.examples = examples.map(|it| it.value.to_json()).collect();
    schema.limits = limits(node);
    schema.is_tuple = node.get("prefixItems").is_some();
    schema.nullable = node.flag("nullable");
    let names = node
        .items("required")
        .filter_map(|name| name.value.as_str());
    schema.required = names.map(str::to_owned).collect();

    let mut types: Vec<&str> = node
        .items("type")
        .filter_map(|it| it.value.as_str())
        .collect();
    types.extend(node.text("type"));
    let is_typed = !types.is_empty();
    for name in types {
        let kind = match name {
            "boolean" => Type::Boolean,
            "integer" => Type::Integer,
            "number" => Type::Number,
            "string" => Type::String,
            "array" => Type::Array,
            "object" => Type::Object,
            "null" => {
                schema.nullable = true;
                continue;
            }
            _ => continue,
        };
        schema.types.push(kind);
    }
    schema.values = node
        .items("enum")
        .map(|value| value.value.to_json())
        .collect();
    if let Some(value) = node.get("const") {
        schema.values = vec![value.value.to_json()];
    }
    let allows_null = schema.values.iter().any(serde_json::Value::is_null);
    schema.nullable |= allows_null;
    schema.values.retain(|value| !value.is_null());
    // `{"type": "null"}`, `{"const": null}`: nothing else is allowed.
    let is_null = schema.types.is_empty() && is_typed && schema.nullable;
    if is_null || (allows_null && schema.values.is_empty() && schema.types.is_empty()) {
        schema.values = vec![serde_json::Value::Null];
    }
}

/// Reads the bounds of values.
fn limits(node: Node<'_>) -> Limits {
    let number = |name| match node.get(name)?.value.data {
        Data::Number(ref number) => Some(number.clone()),
        _ => None,
    };
    let count = |name| {
        let number: Number = number(name)?;
        // `1.0` is a count too.
        let whole = || {
            number
                .as_f64()
                .filter(|it| it.fract() == 0.0)?
                .to_string()
                .parse()
                .ok()
        };
        number.as_u64().or_else(whole)
    };
    // OpenAPI 3.0 says with `true` that the bound itself is not allowed; later versions have the bound there.
    let is_exclusive = |name| node.flag(name);
    let (open_minimum, open_maximum) = (
        is_exclusive("exclusiveMinimum"),
        is_exclusive("exclusiveMaximum"),
    );
    Limits {
        minimum: number("minimum").filter(|_| !open_minimum),
        maximum: number("maximum").filter(|_| !open_maximum),
        exclusive_minimum: number(if open_minimum {
            "minimum"
        } else {
            "exclusiveMinimum"
        }),
        exclusive_maximum: number(if open_maximum {
            "maximum"
        } else {
            "exclusiveMaximum"
        }),
        multiple_of: number("multipleOf"),
        min_length: count("minLength"),
        max_length: count("maxLength"),
        pattern: node.text("pattern").map(str::to_owned),
        min_items: count("minItems"),
        max_items: count("maxItems"),
        unique_items: node.flag("uniqueItems"),
        min_properties: count("minProperties"),
        max_properties: count("maxProperties"),
    }
}

impl Schema {
    /// Returns whether `null` is the only value.
    #[must_use]
    pub fn is_null(&self) -> bool {
        matches!(self.values.as_slice(), [serde_json::Value::Null])
    }

    /// Returns whether nothing is said about the values: any value is allowed.
    #[must_use]
    pub fn is_any(&self) -> bool {
        self.says_nothing() && matches!(self.additional, Additional::Unspecified)
    }

    /// Returns whether nothing is said about the values, but that objects may have other members.
    pub(crate) fn says_nothing(&self) -> bool {
        self.reference.is_none()
            && self.types.is_empty()
            && self.values.is_empty()
            && self.properties.is_empty()
            && self.items.is_none()
            && !self.is_tuple
            && self.all_of.is_empty()
            && self.any_of.is_empty()
            && !matches!(self.additional, Additional::Of(_))
    }

    /// Returns whether the values are objects.
    #[must_use]
    pub fn is_object(&self) -> bool {
        match self.types.as_slice() {
            [] => !self.properties.is_empty() || matches!(self.additional, Additional::Of(_)),
            types => *types == [Type::Object],
        }
    }
}
