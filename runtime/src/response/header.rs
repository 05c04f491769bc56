//! A header as a value: its text as a scalar, a list at its commas.
//!
//! Invariant: an error has no value of a header.

use std::{borrow::Cow, cell::Cell, str, vec};

use http::{
    HeaderMap, HeaderValue,
    header::{Keys, SET_COOKIE},
};
use serde::{
    Deserializer,
    de::{
        DeserializeOwned, DeserializeSeed, Error as _, IntoDeserializer as _, MapAccess, SeqAccess,
        Unexpected, Visitor, value::StrDeserializer,
    },
    forward_to_deserialize_any,
};

use super::{reason::Reason, undecodable::Undecodable};

/// What reads a header: all its field lines.
#[doc(hidden)]
#[derive(Debug, Clone, Copy)]
#[allow(
    unreachable_pub,
    reason = "Rust 1.85 overlooks the public function that names it"
)]
pub struct HeaderDeserializer<'h> {
    headers: &'h HeaderMap,
    name: &'h str,
}

impl<'h> HeaderDeserializer<'h> {
    /// The header of the first name that there is. The first of all is the declared one.
    pub(super) fn new(headers: &'h HeaderMap, names: &'h [&'h str]) -> Self {
        let mut present = names.iter().filter(|name| headers.contains_key(**name));
        let name = present.next().or(names.first());
        Self {
            headers,
            name: name.copied().unwrap_or_default(),
        }
    }

    fn lines(self) -> impl Iterator<Item = &'h HeaderValue> {
        self.headers.get_all(self.name).into_iter()
    }

    pub(super) fn is_absent(self) -> bool {
        !self.headers.contains_key(self.name)
    }

    /// Several field lines are one, joined at commas, by [RFC 9110, section
    /// 5.3](https://www.rfc-editor.org/rfc/rfc9110#section-5.3).
    fn value(self) -> Result<Cow<'h, [u8]>, Reason> {
        let mut lines = self.lines().map(|line| line.as_bytes().trim_ascii());
        let first = lines.next().ok_or_else(missing)?;
        let mut all = Cow::Borrowed(first);
        for line in lines {
            let all = all.to_mut();
            all.extend_from_slice(b", ");
            all.extend_from_slice(line);
        }
        Ok(all)
    }

    fn text(self) -> Result<Cow<'h, str>, Reason> {
        match self.value()? {
            Cow::Borrowed(value) => text(value).map(Cow::Borrowed),
            Cow::Owned(value) => String::from_utf8(value)
                .map(Cow::Owned)
                .map_err(|_| not_text()),
        }
    }

    /// The items of a list: what is between commas, unless they are in quotes. A cookie may have commas of its own.
    fn items(self) -> Result<Vec<Cow<'h, str>>, Reason> {
        let mut items = Vec::new();
        for line in self.lines() {
            let line = text(line.as_bytes())?;
            if self.name == SET_COOKIE.as_str() {
                items.push(line.trim_ascii());
            } else {
                split(line, &mut items);
            }
        }
        Ok(items.into_iter().map(Cow::Borrowed).collect())
    }

    pub(super) fn undecodable(self, reason: &Reason) -> Undecodable {
        let name = self.name;
        if self.is_absent() {
            return Undecodable::of_head(format_args!("the header `{name}` is missing"));
        }
        Undecodable::of_head(format_args!("the header `{name}` is not valid: {reason}"))
    }
}

fn text(value: &[u8]) -> Result<&str, Reason> {
    str::from_utf8(value).map_err(|_| not_text())
}

fn not_text() -> Reason {
    Reason::new("invalid value: not UTF-8".to_owned())
}

fn missing() -> Reason {
    Reason::new("missing".to_owned())
}

/// Adds the items of a line; empty ones are none ([RFC 9110, section
/// 5.6.1](https://www.rfc-editor.org/rfc/rfc9110#section-5.6.1)).
fn split<'h>(line: &'h str, items: &mut Vec<&'h str>) {
    let (mut is_quoted, mut is_escaped) = (false, false);
    let parts = line.split(|c| {
        let is_end = c == ',' && !is_quoted;
        is_quoted ^= c == '"' && !is_escaped;
        is_escaped = c == '\\' && is_quoted && !is_escaped;
        is_end
    });
    let parts = parts.map(str::trim_ascii);
    items.extend(parts.filter(|part| !part.is_empty()));
}

macro_rules! as_text {
    ($($method:ident;)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Reason> {
            Text(self.text()?).$method(visitor)
        }
    )*};
}

impl<'de> Deserializer<'de> for HeaderDeserializer<'_> {
    type Error = Reason;

    as_text! {
        deserialize_any; deserialize_bool; deserialize_char; deserialize_i8; deserialize_i16; deserialize_i32;
        deserialize_i64; deserialize_i128; deserialize_u8; deserialize_u16; deserialize_u32; deserialize_u64;
        deserialize_u128; deserialize_f32; deserialize_f64; deserialize_str; deserialize_string; deserialize_map;
        deserialize_identifier;
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Reason> {
        if self.is_absent() {
            visitor.visit_none()
        } else {
            visitor.visit_some(self)
        }
    }

    /// Without the header, the list is empty.
    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Reason> {
        visitor.visit_seq(Items(self.items()?.into_iter()))
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Reason> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, Reason> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Reason> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Reason> {
        self.deserialize_map(visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Reason> {
        Text(self.text()?).deserialize_enum(name, variants, visitor)
    }

    fn deserialize_bytes<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Reason> {
        self.deserialize_byte_buf(visitor)
    }

    fn deserialize_byte_buf<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Reason> {
        visitor.visit_byte_buf(self.value()?.into_owned())
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Reason> {
        self.value()?;
        visitor.visit_unit()
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Reason> {
        self.deserialize_unit(visitor)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Reason> {
        visitor.visit_unit()
    }
}

/// The items of a list.
struct Items<'h>(vec::IntoIter<Cow<'h, str>>);

impl<'de> SeqAccess<'de> for Items<'_> {
    type Error = Reason;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Reason> {
        let item = self.0.next();
        item.map(|item| seed.deserialize(Text(item))).transpose()
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.0.len())
    }
}

/// The text of a scalar.
struct Text<'h>(Cow<'h, str>);

macro_rules! parse {
    ($($method:ident: $ty:ty => $visit:ident;)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Reason> {
            match self.0.parse::<$ty>() {
                Ok(value) => visitor.$visit(value),
                Err(_) => Err(Reason::invalid_value(Unexpected::Str(&self.0), &visitor)),
            }
        }
    )*};
}

impl<'de> Deserializer<'de> for Text<'_> {
    type Error = Reason;

    parse! {
        deserialize_bool: bool => visit_bool;
        deserialize_char: char => visit_char;
        deserialize_i8: i8 => visit_i8;
        deserialize_i16: i16 => visit_i16;
        deserialize_i32: i32 => visit_i32;
        deserialize_i64: i64 => visit_i64;
        deserialize_i128: i128 => visit_i128;
        deserialize_u8: u8 => visit_u8;
        deserialize_u16: u16 => visit_u16;
        deserialize_u32: u32 => visit_u32;
        deserialize_u64: u64 => visit_u64;
        deserialize_u128: u128 => visit_u128;
        deserialize_f32: f32 => visit_f32;
        deserialize_f64: f64 => visit_f64;
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Reason> {
        match self.0 {
            Cow::Borrowed(text) => visitor.visit_str(text),
            Cow::Owned(text) => visitor.visit_string(text),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Reason> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Reason> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Reason> {
        let name: StrDeserializer<'_, Reason> = (&*self.0).into_deserializer();
        visitor.visit_enum(name)
    }

    forward_to_deserialize_any! {
        str string bytes byte_buf unit unit_struct seq tuple tuple_struct map struct identifier ignored_any
    }
}

/// What all headers are decoded as: a `HeaderMap`, or a type that serde deserializes from a map. `How` tells the two apart,
/// so that nothing implements both.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "headers cannot be decoded as `{Self}`",
    label = "not an `http::HeaderMap`, and does not implement `Deserialize`",
    note = "use an `http::HeaderMap`, or a map such as `BTreeMap<String, String>`"
)]
#[allow(
    unreachable_pub,
    reason = "Rust 1.85 overlooks the public function that names it"
)]
pub trait HeadersField<How>: Sized {
    fn from_headers(headers: &HeaderMap) -> Result<Self, Undecodable>;
}

/// As a `HeaderMap`, which is not `Deserialize`.
#[doc(hidden)]
#[derive(Debug)]
#[allow(
    unreachable_pub,
    reason = "Rust 1.85 overlooks the public function that names it"
)]
pub struct AsMap;

/// As serde deserializes it.
#[doc(hidden)]
#[derive(Debug)]
#[allow(
    unreachable_pub,
    reason = "Rust 1.85 overlooks the public function that names it"
)]
pub struct AsValue;

#[diagnostic::do_not_recommend]
impl HeadersField<AsMap> for HeaderMap {
    fn from_headers(headers: &HeaderMap) -> Result<Self, Undecodable> {
        Ok(headers.clone())
    }
}

#[diagnostic::do_not_recommend]
impl<T: DeserializeOwned> HeadersField<AsValue> for T {
    fn from_headers(headers: &HeaderMap) -> Result<Self, Undecodable> {
        let current = Cell::new(None);
        let all = AllHeaders {
            names: headers.keys(),
            headers,
            current: &current,
        };
        T::deserialize(all).map_err(|reason| match current.get() {
            Some(header) => header.undecodable(&reason),
            None => Undecodable::of_head(format_args!("the headers are not valid: {reason}")),
        })
    }
}

/// All headers, as a map.
struct AllHeaders<'h> {
    headers: &'h HeaderMap,
    names: Keys<'h, HeaderValue>,
    /// The one that is being read.
    current: &'h Cell<Option<HeaderDeserializer<'h>>>,
}

impl<'de> Deserializer<'de> for AllHeaders<'_> {
    type Error = Reason;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Reason> {
        visitor.visit_map(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Reason> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Reason> {
        visitor.visit_some(self)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct seq tuple
        tuple_struct map struct enum identifier ignored_any
    }
}

impl<'de> MapAccess<'de> for AllHeaders<'_> {
    type Error = Reason;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Reason> {
        let Some(name) = self.names.next() else {
            return Ok(None);
        };
        self.current.set(Some(HeaderDeserializer {
            headers: self.headers,
            name: name.as_str(),
        }));
        seed.deserialize(Text(Cow::Borrowed(name.as_str())))
            .map(Some)
    }

    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value, Reason> {
        let header = self
            .current
            .get()
            .ok_or_else(|| Reason::custom("no name"))?;
        let value = seed.deserialize(header)?;
        self.current.set(None);
        Ok(value)
    }
}
