//! Enums of texts that keep the ones an API adds later, and types of one text.

use std::fmt;

use serde::{
    Deserializer,
    de::{Error, Visitor},
};

/// How the name begins that an enum of texts is read under; the texts follow, each in backticks.
pub(crate) const ONE_OF: &str = "one of";

/// Declares an enum of texts, with a variant `Other` for those that are not known here.
///
/// The type is read under a name that lists the texts, so that an input can be checked, and a help can show them. One
/// that grows, such as that of the providers or of what a model can do, is declared as `pub growing enum`, and lists none.
macro_rules! open_enum {
    ($(#[$meta:meta])* pub enum $name:ident { $($variant:ident = $text:literal,)+ }) => {
        $crate::json::open_enum! {
            @declare concat!("one of", $(" `", $text, "`",)+),
            $(#[$meta])* pub enum $name { $($variant = $text,)+ }
        }
    };
    ($(#[$meta:meta])* pub growing enum $name:ident { $($variant:ident = $text:literal,)+ }) => {
        $crate::json::open_enum! {
            @declare stringify!($name), $(#[$meta])* pub enum $name { $($variant = $text,)+ }
        }
    };
    (@declare $read_as:expr, $(#[$meta:meta])* pub enum $name:ident { $($variant:ident = $text:literal,)+ }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash)]
        pub enum $name {
            $(#[doc = concat!("`", $text, "`.")] $variant,)+
            /// Any other text.
            Other(String),
        }

        impl $name {
            /// The text in JSON.
            #[must_use]
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $text,)+
                    Self::Other(text) => text,
                }
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                match text {
                    $($text => Self::$variant,)+
                    _ => Self::Other(text.to_owned()),
                }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let visitor = $crate::json::TextVisitor(|text| Some(text.into()));
                deserializer.deserialize_newtype_struct($read_as, visitor)
            }
        }
    };
}

/// Declares a type whose one value is a text: what tells a kind of object from others.
macro_rules! constant {
    ($(#[$meta:meta])* pub struct $name:ident = $text:literal;) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
        pub struct $name;

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str($text)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let is_it = |text: &str| (text == $text).then_some(Self);
                deserializer.deserialize_str($crate::json::TextVisitor(is_it))
            }
        }
    };
}

pub(crate) use constant;
pub(crate) use open_enum;

/// Reads a text, as what the function makes of it.
pub(crate) struct TextVisitor<T>(pub(crate) fn(&str) -> Option<T>);

impl<'de, T> Visitor<'de> for TextVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        self.0(text).ok_or_else(|| E::custom("another text than the one that is expected"))
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        deserializer.deserialize_str(self)
    }
}
