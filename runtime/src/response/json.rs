//! JSON, whatever its media type.

use std::ops::Range;

use serde::{
    Deserializer,
    de::{DeserializeOwned, IgnoredAny},
};
use serde_json::de::SliceRead;

use super::{
    locate::{locate, locate_in},
    route::Position,
    track::Misfit,
    undecodable::Undecodable,
};
use crate::json::{self, Absent};

/// What reads JSON.
#[doc(hidden)]
#[allow(
    unreachable_pub,
    reason = "Rust 1.85 overlooks the public function that names it"
)]
pub type JsonDeserializer<'m, 'j> = &'m mut serde_json::Deserializer<SliceRead<'j>>;

/// Decodes the JSON of a body.
pub(super) fn decode<T: DeserializeOwned>(body: &[u8]) -> Result<T, Undecodable> {
    match json::content(body) {
        [] => T::deserialize(Absent).map_err(Undecodable::new),
        json => serde_json::from_slice(json).map_err(|error| explain::<T>(json, &error)),
    }
}

/// Decodes the JSON of a body by a function.
pub(super) fn decode_with<T>(
    body: &[u8],
    read: impl FnOnce(JsonDeserializer<'_, '_>) -> Result<T, serde_json::Error>,
) -> Result<T, Undecodable> {
    let json = json::content(body);
    if json.is_empty() {
        return Err(Undecodable::new("the body is empty"));
    }
    read_all(json, read).map_err(|error| {
        // Why JSON is not valid is known without the function, which is not called again.
        let not_valid = serde_json::from_slice::<IgnoredAny>(json).err();
        not_valid.map_or_else(
            || Undecodable::new("invalid value"),
            |_| explain::<IgnoredAny>(json, &error),
        )
    })
}

/// Reads JSON by a function, to its end.
pub(super) fn read_all<T>(
    json: &[u8],
    read: impl FnOnce(JsonDeserializer<'_, '_>) -> Result<T, serde_json::Error>,
) -> Result<T, serde_json::Error> {
    let mut json = serde_json::Deserializer::from_slice(json);
    let value = read(&mut json)?;
    json.end()?;
    Ok(value)
}

/// Why the JSON is not of a `T`, and where.
pub(crate) fn explain<T: DeserializeOwned>(json: &[u8], error: &serde_json::Error) -> Undecodable {
    explain_from::<T>(json, 0, error)
}

/// The same about an error of the JSON from `start` on.
fn explain_from<T: DeserializeOwned>(
    json: &[u8],
    start: usize,
    error: &serde_json::Error,
) -> Undecodable {
    let position = Position::of(error, json, start);
    explained(locate::<T>(json, Some(position)), error)
}

fn explained(located: Option<Misfit>, error: &serde_json::Error) -> Undecodable {
    // A type may be decoded by chance: then what is known is that it was refused once.
    let located = located.map(|it| (it.path, it.reason));
    let (path, message) = located.unwrap_or_else(|| (None, "invalid value".to_owned()));
    Undecodable {
        path,
        is_malformed: !error.is_data(),
        ..Undecodable::new(message)
    }
}

/// Why the value of a member is not of a `T`, and where in the JSON that it is a part of.
pub(super) fn explain_within<T: DeserializeOwned>(
    json: &[u8],
    value: Range<usize>,
    name: &str,
    error: &serde_json::Error,
) -> Undecodable {
    // Blanks in place of all before it, so that line and column are those of the whole.
    let mut alone = json[..value.end].to_vec();
    for byte in &mut alone[..value.start] {
        if *byte != b'\n' {
            *byte = b' ';
        }
    }
    let error = explain_from::<T>(&alone, value.start, error);
    let path = error.path.as_deref().unwrap_or_default();
    Undecodable {
        path: Some(json::join(name, path)),
        ..error
    }
}

/// Why members of an object are not of a `T`.
pub(super) fn explain_rest<'de, T: DeserializeOwned, D: Deserializer<'de>>(
    members: D,
) -> Undecodable {
    let located = locate_in::<T, D>(members).map(|it| (it.path, it.reason));
    let (path, mut message) = located.unwrap_or_else(|| (None, "invalid value".to_owned()));
    // Each member is JSON of its own, so a position in it says nothing of the body.
    message.truncate(message.rfind(" at line ").unwrap_or(message.len()));
    Undecodable {
        path,
        ..Undecodable::new(message)
    }
}
