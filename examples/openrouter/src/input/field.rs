//! The value of one field, whose errors name it.

use serde::{
    Deserializer,
    de::{DeserializeOwned, Error as _, IntoDeserializer, Visitor, value::MapDeserializer},
};
use serde_json::{Error, Value};

use super::Argument;

/// A value, and the field that it is for.
struct Field<'f> {
    name: &'f str,
    value: Argument,
    /// What is read instead where the field is a group of parameters, as [`Paging`](crate::Paging) is.
    group: Option<&'f [(String, Argument)]>,
}

/// Reads the fields of a request. Those of the group in it are among them.
pub(super) fn read<T: DeserializeOwned>(fields: &[(String, Argument)]) -> Result<T, Error> {
    let paging = Field {
        name: "paging",
        value: Argument::Json(Value::Null),
        group: Some(fields),
    };
    let fields = named(fields).chain([("paging", paging)]);
    T::deserialize(MapDeserializer::new(fields))
}

fn named(fields: &[(String, Argument)]) -> impl Iterator<Item = (&str, Field<'_>)> {
    fields.iter().map(|(name, value)| {
        let field = Field {
            name,
            value: value.clone(),
            group: None,
        };
        (&**name, field)
    })
}

impl IntoDeserializer<'_, Error> for Field<'_> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

fn in_field(name: &str, error: &Error) -> Error {
    Error::custom(format_args!("`{name}`: {error}"))
}

macro_rules! deserialize_named {
    ($($method:ident($($more:ident: $type:ty),*))+) => {
        $(
            fn $method<V: Visitor<'de>>(self, $($more: $type,)* visitor: V) -> Result<V::Value, Error> {
                let value = self.value.$method($($more,)* visitor);
                value.map_err(|error| in_field(self.name, &error))
            }
        )+
    };
}

impl<'de> Deserializer<'de> for Field<'_> {
    type Error = Error;

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        if let Some(group) = self.group {
            return MapDeserializer::new(named(group)).deserialize_any(visitor);
        }
        let value = self.value.deserialize_struct(name, fields, visitor);
        value.map_err(|error| in_field(self.name, &error))
    }

    deserialize_named! {
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
        deserialize_enum(name: &'static str, variants: &'static [&'static str])
    }
}
