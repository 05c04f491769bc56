//! What the field of a request is read as. Serde knows it, and says it to whoever gives it the value.

use std::cell::RefCell;

use serde::{
    Deserializer,
    de::{
        self, DeserializeOwned, Error as _, IntoDeserializer, Visitor, value::MapDeserializer,
        value::SeqDeserializer,
    },
    forward_to_deserialize_any,
};
use serde_json::{Error, Value, from_str};

/// What the value of a field can be.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Expected {
    /// JSON, or a text.
    #[default]
    Any,
    /// A text.
    Text,
    /// One of these texts.
    OneOf(Vec<String>),
    /// A number, `true` or `false`.
    Scalar,
    /// A list.
    List(Box<Self>),
    /// Nothing, or a value.
    Optional(Box<Self>),
    /// `null`, or a value.
    Nullable(Box<Self>),
    /// A file.
    File,
}

impl Expected {
    /// The texts of which it, or each item, is one.
    #[must_use]
    pub fn texts(&self) -> Option<&[String]> {
        match self {
            Self::OneOf(texts) => Some(texts),
            Self::List(inner) | Self::Optional(inner) | Self::Nullable(inner) => inner.texts(),
            _ => None,
        }
    }

    /// The value of a parameter, which is text but for the items of a list.
    #[must_use]
    pub fn read_text(&self, text: &str) -> Option<Value> {
        match self {
            Self::Optional(_) if text == "null" => None,
            Self::Optional(inner) => inner.read_text(text),
            Self::List(_) => self.read(text),
            _ => Some(text.into()),
        }
    }

    /// The value that a text stands for: a text, a number, `true` or `false`, `null` where a value may be left out, a list
    /// whose items are separated by commas, or JSON. `None` if it says that there is none.
    #[must_use]
    pub fn read(&self, text: &str) -> Option<Value> {
        let json = || from_str(text).unwrap_or_else(|_| text.into());
        match self {
            Self::Optional(_) if text == "null" => None,
            Self::Nullable(_) if text == "null" => Some(Value::Null),
            Self::Optional(inner) | Self::Nullable(inner) => inner.read(text),
            Self::List(_) if text.starts_with('[') => Some(json()),
            Self::List(inner) => {
                let items = text.split(',').filter(|_| !text.is_empty());
                Some(items.filter_map(|item| inner.read(item)).collect())
            }
            Self::Text | Self::OneOf(_) => Some(text.into()),
            Self::Scalar | Self::Any | Self::File => Some(json()),
        }
    }
}

/// What a request has in the field.
pub(crate) fn expected<R: DeserializeOwned>(field: &str) -> Expected {
    let found = RefCell::new(Expected::Any);
    let fields = MapDeserializer::new([(field, Probe(&found))].into_iter());
    // It fails: a probe is not a value.
    let _ = R::deserialize(fields);
    found.into_inner()
}

/// The texts that an enum of texts lists where it says what it expects.
fn texts(expected: &dyn de::Expected) -> Option<Vec<String>> {
    let expected = expected.to_string();
    let list = expected.strip_prefix("a string, such as ")?;
    let texts = list.split('`').skip(1).step_by(2);
    Some(texts.map(str::to_owned).collect())
}

/// A value that is none, and notes what is asked for.
struct Probe<'p>(&'p RefCell<Expected>);

impl Probe<'_> {
    fn found<T>(self, expected: Expected) -> Result<T, Error> {
        *self.0.borrow_mut() = expected;
        Err(Error::custom("all is known of it"))
    }

    /// Notes what is found within.
    fn within<T>(
        self,
        around: fn(Box<Expected>) -> Expected,
        visit: impl FnOnce(Self) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let found = self.0;
        let visited = visit(self);
        let inner = found.take();
        *found.borrow_mut() = around(Box::new(inner));
        visited
    }
}

impl IntoDeserializer<'_, Error> for Probe<'_> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

macro_rules! scalars {
    ($($method:ident)+) => {
        $(
            fn $method<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Error> {
                self.found(Expected::Scalar)
            }
        )+
    };
}

impl<'de> Deserializer<'de> for Probe<'_> {
    type Error = Error;

    scalars! {
        deserialize_bool deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 deserialize_u8 deserialize_u16
        deserialize_u32 deserialize_u64 deserialize_f32 deserialize_f64
    }

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Error> {
        self.found(Expected::Any)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.within(Expected::Optional, |inner| visitor.visit_some(inner))
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.within(Expected::List, |inner| {
            visitor.visit_seq(SeqDeserializer::new([inner].into_iter()))
        })
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        // The types of the library have such names, for which serde has none.
        match name.rsplit("::").next() {
            Some("Part") => self.found(Expected::File),
            Some("Nullable") => self.within(Expected::Nullable, |it| visitor.visit_some(it)),
            _ => visitor.visit_newtype_struct(self),
        }
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.found(texts(&visitor).map_or(Expected::Text, Expected::OneOf))
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_str(visitor)
    }

    forward_to_deserialize_any! {
        i128 u128 char bytes byte_buf unit unit_struct tuple tuple_struct map struct enum identifier ignored_any
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;
    use serde_json::{Value, json};

    use super::expected;
    use crate::json::Nullable;

    #[derive(Deserialize)]
    struct Fields {
        _text: String,
        _number: f64,
        _list: Vec<u8>,
        _option: Option<bool>,
        _nullable: Nullable<String>,
    }

    #[test]
    fn a_text_is_read_as_what_is_expected() {
        for (field, text, value) in [
            ("_text", "5", Some(json!("5"))),
            ("_number", "5", Some(json!(5))),
            ("_number", "x", Some(json!("x"))),
            ("_list", "1,2", Some(json!([1, 2]))),
            ("_list", "[1]", Some(json!([1]))),
            ("_list", "", Some(json!([]))),
            ("_option", "null", None),
            ("_option", "true", Some(json!(true))),
            ("_nullable", "null", Some(Value::Null)),
            ("_nullable", "5", Some(json!("5"))),
            ("_other", "{}", Some(json!({}))),
        ] {
            assert_eq!(
                expected::<Fields>(field).read(text),
                value,
                "{field} {text}"
            );
        }
    }
}
