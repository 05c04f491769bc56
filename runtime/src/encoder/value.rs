//! The serde serializer for path, query, header, cookie, form and text values: it tells a [`Sink`] what it sees.
//!
//! There is one for all locations, because they differ in data (what is escaped, what stands between items) and not in
//! what serde calls; so each field type is compiled against one serializer only.

use std::fmt::Display;

use serde::{
    Serialize, Serializer,
    ser::{
        Impossible, SerializeMap, SerializeSeq, SerializeStruct, SerializeTuple,
        SerializeTupleStruct,
    },
};

use super::{
    key::with_key,
    name_set::NameSet,
    problem::Problem,
    sink::{Level, Sink},
};
use crate::nullable::ABSENT;

type Result<T = ()> = std::result::Result<T, Problem>;

/// The serializer's type, as closures in an expansion name it.
pub type Writer<'w, 's> = &'w mut Sink<'s>;

pub(super) fn data_variant(variant: &str) -> Problem {
    let variant = variant.escape_debug();
    Problem::new(format!(
        "is the enum variant `{variant}` with data, which is not supported outside of JSON"
    ))
}

/// The structs that `serde_json` has for what serde has no word for. Its feature `arbitrary_precision`, which any crate
/// can switch on, makes every number the first; both have one field, which is text.
pub(super) const NUMBER: &str = "$serde_json::private::Number";
pub(super) const RAW: &str = "$serde_json::private::RawValue";

pub(super) fn is_raw() -> Problem {
    Problem::new("is a `RawValue`, which is not supported outside of JSON")
}

// `itoa` writes digits without the machinery of `fmt`, which would cost more than all the rest of a number.
macro_rules! integers {
    ($($method:ident: $type:ty,)*) => {
        $(
            fn $method(self, value: $type) -> Result {
                self.plain(itoa::Buffer::new().format(value))
            }
        )*
    };
}

impl<'w, 's> Serializer for &'w mut Sink<'s> {
    type Ok = ();
    type Error = Problem;
    type SerializeSeq = Container<'w, 's>;
    type SerializeTuple = Container<'w, 's>;
    type SerializeTupleStruct = Container<'w, 's>;
    type SerializeTupleVariant = Impossible<(), Problem>;
    type SerializeMap = Container<'w, 's>;
    type SerializeStruct = Container<'w, 's>;
    type SerializeStructVariant = Impossible<(), Problem>;

    integers! {
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
    }

    fn serialize_bool(self, value: bool) -> Result {
        self.plain(if value { "true" } else { "false" })
    }

    fn serialize_f32(self, value: f32) -> Result {
        float(self, value.is_finite(), &value)
    }

    fn serialize_f64(self, value: f64) -> Result {
        float(self, value.is_finite(), &value)
    }

    fn serialize_char(self, value: char) -> Result {
        self.text(value.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, value: &str) -> Result {
        self.text(value)
    }

    fn collect_str<T: Display + ?Sized>(self, value: &T) -> Result {
        self.display(&value)
    }

    fn serialize_bytes(self, _: &[u8]) -> Result {
        Err(Problem::new(
            "is raw bytes, which are not supported as text: send a string in the encoding of the API, such as base64",
        ))
    }

    fn serialize_none(self) -> Result {
        self.none()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result {
        Err(Problem::new(
            "is `null` or `()`, which is not supported outside of JSON: use an `Option`, whose `None` is left out",
        ))
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result {
        self.serialize_unit()
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result {
        self.text(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Result {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        _: u32,
        variant: &'static str,
        _: &T,
    ) -> Result {
        if name == ABSENT {
            return self.none();
        }
        Err(data_variant(variant))
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Container<'w, 's>> {
        let outer = self.enter_list()?;
        Ok(Container::new(self, outer, false))
    }

    fn serialize_tuple(self, _: usize) -> Result<Container<'w, 's>> {
        self.serialize_seq(None)
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Container<'w, 's>> {
        self.serialize_seq(None)
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Impossible<(), Problem>> {
        Err(data_variant(variant))
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Container<'w, 's>> {
        let outer = self.enter_members()?;
        Ok(Container::new(self, outer, false))
    }

    fn serialize_struct(self, name: &'static str, _: usize) -> Result<Container<'w, 's>> {
        match name {
            NUMBER => {
                let outer = self.level();
                Ok(Container::new(self, outer, true))
            }
            RAW => Err(is_raw()),
            _ => self.serialize_map(None),
        }
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Impossible<(), Problem>> {
        Err(data_variant(variant))
    }
}

fn float(sink: &mut Sink<'_>, finite: bool, value: &dyn Display) -> Result {
    if !finite {
        return Err(Problem::new("is not a finite number"));
    }
    sink.display(value)
}

/// A list, struct or map that is being written.
#[derive(Debug)]
pub struct Container<'w, 's> {
    sink: &'w mut Sink<'s>,
    outer: Level,
    /// The length of the key outside of the member whose value comes next.
    member: usize,
    /// The keys of the map so far, if no other names tell them apart; a list or struct has none.
    keys: Option<NameSet>,
    /// It is a number of `serde_json`.
    is_number: bool,
}

impl<'w, 's> Container<'w, 's> {
    fn new(sink: &'w mut Sink<'s>, outer: Level, is_number: bool) -> Self {
        Self {
            sink,
            outer,
            member: 0,
            keys: None,
            is_number,
        }
    }

    fn close(self) {
        if !self.is_number {
            self.sink.leave(self.outer);
        }
    }
}

macro_rules! lists {
    ($($trait:ident::$method:ident,)*) => {
        $(
            impl $trait for Container<'_, '_> {
                type Ok = ();
                type Error = Problem;

                fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result {
                    value.serialize(&mut *self.sink)?;
                    self.sink.leave_item();
                    Ok(())
                }

                fn end(self) -> Result {
                    self.close();
                    Ok(())
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

impl SerializeStruct for Container<'_, '_> {
    type Ok = ();
    type Error = Problem;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Result {
        if self.is_number {
            return value.serialize(&mut *self.sink);
        }
        let before = self.sink.enter_member(key)?;
        value.serialize(&mut *self.sink)?;
        self.sink.leave_member(before);
        Ok(())
    }

    fn end(self) -> Result {
        self.close();
        Ok(())
    }
}

impl SerializeMap for Container<'_, '_> {
    type Ok = ();
    type Error = Problem;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result {
        with_key(key, &mut |key| {
            self.member = self.sink.enter_member(key)?;
            if self.sink.brings_members() {
                return Ok(());
            }
            let added = self.keys.get_or_insert_default().add(key, "");
            added.map_err(|_| Problem::brings_again(key, "", ""))?;
            Ok(())
        })
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result {
        value.serialize(&mut *self.sink)?;
        self.sink.leave_member(self.member);
        Ok(())
    }

    fn end(self) -> Result {
        self.close();
        Ok(())
    }
}
