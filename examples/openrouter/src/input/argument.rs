//! One value of an input: JSON, or a text that is read as what is declared.

use serde::{
    Deserialize, Deserializer,
    de::{IntoDeserializer, Visitor, value::SeqDeserializer},
    forward_to_deserialize_any,
};
use serde_json::{Error, Value, from_str};

use super::expected::texts;

/// A value for a field.
///
/// ```
/// use openrouter::input::Argument;
/// use serde::Deserialize;
///
/// let text = |text: &str| Argument::Text(text.to_owned());
/// assert_eq!(String::deserialize(text("5"))?, "5");
/// assert_eq!(f64::deserialize(text("5"))?, 5.0);
/// assert_eq!(Vec::<u8>::deserialize(text("1,2"))?, [1, 2]);
/// assert_eq!(Option::<bool>::deserialize(text("null"))?, None);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone)]
pub enum Argument {
    /// JSON, read as it is.
    Json(Value),
    /// A text, read as what is declared: a text, a number, `true` or `false`, `null` where a value may be left out, a list
    /// whose items are separated by commas, or JSON.
    Text(String),
}

impl std::fmt::Debug for Argument {
    /// Shows no value: it may be a secret.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Json(_) => "Json(…)",
            Self::Text(_) => "Text(…)",
        })
    }
}

impl IntoDeserializer<'_, Error> for Argument {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

impl Argument {
    /// The value as JSON: what a text says in JSON, or the text itself if that is none.
    #[must_use]
    pub fn into_json(self) -> Value {
        match self {
            Self::Json(value) => value,
            Self::Text(text) => from_str(&text).unwrap_or(Value::String(text)),
        }
    }

    /// Whether it says that there is no value.
    pub(super) fn is_unset(&self) -> bool {
        matches!(self, Self::Text(text) if text == "null")
    }

    /// The text that it is, if it is one.
    fn text(&self) -> Option<&str> {
        match self {
            Self::Json(Value::String(text)) | Self::Text(text) => Some(text),
            Self::Json(_) => None,
        }
    }

    /// A text as JSON of one type, such as a number.
    fn parse<T: for<'de> Deserialize<'de>>(text: &str, what: &str) -> Result<T, Error> {
        let wrong = |_| serde::de::Error::custom(format_args!("the value is no {what}"));
        from_str(text).map_err(wrong)
    }
}

/// Numbers and truth values, of which a text is one too.
macro_rules! scalars {
    ($($method:ident $visit:ident $type:ty, $what:literal;)+) => {
        $(
            fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
                match self {
                    Self::Json(value) => value.$method(visitor),
                    Self::Text(text) => visitor.$visit(Self::parse::<$type>(&text, $what)?),
                }
            }
        )+
    };
}

impl<'de> Deserializer<'de> for Argument {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.into_json().deserialize_any(visitor)
    }

    scalars! {
        deserialize_bool visit_bool bool, "`true` or `false`";
        deserialize_i8 visit_i64 i64, "whole number";
        deserialize_i16 visit_i64 i64, "whole number";
        deserialize_i32 visit_i64 i64, "whole number";
        deserialize_i64 visit_i64 i64, "whole number";
        deserialize_u8 visit_u64 u64, "whole number that is not negative";
        deserialize_u16 visit_u64 u64, "whole number that is not negative";
        deserialize_u32 visit_u64 u64, "whole number that is not negative";
        deserialize_u64 visit_u64 u64, "whole number that is not negative";
        deserialize_f32 visit_f64 f64, "number";
        deserialize_f64 visit_f64 f64, "number";
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if let (Some(text), Some(texts)) = (self.text(), texts(&visitor))
            && !texts.iter().any(|listed| listed == text)
        {
            let texts = texts.join("`, `");
            let reason = format_args!("`{text}` is not one of `{texts}`");
            return Err(serde::de::Error::custom(reason));
        }
        match self {
            Self::Json(value) => value.deserialize_str(visitor),
            Self::Text(text) => visitor.visit_string(text),
        }
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_str(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self {
            Self::Json(Value::Null) => visitor.visit_none(),
            Self::Text(text) if text == "null" => visitor.visit_none(),
            value => visitor.visit_some(value),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self {
            Self::Text(text) if !text.starts_with('[') => {
                let items = text.split(',').map(|item| Self::Text(item.to_owned()));
                let items: Vec<Self> = items.filter(|_| !text.is_empty()).collect();
                SeqDeserializer::new(items.into_iter()).deserialize_seq(visitor)
            }
            Self::Json(Value::Array(items)) => {
                let items = items.into_iter().map(Self::Json);
                SeqDeserializer::new(items).deserialize_seq(visitor)
            }
            value => value.into_json().deserialize_seq(visitor),
        }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.into_json().deserialize_enum(name, variants, visitor)
    }

    forward_to_deserialize_any! {
        i128 u128 char bytes byte_buf unit unit_struct tuple tuple_struct map struct identifier ignored_any
    }
}
