//! Values of one of several types, told apart by a member of the object or by their shape. What is of none of them is
//! kept as JSON.

use serde::Serialize;
use serde_json::Value;

use super::find_lost;

/// Declares an enum of values of several types, with a variant `Other` that keeps any other JSON.
///
/// An arm `tag type = "text" => Text(T)` is for objects whose member `type` is `text`. `T` has no such member: it is
/// written before those of `T`. An arm `has type = "a" | "b" => …` is for objects with one of these values, and `T` has
/// the member itself. An arm `_ => …` is for anything that can be read as its type. The first arm that fits, and keeps
/// all members, is taken, or else the first that fits.
macro_rules! union {
    ($($declaration:tt)*) => {
        $crate::json::union::read_union! { @by $crate::json::union::keeps, $($declaration)* }
        $crate::json::union::write_union! { $($declaration)* }
    };
}

/// The same for what comes in answers alone, where the first arm that fits is taken.
macro_rules! response_union {
    ($($declaration:tt)*) => {
        $crate::json::union::read_union! { @by |_, _| true, $($declaration)* }
        $crate::json::union::write_union! { $($declaration)* }
    };
}

/// How the values of a union are read.
macro_rules! read_union {
    (
        @by $keeps:expr,
        $(#[$meta:meta])*
        pub enum $name:ident {
            $(
                $(tag $tag:tt = $is:literal)? $(has $key:tt = $($has:literal)|+)? $(_)? => $variant:ident($type:ty),
            )+
        }
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone)]
        #[allow(clippy::large_enum_variant, reason = "they are made once and sent")]
        pub enum $name {
            $(
                #[doc = concat!(
                    "A value of [`", stringify!($type), "`]"
                    $(, ", where `", stringify!($tag), "` is `", $is, "`")?, "."
                )]
                $variant($type),
            )+
            /// Any other JSON.
            Other(serde_json::Value),
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let value = serde_json::Value::deserialize(deserializer)?;
                let keeps: fn(&serde_json::Value, &Self) -> bool = $keeps;
                let mut first = None;
                $(
                    if true
                        $(&& value[stringify!($tag)] == $is)?
                        $(&& ($(value[stringify!($key)] == $has)||+))?
                    {
                        if let Ok(read) = <$type as serde::Deserialize>::deserialize(&value) {
                            let read = Self::$variant(read);
                            if keeps(&value, &read) {
                                return Ok(read);
                            }
                            first.get_or_insert(read);
                        }
                    }
                )+
                Ok(first.unwrap_or(Self::Other(value)))
            }
        }
    };
}

/// How the values of a union are written, and made.
macro_rules! write_union {
    (
        $(#[$meta:meta])*
        pub enum $name:ident {
            $(
                $(tag $tag:tt = $is:literal)? $(has $key:tt = $($has:literal)|+)? $(_)? => $variant:ident($type:ty),
            )+
        }
    ) => {
        $(
            impl From<$type> for $name {
                fn from(value: $type) -> Self {
                    Self::$variant(value)
                }
            }
        )+

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match self {
                    $(
                        Self::$variant(value) => serde::Serialize::serialize(
                            $crate::json::union::tagged!(value $(, $tag = $is)?),
                            serializer,
                        ),
                    )+
                    Self::Other(value) => serde::Serialize::serialize(value, serializer),
                }
            }
        }
    };
}

/// A value, or an object with a member in front of those of a value.
macro_rules! tagged {
    ($value:ident) => {
        $value
    };
    ($value:ident, type = $is:literal) => {
        &$crate::json::union::ByType {
            tag: $is,
            value: $value,
        }
    };
    ($value:ident, role = $is:literal) => {
        &$crate::json::union::ByRole {
            role: $is,
            value: $value,
        }
    };
    ($value:ident, _shape = $is:literal) => {
        &$crate::json::union::ByShape {
            shape: $is,
            value: $value,
        }
    };
    ($value:ident, id = $is:literal) => {
        &$crate::json::union::ById {
            id: $is,
            value: $value,
        }
    };
}

pub(crate) use read_union;
pub(crate) use response_union;
pub(crate) use tagged;
pub(crate) use union;
pub(crate) use write_union;

/// Whether all members of a value are in what is written of it again.
pub(crate) fn keeps(value: &Value, read: &impl Serialize) -> bool {
    serde_json::to_value(read).is_ok_and(|written| find_lost(value, &written).is_none())
}

#[derive(Serialize)]
pub(crate) struct ByType<'a, T> {
    #[serde(rename = "type")]
    pub(crate) tag: &'static str,
    #[serde(flatten)]
    pub(crate) value: &'a T,
}

#[derive(Serialize)]
pub(crate) struct ByRole<'a, T> {
    pub(crate) role: &'static str,
    #[serde(flatten)]
    pub(crate) value: &'a T,
}

#[derive(Serialize)]
pub(crate) struct ById<'a, T> {
    pub(crate) id: &'static str,
    #[serde(flatten)]
    pub(crate) value: &'a T,
}

#[derive(Serialize)]
pub(crate) struct ByShape<'a, T> {
    #[serde(rename = "_shape")]
    pub(crate) shape: &'static str,
    #[serde(flatten)]
    pub(crate) value: &'a T,
}
