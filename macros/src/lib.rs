//! The derive macros of `api-request`. Use them through that crate, which documents them.
//!
//! What the derives share comes first, then a folder for each derive. Modules depend on those before them alone. In a
//! derive, data flows one way: tokens → `attr` (syntax) → `lower` (meaning, checks) → `model` → `expand`. Only `nesting`, `attr` and
//! `lower` report mistakes; only `expand` and `fallback` create tokens. The expansion depends on the input alone.

mod nesting;
mod response_words;
mod words;

mod diag;
mod elsewhere;
mod grammar;
mod item;
mod wire;

mod block;
mod generics;
mod span;
mod status;

mod open_enum;
mod request;

mod api_error;
mod api_group;
mod api_response;
mod from_http;

#[cfg(test)]
mod fuzz;
#[cfg(test)]
mod growth;
#[cfg(test)]
mod tests;

use proc_macro::TokenStream;

#[expect(missing_docs, reason = "they are where `api-request` exports it")]
#[proc_macro_derive(ApiRequest, attributes(api, serde))]
pub fn derive_api_request(input: TokenStream) -> TokenStream {
    derive(input, request::derive)
}

#[expect(missing_docs, reason = "they are where `api-request` exports it")]
#[proc_macro_derive(ApiGroup, attributes(api, serde))]
pub fn derive_api_group(input: TokenStream) -> TokenStream {
    derive(input, api_group::derive)
}

#[expect(missing_docs, reason = "they are where `api-request` exports it")]
#[proc_macro_derive(ApiError, attributes(api))]
pub fn derive_api_error(input: TokenStream) -> TokenStream {
    derive(input, api_error::derive)
}

#[expect(missing_docs, reason = "they are where `api-request` exports it")]
#[proc_macro_derive(ApiResponse, attributes(api, serde))]
pub fn derive_api_response(input: TokenStream) -> TokenStream {
    derive(input, api_response::derive)
}

#[expect(missing_docs, reason = "they are where `api-request` exports it")]
#[proc_macro_derive(FromHttp, attributes(api, serde))]
pub fn derive_from_http(input: TokenStream) -> TokenStream {
    derive(input, from_http::derive)
}

#[expect(missing_docs, reason = "they are where `api-request` exports it")]
#[proc_macro_derive(OpenEnum, attributes(api, serde))]
pub fn derive_open_enum(input: TokenStream) -> TokenStream {
    derive(input, open_enum::derive)
}

fn derive(
    input: TokenStream,
    derive: fn(&syn::DeriveInput) -> proc_macro2::TokenStream,
) -> TokenStream {
    let input = proc_macro2::TokenStream::from(input);
    if let Some(span) = nesting::too_deep(input.clone()) {
        let message = "this is nested too deeply, give the types inside a name: `type Inner = …;`";
        return syn::Error::new(span, message).into_compile_error().into();
    }
    match syn::parse2(input) {
        Ok(input) => derive(&input).into(),
        Err(error) => error.into_compile_error().into(),
    }
}
