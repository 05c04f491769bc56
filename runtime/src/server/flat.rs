//! The serde deserializer of flattened fields, each of whose members is a parameter of its own.
//!
//! A struct reads the members that it has; a map or a list of pairs reads what is neither declared nor read already.

use std::cell::Cell;

use http::HeaderMap;
use serde::{
    Deserializer,
    de::{DeserializeSeed, MapAccess, SeqAccess, Visitor},
};

use super::{
    access::{Absent, key, tuples_are_lists},
    declared::Declared,
    fault::Fault,
    leaf::Leaf,
    pairs::{Pair, Pairs},
    rules::Rules,
    scalar::Scalar,
    texts::Texts,
};
use crate::{
    nullable::NULLABLE,
    operation::{ParamKind, Style},
};

type Result<T> = std::result::Result<T, Fault>;

/// Reads the members of one flattened field.
#[derive(Debug, Clone)]
pub struct Flat<'d> {
    pub(super) source: Source<'d>,
    pub(super) declared: Declared,
    /// The media type that the operation asks for, in a header that is not declared.
    pub(super) accept: &'static str,
    /// A value without members is there too.
    pub(super) is_some: bool,
    /// A member of the value was there.
    pub(super) seen: &'d Cell<bool>,
}

/// Where the members are.
#[derive(Debug, Clone, Copy)]
pub(super) enum Source<'d> {
    Pairs(&'d Pairs<'d>),
    Headers(&'d HeaderMap),
}

/// A member, whose name is its key.
type Member<'d> = (&'d str, Texts<'d>);

impl<'d> Flat<'d> {
    fn rules(&self) -> Rules {
        match self.source {
            Source::Pairs(_) => Rules::pairs(Style::Undeclared, true),
            Source::Headers(_) => Rules::of(&ParamKind::Header { explode: false }),
        }
    }

    /// Whether there is nothing that a map would read.
    pub(super) fn is_empty(&self) -> bool {
        if self.is_some {
            return false;
        }
        match self.source {
            Source::Pairs(pairs) => self.pairs(pairs).next().is_none(),
            Source::Headers(map) => self.headers(map).next().is_none(),
        }
    }

    fn pairs(&self, pairs: &'d Pairs<'d>) -> impl Iterator<Item = &'d Pair<'d>> {
        let is_free = |pair: &&Pair<'_>| !pair.taken.get() && !self.declared.has(&pair.name);
        pairs.all().iter().filter(is_free)
    }

    fn headers(&self, map: &'d HeaderMap) -> impl Iterator<Item = &'d str> {
        let is_free = |name: &&str| {
            let value = map.get(*name).map_or(&[][..], |value| value.as_bytes());
            !self.declared.has(name) && !self.declared.is_default(name, value, self.accept)
        };
        map.keys().map(http::HeaderName::as_str).filter(is_free)
    }

    /// The members that no field declares.
    fn all(&self) -> Vec<Member<'d>> {
        match self.source {
            Source::Headers(map) => {
                let names = self.headers(map);
                names.map(|name| (name, Texts::Header(map, name))).collect()
            }
            Source::Pairs(pairs) => grouped(&self.pairs(pairs).collect::<Vec<_>>()),
        }
    }

    /// The members of these names.
    fn some(&self, fields: &'static [&'static str]) -> Vec<Member<'d>> {
        let fields = fields.iter().filter(|field| !self.declared.has(field));
        let texts = fields.map(|field| {
            let texts = match self.source {
                Source::Pairs(pairs) => Texts::Pairs(pairs, field),
                Source::Headers(map) => Texts::Header(map, field),
            };
            (*field, texts)
        });
        texts.filter(|(_, texts)| !texts.is_empty()).collect()
    }

    /// The headers that no field declares, as they are.
    pub(super) fn header_map(&self) -> HeaderMap {
        let mut found = HeaderMap::new();
        if let Source::Headers(map) = self.source {
            for name in self.headers(map) {
                for value in map.get_all(name) {
                    if let Ok(name) = http::HeaderName::from_bytes(name.as_bytes()) {
                        found.append(name, value.clone());
                    }
                }
            }
        }
        found
    }

    fn visit<V: Visitor<'d>>(self, members: Vec<Member<'d>>, visitor: V) -> Result<V::Value> {
        if !members.is_empty() {
            self.seen.set(true);
        }
        let rules = self.rules();
        visitor.visit_map(Members {
            rest: members.into_iter(),
            rules,
            value: None,
        })
    }
}

/// The pairs by their names, in the order in which a name comes first.
fn grouped<'d>(pairs: &[&'d Pair<'d>]) -> Vec<Member<'d>> {
    let mut order: Vec<usize> = (0..pairs.len()).collect();
    order.sort_by_key(|index| (&*pairs[*index].name, *index));
    let same = |a: &usize, b: &usize| pairs[*a].name == pairs[*b].name;
    let mut groups: Vec<&[usize]> = order.chunk_by(same).collect();
    groups.sort_by_key(|group| group[0]);
    let member = |group: &[usize]| {
        let texts = group.iter().map(|index| {
            pairs[*index].taken.set(true);
            pairs[*index].value()
        });
        (&*pairs[group[0]].name, Texts::Chosen(texts.collect()))
    };
    groups.into_iter().map(member).collect()
}

fn refused<T>() -> Result<T> {
    Err(Fault::new(
        "is not a struct, a map or a list of pairs, which have names to read",
    ))
}

macro_rules! refuse {
    ($($method:ident)*) => {
        $(
            fn $method<V: Visitor<'de>>(self, _: V) -> Result<V::Value> {
                refused()
            }
        )*
    };
}

impl<'de> Deserializer<'de> for Flat<'de> {
    type Error = Fault;

    refuse! {
        deserialize_bool deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 deserialize_i128
        deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64 deserialize_u128 deserialize_f32
        deserialize_f64 deserialize_char deserialize_str deserialize_string deserialize_bytes
        deserialize_byte_buf deserialize_identifier
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        self.deserialize_map(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        if self.is_empty() {
            return visitor.visit_none();
        }
        visitor.visit_some(self)
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        visitor.visit_unit()
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value> {
        visitor.visit_unit()
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value> {
        match name {
            NULLABLE if self.is_empty() => visitor.visit_enum(Absent),
            NULLABLE => visitor.visit_some(self),
            _ => visitor.visit_newtype_struct(self),
        }
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        let rules = self.rules();
        match self.source {
            Source::Pairs(pairs) => {
                let pairs: Vec<_> = self.pairs(pairs).collect();
                let pairs = pairs.into_iter().map(|pair| {
                    pair.taken.set(true);
                    (&*pair.name, pair.value())
                });
                visitor.visit_seq(PairItems(pairs.collect::<Vec<_>>().into_iter(), rules))
            }
            Source::Headers(map) => {
                let mut items = Vec::new();
                for name in self.headers(map) {
                    let lines = Texts::Header(map, name).all()?;
                    items.extend(lines.into_iter().map(|line| (name, line)));
                }
                visitor.visit_seq(PairItems(items.into_iter(), rules))
            }
        }
    }

    tuples_are_lists!('de);

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        let members = self.all();
        self.visit(members, visitor)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value> {
        let members = self.some(fields);
        self.visit(members, visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        _: V,
    ) -> Result<V::Value> {
        refused()
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        visitor.visit_unit()
    }
}

/// The members, each a value with the rules of the location.
struct Members<'d> {
    rest: std::vec::IntoIter<Member<'d>>,
    rules: Rules,
    value: Option<Texts<'d>>,
}

impl<'de> MapAccess<'de> for Members<'de> {
    type Error = Fault;

    fn next_key_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>> {
        let Some((name, texts)) = self.rest.next() else {
            return Ok(None);
        };
        self.value = Some(texts);
        seed.deserialize(key(name)).map(Some)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value> {
        let texts = self.value.take().ok_or_else(Fault::missing)?;
        seed.deserialize(Leaf::new(texts, self.rules))
    }
}

/// The members, as pairs.
struct PairItems<'d>(std::vec::IntoIter<(&'d str, &'d str)>, Rules);

impl<'de> SeqAccess<'de> for PairItems<'de> {
    type Error = Fault;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>> {
        let Some((name, value)) = self.0.next() else {
            return Ok(None);
        };
        seed.deserialize(OnePair(name, value, self.1)).map(Some)
    }
}

/// A name and its value, as a tuple.
struct OnePair<'d>(&'d str, &'d str, Rules);

impl<'de> Deserializer<'de> for OnePair<'de> {
    type Error = Fault;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        let Self(name, value, rules) = self;
        visitor.visit_seq(Two {
            name: Some(name),
            value: Some(value),
            rules,
        })
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value> {
        visitor.visit_newtype_struct(self)
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

struct Two<'d> {
    name: Option<&'d str>,
    value: Option<&'d str>,
    rules: Rules,
}

impl<'de> SeqAccess<'de> for Two<'de> {
    type Error = Fault;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>> {
        if let Some(name) = self.name.take() {
            return seed.deserialize(key(name)).map(Some);
        }
        let Some(value) = self.value.take() else {
            return Ok(None);
        };
        seed.deserialize(Scalar(self.rules.read(value)?)).map(Some)
    }
}
