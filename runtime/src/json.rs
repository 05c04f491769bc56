//! JSON where only a part of it matters: some members of an object, or whether there is any.
//!
//! Members are found by serde: what is inside strings and nested values is never taken for one.

use std::{fmt, marker::PhantomData};

use serde::{
    Deserialize, Deserializer,
    de::{self, DeserializeOwned, DeserializeSeed, IgnoredAny, MapAccess, Visitor},
    forward_to_deserialize_any,
};

/// The path to a value in another, of whose path it is the end.
pub(crate) fn join(outer: &str, inner: &str) -> String {
    let is_apart = outer.is_empty() || inner.is_empty() || inner.starts_with('[');
    let dot = if is_apart { "" } else { "." };
    format!("{outer}{dot}{inner}")
}

/// The members of an object that were looked for.
pub(crate) struct Members<T> {
    /// Those that were found, in order: JSON allows a name twice.
    pub(crate) values: Vec<T>,
    /// How many the object has in all.
    pub(crate) count: usize,
}

impl<T> Members<T> {
    /// Reads an object; fails for anything else.
    pub(crate) fn find<'j>(
        object: &'j [u8],
        is_meant: impl FnMut(&str) -> bool,
    ) -> Result<Self, serde_json::Error>
    where
        T: Deserialize<'j>,
    {
        let mut json = serde_json::Deserializer::from_slice(object);
        let members = json.deserialize_map(Find(is_meant, PhantomData))?;
        json.end()?;
        Ok(members)
    }
}

struct Find<F, T>(F, PhantomData<T>);

impl<'j, F: FnMut(&str) -> bool, T: Deserialize<'j>> Visitor<'j> for Find<F, T> {
    type Value = Members<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'j>>(mut self, mut map: A) -> Result<Members<T>, A::Error> {
        let mut members = Members {
            values: Vec::new(),
            count: 0,
        };
        while let Some(is_meant) = map.next_key_seed(IsMeant(&mut self.0))? {
            members.count += 1;
            if is_meant {
                members.values.push(map.next_value()?);
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(members)
    }
}

/// Asks about a name where it is in the text, without a copy of it.
struct IsMeant<'f, F>(&'f mut F);

impl<'j, F: FnMut(&str) -> bool> DeserializeSeed<'j> for IsMeant<'_, F> {
    type Value = bool;

    fn deserialize<D: Deserializer<'j>>(self, deserializer: D) -> Result<bool, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<F: FnMut(&str) -> bool> Visitor<'_> for IsMeant<'_, F> {
    type Value = bool;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a member")
    }

    fn visit_str<E>(self, name: &str) -> Result<bool, E> {
        Ok(self.0(name))
    }
}

/// The JSON of a body: without a byte order mark, which
/// [RFC 8259, section 8.1](https://www.rfc-editor.org/rfc/rfc8259#section-8.1) lets a parser ignore, and empty if the
/// body is white space alone.
pub(crate) fn content(body: &[u8]) -> &[u8] {
    let json = body.strip_prefix("\u{feff}".as_bytes()).unwrap_or(body);
    if json.trim_ascii_start().is_empty() {
        &[]
    } else {
        json
    }
}

/// Decodes JSON whose errors do not matter.
pub(crate) fn read<T: DeserializeOwned>(body: &[u8]) -> Option<T> {
    match content(body) {
        [] => T::deserialize(Absent).ok(),
        json => serde_json::from_slice(json).ok(),
    }
}

/// A body without JSON: only an `Option` or `()` can be decoded from it.
pub(crate) struct Absent;

impl<'de> Deserializer<'de> for Absent {
    type Error = de::value::Error;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Self::Error> {
        Err(de::Error::custom("the body is empty"))
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        visitor.visit_none()
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit_struct newtype_struct
        seq tuple tuple_struct map struct enum identifier ignored_any
    }
}
