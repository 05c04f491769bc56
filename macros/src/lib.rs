//! The derive macros of `api-request`. Use them through that crate, which documents them.
//!
//! Data flows one way: tokens → `attr` → `lower` → `model` → `expand`. Read the modules in the order of their
//! declaration; `api_error` is the same once more, for errors, and `paginate` for one key. Only `attr` (with `syntax` and `serde`) and `lower` (with `field`) report mistakes; only `expand` and
//! `fallback` create tokens. The expansion depends on the input alone.

mod attr;
mod serde;
mod syntax;

mod model;

mod field;
mod lower;
mod names;
mod path;
mod shape;

mod expand;
mod facts;
mod fallback;
mod generics;

mod api_error;
mod paginate;

mod diag;

#[cfg(test)]
mod fuzz;
#[cfg(test)]
mod tests;

use proc_macro::TokenStream;

#[expect(missing_docs, reason = "they are where `api-request` exports it")]
#[proc_macro_derive(ApiRequest, attributes(api, serde))]
pub fn derive_api_request(input: TokenStream) -> TokenStream {
    match syn::parse(input) {
        Ok(input) => derive(&input).into(),
        Err(error) => error.into_compile_error().into(),
    }
}

#[expect(missing_docs, reason = "they are where `api-request` exports it")]
#[proc_macro_derive(ApiError, attributes(api))]
pub fn derive_api_error(input: TokenStream) -> TokenStream {
    match syn::parse(input) {
        Ok(input) => api_error::derive(&input).into(),
        Err(error) => error.into_compile_error().into(),
    }
}

fn derive(input: &syn::DeriveInput) -> proc_macro2::TokenStream {
    let mut diag = diag::Diag::default();
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
