//! Turns the model into tokens. Checks nothing and cannot fail.

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::{ToTokens as _, quote};
use syn::GenericParam;

use super::model::{ApiError, ErrorVariant, Status};
use crate::{
    block::{Target, hide},
    generics::TypeParams,
};

pub(super) fn expand(error: &ApiError<'_>) -> TokenStream {
    let ApiError {
        input, variants, ..
    } = error;
    let type_params = TypeParams::of(&input.generics);
    let types = variants.iter().filter_map(|variant| variant.value.as_ref());
    let bounds: Vec<_> = types
        .filter(|(_, ty)| type_params.are_in(ty))
        .map(|(_, ty)| quote! { #ty: __api_request::ErrorFormat })
        .collect();
    let args = args();
    let [status, _, body] = &args;
    let arms = expand_arms(variants, &args);
    let from_answer = quote! {
        ::core::option::Option::Some(match __api_request::error_status(
            <Self as __api_request::ErrorFormat>::ENVELOPE,
            #status,
            #body,
        ) {
            #(#arms)*
        })
    };
    expand_items(error, &bounds, &from_answer)
}

/// The impl beside compile errors, so that code which uses the type has no errors of its own.
pub(super) fn fallback(error: &ApiError<'_>) -> TokenStream {
    let is_type = |param: &GenericParam| !matches!(param, GenericParam::Const(_));
    let is_generic = error.input.generics.params.iter().any(is_type);
    let bound = quote! {
        Self: ::core::marker::Send + ::core::marker::Sync + 'static
    };
    let bounds: Vec<_> = is_generic.then_some(bound).into_iter().collect();
    expand_items(error, &bounds, &quote! { ::core::option::Option::None })
}

/// The parameters of the function: status, headers and body of the response.
fn args() -> [Ident; 3] {
    ["__status", "__headers", "__body"].map(|name| Ident::new(name, Span::mixed_site()))
}

fn expand_items(
    error: &ApiError<'_>,
    bounds: &[TokenStream],
    from_answer: &TokenStream,
) -> TokenStream {
    let ApiError {
        input,
        runtime,
        envelope,
        variants: _,
    } = error;
    let [status, headers, body] = args();
    let envelope = envelope.map(|name| {
        quote! {
            const ENVELOPE: ::core::option::Option<&'static ::core::primitive::str> =
                ::core::option::Option::Some(#name);
        }
    });
    let items = quote! {
        #envelope
        fn from_answer(
            #status: __api_request::StatusCode,
            #headers: &__api_request::HeaderMap,
            #body: &__api_request::Bytes,
        ) -> ::core::option::Option<Self> {
            #from_answer
        }
    };
    let implementation = Target::new(input, bounds).expand(&quote! { ErrorFormat }, &items);
    hide(runtime, &implementation)
}

/// The arms from statuses to variants: exact statuses first, then classes, then all others.
fn expand_arms(variants: &[ErrorVariant<'_>], args: &[Ident; 3]) -> Vec<TokenStream> {
    let arms_of = |is_kind: fn(&Status) -> bool| {
        variants.iter().filter_map(move |variant| {
            let statuses = variant.statuses.iter().filter(|status| is_kind(status));
            let patterns: Vec<_> = statuses.map(|status| expand_pattern(*status)).collect();
            let value = expand_variant(variant, args);
            (!patterns.is_empty()).then(|| quote! { #(#patterns)|* => #value, })
        })
    };
    let is_other = |status: &Status| *status == Status::Other;
    let none = quote! { _ => return ::core::option::Option::None, };
    arms_of(|status| matches!(status, Status::Exact(_)))
        .chain(arms_of(|status| matches!(status, Status::Class(_))))
        .chain(arms_of(is_other).next().or(Some(none)))
        .collect()
}

fn expand_pattern(status: Status) -> TokenStream {
    match status {
        Status::Exact(status) => Literal::u16_unsuffixed(status).into_token_stream(),
        Status::Class(digit) => {
            let [first, last] = [0, 99].map(|n| Literal::u16_unsuffixed(digit * 100 + n));
            quote! { #first..=#last }
        }
        Status::Other => quote! { _ },
    }
}

/// The variant with the value that the body is decoded as. A body that is not such a value is not an error of this type.
fn expand_variant(variant: &ErrorVariant<'_>, args: &[Ident; 3]) -> TokenStream {
    let ErrorVariant {
        ident,
        value,
        statuses: _,
    } = variant;
    let value = value.as_ref().map(|(member, ty)| {
        quote! { #member: <#ty as __api_request::ErrorFormat>::from_answer(#(#args),*)? }
    });
    quote! { Self::#ident { #value } }
}
