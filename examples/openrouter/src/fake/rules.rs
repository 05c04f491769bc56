//! What the API asks of values beyond their types.

use std::ops::RangeInclusive;

use serde_json::Value;

use super::{refusal::Refusal, state::State};
use crate::json::Object;

/// How many characters a text has, if it is there.
pub(super) fn length(
    body: &Object,
    name: &str,
    range: RangeInclusive<usize>,
) -> Result<(), Refusal> {
    let text = body.get(name).and_then(Value::as_str);
    if text.is_none_or(|text| range.contains(&text.chars().count())) {
        return Ok(());
    }
    let (least, most) = range.into_inner();
    let message = format!("`{name}` has to have from {least} to {most} characters");
    Err(Refusal::bad_request(message))
}

/// The name of a thing in URLs: parts of lowercase letters and digits, joined by single hyphens.
pub(super) fn slug(slug: &str) -> Result<(), Refusal> {
    let is_part = |part: &str| {
        let mut bytes = part.bytes();
        !part.is_empty() && bytes.all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
    };
    if slug.len() <= 50 && slug.split('-').all(is_part) {
        return Ok(());
    }
    Err(Refusal::bad_request(format!("`{slug}` is no slug")))
}

/// A share of all, if it is there.
pub(super) fn share(body: &Object, name: &str) -> Result<(), Refusal> {
    let share = body.get(name).and_then(Value::as_f64);
    if share.is_none_or(|share| (0.0001..=1.0).contains(&share)) {
        return Ok(());
    }
    let message = format!("`{name}` has to be from 0.0001 to 1");
    Err(Refusal::bad_request(message))
}

/// A list that holds something, if it is there.
pub(super) fn not_empty(body: &Object, name: &str) -> Result<(), Refusal> {
    let list = body.get(name).and_then(Value::as_array);
    if list.is_none_or(|list| !list.is_empty()) {
        return Ok(());
    }
    Err(Refusal::bad_request(format!("`{name}` may not be empty")))
}

/// The workspace that a thing is in, or the default one. Not to know it is a mistake of the request, not of its path.
pub(super) fn workspace(state: &State, id: Option<&str>) -> Result<String, Refusal> {
    let workspace = state.workspace(id);
    workspace.map_err(|_| Refusal::bad_request("there is no such workspace"))
}

/// Hashes of keys of the account.
pub(super) fn known_keys(state: &State, body: &Object, name: &str) -> Result<(), Refusal> {
    let hashes = body.get(name).and_then(Value::as_array);
    let mut hashes = hashes.into_iter().flatten().filter_map(Value::as_str);
    match hashes.find(|hash| state.keys.get(hash).is_err()) {
        Some(hash) => Err(Refusal::bad_request(format!("there is no key `{hash}`"))),
        None => Ok(()),
    }
}
