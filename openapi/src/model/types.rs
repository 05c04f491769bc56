//! From schemas to Rust types.

use indexmap::IndexMap;
use serde_json::Value as Json;

use super::{
    data::{Def, Field, Kind, Text, Ty, Typed},
    flat::{Flat, Shape, only_reference},
    hint::{Hint, own_name, short_names},
    names::{self, Taken},
    tags::Tags,
};
use crate::{
    document::{Document, Schema, SchemaId, Type},
    text::first_paragraph,
};

/// Formats of texts that are not shown.
const SECRETS: [&str; 13] = [
    "password",
    "secret",
    "client_secret",
    "clientsecret",
    "access_token",
    "refresh_token",
    "api_key",
    "apikey",
    "private_key",
    "new_password",
    "old_password",
    "passwd",
    "token",
];

/// The types that are declared.
pub(crate) struct Types<'a> {
    pub(crate) document: &'a Document,
    pub(crate) defs: Vec<Def>,
    pub(super) tags: Tags<'a>,
    by_id: IndexMap<&'a SchemaId, Typed>,
    /// The names of schemas whose names in the document are long.
    short_names: IndexMap<&'a SchemaId, String>,
    /// Types without a name in the document, without their docs.
    equal: IndexMap<Kind, usize>,
}

impl<'a> Types<'a> {
    pub(crate) fn new(document: &'a Document) -> Self {
        Self {
            document,
            defs: Vec::new(),
            tags: Tags::new(document),
            by_id: IndexMap::new(),
            short_names: short_names(document),
            equal: IndexMap::new(),
        }
    }

    /// Returns the type of a schema; `hint` names it if the document does not.
    pub(crate) fn ty(&mut self, schema: &'a Schema, hint: &Hint) -> Typed {
        match self.document.shape(schema) {
            Shape::Reference(id) => {
                let mut typed = self.referred(id);
                typed.nullable |= schema.nullable;
                typed
            }
            Shape::Flat(flat) => self.flat(schema, &flat, hint, None),
        }
    }

    fn referred(&mut self, id: &'a SchemaId) -> Typed {
        if let Some(typed) = self.by_id.get(id) {
            return typed.clone();
        }
        let name = match self.short_names.get(id) {
            Some(short) => short.clone(),
            None => own_name(id),
        };
        let schema = self.document.schema(id);
        let slot = self.defs.len();
        self.defs
            .push(def(Kind::Pending, schema, &Hint::new("", &name)));
        let pending = Typed {
            ty: Ty::Def(slot),
            nullable: false,
        };
        self.by_id.insert(id, pending);
        let hint = Hint::new("", &name);
        let typed = match self.document.shape(schema) {
            Shape::Reference(other) => {
                let mut typed = self.referred(other);
                typed.nullable |= schema.nullable;
                typed
            }
            Shape::Flat(flat) => self.flat(schema, &flat, &hint, Some(slot)),
        };
        self.by_id.insert(id, typed.clone());
        typed
    }

    pub(super) fn flat(
        &mut self,
        schema: &'a Schema,
        flat: &Flat<'a>,
        hint: &Hint,
        slot: Option<usize>,
    ) -> Typed {
        let nullable = flat.nullable;
        if schema.is_null() {
            return Typed {
                ty: Ty::Any,
                nullable: true,
            };
        }
        let unions: Vec<_> = flat
            .unions
            .iter()
            .filter(|union| union.says_something())
            .collect();
        let has_members = !flat.properties.is_empty();
        let ty = match unions.as_slice() {
            [union] if !has_members && flat.values.is_empty() => {
                let typed = self.union(schema, **union, hint, slot);
                return Typed {
                    ty: typed.ty,
                    nullable: nullable || typed.nullable,
                };
            }
            [] => self.single(schema, flat, hint, slot),
            // Members of alternatives beside other members: one struct has all of them.
            _ => {
                let mut all = flat.clone();
                for union in &unions {
                    for alternative in union.alternatives {
                        let other = self.document.flat(alternative);
                        for (name, property) in other.properties {
                            all.properties.entry(name).or_insert(property);
                        }
                    }
                }
                self.single(schema, &all, hint, slot)
            }
        };
        Typed { ty, nullable }
    }

    fn single(
        &mut self,
        schema: &'a Schema,
        flat: &Flat<'a>,
        hint: &Hint,
        slot: Option<usize>,
    ) -> Ty {
        if !flat.values.is_empty() {
            return self.values(schema, flat, hint, slot);
        }
        if !flat.properties.is_empty() {
            return self.object(schema, flat, hint, slot);
        }
        let kinds = match flat.types.as_slice() {
            [] if flat.additional.is_some() => &[Type::Object][..],
            [] if flat.items.is_some() => &[Type::Array],
            kinds => kinds,
        };
        match kinds {
            [] => Ty::Any,
            [one] => self.of_type(*one, flat, hint),
            kinds => self.scalars(schema, kinds, flat, hint, slot),
        }
    }

    pub(super) fn of_type(&mut self, kind: Type, flat: &Flat<'a>, hint: &Hint) -> Ty {
        match kind {
            Type::Boolean => Ty::Bool,
            Type::Integer => integer(flat),
            Type::Number => Ty::F64,
            Type::String => text(flat, &hint.own),
            Type::Array if flat.is_tuple => Ty::List(Box::new(Ty::Any)),
            Type::Array => {
                let item = flat.items.map_or(Ty::Any, |items| {
                    let typed = self.ty(items, &hint.item());
                    maybe(typed)
                });
                Ty::List(Box::new(item))
            }
            Type::Object => match flat.additional {
                Some(values) => {
                    let typed = self.ty(values, &hint.item());
                    Ty::Map(Box::new(maybe(typed)))
                }
                None => Ty::Object,
            },
        }
    }

    fn values(
        &mut self,
        schema: &'a Schema,
        flat: &Flat<'a>,
        hint: &Hint,
        slot: Option<usize>,
    ) -> Ty {
        let texts: Option<Vec<&str>> = flat.values.iter().map(|value| value.as_str()).collect();
        match texts.as_deref() {
            Some([one]) if flat.types.len() <= 1 => Ty::Constant((*one).to_owned()),
            Some(texts) if matches!(flat.types.as_slice(), [] | [Type::String]) => {
                self.texts(schema, texts, hint, slot)
            }
            _ if flat.values.iter().all(|value| value.is_boolean()) => Ty::Bool,
            _ if flat.values.iter().all(|value| value.is_i64()) => Ty::I64,
            _ if flat.values.iter().all(|value| value.is_number()) => Ty::F64,
            _ if matches!(flat.types.as_slice(), [Type::String]) => Ty::Text,
            _ => Ty::Any,
        }
    }

    /// An enum of texts, with a variant for texts that are not listed.
    pub(super) fn texts(
        &mut self,
        schema: &'a Schema,
        texts: &[&str],
        hint: &Hint,
        slot: Option<usize>,
    ) -> Ty {
        let mut taken = Taken::default();
        let mut wires = indexmap::IndexSet::new();
        let mut variants = Vec::new();
        for text in texts.iter().filter(|text| wires.insert(**text)) {
            variants.push(Text {
                name: taken.first_of([names::pascal(text)]),
                wire: (*text).to_owned(),
            });
        }
        self.declare(Kind::Texts(variants), schema, hint, slot)
    }

    fn object(
        &mut self,
        schema: &'a Schema,
        flat: &Flat<'a>,
        hint: &Hint,
        slot: Option<usize>,
    ) -> Ty {
        let dropped = self.tags.dropped_of(schema);
        let mut taken = Taken::default();
        let mut fields = Vec::new();
        for (name, property) in &flat.properties {
            if dropped == Some(*name) {
                continue;
            }
            let mut field = self.field(name, property, &hint.member(name), &mut taken);
            field.required = flat.required.contains(name);
            fields.push(field);
        }
        if let Some(values) = flat.additional {
            let typed = self.ty(values, &hint.member("additional value"));
            fields.push(Field {
                name: taken.first_of(["additional".to_owned(), "additional_members".to_owned()]),
                wire: String::new(),
                ty: Ty::Map(Box::new(maybe(typed))),
                required: true,
                nullable: false,
                docs: Some("All other members.".to_owned()),
                deprecated: false,
                read_only: false,
                write_only: false,
                boxed: false,
                flatten: true,
            });
        }
        self.declare(Kind::Struct(fields), schema, hint, slot)
    }

    /// Makes an optional field of a member.
    pub(crate) fn field(
        &mut self,
        name: &str,
        property: &'a Schema,
        hint: &Hint,
        taken: &mut Taken,
    ) -> Field {
        let typed = self.ty(property, hint);
        Field {
            name: taken.first_of([names::field(name)]),
            wire: name.to_owned(),
            ty: typed.ty,
            required: false,
            nullable: typed.nullable,
            docs: self.described(
                property.description.as_ref().or(property.title.as_ref()),
                property,
                property.deprecated,
            ),
            deprecated: property.deprecated,
            read_only: property.read_only,
            write_only: property.write_only,
            boxed: false,
            flatten: false,
        }
    }

    /// What the document says of a member, with its default value.
    pub(crate) fn described(
        &self,
        docs: Option<&String>,
        schema: &Schema,
        deprecated: bool,
    ) -> Option<String> {
        let mut text = docs.map_or("", |docs| first_paragraph(docs)).to_owned();
        let mut add = |sentence: &str| {
            let end = if text.is_empty() || text.ends_with(['.', '!', '?', '>', ')']) {
                ""
            } else {
                "."
            };
            text.push_str(end);
            text.push_str(if text.is_empty() { "" } else { " " });
            text.push_str(sentence);
        };
        let referred = only_reference(schema).map(|id| self.document.schema(id));
        let default = schema
            .default
            .as_ref()
            .or_else(|| referred?.default.as_ref());
        let default = match default {
            Some(Json::String(text))
                if !text.is_empty() && text.len() < 40 && !text.contains(['`', '\n']) =>
            {
                Some(text.clone())
            }
            Some(value @ (Json::Bool(_) | Json::Number(_))) => Some(value.to_string()),
            _ => None,
        };
        let is_said = docs.is_some_and(|docs| docs.to_lowercase().contains("default"));
        if let Some(default) = default.filter(|_| !is_said) {
            add(&format!("`{default}` by default."));
        }
        if deprecated && !docs.is_some_and(|docs| docs.to_lowercase().contains("deprecated")) {
            add("Deprecated.");
        }
        (!text.is_empty()).then_some(text)
    }

    /// Declares a type. One without a name in the document is declared once, wherever it is.
    pub(super) fn declare(
        &mut self,
        kind: Kind,
        schema: &'a Schema,
        hint: &Hint,
        slot: Option<usize>,
    ) -> Ty {
        if let Some(slot) = slot {
            self.defs[slot].kind = kind;
            return Ty::Def(slot);
        }
        let new = def(kind, schema, hint);
        let key = new.kind.without_docs();
        if let Some(index) = self.equal.get(&key) {
            self.defs[*index].merge(new);
            return Ty::Def(*index);
        }
        let index = self.defs.len();
        self.defs.push(new);
        self.equal.insert(key, index);
        Ty::Def(index)
    }
}

fn def(kind: Kind, schema: &Schema, hint: &Hint) -> Def {
    Def {
        name: String::new(),
        names: vec![hint.name()],
        is_named: hint.is_named(),
        docs: schema.description.clone().or_else(|| schema.title.clone()),
        place: schema.place,
        kind,
        is_sent: false,
        is_received: false,
        is_told_by_members: false,
        module: 0,
        has_default: false,
    }
}

/// The type of an item that may be `null`.
pub(crate) fn maybe(typed: Typed) -> Ty {
    match typed.ty {
        Ty::Any => Ty::Any,
        ty if typed.nullable => Ty::Maybe(Box::new(ty)),
        ty => ty,
    }
}

fn integer(flat: &Flat<'_>) -> Ty {
    match flat.format {
        Some("int32") => Ty::I32,
        Some("uint64" | "uint32" | "uint") => Ty::U64,
        Some("double" | "float") => Ty::F64,
        _ if flat.minimum.is_some_and(|minimum| minimum >= 0.0) => Ty::U64,
        _ => Ty::I64,
    }
}

fn text(flat: &Flat<'_>, name: &str) -> Ty {
    let name = name.to_ascii_lowercase().replace('-', "_");
    if flat.format == Some("password") || SECRETS.contains(&name.as_str()) {
        Ty::Secret
    } else {
        Ty::Text
    }
}
