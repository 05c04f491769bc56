//! `#[derive(ApiRequest)]`: a struct that declares an operation.
//!
//! Tokens → `attr`, `field_attr` and `serde` (syntax) → `lower`, `field`, `group_field` and `options` (meaning, checks) → `model` → `expand` and
//! `operation`. `paginate` is the same once more, for one key.

pub(crate) mod attr;
pub(crate) mod field_attr;
pub(crate) mod serde;
pub(crate) mod serde_reading;

mod foreign;
pub(crate) mod model;
pub(crate) mod path;
mod shape;

pub(crate) mod claims;
mod events;
pub(crate) mod field;
mod group_field;
pub(crate) mod lower;
mod notation;
mod options;

pub(crate) mod expand;
mod fallback;
pub(crate) mod operation;

pub(crate) mod paginate;

use proc_macro2::TokenStream;
use syn::DeriveInput;

use crate::{diag::Diag, words::Owner};

pub(crate) fn derive(input: &DeriveInput) -> TokenStream {
    let mut diag = Diag::default();
    let attrs = attr::StructAttrs::from_syn(&input.attrs, Owner::Request, &mut diag);
    let request = lower::lower(input, &attrs, &mut diag);
    match diag.propagate() {
        Ok(()) => expand::expand(&request),
        Err(mut errors) => {
            errors.extend(fallback::fallback(input, &attrs));
            errors
        }
    }
}
