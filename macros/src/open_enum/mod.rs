//! `#[derive(OpenEnum)]`: an enum of texts that an API may extend.
//!
//! Built like the derive for requests: tokens → `attr` → `lower` → `model` → `expand`.

mod attr;
mod expand;
mod lower;
mod model;

use proc_macro2::TokenStream;
use syn::DeriveInput;

use crate::diag::Diag;

pub(crate) fn derive(input: &DeriveInput) -> TokenStream {
    let mut diag = Diag::default();
    let attrs = attr::EnumAttrs::from_syn(&input.attrs, &mut diag);
    let open_enum = lower::lower(input, &attrs, &mut diag);
    match diag.propagate() {
        Ok(()) => expand::expand(&open_enum),
        Err(mut errors) => {
            errors.extend(expand::fallback(&open_enum));
            errors
        }
    }
}
