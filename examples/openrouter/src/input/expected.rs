//! What the field of a request is read as. Serde knows it, and says it to whoever gives it the value.

use std::cell::Cell;

use serde::{
    Deserializer,
    de::{
        self, DeserializeOwned, Error as _, IntoDeserializer, Visitor, value::MapDeserializer,
        value::SeqDeserializer,
    },
    forward_to_deserialize_any,
};
use serde_json::Error;

use crate::json::FILE;

/// What the value of a field can be.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Expected {
    /// A text, a number, JSON.
    #[default]
    Any,
    /// One of these texts, or a list of them.
    OneOf(Vec<String>),
    /// A file.
    File,
}

/// What a request has in the field.
pub(crate) fn expected<R: DeserializeOwned>(field: &str) -> Expected {
    let found = Cell::new(Expected::Any);
    let fields = MapDeserializer::new([(field, Probe(&found))].into_iter());
    // It fails: a probe is not a value.
    let _ = R::deserialize(fields);
    found.into_inner()
}

/// The texts that an enum of texts lists where it says what it expects.
pub(super) fn texts(expected: &dyn de::Expected) -> Option<Vec<String>> {
    let expected = expected.to_string();
    let list = expected.strip_prefix("a string, such as ")?;
    let texts = list.split('`').skip(1).step_by(2);
    Some(texts.map(str::to_owned).collect())
}

/// A value that is none, and notes what is asked for.
struct Probe<'p>(&'p Cell<Expected>);

impl IntoDeserializer<'_, Error> for Probe<'_> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

impl<'de> Deserializer<'de> for Probe<'_> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Error> {
        Err(Error::custom("nothing is known of it"))
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_some(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_seq(SeqDeserializer::new([self].into_iter()))
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if let Some(texts) = texts(&visitor) {
            self.0.set(Expected::OneOf(texts));
        }
        Err(Error::custom("all is known of it"))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        _: &'static [&'static str],
        _: V,
    ) -> Result<V::Value, Error> {
        if name == FILE {
            self.0.set(Expected::File);
        }
        Err(Error::custom("it is an object"))
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char string bytes byte_buf unit unit_struct tuple
        tuple_struct map enum identifier ignored_any
    }
}
