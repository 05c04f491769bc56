//! The derive macros of `api-request`. Use them through that crate, which documents them.
//!
//! What the derives share comes first, then a folder for each derive. Modules depend on those before them alone. In a
//! derive, data flows one way: tokens → `attr` (syntax) → `lower` (meaning, checks) → `model` → `expand`. Only `attr` and
//! `lower` report mistakes; only `expand` and `fallback` create tokens. The expansion depends on the input alone.

mod words;

mod diag;
mod grammar;
mod item;
mod wire;

mod block;
mod generics;
mod span;

mod api_error;
mod request;

#[cfg(test)]
mod fuzz;
#[cfg(test)]
mod tests;

use proc_macro::TokenStream;

#[expect(missing_docs, reason = "they are where `api-request` exports it")]
#[proc_macro_derive(ApiRequest, attributes(api, serde))]
pub fn derive_api_request(input: TokenStream) -> TokenStream {
    derive(input, request::derive)
}

#[expect(missing_docs, reason = "they are where `api-request` exports it")]
#[proc_macro_derive(ApiError, attributes(api))]
pub fn derive_api_error(input: TokenStream) -> TokenStream {
    derive(input, api_error::derive)
}

fn derive(
    input: TokenStream,
    derive: fn(&syn::DeriveInput) -> proc_macro2::TokenStream,
) -> TokenStream {
    match syn::parse(input) {
        Ok(input) => derive(&input).into(),
        Err(error) => error.into_compile_error().into(),
    }
}
