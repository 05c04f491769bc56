//! A member of a JSON object that can be left out, be `null`, or have a value: three things that an API tells apart.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// An optional member whose value may be `null`, which some operations tell from one that is left out: an update that
/// leaves a limit alone, one that removes it, and one that sets it.
///
/// A member of a body's type says `#[serde(default, skip_serializing_if = "Nullable::is_absent")]`; one of a request with
/// `fields = json` says `#[api(null)]` too, or `null` would be left out like any `None`.
///
/// ```
/// use openrouter::json::Nullable;
///
/// let limit: Nullable<f64> = 5.0.into();
/// assert_eq!(limit.as_ref(), Some(&5.0));
/// assert!(Nullable::<f64>::default().is_absent());
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Nullable<T> {
    /// The member is left out.
    #[default]
    Absent,
    /// The member is `null`.
    Null,
    /// The member has a value.
    Value(T),
}

impl<T> Nullable<T> {
    /// Whether the member is left out.
    #[must_use]
    pub const fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }

    /// The value, if there is one.
    #[must_use]
    pub const fn as_ref(&self) -> Option<&T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Null => None,
        }
    }

    /// The value, if there is one.
    #[must_use]
    pub fn into_option(self) -> Option<T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Null => None,
        }
    }
}

impl<T> From<T> for Nullable<T> {
    fn from(value: T) -> Self {
        Self::Value(value)
    }
}

impl<T: Serialize> Serialize for Nullable<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.as_ref().serialize(serializer)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Nullable<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Option::deserialize(deserializer)?.map_or(Self::Null, Self::Value))
    }
}
