//! Texts by format and pattern, and whether a text is of them.

use std::{cell::RefCell, collections::BTreeMap};

use jsonschema::{Draft, PatternCache, Validator};
use serde_json::{Value as Json, json};

use super::pattern;
use crate::document::Limits;

/// The formats whose texts are checked, with a text. Others mean different things in different documents.
const ASSERTED: [(&str, &str); 8] = [
    ("date-time", "2024-01-02T03:04:05Z"),
    ("date", "2024-01-02"),
    ("email", "a@example.com"),
    ("hostname", "example.com"),
    ("ipv4", "192.0.2.1"),
    ("ipv6", "2001:db8::1"),
    ("uri", "https://example.com/a"),
    ("uuid", "123e4567-e89b-42d3-a456-426614174000"),
];

/// The formats whose texts are not checked.
const OTHERS: [(&str, &str); 24] = [
    ("time", "03:04:05Z"),
    ("duration", "P1D"),
    ("datetime", "2024-01-02T03:04:05Z"),
    ("date_time", "2024-01-02T03:04:05Z"),
    ("url", "https://example.com/a"),
    ("iri", "https://example.com/a"),
    ("uri-reference", "/a"),
    ("iri-reference", "/a"),
    ("uri-template", "/a/{b}"),
    ("idn-email", "a@example.com"),
    ("idn-hostname", "example.com"),
    ("json-pointer", "/a"),
    ("byte", "YQ=="),
    ("base64", "YQ=="),
    ("base64url", "YQ"),
    ("int32", "1"),
    ("int64", "1"),
    ("integer", "1"),
    ("uint64", "1"),
    ("float", "1.5"),
    ("double", "1.5"),
    ("decimal", "1.5"),
    ("ip", "192.0.2.1"),
    ("guid", "123e4567-e89b-42d3-a456-426614174000"),
];

/// What is known about formats and patterns.
#[derive(Debug, Default)]
pub(super) struct Texts {
    patterns: PatternCache,
    /// By pattern; nothing where the engine does not know it, or no text is found that matches.
    by_pattern: RefCell<BTreeMap<String, Option<Validator>>>,
    by_format: RefCell<BTreeMap<String, Option<Validator>>>,
}

impl Texts {
    /// Options for all validators.
    pub(super) fn options(&self) -> jsonschema::ValidationOptions<'static> {
        jsonschema::options()
            .with_draft(Draft::Draft202012)
            .offline()
            .should_validate_formats(true)
            .with_pattern_cache(self.patterns.clone())
    }

    /// Whether the engine knows a pattern, and a text is found that matches. If not, the pattern is not checked.
    pub(super) fn is_possible(&self, pattern: &str) -> bool {
        self.matches(pattern, None)
    }

    /// Whether a text is what its format, pattern and length ask for.
    pub(super) fn fits(
        &self,
        text: &str,
        format: Option<&str>,
        limits: &Limits,
        patterns: &[&str],
    ) -> bool {
        let length = u64::try_from(text.chars().count()).unwrap_or(u64::MAX);
        limits.min_length.is_none_or(|min| length >= min)
            && limits.max_length.is_none_or(|max| length <= max)
            && format.is_none_or(|format| self.is_of_format(text, format))
            && patterns
                .iter()
                .all(|pattern| self.matches(pattern, Some(text)))
    }

    fn is_of_format(&self, text: &str, format: &str) -> bool {
        if !is_asserted(format) {
            return true;
        }
        let mut known = self.by_format.borrow_mut();
        let validator = known
            .entry(format.to_owned())
            .or_insert_with(|| self.options().build(&json!({"format": format})).ok());
        let is_valid = |it: &Validator| it.is_valid(&Json::String(text.to_owned()));
        validator.as_ref().is_none_or(is_valid)
    }

    fn matches(&self, pattern: &str, text: Option<&str>) -> bool {
        let mut known = self.by_pattern.borrow_mut();
        if !known.contains_key(pattern) {
            let validator = self.options().build(&json!({"pattern": pattern})).ok();
            let example = pattern::matching(pattern, 0);
            let is_valid =
                |it: &Validator| example.is_some_and(|it2| it.is_valid(&Json::String(it2)));
            known.insert(pattern.to_owned(), validator.filter(is_valid));
        }
        match (&known[pattern], text) {
            (Some(validator), Some(text)) => validator.is_valid(&Json::String(text.to_owned())),
            (Some(_), None) => true,
            // Not checked.
            (None, text) => text.is_some(),
        }
    }

    /// A text, and whether it is all that is asked for. `nth` tells texts of one list apart.
    pub(super) fn make(
        &self,
        format: Option<&str>,
        limits: &Limits,
        patterns: &[&str],
        full: bool,
        nth: usize,
    ) -> (String, bool) {
        let min = limits.min_length.unwrap_or_default();
        // A text of megabytes says no more than a short one.
        let min = usize::try_from(min).unwrap_or(usize::MAX).min(100_000);
        let by_format = format.and_then(|format| {
            let all = ASSERTED.iter().chain(&OTHERS);
            let found = all
                .clone()
                .find(|(name, _)| name.eq_ignore_ascii_case(format));
            found.map(|(_, text)| (*text).to_owned())
        });
        let by_pattern = patterns.iter().filter_map(|it| pattern::matching(it, min));
        let plain = [if full { "text" } else { "a" }, "a"].map(|text| {
            let missing = min.saturating_sub(text.len());
            format!("{text}{}", "a".repeat(missing))
        });
        let mut candidates: Vec<String> = by_format
            .into_iter()
            .chain(by_pattern)
            .chain(plain)
            .collect();
        candidates.extend([String::new(), "1".to_owned(), "0".repeat(min)]);
        if nth > 0 {
            let varied: Vec<String> = candidates
                .iter()
                .flat_map(|it| different(it, nth))
                .collect();
            candidates.splice(0..0, varied);
        }
        let fits = |text: &&String| self.fits(text, format, limits, patterns);
        let is_possible = patterns.iter().all(|pattern| self.is_possible(pattern));
        match candidates.iter().find(fits) {
            Some(text) => (text.clone(), is_possible),
            None => (candidates.swap_remove(0), false),
        }
    }
}

/// Whether texts of a format are checked.
pub(super) fn is_asserted(format: &str) -> bool {
    ASSERTED.iter().any(|(name, _)| *name == format)
}

/// Texts like a text.
fn different(text: &str, nth: usize) -> [String; 2] {
    let mut chars: Vec<char> = text.chars().collect();
    let digits: Vec<char> = nth.to_string().chars().collect();
    let longer = format!("{text}{nth}");
    // The last digit or letter, so that the form stays.
    let last = chars.iter().rposition(char::is_ascii_alphanumeric);
    if let (Some(at), Some(digit)) = (last, digits.last()) {
        chars[at] = match chars[at] {
            '0'..='9' => *digit,
            'A'..='Z' => char::from(b'A' + u8::try_from(nth % 26).unwrap_or_default()),
            _ => char::from(b'a' + u8::try_from(nth % 26).unwrap_or_default()),
        };
    }
    [chars.into_iter().collect(), longer]
}
