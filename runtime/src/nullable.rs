//! A value that an API can be told to leave alone, to clear or to set.
//!
//! Serde has words for `None` and for `null`, and `serde_json` writes both as `null`. So a `Nullable` that is absent goes
//! to serde as a variant of [`ABSENT`], which the serializers of the encoder leave out; any other serializer asks for its
//! content, which fails. Invariant: what is absent is never written as `null`.

use std::{fmt, marker::PhantomData};

use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{EnumAccess, Error, Visitor},
    ser,
};

/// The enum whose variant stands for a value that is left out.
pub(crate) const ABSENT: &str = "$api_request::Absent";
/// The unit struct that stands for `null`.
pub(crate) const NULL: &str = "$api_request::Null";
/// The newtype that it is read as: as an enum, where it is absent.
pub(crate) const NULLABLE: &str = "$api_request::Nullable";

/// A value that is left out, `null`, or there: what an update tells an API to leave alone, to clear or to set, as a JSON
/// merge patch does ([RFC 7396](https://www.rfc-editor.org/rfc/rfc7396)).
///
/// As a JSON member or a whole JSON body, it is left out, `null` or the value, without any attribute. In other locations
/// `Absent` is left out too, and `Null` is an error, because nothing but JSON has a `null`; in a path it does not compile.
///
/// ```
/// use api_request::{ApiRequest, BaseUrl, Nullable};
///
/// #[derive(ApiRequest)]
/// #[api(method = PATCH, path = "/keys/{id}", fields = json)]
/// struct PatchKey {
///     id: u64,
///     name: Nullable<String>,
///     limit: Nullable<u32>,
///     owner: Nullable<String>,
/// }
///
/// let base: BaseUrl = "https://api.example.com".parse()?;
/// let request = PatchKey {
///     id: 1,
///     name: Nullable::Absent,
///     limit: Nullable::Null,
///     owner: "ada".to_owned().into(),
/// };
/// let http = request.to_http(&base)?;
/// assert_eq!(http.body().as_bytes().unwrap(), r#"{"limit":null,"owner":"ada"}"#);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// In a type of serde's own, a field needs `#[serde(default, skip_serializing_if = "Nullable::is_absent")]`. Without
/// `skip_serializing_if`, to serialize an `Absent` is an error, so that it never clears a value; without `default`, a
/// member that is missing is an error.
///
/// ```
/// use api_request::Nullable;
/// use serde::{Deserialize, Serialize};
///
/// #[derive(Debug, PartialEq, Serialize, Deserialize)]
/// struct Limits {
///     #[serde(default, skip_serializing_if = "Nullable::is_absent")]
///     daily: Nullable<u32>,
/// }
///
/// for (json, daily) in [
///     ("{}", Nullable::Absent),
///     (r#"{"daily":null}"#, Nullable::Null),
///     (r#"{"daily":5}"#, Nullable::Value(5)),
/// ] {
///     let limits: Limits = serde_json::from_str(json)?;
///     assert_eq!(limits, Limits { daily });
///     assert_eq!(serde_json::to_string(&limits)?, json);
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Nullable<T> {
    /// It is left out.
    #[default]
    Absent,
    /// It is `null`.
    Null,
    /// It has a value.
    Value(T),
}

impl<T> Nullable<T> {
    /// Returns whether it is left out.
    ///
    /// ```
    /// use api_request::Nullable;
    ///
    /// assert!(Nullable::<u32>::default().is_absent());
    /// assert!(!Nullable::<u32>::Null.is_absent());
    /// ```
    #[must_use]
    pub const fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }

    /// Returns whether it is `null`.
    ///
    /// ```
    /// use api_request::Nullable;
    ///
    /// assert!(Nullable::<u32>::from(None).is_null());
    /// assert!(!Nullable::<u32>::Absent.is_null());
    /// ```
    #[must_use]
    pub const fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// Returns the value, if there is one.
    ///
    /// ```
    /// use api_request::Nullable;
    ///
    /// assert_eq!(Nullable::Value(5).as_ref(), Some(&5));
    /// assert_eq!(Nullable::<u32>::Null.as_ref(), None);
    /// ```
    #[must_use]
    pub const fn as_ref(&self) -> Option<&T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Null => None,
        }
    }

    /// Turns it into the value, if there is one. `Option<Option<T>>::from` tells `Absent` from `Null` too.
    ///
    /// ```
    /// use api_request::Nullable;
    ///
    /// assert_eq!(Nullable::Value(5).into_option(), Some(5));
    /// assert_eq!(Nullable::<u32>::Absent.into_option(), None);
    /// assert_eq!(Option::<Option<u32>>::from(Nullable::Null), Some(None));
    /// ```
    #[must_use]
    pub fn into_option(self) -> Option<T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Null => None,
        }
    }

    /// Converts the value, if there is one.
    ///
    /// ```
    /// use api_request::Nullable;
    ///
    /// assert_eq!(Nullable::Value(5).map(|limit| limit * 2), Nullable::Value(10));
    /// ```
    #[must_use]
    pub fn map<U>(self, convert: impl FnOnce(T) -> U) -> Nullable<U> {
        match self {
            Self::Absent => Nullable::Absent,
            Self::Null => Nullable::Null,
            Self::Value(value) => Nullable::Value(convert(value)),
        }
    }
}

impl<T> From<T> for Nullable<T> {
    fn from(value: T) -> Self {
        Self::Value(value)
    }
}

/// `None` is `null`.
impl<T> From<Option<T>> for Nullable<T> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Self::Value)
    }
}

/// `None` is what is absent, `Some(None)` what is `null`.
impl<T> From<Nullable<T>> for Option<Option<T>> {
    fn from(nullable: Nullable<T>) -> Self {
        match nullable {
            Nullable::Absent => None,
            Nullable::Null => Some(None),
            Nullable::Value(value) => Some(Some(value)),
        }
    }
}

impl<T: Serialize> Serialize for Nullable<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Absent => serializer.serialize_newtype_variant(ABSENT, 0, "Absent", &Nowhere),
            Self::Null => serializer.serialize_unit_struct(NULL),
            Self::Value(value) => serializer.serialize_some(value),
        }
    }
}

/// The content of what is absent, for a serializer that does not know what to leave out.
struct Nowhere;

impl Serialize for Nowhere {
    fn serialize<S: Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
        Err(ser::Error::custom(
            "a `Nullable` that is absent has no value to write: add `#[serde(skip_serializing_if = \"Nullable::is_absent\")]` to the field",
        ))
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Nullable<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // What asks for an option reads a member that is missing as `None`.
        deserializer.deserialize_newtype_struct(NULLABLE, Present(PhantomData))
    }
}

/// Reads a value that is there, and may be `null`.
struct Present<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for Present<T> {
    type Value = Nullable<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value or null")
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, value: D) -> Result<Nullable<T>, D::Error> {
        Option::deserialize(value).map(Nullable::from)
    }

    fn visit_some<D: Deserializer<'de>>(self, value: D) -> Result<Nullable<T>, D::Error> {
        T::deserialize(value).map(Nullable::Value)
    }

    fn visit_none<E: Error>(self) -> Result<Nullable<T>, E> {
        Ok(Nullable::Null)
    }

    fn visit_unit<E: Error>(self) -> Result<Nullable<T>, E> {
        Ok(Nullable::Null)
    }

    /// What reads requests says so.
    fn visit_enum<A: EnumAccess<'de>>(self, _: A) -> Result<Nullable<T>, A::Error> {
        Ok(Nullable::Absent)
    }
}
