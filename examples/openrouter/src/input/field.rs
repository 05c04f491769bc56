//! The value of one field, whose errors name it.

use serde::{
    Deserializer,
    de::{Error as _, IntoDeserializer, Visitor},
};
use serde_json::Error;

use super::Argument;

/// A value, and the field that it is for.
pub(super) struct Field {
    pub(super) name: String,
    pub(super) value: Argument,
}

impl IntoDeserializer<'_, Error> for Field {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

macro_rules! named {
    ($($method:ident($($more:ident: $type:ty),*))+) => {
        $(
            fn $method<V: Visitor<'de>>(self, $($more: $type,)* visitor: V) -> Result<V::Value, Error> {
                let value = self.value.$method($($more,)* visitor);
                value.map_err(|error| Error::custom(format_args!("`{}`: {error}", self.name)))
            }
        )+
    };
}

impl<'de> Deserializer<'de> for Field {
    type Error = Error;

    named! {
        deserialize_any() deserialize_bool()
        deserialize_i8() deserialize_i16() deserialize_i32() deserialize_i64() deserialize_i128()
        deserialize_u8() deserialize_u16() deserialize_u32() deserialize_u64() deserialize_u128()
        deserialize_f32() deserialize_f64()
        deserialize_char() deserialize_str() deserialize_string() deserialize_bytes() deserialize_byte_buf()
        deserialize_option() deserialize_unit() deserialize_seq() deserialize_map()
        deserialize_identifier() deserialize_ignored_any()
        deserialize_unit_struct(name: &'static str)
        deserialize_newtype_struct(name: &'static str)
        deserialize_tuple(length: usize)
        deserialize_tuple_struct(name: &'static str, length: usize)
        deserialize_struct(name: &'static str, fields: &'static [&'static str])
        deserialize_enum(name: &'static str, variants: &'static [&'static str])
    }
}
