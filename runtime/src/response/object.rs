//! Where the members of a JSON object are.
//!
//! The object is parsed once, by `serde_json`: what is inside strings and nested values is never taken for a member, and
//! what no field takes is valid as well.

use std::{collections::BTreeMap, ops::Range};

use bytes::Bytes;
use serde::{
    Deserialize, Deserializer,
    de::{
        DeserializeOwned, DeserializeSeed, Error as _, IgnoredAny, IntoDeserializer as _,
        MapAccess, Visitor, value::StrDeserializer,
    },
    forward_to_deserialize_any,
};

use super::{
    json::{JsonDeserializer, explain, explain_rest, explain_within, read_all},
    reason::Reason,
    undecodable::Undecodable,
};
use crate::json;

/// A JSON object, and which of its members fields have taken.
#[derive(Debug)]
pub(super) struct Object {
    json: Bytes,
    members: Vec<Member>,
}

#[derive(Debug)]
struct Member {
    name: String,
    /// Where its value is.
    value: Range<usize>,
    is_taken: bool,
}

impl Object {
    /// Finds the members of a body.
    pub(super) fn find(body: &Bytes) -> Result<Self, Undecodable> {
        let json = json::content(body);
        if json.is_empty() {
            return Err(Undecodable::new("the body is empty"));
        }
        match members(json) {
            Some(members) => Ok(Self {
                json: body.slice_ref(json),
                members,
            }),
            None => Err(not_object(json)),
        }
    }

    /// Takes the member that has one of the names, if there is one. The first name is the declared one.
    pub(super) fn take(
        &mut self,
        names: &'static [&'static str],
    ) -> Result<Option<Taken<'_>>, Undecodable> {
        let name = declared(names);
        let mut found = None;
        for member in &mut self.members {
            if !names.contains(&member.name.as_str()) {
                continue;
            }
            member.is_taken = true;
            if found.replace(member.value.clone()).is_some() {
                return Err(Undecodable::new(format_args!("duplicate field `{name}`")));
            }
        }
        let json = &self.json;
        Ok(found.map(|value| Taken { json, value, name }))
    }

    /// Reads the members that were not taken.
    pub(super) fn rest<T: DeserializeOwned>(&self) -> Result<T, Undecodable> {
        T::deserialize(self.untaken()).map_err(|_| explain_rest::<T, _>(self.untaken()))
    }

    fn untaken(&self) -> Untaken<'_> {
        Untaken {
            object: self,
            next: 0,
        }
    }
}

/// The name that a field declares, which comes before its aliases.
pub(super) fn declared(names: &'static [&'static str]) -> &'static str {
    names.first().copied().unwrap_or_default()
}

/// The value of a member.
pub(super) struct Taken<'o> {
    json: &'o [u8],
    value: Range<usize>,
    name: &'static str,
}

impl Taken<'_> {
    pub(super) fn decode<T: DeserializeOwned>(self) -> Result<T, Undecodable> {
        self.read(|value| T::deserialize(value))
            .map_err(|error| explain_within::<T>(self.json, self.value, self.name, &error))
    }

    pub(super) fn decode_with<T>(
        self,
        read: impl FnOnce(JsonDeserializer<'_, '_>) -> Result<T, serde_json::Error>,
    ) -> Result<T, Undecodable> {
        // The function is not called again to learn where.
        self.read(read).map_err(|_| Undecodable {
            path: Some(self.name.to_owned()),
            ..Undecodable::new("invalid value")
        })
    }

    fn read<T>(
        &self,
        read: impl FnOnce(JsonDeserializer<'_, '_>) -> Result<T, serde_json::Error>,
    ) -> Result<T, serde_json::Error> {
        read_all(&self.json[self.value.clone()], read)
    }
}

/// The members of an object; `None` if the JSON is not an object, or not JSON.
fn members(json: &[u8]) -> Option<Vec<Member>> {
    let mut at = after_space(json, 0);
    let mut members = Vec::new();
    let mut separator = b'{';
    loop {
        if *json.get(at)? != separator {
            break;
        }
        separator = b',';
        at = after_space(json, at + 1);
        if members.is_empty() && json.get(at) == Some(&b'}') {
            break;
        }
        let (name, end) = value::<String>(json, at)?;
        let colon = after_space(json, end);
        if *json.get(colon)? != b':' {
            return None;
        }
        let start = after_space(json, colon + 1);
        let (_, end) = value::<IgnoredAny>(json, start)?;
        members.push(Member {
            name,
            value: start..end,
            is_taken: false,
        });
        at = after_space(json, end);
    }
    let is_object = json.get(at) == Some(&b'}') && after_space(json, at + 1) == json.len();
    is_object.then_some(members)
}

/// The value that starts there, and where it ends.
fn value<'j, T: Deserialize<'j>>(json: &'j [u8], start: usize) -> Option<(T, usize)> {
    let mut values = serde_json::Deserializer::from_slice(&json[start..]).into_iter();
    let value = values.next()?.ok()?;
    Some((value, start + values.byte_offset()))
}

fn after_space(json: &[u8], at: usize) -> usize {
    let rest = json[at..].iter();
    at + rest
        .take_while(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r'))
        .count()
}

#[expect(
    clippy::zero_sized_map_values,
    reason = "a set would be read from a list"
)]
fn not_object(json: &[u8]) -> Undecodable {
    type Any = BTreeMap<String, IgnoredAny>;
    match serde_json::from_slice::<Any>(json) {
        Err(error) => explain::<Any>(json, &error),
        Ok(_) => Undecodable::new("invalid value"),
    }
}

/// The members that no field has taken, as a map.
struct Untaken<'o> {
    object: &'o Object,
    next: usize,
}

impl<'de> Deserializer<'de> for Untaken<'de> {
    type Error = serde_json::Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        visitor.visit_map(self)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Self::Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit_struct seq tuple
        tuple_struct map struct enum identifier ignored_any
    }
}

impl<'de> MapAccess<'de> for Untaken<'de> {
    type Error = serde_json::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Self::Error> {
        let rest = &self.object.members[self.next..];
        let Some(skipped) = rest.iter().position(|member| !member.is_taken) else {
            return Ok(None);
        };
        self.next += skipped;
        let name: StrDeserializer<'_, Self::Error> =
            rest[skipped].name.as_str().into_deserializer();
        seed.deserialize(name).map(Some)
    }

    fn next_value_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<T::Value, Self::Error> {
        let members = &self.object.members;
        let member = members
            .get(self.next)
            .ok_or_else(|| Self::Error::custom("no name"))?;
        self.next += 1;
        let value = &self.object.json[member.value.clone()];
        seed.deserialize(&mut serde_json::Deserializer::from_slice(value))
    }
}

/// What there is of a member that is missing: only an `Option` can be decoded from it.
pub(super) struct Missing<'n>(pub(super) &'n str);

impl<'de> Deserializer<'de> for Missing<'_> {
    type Error = Reason;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Reason> {
        Err(Reason::new(format!("missing field `{}`", self.0)))
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Reason> {
        visitor.visit_none()
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}
