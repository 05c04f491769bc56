//! The impl that stands beside errors, so that whoever uses the type gets no errors of their own.

use proc_macro2::TokenStream;
use quote::quote;
use syn::DeriveInput;

use crate::{
    attr::StructAttrs,
    expand::{expand_impl, expand_types},
    generics::where_clause,
    lower::{default_runtime, runtime},
};

pub(crate) fn fallback(input: &DeriveInput, attrs: &StructAttrs) -> TokenStream {
    let runtime = runtime(attrs).unwrap_or_else(|_| default_runtime());
    let bounds = where_clause(&input.generics, &[]);
    let types = expand_types(&runtime, attrs.response.get(), attrs.error.get());
    let items = quote! {
        #types
        const OPERATION: &'static #runtime::Operation = &#runtime::__private::EMPTY_OPERATION;
        fn encode(
            &self,
            _: &mut #runtime::__private::Encoder<'_>,
        ) -> ::core::result::Result<(), #runtime::EncodeError> {
            #runtime::__private::not_declared()
        }
    };
    expand_impl(input, &runtime, &bounds, &TokenStream::new(), &items)
}
