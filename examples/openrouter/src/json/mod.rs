//! What JSON of the API needs beyond serde's derives: enums that take values added later, values of one of several
//! types, and members that can be `null`.

pub(crate) mod date;
mod lost;
mod open_enum;
pub(crate) mod union;

/// A member of a body that can be left out, `null` or there.
pub use api_request::Nullable;

pub(crate) use lost::find_lost;
pub(crate) use open_enum::{Listed, TextVisitor, constant, listed, open_enum};
pub(crate) use union::{response_union, union};

/// A JSON object of which the API says no more.
pub type Object = serde_json::Map<String, serde_json::Value>;
