//! The impl that stands beside errors, so that whoever uses the type gets no errors of their own.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{DeriveInput, parse_quote};

use super::{
    attr::StructAttrs,
    expand::{expand_events, expand_impl, expand_types},
    model::Events,
    paginate::expand::expand_fallback,
};
use crate::{
    generics::where_clause,
    item::{default_runtime, runtime},
};

pub(crate) fn fallback(input: &DeriveInput, attrs: &StructAttrs) -> TokenStream {
    let runtime = runtime(&attrs.runtime).unwrap_or_else(|_| default_runtime());
    let bounds = where_clause(&input.generics, &[]);
    let types = expand_types(attrs.response.get(), attrs.error.get());
    let items = quote! {
        #types
        const OPERATION: &'static __api_request::Operation =
            &__api_request::Operation::declare("", "GET", "/", &[]);
        fn encode(&self, _: &mut __api_request::Encoder<'_>) -> __api_request::EncodeResult {
            __api_request::not_declared()
        }
    };
    let unknown = attrs.tried("events").then(|| Events::of(parse_quote!(())));
    let events = attrs.events.get().or(unknown.as_ref());
    let mut outside = expand_events(input, &bounds, events).unwrap_or_default();
    if attrs.tried("paginate") {
        let item = attrs.paginate.get().and_then(|options| options.item.get());
        outside.extend(expand_fallback(input, &bounds, item));
    }
    expand_impl(input, &runtime, &bounds, &outside, &items)
}
