//! The serde serializer for the values of parts: a list repeats the part, and each of its items is text, or JSON where
//! the content type says so.
//!
//! JSON is written by `serde_json`, through [`Parts`], which is shared because `serde_json` keeps what it writes to.

use std::fmt::Display;

use serde::{
    Serialize, Serializer,
    ser::{
        SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant, SerializeTuple,
        SerializeTupleStruct, SerializeTupleVariant,
    },
};

use super::{
    json::Shown,
    parts::Parts,
    problem::Problem,
    value::{NUMBER, RAW, data_variant, is_raw},
};
use crate::{nullable::ABSENT, part};

type Result<T = ()> = std::result::Result<T, Problem>;
type JsonWriter<'j, 'p> = &'j mut serde_json::Serializer<&'p Parts>;

/// A part of a multipart body.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be sent as a part",
    label = "not a part",
    note = "use `api_request::Part` or a type that implements `serde::Serialize`",
    note = "a field that is not part of the request takes `#[api(skip)]`"
)]
pub trait PartValue {
    /// Writes the part, or as many as the value is a list of.
    ///
    /// # Errors
    ///
    /// Fails if the value is not supported as a part.
    fn write(&self, parts: &Parts) -> Result;
}

#[diagnostic::do_not_recommend]
impl<T: Serialize> PartValue for T {
    fn write(&self, parts: &Parts) -> Result {
        each(self, parts, false)
    }
}

/// A part with `#[serde(with = …)]`.
#[derive(Debug)]
pub struct PartWith<F>(pub F);

#[diagnostic::do_not_recommend]
impl<F> PartValue for PartWith<F>
where
    F: Fn(PartSerializer<'_, '_>) -> Result,
{
    fn write(&self, parts: &Parts) -> Result {
        let json = &mut serde_json::Serializer::new(parts);
        let is_item = false;
        self.0(PartSerializer {
            parts,
            json,
            is_item,
        })
    }
}

/// The serializer of a field, or of an item of the list that it is.
#[expect(missing_debug_implementations, reason = "the parts hold values")]
pub struct PartSerializer<'j, 'p> {
    parts: &'p Parts,
    json: JsonWriter<'j, 'p>,
    is_item: bool,
}

fn each<T: Serialize + ?Sized>(value: &T, parts: &Parts, is_item: bool) -> Result {
    value.serialize(PartSerializer {
        parts,
        json: &mut serde_json::Serializer::new(parts),
        is_item,
    })
}

impl<'j, 'p> PartSerializer<'j, 'p> {
    fn scalar<T: Serialize>(self, value: T) -> Result {
        if self.parts.is_json() {
            self.write_json(|json| value.serialize(json))
        } else {
            self.parts.text(&value)
        }
    }

    /// A value that only JSON supports.
    fn json<T>(
        self,
        write: impl FnOnce(JsonWriter<'j, 'p>) -> serde_json::Result<T>,
        otherwise: impl FnOnce() -> Problem,
    ) -> Result<T> {
        if self.parts.is_json() {
            self.write_json(write)
        } else {
            Err(otherwise())
        }
    }

    fn write_json<T>(
        self,
        write: impl FnOnce(JsonWriter<'j, 'p>) -> serde_json::Result<T>,
    ) -> Result<T> {
        self.parts.json()?;
        write(self.json).map_err(serde::ser::Error::custom)
    }
}

fn members() -> Problem {
    Problem::new(
        "is a struct or map, which only a JSON part supports: add `content_type = \"application/json\"`",
    )
}

macro_rules! scalars {
    ($($method:ident: $type:ty,)*) => {
        $(
            fn $method(self, value: $type) -> Result {
                self.scalar(value)
            }
        )*
    };
}

impl<'j, 'p> Serializer for PartSerializer<'j, 'p> {
    type Ok = ();
    type Error = Problem;
    type SerializeSeq = PartList<'j, 'p>;
    type SerializeTuple = PartList<'j, 'p>;
    type SerializeTupleStruct = PartList<'j, 'p>;
    type SerializeTupleVariant = Compound<'j, 'p>;
    type SerializeMap = Compound<'j, 'p>;
    type SerializeStruct = PartStruct<'j, 'p>;
    type SerializeStructVariant = Compound<'j, 'p>;

    scalars! {
        serialize_bool: bool,
        serialize_i8: i8,
        serialize_i16: i16,
        serialize_i32: i32,
        serialize_i64: i64,
        serialize_i128: i128,
        serialize_u8: u8,
        serialize_u16: u16,
        serialize_u32: u32,
        serialize_u64: u64,
        serialize_u128: u128,
        serialize_f32: f32,
        serialize_f64: f64,
        serialize_char: char,
        serialize_str: &str,
    }

    fn collect_str<T: Display + ?Sized>(self, value: &T) -> Result {
        if !self.parts.is_json() {
            return self.parts.text(&format_args!("{value}"));
        }
        let shown = Shown::new(value);
        self.write_json(|json| json.collect_str(&shown))?;
        shown.result()
    }

    fn serialize_bytes(self, value: &[u8]) -> Result {
        self.parts.bytes(value)
    }

    fn serialize_none(self) -> Result {
        if !self.is_item {
            return Ok(());
        }
        self.json(Serializer::serialize_none, || {
            Problem::new("has a `None` in a list, which is not supported outside of JSON")
        })
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result {
        self.scalar(())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result {
        self.serialize_unit()
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result {
        self.scalar(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        value: &T,
    ) -> Result {
        if name != part::NEWTYPE {
            return value.serialize(self);
        }
        let parts = self.parts;
        match part::take(|| value.serialize(self))? {
            Some(part) => parts.part(part),
            None => Ok(()),
        }
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        index: u32,
        variant: &'static str,
        value: &T,
    ) -> Result {
        if name == ABSENT {
            return self.serialize_none();
        }
        self.json(
            |json| json.serialize_newtype_variant(name, index, variant, value),
            || data_variant(variant),
        )
    }

    fn serialize_seq(self, length: Option<usize>) -> Result<PartList<'j, 'p>> {
        if !self.is_item {
            return Ok(PartList::Items(self.parts));
        }
        let list = self.json(
            |json| json.serialize_seq(length),
            || Problem::new("has a list in a list, which is not supported outside of JSON"),
        )?;
        Ok(PartList::Json(Compound(list)))
    }

    fn serialize_tuple(self, length: usize) -> Result<PartList<'j, 'p>> {
        self.serialize_seq(Some(length))
    }

    fn serialize_tuple_struct(self, _: &'static str, length: usize) -> Result<PartList<'j, 'p>> {
        self.serialize_seq(Some(length))
    }

    fn serialize_tuple_variant(
        self,
        name: &'static str,
        index: u32,
        variant: &'static str,
        length: usize,
    ) -> Result<Compound<'j, 'p>> {
        self.json(
            |json| json.serialize_tuple_variant(name, index, variant, length),
            || data_variant(variant),
        )
        .map(Compound)
    }

    fn serialize_map(self, length: Option<usize>) -> Result<Compound<'j, 'p>> {
        self.json(|json| json.serialize_map(length), members)
            .map(Compound)
    }

    fn serialize_struct(self, name: &'static str, length: usize) -> Result<PartStruct<'j, 'p>> {
        if name == NUMBER && !self.parts.is_json() {
            return Ok(PartStruct::Number(self.parts));
        }
        let otherwise = if name == RAW { is_raw } else { members };
        let json = self.json(|json| json.serialize_struct(name, length), otherwise)?;
        Ok(PartStruct::Json(Compound(json)))
    }

    fn serialize_struct_variant(
        self,
        name: &'static str,
        index: u32,
        variant: &'static str,
        length: usize,
    ) -> Result<Compound<'j, 'p>> {
        self.json(
            |json| json.serialize_struct_variant(name, index, variant, length),
            || data_variant(variant),
        )
        .map(Compound)
    }
}

/// A list, struct or map that `serde_json` writes.
#[expect(missing_debug_implementations, reason = "the parts hold values")]
pub struct Compound<'j, 'p>(<JsonWriter<'j, 'p> as Serializer>::SerializeSeq);

/// A list: of parts, or inside one.
#[expect(missing_debug_implementations, reason = "the parts hold values")]
pub enum PartList<'j, 'p> {
    Items(&'p Parts),
    Json(Compound<'j, 'p>),
}

macro_rules! lists {
    ($($trait:ident::$method:ident,)*) => {
        $(
            impl $trait for PartList<'_, '_> {
                type Ok = ();
                type Error = Problem;

                fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result {
                    match self {
                        Self::Items(parts) => each(value, parts, true),
                        Self::Json(Compound(json)) => SerializeSeq::serialize_element(json, value)
                            .map_err(serde::ser::Error::custom),
                    }
                }

                fn end(self) -> Result {
                    match self {
                        Self::Items(_) => Ok(()),
                        Self::Json(Compound(json)) => {
                            SerializeSeq::end(json).map_err(serde::ser::Error::custom)
                        }
                    }
                }
            }
        )*
    };
}

lists! {
    SerializeSeq::serialize_element,
    SerializeTuple::serialize_element,
    SerializeTupleStruct::serialize_field,
}

macro_rules! compound {
    ($($trait:ident { $($method:ident($($key:ident: $type:ty)?),)* })*) => {
        $(
            impl $trait for Compound<'_, '_> {
                type Ok = ();
                type Error = Problem;

                $(
                    fn $method<T: Serialize + ?Sized>(&mut self, $($key: $type,)? value: &T) -> Result {
                        $trait::$method(&mut self.0, $($key,)? value).map_err(serde::ser::Error::custom)
                    }
                )*

                fn end(self) -> Result {
                    $trait::end(self.0).map_err(serde::ser::Error::custom)
                }
            }
        )*
    };
}

/// A struct that is JSON, or a number of `serde_json`.
#[expect(missing_debug_implementations, reason = "the parts hold values")]
pub enum PartStruct<'j, 'p> {
    Json(Compound<'j, 'p>),
    Number(&'p Parts),
}

impl SerializeStruct for PartStruct<'_, '_> {
    type Ok = ();
    type Error = Problem;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Result {
        match self {
            Self::Json(Compound(json)) => SerializeStruct::serialize_field(json, key, value)
                .map_err(serde::ser::Error::custom),
            Self::Number(parts) => parts.text(value),
        }
    }

    fn end(self) -> Result {
        match self {
            Self::Json(Compound(json)) => {
                SerializeStruct::end(json).map_err(serde::ser::Error::custom)
            }
            Self::Number(_) => Ok(()),
        }
    }
}

compound! {
    SerializeTupleVariant { serialize_field(), }
    SerializeMap { serialize_key(), serialize_value(), }
    SerializeStructVariant { serialize_field(key: &'static str), }
}
