//! `#[derive(ApiError)]`: an enum whose variant the status of a response chooses.
//!
//! Built like the derive for requests: tokens → `attr` → `lower` → `model` → `expand`.

mod attr;
mod expand;
mod lower;
mod model;
mod rules;

use proc_macro2::TokenStream;
use syn::DeriveInput;

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
