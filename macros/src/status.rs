//! Statuses as attributes declare them: their syntax, and that none is declared twice.

use proc_macro2::TokenStream;
use quote::ToTokens as _;
use syn::{Error, Lit, LitInt, LitStr, Result};

use crate::{
    diag::{Diag, one_of},
    grammar::{Entry, given_twice},
    words::{VariantKey, lookup, words_of},
};

/// What chooses a variant, in the order in which it is tried.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Status {
    Exact(u16),
    /// All statuses with this first digit.
    Class(u16),
    /// All that no variant is declared for.
    Other,
}

impl Status {
    /// The first and the last status; `None` of all others.
    pub(crate) fn range(self) -> Option<[u16; 2]> {
        match self {
            Self::Exact(status) => Some([status, status]),
            Self::Class(digit) => Some([digit * 100, digit * 100 + 99]),
            Self::Other => None,
        }
    }
}

/// What has the statuses.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum StatusOf {
    Error,
    Response,
}

const CLASSES: &[(&str, Status)] = &[
    ("2xx", Status::Class(2)),
    ("3xx", Status::Class(3)),
    ("4xx", Status::Class(4)),
    ("5xx", Status::Class(5)),
];

impl StatusOf {
    fn noun(self) -> &'static str {
        match self {
            Self::Error => "an error",
            Self::Response => "a response",
        }
    }

    fn first(self) -> u16 {
        match self {
            Self::Error => 300,
            Self::Response => 200,
        }
    }

    fn classes(self) -> &'static [(&'static str, Status)] {
        match self {
            Self::Error => &CLASSES[1..],
            Self::Response => CLASSES,
        }
    }

    /// Parses the value of `status`, or an `other`. Returns where it is, too.
    pub(crate) fn parse(self, key: VariantKey, entry: &Entry<'_>) -> Result<(TokenStream, Status)> {
        match key {
            VariantKey::Status => self.parse_status(entry),
            VariantKey::Other if entry.has_list() || entry.has_equals() => {
                let what = match self {
                    Self::Error => "the variant",
                    Self::Response => "it",
                };
                entry.mistake(format!(
                    "`other` takes no value: {what} is chosen for every other status"
                ))
            }
            VariantKey::Other => Ok((entry.key.to_token_stream(), Status::Other)),
        }
    }

    fn parse_status(self, entry: &Entry<'_>) -> Result<(TokenStream, Status)> {
        if entry.has_list() {
            return entry.mistake("`status` takes one status, write the key again for another: `status = 400, status = 404`");
        }
        entry.parse_equals()?;
        let class = match self {
            Self::Error => "4xx",
            Self::Response => "2xx",
        };
        let expected =
            format!("expected a status, such as `404`, or a class, such as `\"{class}\"`");
        let input = entry.input;
        let literal: Lit = input.parse().map_err(|_| input.error(&expected))?;
        let status = match &literal {
            Lit::Int(number) => self.parse_number(number)?,
            Lit::Str(class) if self.status(&class.value()).is_some() => {
                return Err(entry.without_quotes(class));
            }
            Lit::Str(class) => self.parse_class(class)?,
            _ => return Err(Error::new_spanned(literal, expected)),
        };
        Ok((literal.to_token_stream(), status))
    }

    fn parse_number(self, number: &LitInt) -> Result<Status> {
        let written = number.to_string();
        if let Some(status) = self.status(number.base10_digits()) {
            return Ok(Status::Exact(status));
        }
        let message = if lookup(self.classes(), &written).is_some() {
            format!("a class of statuses is a string, write `\"{written}\"`")
        } else {
            let (noun, first, hint) = (self.noun(), self.first(), self.hint(&written));
            format!("the status of {noun} is a number from {first} to 599, not `{written}`{hint}")
        };
        Err(Error::new_spanned(number, message))
    }

    fn parse_class(self, class: &LitStr) -> Result<Status> {
        let written = class.value();
        if let Some(status) = lookup(self.classes(), &written) {
            return Ok(status);
        }
        let lower = written.to_ascii_lowercase();
        let meant = match lookup(self.classes(), &lower) {
            Some(_) => format!(", did you mean `{lower}`?"),
            None => String::new(),
        };
        let (known, hint) = (one_of(words_of(self.classes())), self.hint(&written));
        let message =
            format!("unknown class of statuses `{written}`{meant}\nexpected one of {known}{hint}");
        Err(Error::new_spanned(class, message))
    }

    /// Where an error with a 2xx status is declared.
    fn hint(self, written: &str) -> &'static str {
        if self == Self::Error && written.starts_with('2') {
            "\nan error in a 2xx response is declared on the enum, with `envelope = \"error\"`"
        } else {
            ""
        }
    }

    /// The status with these digits.
    fn status(self, digits: &str) -> Option<u16> {
        let number = digits.parse().ok()?;
        (self.first()..=599).contains(&number).then_some(number)
    }
}

/// The statuses that are declared, each with the tokens that declare it.
#[derive(Default)]
pub(crate) struct StatusClaims(Vec<(Status, TokenStream)>);

impl StatusClaims {
    pub(crate) fn claim(&mut self, status: Status, at: &TokenStream, diag: &mut Diag) {
        match self.0.iter().find(|(other, _)| *other == status) {
            Some((_, first)) => diag.push(given_twice(at, first)),
            None => self.0.push((status, at.clone())),
        }
    }
}

/// The statuses of variants, each with its variant, in the order in which they are tried.
pub(crate) fn ordered<'v, V>(
    variants: impl Iterator<Item = (&'v V, &'v [Status])>,
) -> Vec<(Status, &'v V)> {
    let statuses = variants.flat_map(|(variant, statuses)| {
        let statuses = statuses.iter().copied();
        statuses.map(move |status| (status, variant))
    });
    let mut ordered: Vec<_> = statuses.collect();
    ordered.sort_by_key(|(status, _)| match status {
        Status::Exact(_) => 0,
        Status::Class(_) => 1,
        Status::Other => 2,
    });
    ordered
}
