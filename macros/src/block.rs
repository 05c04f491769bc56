//! The shell of an impl: the item that hides it, and its header. Checks nothing and cannot fail.
//!
//! Input: the derived item, its bounds, the tokens inside. Invariant: nothing in an expansion can be named from outside,
//! and within it `__api_request` is what the runtime has for expansions.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens as _, quote};
use syn::{DeriveInput, Generics, Path};

/// The impl of a trait around `items`, in an item of its own so that nothing in it can be seen.
pub(crate) fn expand_impl_of(
    name_of_trait: &str,
    input: &DeriveInput,
    runtime: &Path,
    bounds: &TokenStream,
    outside: &TokenStream,
    items: &TokenStream,
) -> TokenStream {
    let name_of_trait = Ident::new(name_of_trait, Span::call_site()).into_token_stream();
    let implementation = expand_trait(&name_of_trait, input, bounds, items);
    quote! {
        const _: () = {
            use #runtime::__private as __api_request;
            #outside
            #implementation
        };
    }
}

/// The impl of one of the runtime's traits.
pub(crate) fn expand_trait(
    name_of_trait: &TokenStream,
    input: &DeriveInput,
    bounds: &TokenStream,
    items: &TokenStream,
) -> TokenStream {
    expand_trait_for(&input.generics, name_of_trait, input, bounds, items)
}

/// The impl of one of the runtime's traits for all values of `generics`: the parameters of the type and maybe more.
pub(crate) fn expand_trait_for(
    generics: &Generics,
    name_of_trait: &TokenStream,
    input: &DeriveInput,
    bounds: &TokenStream,
    items: &TokenStream,
) -> TokenStream {
    let mut name = input.ident.clone();
    // Otherwise a deprecated type would be reported by its own impl.
    name.set_span(name.span().resolved_at(Span::call_site()));
    let (impl_generics, ..) = generics.split_for_impl();
    let (_, ty_generics, _) = input.generics.split_for_impl();
    quote! {
        #[automatically_derived]
        #[allow(deprecated)]
        impl #impl_generics __api_request::#name_of_trait for #name #ty_generics #bounds {
            #items
        }
    }
}
