//! The impl beside compile errors, so that code which uses the type has no errors of its own.

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
    block::Target,
    item::{default_runtime, runtime},
};

pub(crate) fn fallback(input: &DeriveInput, attrs: &StructAttrs) -> TokenStream {
    let runtime = runtime(&attrs.runtime).unwrap_or_else(|_| default_runtime());
    let target = Target::new(input, &[]);
    let types = expand_types(attrs.response.get(), attrs.error.get(), attrs.group.get());
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
    let mut outside = expand_events(&target, events).unwrap_or_default();
    if attrs.tried("paginate") {
        let item = attrs.paginate.get().and_then(|options| options.item.get());
        outside.extend(expand_fallback(&target, item));
    }
    expand_impl(&target, &runtime, &outside, &items)
}
