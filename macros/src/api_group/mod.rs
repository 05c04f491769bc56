//! `#[derive(ApiGroup)]`: a struct of parameters that operations share.
//!
//! The attributes and fields are those of a request, with fewer keys and locations, and are parsed and lowered by the
//! modules of `request`. Tokens → `lower` (meaning, checks) → `model` → `expand`.

mod expand;
mod lower;
mod model;

pub(crate) use self::{lower::lower, model::Group};

use proc_macro2::TokenStream;
use syn::DeriveInput;

use crate::{diag::Diag, request::attr::StructAttrs, words::Owner};

pub(crate) fn derive(input: &DeriveInput) -> TokenStream {
    let mut diag = Diag::default();
    let attrs = StructAttrs::from_syn(&input.attrs, Owner::Group, &mut diag);
    let group = lower(input, &attrs, &mut diag);
    match diag.propagate() {
        Ok(()) => expand::expand(&group),
        Err(mut errors) => {
            errors.extend(expand::fallback(&group));
            errors
        }
    }
}
