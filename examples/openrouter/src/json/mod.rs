//! What JSON of the API needs beyond serde's derives: enums that take values added later, values of one of several
//! types, and members that can be `null`.

pub(crate) mod date;
mod lost;
mod nullable;
mod open_enum;
mod part;
pub(crate) mod union;

pub(crate) use lost::find_lost;
pub use nullable::Nullable;
pub(crate) use open_enum::{ONE_OF, TextVisitor, constant, open_enum};
pub(crate) use part::{FILE, file_part};
pub(crate) use union::{read_union, union};

/// A JSON object of which the API says no more.
pub type Object = serde_json::Map<String, serde_json::Value>;
