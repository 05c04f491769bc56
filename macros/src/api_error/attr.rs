//! Syntax of `#[api(…)]` on an error and its variants.

use proc_macro2::TokenStream;
use quote::ToTokens as _;
use syn::{Attribute, Error, Lit, LitInt, LitStr, Path, Result};

use super::Status;
use crate::{
    attr::is_request_key,
    diag::{Diag, one_of},
    syntax::{Entry, Slot, lists, lookup, unknown_word, words},
};

/// The keys of an error, each with an example: first those of the enum, then those of a variant.
pub(crate) const KEYS: &[(&str, &str)] = &[
    ("envelope", "envelope = \"error\""),
    ("crate", "crate = ::path::to::api_request"),
    ("status", "status = 404"),
    ("other", "other"),
];
const ENUM_KEYS: usize = 2;

const CLASSES: &[(&str, Status)] = &[
    ("3xx", Status::Class(3)),
    ("4xx", Status::Class(4)),
    ("5xx", Status::Class(5)),
];

/// What stands on the enum.
#[derive(Default)]
pub(super) struct EnumAttrs {
    pub(super) envelope: Slot<LitStr>,
    pub(super) runtime: Slot<Path>,
}

impl EnumAttrs {
    pub(super) fn from_syn(attrs: &[Attribute], diag: &mut Diag) -> Self {
        let mut parsed = Self::default();
        let example = "#[api(envelope = \"error\")]";
        lists("api", attrs, example, diag, |input, diag| {
            let mut entry = Entry::from_syn(input, diag)?;
            match entry.key.to_string().as_str() {
                "envelope" => entry.fill(&mut parsed.envelope, Entry::parse_string),
                "crate" => entry.fill(&mut parsed.runtime, |e| e.parse_with(Path::parse_mod_style)),
                _ => {
                    let (known, elsewhere) = KEYS.split_at(ENUM_KEYS);
                    unknown_key(&entry, "on the enum", known, "on a variant", elsewhere)
                }
            }
        });
        parsed
    }
}

/// What stands on a variant.
#[derive(Default)]
pub(super) struct VariantAttrs {
    /// Each with where it is.
    pub(super) statuses: Vec<(TokenStream, Status)>,
    /// Something in it is reported already.
    pub(super) broken: bool,
}

impl VariantAttrs {
    pub(super) fn from_syn(attrs: &[Attribute], diag: &mut Diag) -> Self {
        let mut parsed = Self::default();
        let before = diag.count();
        lists("api", attrs, "#[api(status = 404)]", diag, |input, diag| {
            let entry = Entry::from_syn(input, diag)?;
            let status = match entry.key.to_string().as_str() {
                "status" => parse_status(&entry)?,
                "other" if entry.has_list() || entry.has_equals() => {
                    return entry.mistake("`other` stands alone, for there is nothing to choose");
                }
                "other" => (entry.key.to_token_stream(), Status::Other),
                _ => {
                    let (elsewhere, known) = KEYS.split_at(ENUM_KEYS);
                    return unknown_key(&entry, "on a variant", known, "on the enum", elsewhere);
                }
            };
            parsed.statuses.push(status);
            Ok(())
        });
        parsed.broken = diag.count() > before;
        parsed
    }
}

fn unknown_key(
    entry: &Entry<'_>,
    here: &str,
    known: &'static [(&str, &str)],
    there: &str,
    elsewhere: &[(&str, &str)],
) -> Result<()> {
    let word = entry.key.to_string();
    if lookup(elsewhere, &word).is_some() {
        return entry.mistake(format!("`{word}` belongs {there}, not {here}"));
    }
    if is_request_key(&word) {
        return entry.mistake(format!("`{word}` belongs on a request, not on an error"));
    }
    Err(unknown_word(&entry.key, "key", &word, here, words(known)))
}

fn parse_status(entry: &Entry<'_>) -> Result<(TokenStream, Status)> {
    if entry.has_list() {
        return entry.mistake("each status has a key of its own: `status = 400, status = 404`");
    }
    entry.parse_equals()?;
    let expected = "expected a status, such as `404`, or a class, such as `\"4xx\"`";
    let input = entry.input;
    let literal: Lit = input.parse().map_err(|_| input.error(expected))?;
    let status = match &literal {
        Lit::Int(number) => parse_number(number)?,
        Lit::Str(class) if status(&class.value()).is_some() => {
            return Err(entry.without_quotes(class));
        }
        Lit::Str(class) => parse_class(class)?,
        _ => return Err(Error::new_spanned(literal, expected)),
    };
    Ok((literal.to_token_stream(), status))
}

fn parse_number(number: &LitInt) -> Result<Status> {
    let written = number.to_string();
    if let Some(status) = status(number.base10_digits()) {
        return Ok(Status::Exact(status));
    }
    let message = if lookup(CLASSES, &written).is_some() {
        format!("a class is a string, write `\"{written}\"`")
    } else {
        let hint = hint(&written);
        format!("the status of an error is a number from 300 to 599, not `{written}`{hint}")
    };
    Err(Error::new_spanned(number, message))
}

fn parse_class(class: &LitStr) -> Result<Status> {
    let written = class.value();
    if let Some(status) = lookup(CLASSES, &written) {
        return Ok(status);
    }
    let lower = written.to_ascii_lowercase();
    let meant = match lookup(CLASSES, &lower) {
        Some(_) => format!(", did you mean `{lower}`?"),
        None => String::new(),
    };
    let (known, hint) = (one_of(words(CLASSES)), hint(&written));
    let message =
        format!("unknown class of statuses `{written}`{meant}\nexpected one of {known}{hint}");
    Err(Error::new_spanned(class, message))
}

/// For those who look for errors among the successes.
fn hint(written: &str) -> &'static str {
    if written.starts_with('2') {
        "\nan error inside a 2xx answer is declared on the enum, with `envelope = \"error\"`"
    } else {
        ""
    }
}

/// The status that is meant by these digits.
fn status(digits: &str) -> Option<u16> {
    let number = digits.parse().ok()?;
    (300..=599).contains(&number).then_some(number)
}
