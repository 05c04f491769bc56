//! The serde deserializer of path, query, header, cookie and form values, and of text bodies: the inverse of the
//! encoder's serializer, by the same facts of the parameter.

use serde::{Deserializer, de::Visitor};

use super::{
    access::{Absent, Items, tuples_are_lists},
    fault::Fault,
    flat::Flat,
    leaf::Leaf,
    rules::Rules,
    scalar::{Scalar, forward_scalars},
    texts::{Chunks, Texts},
    tree::{self, Tree},
};
use crate::{nullable::NULLABLE, operation::Style};

type Result<T> = std::result::Result<T, Fault>;

/// Reads the value of one parameter.
#[derive(Debug, Clone)]
pub struct ParamDeserializer<'d> {
    pub(super) leaf: Leaf<'d>,
    /// The members of a value in the style `form`, which are pairs of their own.
    pub(super) flat: Option<Flat<'d>>,
}

impl<'d> ParamDeserializer<'d> {
    pub(super) fn new(texts: Texts<'d>, rules: Rules) -> Self {
        Self {
            leaf: Leaf::new(texts, rules),
            flat: None,
        }
    }

    /// Whether there is nothing to read.
    pub(super) fn is_absent(&self) -> bool {
        let Leaf { texts, rules, .. } = &self.leaf;
        match *texts {
            Texts::Pairs(pairs, name) if rules.nests() => !tree::is_in(pairs, name, rules.style),
            _ => texts.is_empty(),
        }
    }

    /// The members are pairs of their own.
    fn exploded(&self) -> Option<Flat<'d>> {
        let is_exploded = self.leaf.rules.style == Style::Form && self.leaf.rules.explode;
        self.flat.clone().filter(|_| is_exploded)
    }

    /// The keys of the members are in the names of pairs.
    fn tree(&self) -> Result<Option<Tree<'d>>> {
        let Leaf { texts, rules, .. } = &self.leaf;
        match *texts {
            Texts::Pairs(pairs, name) if rules.nests() => tree::grow(pairs, name, *rules).map(Some),
            _ => Ok(None),
        }
    }

    fn scalar(self) -> Result<Scalar<'d>> {
        self.leaf.scalar()
    }
}

impl<'de> Deserializer<'de> for ParamDeserializer<'de> {
    type Error = Fault;

    forward_scalars! {}

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        if let Some(tree) = self.tree()? {
            return tree.deserialize_any(visitor);
        }
        match self.exploded() {
            Some(flat) if self.leaf.texts.is_empty() => flat.deserialize_map(visitor),
            _ => self.leaf.deserialize_any(visitor),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(mut self, visitor: V) -> Result<V::Value> {
        if self.is_absent() && self.exploded().is_none_or(|flat| flat.is_empty()) {
            return visitor.visit_none();
        }
        self.leaf.is_some = true;
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value> {
        match name {
            NULLABLE if self.is_absent() => visitor.visit_enum(Absent),
            NULLABLE => visitor.visit_some(self),
            _ => visitor.visit_newtype_struct(self),
        }
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        match self.tree()? {
            Some(tree) if tree.is_empty() && !self.leaf.is_some => {
                visitor.visit_seq(Items::new(Chunks::new(), self.leaf.rules))
            }
            Some(tree) => tree.deserialize_seq(visitor),
            None => self.leaf.deserialize_seq(visitor),
        }
    }

    tuples_are_lists!('de);

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        if let Some(tree) = self.tree()? {
            return tree.deserialize_map(visitor);
        }
        match self.exploded() {
            Some(flat) => flat.deserialize_map(visitor),
            None => self.leaf.deserialize_map(visitor),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value> {
        match self.exploded() {
            Some(flat) => flat.deserialize_struct(name, fields, visitor),
            None => self.deserialize_map(visitor),
        }
    }
}
