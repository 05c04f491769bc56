//! Enums of texts that keep the ones an API adds later, and types of one text.

use std::fmt;

use serde::{
    Deserialize, Deserializer,
    de::{Error, Visitor},
};

use super::Nullable;

/// Declares enums of texts, each with a variant `Other` for those that are not known here.
///
/// The texts are the names in snake case, or by the rule that comes first: `open_enum! { "kebab-case"; … }`. A text that
/// follows no rule stands behind its variant.
macro_rules! open_enum {
    ($rule:literal; $($(#[$meta:meta])* pub enum $name:ident { $($variant:ident $(= $text:literal)?),+ $(,)? })+) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash, api_request::OpenEnum)]
        #[api(rename_all = $rule)]
        #[allow(missing_docs, reason = "a variant is what its name says")]
        pub enum $name {
            $($(#[api(name = $text)])? $variant,)+
            /// Any other text.
            #[api(other)]
            Other(String),
        }

        impl $crate::json::Listed for $name {
            fn unlisted(&self) -> Option<String> {
                let Self::Other(text) = self else {
                    return None;
                };
                let listed = [$(Self::$variant),+];
                let listed = listed.each_ref().map(Self::as_str).join("`, `");
                Some(format!("`{text}` is not one of `{listed}`"))
            }
        }
    )+};
    ($($enums:tt)+) => {
        $crate::json::open_enum! { "snake_case"; $($enums)+ }
    };
}

/// A value of a type that lists texts.
pub(crate) trait Listed {
    /// Says which text is not listed, if there is one.
    fn unlisted(&self) -> Option<String>;
}

impl<T: Listed> Listed for Option<T> {
    fn unlisted(&self) -> Option<String> {
        self.as_ref().and_then(T::unlisted)
    }
}

impl<T: Listed> Listed for Nullable<T> {
    fn unlisted(&self) -> Option<String> {
        self.as_ref().and_then(T::unlisted)
    }
}

impl<T: Listed> Listed for Vec<T> {
    fn unlisted(&self) -> Option<String> {
        self.iter().find_map(T::unlisted)
    }
}

/// Reads a value of a field of a request, which has to be listed, as the API asks. In answers, the list grows.
pub(crate) fn listed<'de, D: Deserializer<'de>, T: Deserialize<'de> + Listed>(
    deserializer: D,
) -> Result<T, D::Error> {
    let value = T::deserialize(deserializer)?;
    match value.unlisted() {
        Some(unlisted) => Err(D::Error::custom(unlisted)),
        None => Ok(value),
    }
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

impl<T> Visitor<'_> for TextVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        self.0(text).ok_or_else(|| E::custom("another text than the one that is expected"))
    }
}
