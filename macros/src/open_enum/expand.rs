//! Turns the model into tokens. Checks nothing and cannot fail.

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::quote;
use syn::parse_quote;

use super::model::{Declared, OpenEnum, Other};
use crate::block::{Target, hide};

pub(super) fn expand(open_enum: &OpenEnum<'_>) -> TokenStream {
    let [index, other, text] = ["__index", "__other", "__text"].map(local);
    let mut texts = TokenStream::new();
    let mut variants = TokenStream::new();
    let mut arms = TokenStream::new();
    for (position, Declared { ident, text }) in open_enum.declared.iter().enumerate() {
        let position = Literal::usize_unsuffixed(position);
        texts.extend(quote! { #text, });
        variants.extend(quote! { #position => Self::#ident, });
        arms.extend(quote! { Self::#ident => #text, });
    }
    if let Some(Other { ident, member, ty }) = &open_enum.other {
        let keeps = quote! { <#ty as __api_request::OtherText> };
        variants.extend(quote! { _ => Self::#ident { #member: #keeps::keep(#other) }, });
        arms.extend(quote! { Self::#ident { #member: #text } => #keeps::kept(#text), });
    }
    let facts = quote! {
        const TEXTS: &'static [&'static ::core::primitive::str] = &[#texts];
        fn variant(#index: ::core::primitive::usize, #other: ::std::string::String) -> Self {
            match #index { #variants }
        }
        fn text(&self) -> &::core::primitive::str {
            match self { #arms }
        }
    };
    expand_impls(open_enum, &facts)
}

/// The impls beside compile errors, so that code which uses the type has no errors of its own.
pub(super) fn fallback(open_enum: &OpenEnum<'_>) -> TokenStream {
    let facts = quote! {
        const TEXTS: &'static [&'static ::core::primitive::str] = &[];
        fn variant(_: ::core::primitive::usize, _: ::std::string::String) -> Self {
            __api_request::no_variant()
        }
        fn text(&self) -> &::core::primitive::str {
            ""
        }
    };
    expand_impls(open_enum, &facts)
}

fn local(name: &str) -> Ident {
    Ident::new(name, Span::mixed_site())
}

fn expand_impls(open_enum: &OpenEnum<'_>, facts: &TokenStream) -> TokenStream {
    let OpenEnum { input, runtime, .. } = open_enum;
    let target = Target::new(input, &[]);
    let vis = &input.vis;
    let mut items = target.expand(&quote! { OpenEnum }, facts);
    items.extend(target.expand_inherent(&quote! {
        /// Returns the text on the wire.
        #[must_use]
        #vis fn as_str(&self) -> &::core::primitive::str {
            __api_request::OpenEnum::text(self)
        }
    }));
    items.extend(expand_conversions(&target));
    items.extend(expand_serde(&target));
    hide(runtime, &items)
}

fn expand_conversions(target: &Target<'_>) -> TokenStream {
    let [text, formatter] = ["__text", "__formatter"].map(local);
    let impls = [
        (
            quote! { Display },
            quote! {
                fn fmt(&self, #formatter: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                    #formatter.pad(__api_request::OpenEnum::text(self))
                }
            },
        ),
        (
            quote! { AsRef<::core::primitive::str> },
            quote! {
                fn as_ref(&self) -> &::core::primitive::str {
                    __api_request::OpenEnum::text(self)
                }
            },
        ),
        (
            quote! { FromStr },
            quote! {
                type Err = ::core::convert::Infallible;
                fn from_str(
                    #text: &::core::primitive::str,
                ) -> ::core::result::Result<Self, ::core::convert::Infallible> {
                    ::core::result::Result::Ok(__api_request::open_enum(#text))
                }
            },
        ),
        (
            quote! { From<&::core::primitive::str> },
            quote! {
                fn from(#text: &::core::primitive::str) -> Self {
                    __api_request::open_enum(#text)
                }
            },
        ),
        (
            quote! { From<::std::string::String> },
            quote! {
                fn from(#text: ::std::string::String) -> Self {
                    __api_request::open_enum_of_string(#text)
                }
            },
        ),
    ];
    let impls = impls.iter();
    impls
        .map(|(of_trait, items)| target.expand(of_trait, items))
        .collect()
}

fn expand_serde(target: &Target<'_>) -> TokenStream {
    let [serializer, deserializer] = ["__serializer", "__deserializer"].map(local);
    let serialize = quote! {
        fn serialize<__S: __api_request::Serializer>(
            &self,
            #serializer: __S,
        ) -> ::core::result::Result<__S::Ok, __S::Error> {
            #serializer.serialize_str(__api_request::OpenEnum::text(self))
        }
    };
    let deserialize = quote! {
        fn deserialize<__D: __api_request::Deserializer<'__de>>(
            #deserializer: __D,
        ) -> ::core::result::Result<Self, __D::Error> {
            __api_request::read_open_enum(#deserializer)
        }
    };
    let mut generics = target.input.generics.clone();
    generics.params.insert(0, parse_quote!('__de));
    let mut items = target.expand(&quote! { Serialize }, &serialize);
    items.extend(target.expand_for(&generics, &quote! { Deserialize<'__de> }, &deserialize));
    items
}
