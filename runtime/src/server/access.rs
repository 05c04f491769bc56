//! What serde's visitors are given of texts: items, members, and nothing.

use std::{borrow::Cow, vec};

use serde::de::{DeserializeSeed, EnumAccess, MapAccess, SeqAccess};

use super::{
    fault::Fault,
    rules::{Delimiter, Rules},
    scalar::{Scalar, Unit},
    texts::Chunks,
};

type Result<T> = std::result::Result<T, Fault>;

/// The variant by which a `Nullable` is told that it is absent.
#[derive(Debug)]
pub(super) struct Absent;

impl<'de> EnumAccess<'de> for Absent {
    type Error = Fault;
    type Variant = Unit;

    fn variant_seed<S: DeserializeSeed<'de>>(self, _: S) -> Result<(S::Value, Unit)> {
        Err(Fault::missing())
    }
}

/// The items of a list.
#[derive(Debug)]
pub(super) struct Items<'d> {
    items: vec::IntoIter<&'d str>,
    rules: Rules,
}

impl<'d> Items<'d> {
    pub(super) fn new(items: Chunks<'d>, rules: Rules) -> Self {
        let items = items.into_iter();
        Self { items, rules }
    }
}

impl<'de> SeqAccess<'de> for Items<'de> {
    type Error = Fault;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>> {
        let Some(item) = self.items.next() else {
            return Ok(None);
        };
        seed.deserialize(Scalar(self.rules.read(item)?)).map(Some)
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.items.len())
    }
}

/// The members of a struct or map that are in one text.
#[derive(Debug)]
pub(super) struct Members<'d> {
    items: vec::IntoIter<&'d str>,
    rules: Rules,
    value: Option<&'d str>,
}

impl<'d> Members<'d> {
    pub(super) fn new(mut items: Chunks<'d>, rules: Rules) -> Self {
        // Nothing was written for a struct or map without members.
        if items.as_slice() == [""] {
            items.clear();
        }
        Self {
            items: items.into_iter(),
            rules,
            value: None,
        }
    }
}

impl<'de> MapAccess<'de> for Members<'de> {
    type Error = Fault;

    fn next_key_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>> {
        let Some(item) = self.items.next() else {
            return Ok(None);
        };
        let (key, value) = if self.rules.explode {
            item.split_once('=').unzip()
        } else {
            (Some(item), self.items.next())
        };
        let (Some(key), Some(value)) = (key, value) else {
            return Err(Fault::new("has a key without a value"));
        };
        self.value = Some(match self.rules.delimiter {
            Delimiter::HeaderComma => value.trim_matches([' ', '\t']),
            _ => value,
        });
        seed.deserialize(Scalar(self.rules.read(key)?)).map(Some)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value> {
        let value = self.value.take().unwrap_or_default();
        seed.deserialize(Scalar(self.rules.read(value)?))
    }
}

/// The key of a member, as it is declared.
pub(super) fn key(key: &str) -> Scalar<'_> {
    Scalar(Cow::Borrowed(key))
}

/// A tuple is a list. The macro stands in an `impl Deserializer`, where `Result` has the error of the deserializer.
macro_rules! tuples_are_lists {
    ($lifetime:lifetime) => {
        fn deserialize_tuple<V: Visitor<$lifetime>>(
            self,
            _: usize,
            visitor: V,
        ) -> Result<V::Value> {
            self.deserialize_seq(visitor)
        }

        fn deserialize_tuple_struct<V: Visitor<$lifetime>>(
            self,
            _: &'static str,
            _: usize,
            visitor: V,
        ) -> Result<V::Value> {
            self.deserialize_seq(visitor)
        }
    };
}
pub(super) use tuples_are_lists;
