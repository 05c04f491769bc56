//! The shell of an impl: the item that hides it, and its header. Checks nothing and cannot fail.
//!
//! Input: the derived type, the bounds of its impls, the tokens inside. Invariant: nothing in an expansion can be named
//! from outside, and within it `__api_request` is what the runtime has for expansions.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote};
use syn::{DeriveInput, Generics, Path};

use crate::generics::where_clause;

/// The derived type, and the where-clause of its impls.
pub(crate) struct Target<'a> {
    pub(crate) input: &'a DeriveInput,
    bounds: TokenStream,
}

impl<'a> Target<'a> {
    /// The type with its own bounds and these, each once.
    pub(crate) fn new(input: &'a DeriveInput, bounds: &[TokenStream]) -> Self {
        let bounds = where_clause(&input.generics, bounds);
        Self { input, bounds }
    }

    /// The type with more bounds, each with a comma after it.
    pub(crate) fn bounded(&self, more: TokenStream) -> Self {
        let mut bounds = self.bounds.clone();
        bounds.extend(more);
        let input = self.input;
        Self { input, bounds }
    }

    /// The impl of one of the runtime's traits.
    pub(crate) fn expand(&self, name_of_trait: &TokenStream, items: &TokenStream) -> TokenStream {
        self.expand_for(&self.input.generics, name_of_trait, items)
    }

    /// The impl of one of the runtime's traits for all values of `generics`: the parameters of the type and maybe more.
    pub(crate) fn expand_for(
        &self,
        generics: &Generics,
        name_of_trait: &TokenStream,
        items: &TokenStream,
    ) -> TokenStream {
        let of_trait = quote! { __api_request::#name_of_trait for };
        let block = self.expand_impl(generics, &of_trait, items);
        quote! { #[automatically_derived] #block }
    }

    /// The impl of what the type has by itself.
    pub(crate) fn expand_inherent(&self, items: &TokenStream) -> TokenStream {
        self.expand_impl(&self.input.generics, &TokenStream::new(), items)
    }

    fn expand_impl(
        &self,
        generics: &Generics,
        of_trait: &TokenStream,
        items: &TokenStream,
    ) -> TokenStream {
        let Self { input, bounds } = self;
        let mut name = input.ident.clone();
        // Otherwise a deprecated type would be reported by its own impl.
        name.set_span(name.span().resolved_at(Span::call_site()));
        let (impl_generics, ..) = generics.split_for_impl();
        let (_, ty_generics, _) = input.generics.split_for_impl();
        quote! {
            #[allow(deprecated)]
            impl #impl_generics #of_trait #name #ty_generics #bounds {
                #items
            }
        }
    }
}

/// Puts items into one that hides their names.
pub(crate) fn hide(runtime: &Path, items: &TokenStream) -> TokenStream {
    quote! {
        const _: () = {
            use #runtime::__private as __api_request;
            #items
        };
    }
}

/// Says what to do where the type has the trait already, because it deserializes: rustc only says that impls conflict.
/// A type with parameters is not checked, because a constant cannot name them.
pub(crate) fn expand_conflict(input: &DeriveInput, probe: &str, message: &str) -> TokenStream {
    if !input.generics.params.is_empty() {
        return TokenStream::new();
    }
    let name = &input.ident;
    let probe = Ident::new(probe, Span::call_site());
    let message = format!("`{name}` {message}");
    quote! {
        #[allow(deprecated)]
        const _: () = {
            use __api_request::ProbeDefaults as _;
            ::core::assert!(!__api_request::Probe::<#name>::#probe, #message);
        };
    }
}

/// An `Option` of what there may be.
pub(crate) fn expand_option(value: Option<impl ToTokens>) -> TokenStream {
    let none = quote! { ::core::option::Option::None };
    value.map_or(
        none,
        |value| quote! { ::core::option::Option::Some(#value) },
    )
}
