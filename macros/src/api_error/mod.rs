//! `#[derive(ApiError)]`: an enum whose variant the status of an answer chooses.
//!
//! Built like the derive for requests: tokens → `attr` → `lower` → the model, which is here → `expand`. The model is
//! plain data, valid by construction.

mod attr;
mod expand;
mod lower;

use proc_macro2::{Ident, TokenStream};
use syn::{DeriveInput, LitStr, Member, Path, Type};

pub(crate) use attr::KEYS;

use crate::diag::Diag;

pub(crate) fn derive(input: &DeriveInput) -> TokenStream {
    let mut diag = Diag::default();
    let attrs = attr::EnumAttrs::from_syn(&input.attrs, &mut diag);
    let error = lower::lower(input, &attrs, &mut diag);
    match diag.propagate() {
        Ok(()) => expand::expand(&error),
        Err(mut errors) => {
            errors.extend(expand::fallback(&error));
            errors
        }
    }
}

struct ApiError<'a> {
    input: &'a DeriveInput,
    /// Where the runtime is.
    runtime: Path,
    envelope: Option<&'a LitStr>,
    variants: Vec<Variant<'a>>,
}

struct Variant<'a> {
    ident: &'a Ident,
    /// What the body is read as; nothing in a variant without a field.
    value: Option<(Member, &'a Type)>,
    /// No two variants have one in common.
    statuses: Vec<Status>,
}

/// What chooses a variant, in the order in which it is tried.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Status {
    Exact(u16),
    /// All statuses with this first digit.
    Class(u16),
    /// All that no variant is declared for.
    Other,
}
