//! The serde serializer for flattened fields: each member of a struct or map, and each pair of a list of pairs, is a
//! parameter of its own.

use http::HeaderMap;
use serde::{
    Serialize, Serializer,
    ser::{
        Impossible, SerializeMap, SerializeSeq, SerializeStruct, SerializeTuple,
        SerializeTupleStruct,
    },
};

use super::{
    key::with_key,
    kind::SinkKind,
    problem::Problem,
    sink::Sink,
    value::{NUMBER, RAW},
};
use crate::{
    nullable::{ABSENT, NULL},
    secret, secrets,
    sensitive::is_credentials,
};

type Result<T = ()> = std::result::Result<T, Problem>;

/// Serializes a struct, a map or a list of pairs into parameters.
#[expect(missing_debug_implementations, reason = "the sink holds values")]
pub struct Flattener<'w, 's> {
    sink: &'w mut Sink<'s>,
    /// The value is an item of the list, so it is a pair.
    is_pair: bool,
}

impl<'w, 's> Flattener<'w, 's> {
    pub(super) fn new(sink: &'w mut Sink<'s>) -> Self {
        let is_pair = false;
        Self { sink, is_pair }
    }

    fn members(self) -> Result<FlatMembers<'w, 's>> {
        if self.is_pair {
            return Err(refused());
        }
        Ok(FlatMembers(self.sink))
    }

    fn items(self) -> FlatItems<'w, 's> {
        FlatItems {
            sink: self.sink,
            is_pair: self.is_pair,
            count: 0,
        }
    }

    fn nothing(self) -> Result {
        if self.is_pair {
            return Err(refused());
        }
        Ok(())
    }
}

fn refused() -> Problem {
    Problem::new("is not a struct, a map or a list of pairs, which have the names to send")
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
    type SerializeSeq = FlatItems<'w, 's>;
    type SerializeTuple = FlatItems<'w, 's>;
    type SerializeTupleStruct = FlatItems<'w, 's>;
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
        serialize_tuple_variant(&'static str, u32, &'static str, usize) -> Self::SerializeTupleVariant;
        serialize_struct_variant(&'static str, u32, &'static str, usize) -> Self::SerializeStructVariant;
    }

    fn serialize_none(self) -> Result {
        if self.is_pair {
            return Err(refused());
        }
        self.sink.none()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result {
        self.nothing()
    }

    fn serialize_unit_struct(self, name: &'static str) -> Result {
        match name {
            NULL => Err(refused()),
            _ => self.nothing(),
        }
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<FlatItems<'w, 's>> {
        Ok(self.items())
    }

    fn serialize_tuple(self, _: usize) -> Result<FlatItems<'w, 's>> {
        Ok(self.items())
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<FlatItems<'w, 's>> {
        Ok(self.items())
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Result {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result {
        match name {
            ABSENT => self.serialize_none(),
            _ => Err(refused()),
        }
    }

    fn serialize_map(self, _: Option<usize>) -> Result<FlatMembers<'w, 's>> {
        self.members()
    }

    fn serialize_struct(self, name: &'static str, _: usize) -> Result<FlatMembers<'w, 's>> {
        match name {
            NUMBER | RAW => Err(refused()),
            _ => self.members(),
        }
    }
}

/// The members of a flattened struct or map.
#[expect(missing_debug_implementations, reason = "the sink holds values")]
pub struct FlatMembers<'w, 's>(&'w mut Sink<'s>);

/// Writes the value of a member.
fn member<T: Serialize + ?Sized>(sink: &mut Sink<'_>, value: &T) -> Result {
    secret::take_seen();
    value.serialize(&mut *sink)?;
    sink.leave_flattened(secret::take_seen());
    Ok(())
}

impl SerializeStruct for FlatMembers<'_, '_> {
    type Ok = ();
    type Error = Problem;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Result {
        self.0.enter_flattened(key, false)?;
        member(self.0, value)
    }

    fn end(self) -> Result {
        Ok(())
    }
}

impl SerializeMap for FlatMembers<'_, '_> {
    type Ok = ();
    type Error = Problem;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result {
        with_key(key, &mut |key| self.0.enter_flattened(key, false))
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result {
        member(self.0, value)
    }

    fn end(self) -> Result {
        Ok(())
    }
}

/// A list of pairs, or one of the pairs.
#[expect(missing_debug_implementations, reason = "the sink holds values")]
pub struct FlatItems<'w, 's> {
    sink: &'w mut Sink<'s>,
    is_pair: bool,
    count: usize,
}

impl FlatItems<'_, '_> {
    fn item<T: Serialize + ?Sized>(&mut self, value: &T) -> Result {
        let sink = &mut *self.sink;
        self.count += 1;
        match (self.is_pair, self.count) {
            (false, _) => value.serialize(Flattener {
                sink,
                is_pair: true,
            }),
            (true, 1) => with_key(value, &mut |key| sink.enter_flattened(key, true)),
            (true, 2) => member(sink, value),
            (true, _) => Err(refused()),
        }
    }

    fn close(self) -> Result {
        match (self.is_pair, self.count) {
            (false, _) | (true, 2) => Ok(()),
            (true, _) => Err(refused()),
        }
    }
}

macro_rules! lists {
    ($($trait:ident::$method:ident,)*) => {
        $(
            impl $trait for FlatItems<'_, '_> {
                type Ok = ();
                type Error = Problem;

                fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result {
                    self.item(value)
                }

                fn end(self) -> Result {
                    self.close()
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

impl Sink<'_> {
    /// Writes each value of each name as a header of its own.
    pub(super) fn header_map(&mut self, map: &HeaderMap) -> Result {
        debug_assert_eq!(self.kind, SinkKind::Header);
        for (name, value) in map {
            self.enter_flattened(name.as_str(), true)?;
            self.atoms = 1;
            self.check_header(value.as_bytes())?;
            let name = name.as_str();
            let is_secret = self.is_secret || value.is_sensitive() || is_credentials(name);
            if is_secret {
                secrets::keep_bytes(value.as_bytes());
            }
            match self.redact.marker(is_secret, name) {
                Some(marker) => self.out.extend_from_slice(marker.as_bytes()),
                None => self.out.extend_from_slice(value.as_bytes()),
            }
            self.leave_flattened(is_secret);
        }
        Ok(())
    }
}
