//! The serde serializer for flattened fields: each member of a struct or map is a parameter of its own.

use std::{mem, ops::Range};

use serde::{
    Serialize, Serializer,
    ser::{Impossible, SerializeMap, SerializeStruct},
};

use super::{
    problem::Problem,
    sink::{Sink, SinkKind},
    value::map_key,
};
use crate::operation::Style;

type Result<T = ()> = std::result::Result<T, Problem>;

/// Serializes a struct or map into parameters.
#[expect(missing_debug_implementations, reason = "the sink holds values")]
pub struct Flattener<'w, 's>(pub(super) &'w mut Sink<'s>);

fn refused() -> Problem {
    Problem::new("is flattened, but is not a struct or map")
}

macro_rules! refuse {
    ($($method:ident($($type:ty),*) $(-> $ok:ty)?;)*) => {
        $(
            fn $method(self $(, _: $type)*) -> Result<refuse!(@ok $($ok)?)> {
                Err(refused())
            }
        )*
    };
    (@ok) => { () };
    (@ok $ok:ty) => { $ok };
}

impl<'w, 's> Serializer for Flattener<'w, 's> {
    type Ok = ();
    type Error = Problem;
    type SerializeSeq = Impossible<(), Problem>;
    type SerializeTuple = Impossible<(), Problem>;
    type SerializeTupleStruct = Impossible<(), Problem>;
    type SerializeTupleVariant = Impossible<(), Problem>;
    type SerializeMap = FlatMembers<'w, 's>;
    type SerializeStruct = FlatMembers<'w, 's>;
    type SerializeStructVariant = Impossible<(), Problem>;

    refuse! {
        serialize_bool(bool);
        serialize_i8(i8);
        serialize_i16(i16);
        serialize_i32(i32);
        serialize_i64(i64);
        serialize_u8(u8);
        serialize_u16(u16);
        serialize_u32(u32);
        serialize_u64(u64);
        serialize_f32(f32);
        serialize_f64(f64);
        serialize_char(char);
        serialize_str(&str);
        serialize_bytes(&[u8]);
        serialize_unit_variant(&'static str, u32, &'static str);
        serialize_seq(Option<usize>) -> Self::SerializeSeq;
        serialize_tuple(usize) -> Self::SerializeTuple;
        serialize_tuple_struct(&'static str, usize) -> Self::SerializeTupleStruct;
        serialize_tuple_variant(&'static str, u32, &'static str, usize) -> Self::SerializeTupleVariant;
        serialize_struct_variant(&'static str, u32, &'static str, usize) -> Self::SerializeStructVariant;
    }

    fn serialize_none(self) -> Result {
        self.0.none()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result {
        Ok(())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result {
        Ok(())
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Result {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result {
        Err(refused())
    }

    fn serialize_map(self, _: Option<usize>) -> Result<FlatMembers<'w, 's>> {
        Ok(FlatMembers(self.0))
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<FlatMembers<'w, 's>> {
        Ok(FlatMembers(self.0))
    }
}

/// The members of a flattened struct or map.
#[expect(missing_debug_implementations, reason = "the sink holds values")]
pub struct FlatMembers<'w, 's>(&'w mut Sink<'s>);

impl FlatMembers<'_, '_> {
    fn value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result {
        value.serialize(&mut *self.0)?;
        self.0.leave_flattened();
        Ok(())
    }
}

impl SerializeStruct for FlatMembers<'_, '_> {
    type Ok = ();
    type Error = Problem;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Result {
        self.0.enter_flattened(key)?;
        self.value(value)
    }

    fn end(self) -> Result {
        Ok(())
    }
}

impl SerializeMap for FlatMembers<'_, '_> {
    type Ok = ();
    type Error = Problem;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result {
        self.0.enter_flattened(&map_key(key)?)
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result {
        self.value(value)
    }

    fn end(self) -> Result {
        Ok(())
    }
}

impl Sink<'_> {
    /// Announces a member of a flattened field: the next value is a parameter of its own, called `key`.
    pub(super) fn enter_flattened(&mut self, key: &str) -> Result {
        let name = match self.kind {
            SinkKind::Header => key.to_ascii_lowercase(),
            _ => self.escaped(key),
        };
        if self.declares(&name) {
            return Err(Problem::brings(key));
        }
        let flattened = self.flattened.get_or_insert_default();
        if flattened.brought.contains(&name) {
            return Err(Problem::new(format!(
                "brings `{key}`, which is there already"
            )));
        }
        flattened.brought.push(name.clone());
        flattened.name = Some(name);
        flattened.start = self.out.len();
        self.atoms = 0;
        self.style = Style::Form;
        self.explode = self.kind != SinkKind::Header;
        Ok(())
    }

    pub(super) fn leave_flattened(&mut self) {
        self.none = false;
        let Some(flattened) = &mut self.flattened else {
            return;
        };
        let name = flattened.name.take();
        if let (SinkKind::Header, Some(name), 1..) = (self.kind, name, self.atoms) {
            let range = flattened.start..self.out.len();
            flattened.headers.push((name, range));
        }
    }

    /// The headers that a flattened field has brought.
    pub(super) fn take_headers(&mut self) -> Vec<(String, Range<usize>)> {
        let flattened = self.flattened.as_mut();
        flattened.map_or_else(Vec::new, |flattened| mem::take(&mut flattened.headers))
    }
}
