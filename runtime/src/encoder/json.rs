//! JSON bodies, written by `serde_json`, and the question whether a value is `None`.

use serde::{
    Serialize, Serializer,
    ser::{self, Impossible},
};

/// The JSON serializer's type, as closures in an expansion name it.
pub type JsonSerializer<'j, 'b> = &'j mut serde_json::Serializer<&'b mut Vec<u8>>;

/// A serializer that succeeds for `None` and for nothing else: what is `None` is left out of a body.
#[derive(Debug, Clone, Copy)]
pub struct Absence;

/// The value is there.
#[derive(Debug)]
pub struct Present;

impl std::fmt::Display for Present {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the value is not `None`")
    }
}

impl std::error::Error for Present {}

impl ser::Error for Present {
    fn custom<T: std::fmt::Display>(_: T) -> Self {
        Self
    }
}

type Result<T = ()> = std::result::Result<T, Present>;

macro_rules! present {
    ($($method:ident($($type:ty),*) $(-> $ok:ty)?;)*) => {
        $(
            fn $method(self $(, _: $type)*) -> Result<present!(@ok $($ok)?)> {
                Err(Present)
            }
        )*
    };
    (@ok) => { () };
    (@ok $ok:ty) => { $ok };
}

impl Serializer for Absence {
    type Ok = ();
    type Error = Present;
    type SerializeSeq = Impossible<(), Present>;
    type SerializeTuple = Impossible<(), Present>;
    type SerializeTupleStruct = Impossible<(), Present>;
    type SerializeTupleVariant = Impossible<(), Present>;
    type SerializeMap = Impossible<(), Present>;
    type SerializeStruct = Impossible<(), Present>;
    type SerializeStructVariant = Impossible<(), Present>;

    present! {
        serialize_bool(bool);
        serialize_i8(i8);
        serialize_i16(i16);
        serialize_i32(i32);
        serialize_i64(i64);
        serialize_i128(i128);
        serialize_u8(u8);
        serialize_u16(u16);
        serialize_u32(u32);
        serialize_u64(u64);
        serialize_u128(u128);
        serialize_f32(f32);
        serialize_f64(f64);
        serialize_char(char);
        serialize_str(&str);
        serialize_bytes(&[u8]);
        serialize_unit();
        serialize_unit_struct(&'static str);
        serialize_unit_variant(&'static str, u32, &'static str);
        serialize_seq(Option<usize>) -> Self::SerializeSeq;
        serialize_tuple(usize) -> Self::SerializeTuple;
        serialize_tuple_struct(&'static str, usize) -> Self::SerializeTupleStruct;
        serialize_tuple_variant(&'static str, u32, &'static str, usize) -> Self::SerializeTupleVariant;
        serialize_map(Option<usize>) -> Self::SerializeMap;
        serialize_struct(&'static str, usize) -> Self::SerializeStruct;
        serialize_struct_variant(&'static str, u32, &'static str, usize) -> Self::SerializeStructVariant;
    }

    fn serialize_none(self) -> Result {
        Ok(())
    }

    fn serialize_some<T: Serialize + ?Sized>(self, _: &T) -> Result {
        Err(Present)
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
        Err(Present)
    }

    fn collect_seq<I: IntoIterator>(self, _: I) -> Result {
        Err(Present)
    }

    fn collect_map<K, V, I: IntoIterator<Item = (K, V)>>(self, _: I) -> Result {
        Err(Present)
    }

    fn collect_str<T: std::fmt::Display + ?Sized>(self, _: &T) -> Result {
        Err(Present)
    }
}
