//! What the API asks of values beyond their types.

use std::ops::RangeInclusive;

use super::prelude::*;

/// How many characters a text has, if it is there.
pub(super) fn length(name: &str, text: Option<&str>, range: RangeInclusive<usize>) -> Result {
    let fits = text.is_none_or(|text| range.contains(&text.chars().count()));
    let (least, most) = range.into_inner();
    let message = format!("`{name}` has to have from {least} to {most} characters");
    ensure(fits, message)
}

/// The name of a thing in URLs: parts of lowercase letters and digits, joined by single hyphens.
pub(super) fn slug(slug: &str) -> Result {
    let is_part = |part: &str| {
        let mut bytes = part.bytes();
        !part.is_empty() && bytes.all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
    };
    let is_slug = slug.len() <= 50 && slug.split('-').all(is_part);
    ensure(is_slug, format!("`{slug}` is not a slug"))
}

/// A share of all, if it is there.
pub(super) fn share(name: &str, share: Option<f64>) -> Result {
    let fits = share.is_none_or(|share| (0.0001..=1.0).contains(&share));
    ensure(fits, format!("`{name}` has to be from 0.0001 to 1"))
}

/// A list that holds something, if it is there.
pub(super) fn not_empty<T>(name: &str, list: Option<&Vec<T>>) -> Result {
    let holds_some = list.is_none_or(|list| !list.is_empty());
    ensure(holds_some, format!("`{name}` may not be empty"))
}

/// A whole number, which has to be one of these.
pub(super) fn within(name: &str, number: i64, range: RangeInclusive<i64>) -> Result<usize> {
    let (least, most) = (range.start(), range.end());
    let message = format!("`{name}` is not from {least} to {most}");
    ensure(range.contains(&number), message)?;
    Ok(usize::try_from(number).unwrap_or_default())
}
