//! The serde deserializer of a value whose texts are in one place: a scalar, a list, or members that are cut from one text.

use serde::{Deserializer, de::Visitor};

use super::{
    access::{Absent, Items, Members, tuples_are_lists},
    fault::Fault,
    rules::{Delimiter, Rules},
    scalar::{Scalar, forward_scalars},
    texts::{Chunks, Texts},
};
use crate::nullable::NULLABLE;

type Result<T> = std::result::Result<T, Fault>;

/// Reads texts by the rules of their location.
#[derive(Debug, Clone)]
pub(super) struct Leaf<'d> {
    pub(super) texts: Texts<'d>,
    pub(super) rules: Rules,
    /// The value is in a `Some`.
    pub(super) is_some: bool,
}

impl<'d> Leaf<'d> {
    pub(super) fn new(texts: Texts<'d>, rules: Rules) -> Self {
        Self {
            texts,
            rules,
            is_some: false,
        }
    }

    pub(super) fn scalar(self) -> Result<Scalar<'d>> {
        let text = self.texts.one()?.ok_or_else(Fault::missing)?;
        if self.rules.delimiter == Delimiter::Slash {
            return segments(text, self.rules).map(|text| Scalar(text.into()));
        }
        self.rules.read(text).map(Scalar)
    }

    fn items(&self) -> Result<Chunks<'d>> {
        if self.rules.is_single {
            return Err(Fault::new(
                "is a list, but only a single value is supported here",
            ));
        }
        self.rules.items(self.texts.all()?)
    }

    /// The members that are cut from one text.
    fn members(&self) -> Result<Members<'d>> {
        if self.rules.is_single || self.rules.delimiter == Delimiter::Slash {
            return Err(Fault::new(
                "is a struct or map, but only a single value is supported here",
            ));
        }
        if self.rules.is_named && self.rules.explode {
            return Err(Fault::new(
                "is a struct or map in another, which is not supported outside of JSON",
            ));
        }
        Ok(Members::new(
            self.rules.items(self.texts.all()?)?,
            self.rules,
        ))
    }
}

/// The text that is a path: a slash in a segment would be one between two.
fn segments(text: &str, rules: Rules) -> Result<String> {
    let mut path = String::with_capacity(text.len());
    for (index, segment) in text.split('/').enumerate() {
        if index > 0 {
            path.push('/');
        }
        let segment = rules.read(segment)?;
        if segment.contains('/') {
            return Err(Fault::new("has a `/` in a segment"));
        }
        path.push_str(&segment);
    }
    Ok(path)
}

impl<'de> Deserializer<'de> for Leaf<'de> {
    type Error = Fault;

    forward_scalars! {}

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        self.scalar()?.deserialize_any(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        if self.texts.is_empty() {
            return visitor.visit_none();
        }
        visitor.visit_some(Self {
            is_some: true,
            ..self
        })
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value> {
        match name {
            NULLABLE if self.texts.is_empty() => visitor.visit_enum(Absent),
            NULLABLE => visitor.visit_some(self),
            _ => visitor.visit_newtype_struct(self),
        }
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        let items = self.items()?;
        if items.is_empty() && self.is_some && self.texts.is_empty() {
            return Err(Fault::missing());
        }
        visitor.visit_seq(Items::new(items, self.rules))
    }

    tuples_are_lists!('de);

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        visitor.visit_map(self.members()?)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value> {
        self.deserialize_map(visitor)
    }
}
