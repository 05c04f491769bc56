//! One text, read as whatever scalar the type asks for.

use std::{
    borrow::Cow,
    num::{IntErrorKind, ParseIntError},
};

use serde::{
    Deserializer,
    de::{
        DeserializeSeed, EnumAccess, IntoDeserializer, VariantAccess, Visitor,
        value::StrDeserializer,
    },
};

use super::fault::Fault;
use crate::nullable::NULLABLE;

type Result<T> = std::result::Result<T, Fault>;

/// A text, decoded.
#[derive(Debug, Clone)]
pub(super) struct Scalar<'d>(pub(super) Cow<'d, str>);

macro_rules! integers {
    ($($method:ident => $visit:ident: $type:ty,)*) => {
        $(
            fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
                visitor.$visit(self.0.parse::<$type>().map_err(|error| integer(&error))?)
            }
        )*
    };
}

fn integer(error: &ParseIntError) -> Fault {
    Fault::new(match error.kind() {
        IntErrorKind::PosOverflow => "is too large",
        IntErrorKind::NegOverflow => "is too small",
        _ => "is not an integer, or not one that is allowed here",
    })
}

impl Scalar<'_> {
    fn float(&self) -> Result<f64> {
        let number: f64 = self.0.parse().map_err(|_| Fault::new("is not a number"))?;
        if number.is_finite() {
            Ok(number)
        } else {
            Err(Fault::new("is not a finite number"))
        }
    }
}

impl<'de> Deserializer<'de> for Scalar<'de> {
    type Error = Fault;

    integers! {
        deserialize_i8 => visit_i8: i8,
        deserialize_i16 => visit_i16: i16,
        deserialize_i32 => visit_i32: i32,
        deserialize_i64 => visit_i64: i64,
        deserialize_i128 => visit_i128: i128,
        deserialize_u8 => visit_u8: u8,
        deserialize_u16 => visit_u16: u16,
        deserialize_u32 => visit_u32: u32,
        deserialize_u64 => visit_u64: u64,
        deserialize_u128 => visit_u128: u128,
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        match self.0 {
            Cow::Borrowed(text) => visitor.visit_borrowed_str(text),
            Cow::Owned(text) => visitor.visit_string(text),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        match &*self.0 {
            "true" => visitor.visit_bool(true),
            "false" => visitor.visit_bool(false),
            _ => Err(Fault::new("is neither `true` nor `false`")),
        }
    }

    fn deserialize_f32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        self.float()?;
        // Not by way of `f64`, which would round twice.
        visitor.visit_f32(self.0.parse().map_err(|_| Fault::new("is not a number"))?)
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        visitor.visit_f64(self.float()?)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value> {
        match name {
            NULLABLE => visitor.visit_some(self),
            _ => visitor.visit_newtype_struct(self),
        }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value> {
        visitor.visit_enum(self)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        visitor.visit_unit()
    }

    serde::forward_to_deserialize_any! {
        char str string bytes byte_buf unit unit_struct seq tuple tuple_struct map struct identifier
    }
}

impl<'de> EnumAccess<'de> for Scalar<'de> {
    type Error = Fault;
    type Variant = Unit;

    fn variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<(S::Value, Unit)> {
        let text: StrDeserializer<'_, Fault> = (&*self.0).into_deserializer();
        Ok((seed.deserialize(text)?, Unit))
    }
}

/// The content of a variant, of which there is none.
#[derive(Debug)]
pub(super) struct Unit;

fn data<T>() -> Result<T> {
    Err(Fault::new(
        "is an enum variant with data, which is not supported outside of JSON",
    ))
}

impl<'de> VariantAccess<'de> for Unit {
    type Error = Fault;

    fn unit_variant(self) -> Result<()> {
        Ok(())
    }

    fn newtype_variant_seed<S: DeserializeSeed<'de>>(self, _: S) -> Result<S::Value> {
        data()
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, _: V) -> Result<V::Value> {
        data()
    }

    fn struct_variant<V: Visitor<'de>>(self, _: &'static [&'static str], _: V) -> Result<V::Value> {
        data()
    }
}

/// Forwards to the scalar what is one by its method. The type has `scalar(self) -> Result<Scalar, Fault>`.
macro_rules! forward_scalars {
    () => {
        crate::server::scalar::forward_scalars! {
            deserialize_bool deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 deserialize_i128
            deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64 deserialize_u128 deserialize_f32
            deserialize_f64 deserialize_char deserialize_str deserialize_string deserialize_bytes
            deserialize_byte_buf deserialize_unit deserialize_identifier
        }

        fn deserialize_unit_struct<V: serde::de::Visitor<'de>>(
            self,
            _: &'static str,
            visitor: V,
        ) -> Result<V::Value> {
            self.scalar()?.deserialize_unit(visitor)
        }

        fn deserialize_enum<V: serde::de::Visitor<'de>>(
            self,
            name: &'static str,
            variants: &'static [&'static str],
            visitor: V,
        ) -> Result<V::Value> {
            self.scalar()?.deserialize_enum(name, variants, visitor)
        }

        fn deserialize_ignored_any<V: serde::de::Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
            visitor.visit_unit()
        }
    };
    ($($method:ident)+) => {
        $(
            fn $method<V: serde::de::Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
                self.scalar()?.$method(visitor)
            }
        )+
    };
}
pub(super) use forward_scalars;
