//! Turns the model into tokens. Checks nothing and cannot fail.

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::{ToTokens as _, quote};
use syn::GenericParam;

use super::{
    model::{ApiError, ErrorVariant},
    rules::{Envelope, Mark, Step},
};
use crate::{
    block::{Target, expand_conflict, hide},
    generics::{TypeParams, unchecked},
    status::{Status, ordered},
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
    let [reader, status, headers, body] = &args;
    let arms = expand_arms(variants, &args);
    let from_response = quote! {
        <Self as __api_request::ErrorFormat>::from_response_by(
            &mut __api_request::Briefly,
            #status,
            #headers,
            #body,
        )
    };
    let message = expand_message(variants);
    let more = quote! {
        fn from_response_by<__R: __api_request::ErrorReader>(
            #reader: &mut __R,
            #status: __api_request::StatusCode,
            #headers: &__api_request::HeaderMap,
            #body: &__api_request::Bytes,
        ) -> ::core::option::Option<Self> {
            ::core::option::Option::Some(match __api_request::error_status(
                <Self as __api_request::ErrorFormat>::RULES,
                #status,
                #body,
            ) {
                #(#arms)*
            })
        }
        #message
    };
    let mut more_items = expand_write(error);
    more_items.extend(expand_conflict(
        input,
        "IS_JSON_ERROR",
        "derives `ApiError`, which decodes it by status, and implements `serde::Deserialize`: remove one of the two",
    ));
    expand_items(error, &bounds, &from_response, Some(&more), &more_items)
}

/// The impl for servers, which the runtime leaves out without its feature `server`.
fn expand_write(error: &ApiError<'_>) -> TokenStream {
    let ApiError {
        input, variants, ..
    } = error;
    let types = variants.iter().filter_map(|variant| variant.value.as_ref());
    let bounds: Vec<_> = types
        .map(|(_, ty)| unchecked(ty, &quote! { WriteError }))
        .collect();
    let ordered = ordered(
        variants
            .iter()
            .map(|variant| (variant, variant.statuses.as_slice())),
    );
    let claims = ordered.iter().map(|(status, _)| {
        let read = quote! { __api_request::Read::Buffered };
        if let Some(range) = status.range() {
            let [first, last] = range.map(Literal::u16_unsuffixed);
            quote! { __api_request::Claim::statuses(#first, #last, #read) }
        } else {
            quote! { __api_request::Claim::rest(#read) }
        }
    });
    let [writer, value, own_name] =
        ["__writer", "__value", "__own"].map(|name| Ident::new(name, Span::mixed_site()));
    let arms = variants.iter().map(|variant| {
        let ident = variant.ident;
        let own = ordered.iter().enumerate();
        let own = own.filter(|(_, (_, other))| other.ident == ident);
        let own = own.map(|(index, _)| Literal::usize_unsuffixed(index));
        let (pattern, write) =
            variant
                .value
                .as_ref()
                .map_or_else(Default::default, |(member, _)| {
                    let write =
                        quote! { __api_request::WriteError::write_error(#value, #writer)?; };
                    (quote! { #member: #value }, write)
                });
        quote! { Self::#ident { #pattern } => { #write &[#(#own),*] } }
    });
    let write = quote! {
        fn write_error(
            self,
            #writer: &mut __api_request::ResponseWriter,
        ) -> __api_request::Written {
            let #own_name: &[::core::primitive::usize] = match self { #(#arms)* };
            __api_request::ResponseWriter::claim_error(#writer, const { &[#(#claims),*] }, #own_name)
        }
    };
    let target = Target::new(input, &bounds);
    let implementation = target.expand(&quote! { WriteError }, &write);
    quote! { __api_request::server! { #implementation } }
}

/// The impl beside compile errors, so that code which uses the type has no errors of its own.
pub(super) fn fallback(error: &ApiError<'_>) -> TokenStream {
    let is_type = |param: &GenericParam| !matches!(param, GenericParam::Const(_));
    let is_generic = error.input.generics.params.iter().any(is_type);
    let bound = quote! {
        Self: ::core::marker::Send + ::core::marker::Sync + 'static
    };
    let bounds: Vec<_> = is_generic.then_some(bound).into_iter().collect();
    expand_items(
        error,
        &bounds,
        &quote! { ::core::option::Option::None },
        None,
        &expand_unwritten(error),
    )
}

/// The same beside compile errors.
fn expand_unwritten(error: &ApiError<'_>) -> TokenStream {
    let write = quote! {
        fn write_error(self, _: &mut __api_request::ResponseWriter) -> __api_request::Written {
            ::core::result::Result::Ok(())
        }
    };
    let target = Target::new(error.input, &[]);
    let implementation = target.expand(&quote! { WriteError }, &write);
    quote! { __api_request::server! { #implementation } }
}

/// The parameters of the functions: what reads the body, and status, headers and body of the response.
fn args() -> [Ident; 4] {
    ["__reader", "__status", "__headers", "__body"].map(|name| Ident::new(name, Span::mixed_site()))
}

fn expand_items(
    error: &ApiError<'_>,
    bounds: &[TokenStream],
    from_response: &TokenStream,
    more: Option<&TokenStream>,
    more_items: &TokenStream,
) -> TokenStream {
    let ApiError {
        input,
        runtime,
        envelope,
        message: path,
        variants: _,
    } = error;
    let [_, status, headers, body] = args();
    let rules = expand_rules(*envelope, path);
    let items = quote! {
        #rules
        fn from_response(
            #status: __api_request::StatusCode,
            #headers: &__api_request::HeaderMap,
            #body: &__api_request::Bytes,
        ) -> ::core::option::Option<Self> {
            #from_response
        }
        #more
    };
    let implementation = Target::new(input, bounds).expand(&quote! { ErrorFormat }, &items);
    hide(runtime, &quote! { #implementation #more_items })
}

/// What the attributes say of the bodies that are errors; nothing, if they say nothing.
fn expand_rules(envelope: Option<&Envelope>, path: &[Step]) -> Option<TokenStream> {
    let envelope = envelope.map(|Envelope { name, mark }| {
        let mark = match mark {
            Mark::Something => quote! { Something },
            Mark::False => quote! { False },
            Mark::NotNumber(fine) => {
                let fine = Literal::i32_unsuffixed(*fine);
                quote! { NotNumber(#fine) }
            }
            Mark::NotText(fine) => quote! { NotText(#fine) },
        };
        quote! { .envelope(#name, __api_request::EnvelopeMark::#mark) }
    });
    let steps = path.iter().map(|step| match step {
        Step::Member(name) => quote! { Member(#name) },
        Step::Item(index) => {
            let index = Literal::u16_unsuffixed(*index);
            quote! { Item(#index) }
        }
    });
    let message =
        (!path.is_empty()).then(|| quote! { .message(&[#(__api_request::MessageStep::#steps),*]) });
    if envelope.is_none() && message.is_none() {
        return None;
    }
    Some(quote! {
        const RULES: __api_request::ErrorRules = __api_request::ErrorRules::NONE #envelope #message;
    })
}

/// The message that the value of a variant has; nothing, if no variant has a value.
fn expand_message(variants: &[ErrorVariant<'_>]) -> Option<TokenStream> {
    let value = Ident::new("__value", Span::mixed_site());
    let with_value = variants.iter().filter_map(|variant| {
        let (ident, (member, _)) = (variant.ident, variant.value.as_ref()?);
        Some(quote! {
            Self::#ident { #member: #value } => __api_request::ErrorFormat::message(#value),
        })
    });
    let arms: Vec<_> = with_value.collect();
    let rest = (arms.len() < variants.len()).then(|| quote! { _ => ::core::option::Option::None, });
    (!arms.is_empty()).then(|| {
        quote! {
            fn message(&self) -> ::core::option::Option<::std::string::String> {
                match self {
                    #(#arms)*
                    #rest
                }
            }
        }
    })
}

/// The arms from statuses to variants: exact statuses first, then classes, then all others.
fn expand_arms(variants: &[ErrorVariant<'_>], args: &[Ident; 4]) -> Vec<TokenStream> {
    let arms_of = |is_kind: fn(&Status) -> bool| {
        variants.iter().filter_map(move |variant| {
            let statuses = variant.statuses.iter().filter(|status| is_kind(status));
            let patterns: Vec<_> = statuses.map(|status| expand_pattern(*status)).collect();
            let value = expand_variant(variant, args);
            (!patterns.is_empty()).then(|| quote! { #(#patterns)|* => #value, })
        })
    };
    let is_other = |status: &Status| *status == Status::Other;
    let [reader, ..] = args;
    let selected = Ident::new("__selected", Span::mixed_site());
    let none =
        quote! { #selected => return __api_request::ErrorReader::no_variant(#reader, #selected), };
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
fn expand_variant(variant: &ErrorVariant<'_>, args: &[Ident; 4]) -> TokenStream {
    let ErrorVariant {
        ident,
        value,
        statuses: _,
    } = variant;
    let value = value.as_ref().map(|(member, ty)| {
        quote! { #member: <#ty as __api_request::ErrorFormat>::from_response_by(#(#args),*)? }
    });
    quote! { Self::#ident { #value } }
}
