//! JSON: a whole body, the members of one, and JSON text elsewhere. What is in a value is read by `serde_json` alone.

use std::{borrow::Cow, cell::Cell};

use serde::{
    Deserialize, Deserializer,
    de::{
        DeserializeOwned, DeserializeSeed, MapAccess, SeqAccess, Visitor,
        value::{MapAccessDeserializer, StrDeserializer},
    },
};
use serde_json::value::RawValue;

use super::{
    access::Absent,
    fault::{Fault, FaultKind},
};
use crate::{
    json,
    nullable::NULLABLE,
    response::{Notes, Position, locate, note_names},
};

type Result<T, E = Fault> = std::result::Result<T, E>;

/// The members of an object, in order, not read yet.
#[derive(Debug)]
pub(super) struct Object<'r>(Vec<Member<'r>>);

#[derive(Debug)]
struct Member<'r> {
    name: Cow<'r, str>,
    value: &'r RawValue,
    /// A field has read it, so a map does not.
    taken: Cell<bool>,
}

impl<'r> Object<'r> {
    /// Cuts the object that is a whole body.
    pub(super) fn cut(body: &'r [u8]) -> Result<Self> {
        let json = content(body)?;
        let mut deserializer = serde_json::Deserializer::from_str(json);
        let object = deserializer.deserialize_map(ObjectVisitor);
        let object = object.map_err(|error| {
            if error.is_data() {
                Fault::unfit("is not a JSON object")
            } else {
                error.into()
            }
        })?;
        deserializer.end()?;
        Ok(object)
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.0.iter().any(|member| member.name == name)
    }

    /// The one member of this name, if there is any.
    pub(super) fn one(&self, name: &str) -> Result<Option<&'r str>> {
        let mut members = self.0.iter().filter(|member| member.name == name);
        let Some(first) = members.next() else {
            return Ok(None);
        };
        first.taken.set(true);
        match members.next() {
            None => Ok(Some(first.value.get())),
            Some(_) => Err(Fault::several().into_unfit()),
        }
    }
}

/// The text of a JSON body, without a byte order mark.
fn content(body: &[u8]) -> Result<&str> {
    std::str::from_utf8(json::content(body)).map_err(|_| Fault::new("is not UTF-8"))
}

struct ObjectVisitor;

impl<'de> Visitor<'de> for ObjectVisitor {
    type Value = Object<'de>;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Object<'de>, A::Error> {
        let mut members = Vec::with_capacity(8);
        while let Some(Text(name)) = map.next_key()? {
            members.push(Member {
                name,
                value: map.next_value()?,
                taken: Cell::new(false),
            });
        }
        Ok(Object(members))
    }
}

/// Text that is borrowed where nothing in it is escaped.
struct Text<'r>(Cow<'r, str>);

impl<'de> Deserialize<'de> for Text<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct TextVisitor;

        impl<'de> Visitor<'de> for TextVisitor {
            type Value = Text<'de>;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a string")
            }

            fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Text<'de>, E> {
                Ok(Text(Cow::Borrowed(text)))
            }

            fn visit_str<E>(self, text: &str) -> Result<Text<'de>, E> {
                Ok(Text(Cow::Owned(text.to_owned())))
            }
        }

        deserializer.deserialize_str(TextVisitor)
    }
}

/// Reads a value, if there is one. `null` is for the `None` of an `Option` in the first place.
pub(super) fn read<T: DeserializeOwned>(json: Option<&str>, null: bool) -> Result<T> {
    if json == Some("null") && !null {
        // Of an `Option` in another, it is the inner one that is `None`.
        if let Ok(value) = T::deserialize(Null { is_inner: false }) {
            return Ok(value);
        }
    }
    let value = T::deserialize(JsonValueDeserializer(json));
    value.map_err(|fault| located::<T>(json, None, fault).into_unfit())
}

/// Reads what does not fit once more to learn where.
#[cold]
fn located<T: DeserializeOwned>(
    json: Option<&str>,
    position: Option<Position>,
    fault: Fault,
) -> Fault {
    match json {
        Some(json) if fault.kind == FaultKind::Unfit => {
            fault.at(locate::<T>(json.as_bytes(), position))
        }
        _ => fault,
    }
}

/// Reads a whole body. There may be none.
pub(super) fn read_body<T: DeserializeOwned>(body: Option<&[u8]>) -> Result<T> {
    match body {
        None => T::deserialize(JsonValueDeserializer(None)),
        Some(body) => {
            let json = content(body)?;
            let value = serde_json::from_str(json);
            value.map_err(|error| {
                let position = Position::of(&error, json.as_bytes(), 0);
                located::<T>(Some(json), Some(position), error.into())
            })
        }
    }
}

/// Tells the names that are read in a member or a whole body, where they are asked for.
pub(super) fn note<T: DeserializeOwned>(
    notes: Option<Notes<'_>>,
    json: Option<&str>,
    member: Option<&str>,
) {
    if let (Some(notes), Some(json)) = (notes, json) {
        note_names::<T>(json.as_bytes(), member, notes);
    }
}

/// Reads a value that may be missing.
#[derive(Debug, Clone, Copy)]
pub struct JsonValueDeserializer<'d>(pub(super) Option<&'d str>);

impl<'d> JsonValueDeserializer<'d> {
    /// Hands the value to `serde_json`, which sees to it that nothing comes after.
    fn forward<T>(
        self,
        read: impl FnOnce(
            &mut serde_json::Deserializer<serde_json::de::StrRead<'d>>,
        ) -> serde_json::Result<T>,
    ) -> Result<T> {
        let json = self.0.ok_or_else(Fault::missing)?;
        let mut deserializer = serde_json::Deserializer::from_str(json);
        let value = read(&mut deserializer)?;
        deserializer.end()?;
        Ok(value)
    }
}

macro_rules! forward {
    ($($method:ident($($arg:ident: $type:ty),*);)*) => {
        $(
            fn $method<V: Visitor<'de>>(self, $($arg: $type,)* visitor: V) -> Result<V::Value> {
                self.forward(|json| json.$method($($arg,)* visitor))
            }
        )*
    };
}

impl<'de> Deserializer<'de> for JsonValueDeserializer<'de> {
    type Error = Fault;

    forward! {
        deserialize_any();
        deserialize_bool();
        deserialize_i8();
        deserialize_i16();
        deserialize_i32();
        deserialize_i64();
        deserialize_i128();
        deserialize_u8();
        deserialize_u16();
        deserialize_u32();
        deserialize_u64();
        deserialize_u128();
        deserialize_f32();
        deserialize_f64();
        deserialize_char();
        deserialize_str();
        deserialize_string();
        deserialize_bytes();
        deserialize_byte_buf();
        deserialize_unit();
        deserialize_unit_struct(name: &'static str);
        deserialize_seq();
        deserialize_tuple(len: usize);
        deserialize_tuple_struct(name: &'static str, len: usize);
        deserialize_map();
        deserialize_struct(name: &'static str, fields: &'static [&'static str]);
        deserialize_enum(name: &'static str, variants: &'static [&'static str]);
        deserialize_identifier();
        deserialize_ignored_any();
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        match self.0 {
            None => visitor.visit_none(),
            Some(_) => self.forward(|json| json.deserialize_option(visitor)),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value> {
        match self.0 {
            None if name == NULLABLE => visitor.visit_enum(Absent),
            None => visitor.visit_newtype_struct(self),
            Some(_) => self.forward(|json| json.deserialize_newtype_struct(name, visitor)),
        }
    }
}

/// `null`, where an `Option` is a value that is there.
struct Null {
    /// It is in a `Some`.
    is_inner: bool,
}

impl<'de> Deserializer<'de> for Null {
    type Error = Fault;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        visitor.visit_unit()
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        if self.is_inner {
            return visitor.visit_none();
        }
        visitor.visit_some(Self { is_inner: true })
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value> {
        match name {
            NULLABLE => visitor.visit_unit(),
            _ => visitor.visit_newtype_struct(self),
        }
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct
        seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

/// Reads the lines of a body as a list.
#[derive(Debug, Clone, Copy)]
pub struct LinesDeserializer<'d>(pub(super) Option<&'d str>);

impl<'de> Deserializer<'de> for LinesDeserializer<'de> {
    type Error = Fault;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        visitor.visit_seq(Lines(self.0.unwrap_or_default().split('\n')))
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        match self.0 {
            None => visitor.visit_none(),
            Some(_) => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value> {
        match (name, self.0) {
            (NULLABLE, None) => visitor.visit_enum(Absent),
            (NULLABLE, Some(_)) => visitor.visit_some(self),
            _ => visitor.visit_newtype_struct(self),
        }
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct
        seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

struct Lines<'d>(std::str::Split<'d, char>);

impl<'de> SeqAccess<'de> for Lines<'de> {
    type Error = Fault;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>> {
        let Some(line) = self.0.find(|line| !line.trim_ascii().is_empty()) else {
            return Ok(None);
        };
        seed.deserialize(JsonValueDeserializer(Some(line)))
            .map(Some)
    }
}

/// Reads the members that are neither declared nor read by another field.
#[derive(Clone, Copy)]
pub(super) struct FlatJson<'d, 'f> {
    object: Option<&'f Object<'d>>,
    is_free: &'f dyn Fn(&str) -> bool,
    /// A member of the value was there.
    seen: &'f Cell<bool>,
}

impl<'d, 'f> FlatJson<'d, 'f> {
    pub(super) fn new(
        object: Option<&'f Object<'d>>,
        is_free: &'f dyn Fn(&str) -> bool,
        seen: &'f Cell<bool>,
    ) -> Self {
        Self {
            object,
            is_free,
            seen,
        }
    }

    fn members(&self, is_meant: impl Fn(&str) -> bool) -> FlatMembers<'d> {
        let members = self.object.iter().flat_map(|object| &object.0);
        let members = members.filter(|member| {
            !member.taken.get() && (self.is_free)(&member.name) && is_meant(&member.name)
        });
        let members: Vec<_> = members
            .map(|member| {
                member.taken.set(true);
                (member.name.clone(), member.value.get())
            })
            .collect();
        if !members.is_empty() {
            self.seen.set(true);
        }
        FlatMembers {
            members: members.into_iter(),
            value: None,
        }
    }
}

impl<'de> Deserializer<'de> for FlatJson<'de, '_> {
    type Error = Fault;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        visitor.visit_map(self.members(|_| true))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value> {
        visitor.visit_map(self.members(|name| fields.contains(&name)))
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value> {
        match name {
            NULLABLE => visitor.visit_some(self),
            _ => visitor.visit_newtype_struct(self),
        }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value> {
        // The member whose name is a variant.
        let members = self.members(|member| variants.contains(&member));
        MapAccessDeserializer::new(members).deserialize_enum(name, variants, visitor)
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

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        visitor.visit_unit()
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf
        seq tuple tuple_struct map identifier
    }
}

struct FlatMembers<'d> {
    members: std::vec::IntoIter<(Cow<'d, str>, &'d str)>,
    value: Option<&'d str>,
}

impl<'de> MapAccess<'de> for FlatMembers<'de> {
    type Error = Fault;

    fn next_key_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>> {
        let Some((name, value)) = self.members.next() else {
            return Ok(None);
        };
        self.value = Some(value);
        let name: StrDeserializer<'_, Fault> =
            serde::de::IntoDeserializer::into_deserializer(&*name);
        seed.deserialize(name).map(Some)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value> {
        seed.deserialize(JsonValueDeserializer(self.value.take()))
    }
}
