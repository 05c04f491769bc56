//! The serde deserializer of parts: the inverse of the encoder's. A list reads all parts of its name, and each item is
//! text, or JSON where the declared content type says so.

use std::borrow::Cow;

use serde::{
    Deserializer,
    de::{DeserializeSeed, SeqAccess, Visitor},
};

use super::{
    access::{Absent, tuples_are_lists},
    decoder::Decoder,
    fault::Fault,
    json::JsonValueDeserializer,
    multipart::RawPart,
    read::FromValue,
    refusal::Refusal,
    scalar::Scalar,
    texts::text,
};
use crate::{
    Part,
    nullable::NULLABLE,
    operation::{Param, ParamKind},
    part,
};

type Result<T, E = Fault> = std::result::Result<T, E>;

/// Reads the parts of a field.
///
/// # Errors
///
/// Fails if they are missing, or not of the type.
pub fn read_part<T: FromValue>(decoder: &Decoder<'_>, index: usize) -> Result<T, Refusal> {
    read_part_by(decoder, index, |parts| T::deserialize(parts))
}

/// The same by a function of `#[serde(with = …)]`.
///
/// # Errors
///
/// Fails as [`read_part`].
pub fn read_part_by<T>(
    decoder: &Decoder<'_>,
    index: usize,
    read: impl Fn(PartDeserializer<'_>) -> Result<T>,
) -> Result<T, Refusal> {
    let parts = decoder.parts(index);
    for part in &parts {
        part.taken.set(true);
    }
    let is_absent = parts.is_empty();
    let is_json = is_json(&decoder.fields[index]);
    let value = read(PartDeserializer {
        parts,
        is_json,
        is_item: false,
    });
    value.map_err(|fault| decoder.refused(index, fault, is_absent))
}

/// Whether the declared content type is that of JSON.
pub(super) fn is_json(param: &Param) -> bool {
    let ParamKind::Part { content_type, .. } = param.kind else {
        return false;
    };
    let essence = content_type.split(';').next().unwrap_or_default();
    let essence = essence.trim_end().to_ascii_lowercase();
    essence == "application/json" || essence.ends_with("+json")
}

/// The deserializer of a field, or of an item of the list that it is.
#[derive(Debug, Clone)]
pub struct PartDeserializer<'d> {
    parts: Vec<&'d RawPart<'d>>,
    is_json: bool,
    is_item: bool,
}

impl<'d> PartDeserializer<'d> {
    fn one(&self) -> Result<&'d RawPart<'d>> {
        match *self.parts {
            [] => Err(Fault::missing()),
            [part] => Ok(part),
            _ => Err(Fault::several()),
        }
    }

    fn scalar(self) -> Result<Scalar<'d>> {
        text(&self.one()?.content).map(|text| Scalar(Cow::Borrowed(text)))
    }

    /// The part as JSON, if that is declared.
    fn json(&self) -> Result<Option<JsonValueDeserializer<'d>>> {
        if !self.is_json {
            return Ok(None);
        }
        text(&self.one()?.content).map(|json| Some(JsonValueDeserializer(Some(json))))
    }

    fn part(&self) -> Result<Part> {
        let RawPart {
            filename,
            content_type,
            headers,
            content,
            ..
        } = self.one()?;
        let headers = headers.iter();
        let headers = headers.map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        Ok(Part::received(
            content.clone(),
            filename.as_deref().map(str::to_owned),
            content_type.map(str::to_owned),
            headers.collect(),
        ))
    }
}

macro_rules! json_or_scalar {
    ($($method:ident)*) => {
        $(
            fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
                match self.json()? {
                    Some(json) => json.$method(visitor),
                    None => self.scalar()?.$method(visitor),
                }
            }
        )*
    };
}

macro_rules! bytes {
    ($($method:ident)*) => {
        $(
            fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
                match self.json()? {
                    Some(json) => json.$method(visitor),
                    None => visitor.visit_borrowed_bytes(&self.one()?.content),
                }
            }
        )*
    };
}

fn members<T>() -> Result<T> {
    Err(Fault::new(
        "is a struct or map, which only a JSON part supports",
    ))
}

impl<'de> Deserializer<'de> for PartDeserializer<'de> {
    type Error = Fault;

    json_or_scalar! {
        deserialize_any deserialize_bool deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64
        deserialize_i128 deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64 deserialize_u128
        deserialize_f32 deserialize_f64 deserialize_char deserialize_str deserialize_string deserialize_unit
        deserialize_identifier
    }

    bytes! { deserialize_bytes deserialize_byte_buf }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        if self.parts.is_empty() {
            return visitor.visit_none();
        }
        let json = if self.is_item { self.json()? } else { None };
        match json {
            Some(json) => json.deserialize_option(visitor),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value> {
        match name {
            part::NEWTYPE => {
                let part = self.part()?;
                part::give(part, || visitor.visit_unit())
            }
            NULLABLE if self.parts.is_empty() => visitor.visit_enum(Absent),
            NULLABLE => visitor.visit_some(self),
            _ => visitor.visit_newtype_struct(self),
        }
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        if self.is_item {
            return match self.json()? {
                Some(json) => json.deserialize_seq(visitor),
                None => Err(Fault::new("has a list in a list")),
            };
        }
        visitor.visit_seq(Parts {
            parts: self.parts.into_iter(),
            is_json: self.is_json,
        })
    }

    tuples_are_lists!('de);

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        match self.json()? {
            Some(json) => json.deserialize_map(visitor),
            None => members(),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value> {
        match self.json()? {
            Some(json) => json.deserialize_struct(name, fields, visitor),
            None => members(),
        }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value> {
        match self.json()? {
            Some(json) => json.deserialize_enum(name, variants, visitor),
            None => self.scalar()?.deserialize_enum(name, variants, visitor),
        }
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value> {
        self.deserialize_unit(visitor)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        visitor.visit_unit()
    }
}

/// The items of a list, each a part.
struct Parts<'d> {
    parts: std::vec::IntoIter<&'d RawPart<'d>>,
    is_json: bool,
}

impl<'de> SeqAccess<'de> for Parts<'de> {
    type Error = Fault;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>> {
        let Some(part) = self.parts.next() else {
            return Ok(None);
        };
        let item = PartDeserializer {
            parts: vec![part],
            is_json: self.is_json,
            is_item: true,
        };
        seed.deserialize(item).map(Some)
    }
}
