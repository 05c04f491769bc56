//! `#[derive(ApiRequest)]`: a struct that declares an operation.
//!
//! Tokens → `attr`, `field_attr` and `serde` (syntax) → `lower`, `field` and `options` (meaning, checks) → `model` → `expand` and
//! `operation`. `paginate` is the same once more, for one key.

mod attr;
mod field_attr;
mod serde;

mod foreign;
mod model;
mod path;
mod shape;

mod claims;
mod field;
mod form;
mod lower;
mod options;

mod expand;
mod fallback;
mod operation;

mod paginate;

use proc_macro2::TokenStream;
use syn::DeriveInput;

use crate::diag::Diag;

pub(crate) fn derive(input: &DeriveInput) -> TokenStream {
    let mut diag = Diag::default();
    let attrs = attr::StructAttrs::from_syn(&input.attrs, &mut diag);
    let request = lower::lower(input, &attrs, &mut diag);
    match diag.propagate() {
        Ok(()) => expand::expand(&request),
        Err(mut errors) => {
            errors.extend(fallback::fallback(input, &attrs));
            errors
        }
    }
}
