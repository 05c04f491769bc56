//! JSON responses, whatever their media type.

use serde::de::DeserializeOwned;

use super::{
    format::{Format, Read, Undecodable},
    locate::locate,
};
use crate::json::{self, Absent};

/// A type that a response is decoded as: any that deserializes from JSON.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the response of a request",
    label = "a response cannot be decoded as this",
    note = "derive `serde::Deserialize` for `{Self}`, without a lifetime",
    note = "a response that is not JSON is declared with `response(text)`, `response(bytes)` or `response(with = …)`"
)]
#[allow(
    unreachable_pub,
    reason = "Rust 1.85 overlooks the public trait that names it"
)]
pub trait JsonResponse: Sized {
    fn decode(body: &[u8]) -> Result<Self, Undecodable>;
}

#[diagnostic::do_not_recommend]
impl<T: DeserializeOwned> JsonResponse for T {
    fn decode(body: &[u8]) -> Result<Self, Undecodable> {
        match json::content(body) {
            [] => T::deserialize(Absent).map_err(Undecodable::new),
            json => serde_json::from_slice(json).map_err(|error| explain::<T>(json, &error)),
        }
    }
}

/// JSON of a `T`.
#[must_use]
pub const fn json<T: JsonResponse>() -> Format<T> {
    Format {
        accept: "application/json",
        read: Read::Buffered,
        decode: |response| T::decode(&response.body.into_bytes()),
    }
}

/// Why the JSON is not of a `T`, and where.
pub(crate) fn explain<T: DeserializeOwned>(json: &[u8], error: &serde_json::Error) -> Undecodable {
    // A type may be decoded by chance: then what is known is that it was refused once.
    let located = locate::<T>(json);
    let (path, message) = located.unwrap_or_else(|| (None, "invalid value".to_owned()));
    Undecodable {
        path,
        is_malformed: !error.is_data(),
        ..Undecodable::new(message)
    }
}
