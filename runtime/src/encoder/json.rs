//! JSON bodies, written by `serde_json`, and whether a value is `None`.

use std::{
    cell::Cell,
    fmt::{self, Display},
};

use serde::{
    Serialize, Serializer,
    ser::{Error as _, SerializeMap, SerializeStruct},
};

use super::{
    key::with_key,
    problem::Problem,
    value::{NUMBER, RAW},
};
use crate::nullable::ABSENT;

type Inner<'j, 'b> = &'j mut serde_json::Serializer<&'b mut Vec<u8>>;
type Error = serde_json::Error;
type Result<T = (), E = Error> = std::result::Result<T, E>;

/// What is told the names of the members that are written, if they are a struct or map.
pub(super) type Keys<'k> = Option<&'k mut dyn FnMut(&str)>;

/// The serializer of a body or of a member of one: that of `serde_json`, which also notes that the value is `None`, and
/// tells the names of its members.
///
/// What is inside the value goes to `serde_json` directly, so each type is compiled against one serializer only.
#[expect(
    missing_debug_implementations,
    reason = "that of `serde_json` has none"
)]
pub struct JsonSerializer<'j, 'b> {
    json: Inner<'j, 'b>,
    none: &'j mut bool,
    keys: Keys<'j>,
    /// The value is in a `Some`, so that a `None` is `null`.
    is_some: bool,
}

/// Appends what `serialize` writes to `out`, and says whether it is `None`. The names of its members are told to `keys`.
pub(super) fn write(
    out: &mut Vec<u8>,
    keys: Keys<'_>,
    serialize: impl FnOnce(JsonSerializer<'_, '_>) -> Result,
) -> Result<bool> {
    let mut none = false;
    serialize(JsonSerializer {
        json: &mut serde_json::Serializer::new(out),
        none: &mut none,
        // For the compiler: it is borrowed for a shorter time from here on.
        keys: keys.map(|keys| keys as _),
        is_some: false,
    })?;
    Ok(none)
}

macro_rules! forward {
    ($($method:ident($($arg:ident: $type:ty),*) $(-> $ok:ident)?;)*) => {
        $(
            #[inline]
            fn $method(self $(, $arg: $type)*) -> Result<forward!(@ok $($ok)?)> {
                self.json.$method($($arg),*)
            }
        )*
    };
    (@ok) => { () };
    (@ok $ok:ident) => { Self::$ok };
}

impl<'j, 'b> Serializer for JsonSerializer<'j, 'b> {
    type Ok = ();
    type Error = Error;
    type SerializeSeq = <Inner<'j, 'b> as Serializer>::SerializeSeq;
    type SerializeTuple = <Inner<'j, 'b> as Serializer>::SerializeTuple;
    type SerializeTupleStruct = <Inner<'j, 'b> as Serializer>::SerializeTupleStruct;
    type SerializeTupleVariant = <Inner<'j, 'b> as Serializer>::SerializeTupleVariant;
    type SerializeMap = JsonMembers<'j, <Inner<'j, 'b> as Serializer>::SerializeMap>;
    type SerializeStruct = JsonMembers<'j, <Inner<'j, 'b> as Serializer>::SerializeStruct>;
    type SerializeStructVariant = <Inner<'j, 'b> as Serializer>::SerializeStructVariant;

    forward! {
        serialize_bool(value: bool);
        serialize_i8(value: i8);
        serialize_i16(value: i16);
        serialize_i32(value: i32);
        serialize_i64(value: i64);
        serialize_i128(value: i128);
        serialize_u8(value: u8);
        serialize_u16(value: u16);
        serialize_u32(value: u32);
        serialize_u64(value: u64);
        serialize_u128(value: u128);
        serialize_f32(value: f32);
        serialize_f64(value: f64);
        serialize_char(value: char);
        serialize_str(value: &str);
        serialize_bytes(value: &[u8]);
        serialize_unit();
        serialize_unit_struct(name: &'static str);
        serialize_unit_variant(name: &'static str, index: u32, variant: &'static str);
        serialize_seq(len: Option<usize>) -> SerializeSeq;
        serialize_tuple(len: usize) -> SerializeTuple;
        serialize_tuple_struct(name: &'static str, len: usize) -> SerializeTupleStruct;
        serialize_tuple_variant(name: &'static str, index: u32, variant: &'static str, len: usize) -> SerializeTupleVariant;
        serialize_struct_variant(name: &'static str, index: u32, variant: &'static str, len: usize) -> SerializeStructVariant;
    }

    #[inline]
    fn serialize_map(self, len: Option<usize>) -> Result<Self::SerializeMap> {
        let members = self.json.serialize_map(len)?;
        Ok(JsonMembers {
            members,
            keys: self.keys,
        })
    }

    #[inline]
    fn serialize_struct(self, name: &'static str, len: usize) -> Result<Self::SerializeStruct> {
        let members = self.json.serialize_struct(name, len)?;
        // Neither is an object, whatever `serde_json` calls it.
        let keys = self.keys.filter(|_| name != NUMBER && name != RAW);
        Ok(JsonMembers { members, keys })
    }

    fn serialize_none(self) -> Result {
        *self.none |= !self.is_some;
        self.json.serialize_none()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result {
        value.serialize(JsonSerializer {
            is_some: true,
            ..self
        })
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Result {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        index: u32,
        variant: &'static str,
        value: &T,
    ) -> Result {
        if name == ABSENT {
            *self.none = true;
            return self.json.serialize_none();
        }
        self.json
            .serialize_newtype_variant(name, index, variant, value)
    }

    fn collect_str<T: Display + ?Sized>(self, value: &T) -> Result {
        let shown = Shown::new(value);
        self.json.collect_str(&shown)?;
        shown.result().map_err(Error::custom)
    }
}

/// The members of a struct or map, whose names are told before they are written.
#[expect(
    missing_debug_implementations,
    reason = "that of `serde_json` has none"
)]
pub struct JsonMembers<'j, M> {
    members: M,
    keys: Keys<'j>,
}

impl<M> JsonMembers<'_, M> {
    fn tell<T: Serialize + ?Sized>(&mut self, key: &T) {
        if let Some(keys) = &mut self.keys {
            // What is not a key is refused by `serde_json`.
            let _ = with_key(key, &mut |key| {
                keys(key);
                Ok(())
            });
        }
    }
}

impl<M: SerializeMap> SerializeMap for JsonMembers<'_, M> {
    type Ok = M::Ok;
    type Error = M::Error;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), M::Error> {
        self.tell(key);
        self.members.serialize_key(key)
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), M::Error> {
        self.members.serialize_value(value)
    }

    fn serialize_entry<K: Serialize + ?Sized, V: Serialize + ?Sized>(
        &mut self,
        key: &K,
        value: &V,
    ) -> Result<(), M::Error> {
        self.tell(key);
        self.members.serialize_entry(key, value)
    }

    fn end(self) -> Result<M::Ok, M::Error> {
        self.members.end()
    }
}

impl<M: SerializeStruct> SerializeStruct for JsonMembers<'_, M> {
    type Ok = M::Ok;
    type Error = M::Error;

    #[inline]
    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        key: &'static str,
        value: &T,
    ) -> Result<(), M::Error> {
        if let Some(keys) = &mut self.keys {
            keys(key);
        }
        self.members.serialize_field(key, value)
    }

    fn end(self) -> Result<M::Ok, M::Error> {
        self.members.end()
    }
}

/// A value whose `Display` may fail, for which `serde_json` panics: the failure is noted, and not passed on.
pub(super) struct Shown<'v, T: ?Sized> {
    value: &'v T,
    failed: Cell<bool>,
}

impl<T: Display + ?Sized> Display for Shown<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.failed.set(self.value.fmt(f).is_err());
        Ok(())
    }
}

impl<'v, T: ?Sized> Shown<'v, T> {
    pub(super) fn new(value: &'v T) -> Self {
        let failed = Cell::new(false);
        Self { value, failed }
    }

    pub(super) fn result(&self) -> std::result::Result<(), Problem> {
        if self.failed.get() {
            return Err(Problem::display_fails());
        }
        Ok(())
    }
}
