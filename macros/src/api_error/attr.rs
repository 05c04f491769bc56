//! Syntax of `#[api(…)]` on an error and its variants.

use proc_macro2::TokenStream;
use quote::ToTokens as _;
use syn::{Attribute, Error, Lit, LitInt, LitStr, Path, Result};

use super::{
    model::Status,
    rules::{Envelope, Step, parse_envelope, parse_message},
};
use crate::{
    diag::{Diag, one_of},
    grammar::{Entry, Slot, lists, unknown_key},
    words::{EnumKey, VariantKey, lookup, words_of},
};

const AN_ERROR: &str = "an error";
const ON_THE_ENUM: &str = "on the enum";
const ON_A_VARIANT: &str = "on a variant";

const CLASSES: &[(&str, Status)] = &[
    ("3xx", Status::Class(3)),
    ("4xx", Status::Class(4)),
    ("5xx", Status::Class(5)),
];

/// What stands on the enum.
#[derive(Default)]
pub(super) struct EnumAttrs {
    pub(super) envelope: Slot<Envelope>,
    pub(super) message: Slot<Vec<Step>>,
    pub(super) runtime: Slot<Path>,
}

impl EnumAttrs {
    pub(super) fn from_syn(attrs: &[Attribute], diag: &mut Diag) -> Self {
        let mut parsed = Self::default();
        let example = "#[api(envelope = \"error\")]";
        lists("api", attrs, example, diag, |input, diag| {
            let mut entry = Entry::from_syn(input, diag)?;
            match lookup(EnumKey::ALL, &entry.key.to_string()) {
                Some(EnumKey::Envelope) => match parse_envelope(&mut entry)? {
                    Some(envelope) => entry.fill(&mut parsed.envelope, |_| Ok(envelope)),
                    None => Ok(()),
                },
                Some(EnumKey::Message) => entry.fill(&mut parsed.message, parse_message),
                Some(EnumKey::Crate) => {
                    entry.fill(&mut parsed.runtime, |e| e.parse_with(Path::parse_mod_style))
                }
                None => Err(unknown_key(
                    &entry,
                    AN_ERROR,
                    (ON_THE_ENUM, EnumKey::ALL),
                    (ON_A_VARIANT, VariantKey::ALL),
                )),
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
            let status = match lookup(VariantKey::ALL, &entry.key.to_string()) {
                Some(VariantKey::Status) => parse_status(&entry)?,
                Some(VariantKey::Other) if entry.has_list() || entry.has_equals() => {
                    return entry.mistake(
                        "`other` takes no value: the variant is chosen for every other status",
                    );
                }
                Some(VariantKey::Other) => (entry.key.to_token_stream(), Status::Other),
                None => {
                    return Err(unknown_key(
                        &entry,
                        AN_ERROR,
                        (ON_A_VARIANT, VariantKey::ALL),
                        (ON_THE_ENUM, EnumKey::ALL),
                    ));
                }
            };
            parsed.statuses.push(status);
            Ok(())
        });
        parsed.broken = diag.count() > before;
        parsed
    }
}

fn parse_status(entry: &Entry<'_>) -> Result<(TokenStream, Status)> {
    if entry.has_list() {
        return entry.mistake("`status` takes one status, write the key again for another: `status = 400, status = 404`");
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
        format!("a class of statuses is a string, write `\"{written}\"`")
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
    let (known, hint) = (one_of(words_of(CLASSES)), hint(&written));
    let message =
        format!("unknown class of statuses `{written}`{meant}\nexpected one of {known}{hint}");
    Err(Error::new_spanned(class, message))
}

/// Where an error with a 2xx status is declared.
fn hint(written: &str) -> &'static str {
    if written.starts_with('2') {
        "\nan error in a 2xx response is declared on the enum, with `envelope = \"error\"`"
    } else {
        ""
    }
}

/// The status of an error with these digits.
fn status(digits: &str) -> Option<u16> {
    let number = digits.parse().ok()?;
    (300..=599).contains(&number).then_some(number)
}
