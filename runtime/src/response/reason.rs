//! Why a value does not fit a type, without the value: an error of serde that has what is known at compile time, and
//! the kind of what was found.

use std::fmt::{self, Display};

use serde::de::{self, Expected, Unexpected};

/// What serde's derive says of an untagged enum, before its name.
const UNTAGGED: &str = "data did not match any variant of untagged enum ";

/// Why something does not fit.
#[doc(hidden)]
#[derive(Debug)]
#[allow(
    unreachable_pub,
    reason = "Rust 1.85 overlooks the public function that names it"
)]
pub struct Reason {
    pub(super) text: String,
    /// The text ends with line and column.
    pub(super) has_position: bool,
}

impl Reason {
    pub(super) fn new(text: String) -> Self {
        Self {
            text,
            has_position: false,
        }
    }
}

impl Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl std::error::Error for Reason {}

impl de::Error for Reason {
    fn custom<T: Display>(message: T) -> Self {
        let message = message.to_string();
        let is_identifier = |name: &str| name.chars().all(|c| c.is_alphanumeric() || c == '_');
        let is_known = message.strip_prefix(UNTAGGED).is_some_and(is_identifier);
        Self::new(if is_known {
            message
        } else {
            "invalid value".to_owned()
        })
    }

    fn invalid_type(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        let found = kind(found);
        Self::new(format!("invalid type: {found}, expected {expected}"))
    }

    fn invalid_value(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        let found = kind(found);
        Self::new(format!("invalid value: {found}, expected {expected}"))
    }

    fn invalid_length(length: usize, expected: &dyn Expected) -> Self {
        Self::new(format!("invalid length {length}, expected {expected}"))
    }

    fn unknown_variant(_: &str, expected: &'static [&'static str]) -> Self {
        Self::new(format!("unknown variant, expected {}", one_of(expected)))
    }

    fn unknown_field(_: &str, expected: &'static [&'static str]) -> Self {
        Self::new(format!("unknown field, expected {}", one_of(expected)))
    }

    fn missing_field(field: &'static str) -> Self {
        Self::new(format!("missing field `{field}`"))
    }

    fn duplicate_field(field: &'static str) -> Self {
        Self::new(format!("duplicate field `{field}`"))
    }
}

fn one_of(names: &[&str]) -> String {
    let quoted: Vec<_> = names.iter().map(|name| format!("`{name}`")).collect();
    match quoted.as_slice() {
        [] => "none".to_owned(),
        [name] => name.clone(),
        [first, second] => format!("{first} or {second}"),
        names => format!("one of {}", names.join(", ")),
    }
}

/// What kind of value was found.
fn kind(found: Unexpected<'_>) -> &'static str {
    match found {
        Unexpected::Bool(_) => "boolean",
        Unexpected::Unsigned(_) | Unexpected::Signed(_) => "integer",
        Unexpected::Float(_) => "floating point",
        Unexpected::Char(_) => "character",
        Unexpected::Str(_) => "string",
        Unexpected::Bytes(_) => "byte array",
        Unexpected::Unit => "null",
        Unexpected::Option => "option",
        Unexpected::NewtypeStruct => "newtype struct",
        Unexpected::Seq => "sequence",
        Unexpected::Map => "map",
        Unexpected::Enum => "enum",
        Unexpected::UnitVariant => "unit variant",
        Unexpected::NewtypeVariant => "newtype variant",
        Unexpected::TupleVariant => "tuple variant",
        Unexpected::StructVariant => "struct variant",
        Unexpected::Other(_) => "another value",
    }
}
