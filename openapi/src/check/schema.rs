//! What a schema says about values that are not made: their kinds, the names of members, whether it takes a text.

use std::borrow::Cow;

use indexmap::{IndexMap, IndexSet};
use serde_json::Value as Json;

use crate::document::{Additional, Document, Schema, Type};

/// How many references, parts and alternatives may be inside of each other.
const MAX_DEPTH: usize = 24;

/// The kinds of values that a schema allows, without `null`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is allowed or not")]
pub(super) struct Kinds {
    pub(super) is_boolean: bool,
    /// Texts and numbers.
    pub(super) is_text: bool,
    pub(super) is_list: bool,
    pub(super) is_object: bool,
}

impl Kinds {
    const NONE: Self = Self {
        is_boolean: false,
        is_text: false,
        is_list: false,
        is_object: false,
    };
    const ALL: Self = Self {
        is_boolean: true,
        is_text: true,
        is_list: true,
        is_object: true,
    };
    const LIST: Self = Self {
        is_list: true,
        ..Self::NONE
    };
    const OBJECT: Self = Self {
        is_object: true,
        ..Self::NONE
    };

    fn of(kind: Type) -> Self {
        match kind {
            Type::Boolean => Self {
                is_boolean: true,
                ..Self::NONE
            },
            Type::Integer | Type::Number | Type::String => Self {
                is_text: true,
                ..Self::NONE
            },
            Type::Array => Self::LIST,
            Type::Object => Self::OBJECT,
        }
    }

    fn of_value(value: &Json) -> Self {
        match value {
            Json::Null => Self::NONE,
            Json::Bool(_) => Self::of(Type::Boolean),
            Json::Number(_) | Json::String(_) => Self::of(Type::String),
            Json::Array(_) => Self::LIST,
            Json::Object(_) => Self::OBJECT,
        }
    }

    fn or(self, other: Self) -> Self {
        Self {
            is_boolean: self.is_boolean || other.is_boolean,
            is_text: self.is_text || other.is_text,
            is_list: self.is_list || other.is_list,
            is_object: self.is_object || other.is_object,
        }
    }

    fn and(self, other: Self) -> Self {
        Self {
            is_boolean: self.is_boolean && other.is_boolean,
            is_text: self.is_text && other.is_text,
            is_list: self.is_list && other.is_list,
            is_object: self.is_object && other.is_object,
        }
    }

    pub(super) fn is_list_only(self) -> bool {
        self == Self::LIST
    }

    pub(super) fn is_object_only(self) -> bool {
        self == Self::OBJECT
    }

    pub(super) fn is_boolean_only(self) -> bool {
        self == Self::of(Type::Boolean)
    }

    /// Whether neither lists nor objects are allowed.
    pub(super) fn is_scalar(self) -> bool {
        !self.is_list && !self.is_object
    }
}

/// The kinds of values that a schema allows.
pub(super) fn kinds(document: &Document, schema: &Schema) -> Kinds {
    kinds_at(document, schema, 0)
}

fn kinds_at(document: &Document, schema: &Schema, depth: usize) -> Kinds {
    let mut kinds = Kinds::ALL;
    if depth > MAX_DEPTH {
        return kinds;
    }
    let union = |all: &mut dyn Iterator<Item = Kinds>| all.fold(Kinds::NONE, Kinds::or);
    if !schema.types.is_empty() {
        kinds = union(&mut schema.types.iter().copied().map(Kinds::of));
    }
    if !schema.values.is_empty() {
        kinds = kinds.and(union(&mut schema.values.iter().map(Kinds::of_value)));
    }
    if let Some(id) = &schema.reference {
        kinds = kinds.and(kinds_at(document, document.schema(id), depth + 1));
    }
    for part in &schema.all_of {
        kinds = kinds.and(kinds_at(document, part, depth + 1));
    }
    if !schema.any_of.is_empty() {
        let alternatives = schema.any_of.iter();
        let mut alternatives = alternatives.map(|part| kinds_at(document, part, depth + 1));
        kinds = kinds.and(union(&mut alternatives));
    }
    // Nothing says it but what the values have.
    if kinds == Kinds::ALL {
        if !schema.properties.is_empty() || matches!(schema.additional, Additional::Of(_)) {
            kinds = Kinds::OBJECT;
        } else if schema.items.is_some() || schema.is_tuple {
            kinds = Kinds::LIST;
        }
    }
    kinds
}

/// The members of an object.
#[derive(Debug, Clone, Default)]
pub(super) struct Members<'a> {
    /// The schemas by name.
    pub(super) named: IndexMap<&'a str, &'a Schema>,
    /// The names of those that are always there.
    pub(super) required: IndexSet<&'a str>,
    /// Whether there may be others.
    pub(super) is_open: bool,
}

/// The members that a schema lists, of all its alternatives.
pub(super) fn members<'a>(document: &'a Document, schema: &'a Schema) -> Members<'a> {
    let mut members = Members::default();
    collect(document, schema, &mut members, 0);
    // An object of which nothing is said.
    members.is_open |= members.named.is_empty();
    members
}

fn collect<'a>(document: &'a Document, schema: &'a Schema, all: &mut Members<'a>, depth: usize) {
    if depth > MAX_DEPTH {
        all.is_open = true;
        return;
    }
    if let Some(id) = &schema.reference {
        collect(document, document.schema(id), all, depth + 1);
    }
    for part in &schema.all_of {
        collect(document, part, all, depth + 1);
    }
    for (name, property) in &schema.properties {
        // A part may name a member to say nothing about it.
        if !property.is_any() || !all.named.contains_key(name.as_str()) {
            all.named.insert(name, property);
        }
    }
    let required = schema.required.iter().map(String::as_str);
    all.required.extend(required);
    all.is_open |= matches!(schema.additional, Additional::Any | Additional::Of(_));

    let mut common: Option<IndexSet<&str>> = None;
    for part in &schema.any_of {
        if !kinds(document, part).is_object || part.is_null() {
            continue;
        }
        let mut alternative = Members::default();
        collect(document, part, &mut alternative, depth + 1);
        let says_nothing = alternative.named.is_empty() && alternative.required.is_empty();
        // `anyOf: [{ required: [a] }, { required: [b] }]` lists no members.
        all.is_open |= alternative.is_open || says_nothing;
        all.named.extend(alternative.named);
        common = Some(match common {
            None => alternative.required,
            Some(common) => common
                .intersection(&alternative.required)
                .copied()
                .collect(),
        });
    }
    all.required.extend(common.unwrap_or_default());
}

/// Whether a text may be a value: as far as enums, constants and types say.
pub(super) fn accepts(document: &Document, schema: &Schema, text: &str) -> bool {
    accepts_at(document, schema, text, 0)
}

fn accepts_at(document: &Document, schema: &Schema, text: &str, depth: usize) -> bool {
    if depth > MAX_DEPTH {
        return true;
    }
    let inner = |schema: &Schema| accepts_at(document, schema, text, depth + 1);
    let is_of_type = |kind: &Type| match kind {
        Type::Boolean => matches!(text, "true" | "false"),
        Type::Integer => text.parse::<i128>().is_ok(),
        Type::Number => text.parse::<f64>().is_ok(),
        // How a list or an object is written is not seen here.
        Type::String | Type::Array | Type::Object => true,
    };
    let is_value = |value: &Json| match value {
        Json::String(value) => value == text,
        Json::Array(_) | Json::Object(_) => true,
        value => serde_json::from_str::<Json>(text).is_ok_and(|it| it == *value),
    };
    let of_types = schema.types.is_empty() || schema.types.iter().any(is_of_type);
    let of_values = schema.values.is_empty() || schema.values.iter().any(is_value);
    let of_reference = schema.reference.as_ref();
    of_types
        && of_values
        && of_reference.is_none_or(|id| inner(document.schema(id)))
        && schema.all_of.iter().all(inner)
        && (schema.any_of.is_empty() || schema.any_of.iter().any(inner))
}

/// Decodes the bytes of a URL; what is not UTF-8 stays as it is.
pub(super) fn percent_decoded(text: &str) -> Cow<'_, str> {
    if !text.contains('%') {
        return Cow::Borrowed(text);
    }
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let digits = text.get(at + 1..at + 3).filter(|_| bytes[at] == b'%');
        let is_hex = |digits: &&str| digits.bytes().all(|it| it.is_ascii_hexdigit());
        let byte = digits
            .filter(is_hex)
            .and_then(|hex| u8::from_str_radix(hex, 16).ok());
        decoded.push(byte.unwrap_or(bytes[at]));
        at += if byte.is_some() { 3 } else { 1 };
    }
    String::from_utf8(decoded).map_or(Cow::Borrowed(text), Cow::Owned)
}
