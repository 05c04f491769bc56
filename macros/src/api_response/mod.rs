//! `#[derive(ApiResponse)]`: a struct or an enum that is made from status, headers and body of a response.
//!
//! A struct is a variant without a name. Tokens → `attr` and `field_attr` (syntax) → `lower` and `field` (meaning, checks)
//! → `model` → `expand`.

mod attr;
mod expand;
mod field;
mod field_attr;
mod lower;
mod model;
mod write;

use proc_macro2::TokenStream;
use syn::DeriveInput;

use crate::diag::Diag;

pub(crate) fn derive(input: &DeriveInput) -> TokenStream {
    let mut diag = Diag::default();
    let response = lower::lower(input, &mut diag);
    match diag.propagate() {
        Ok(()) => expand::expand(&response),
        Err(mut errors) => {
            errors.extend(expand::fallback(&response));
            errors
        }
    }
}
