//! Turns the model into tokens. Checks nothing and cannot fail.
//!
//! The expansion states facts and hands references to the runtime; it creates no names that a user could meet. One
//! function per emitted item.

use proc_macro2::{Group, Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::{DeriveInput, ExprPath, Generics, Path, Type};

use crate::{
    facts::{expand_operation, variant},
    generics::{TypeParams, where_clause},
    model::{Body, BodyFormat, BodyMember, Events, Field, Kind, Param, Place, Request, Response},
    paginate::expand::expand_paginate,
};

pub(crate) fn expand(request: &Request<'_>) -> TokenStream {
    let Request { input, runtime, .. } = request;
    let bounds = where_clause(&input.generics, &bounds(request));
    let types = expand_types(request.response, request.error);
    let mut outside = expand_headers(request);
    outside.extend(expand_events(input, &bounds, request.events));
    if let Some(paginate) = &request.paginate {
        outside.extend(expand_paginate(input, &bounds, request.response, paginate));
    }
    let operation = expand_operation(request);
    let encode = expand_encode(request);
    let items = quote! { #types #operation #encode };
    expand_impl(input, runtime, &bounds, &outside, &items)
}

/// The impl of a request around `items`.
pub(crate) fn expand_impl(
    input: &DeriveInput,
    runtime: &Path,
    bounds: &TokenStream,
    outside: &TokenStream,
    items: &TokenStream,
) -> TokenStream {
    let outside = quote! {
        use __api_request::ProbeDefaults as _;
        #outside
    };
    expand_impl_of("ApiRequest", input, runtime, bounds, &outside, items)
}

/// The impl of a trait around `items`, in an item of its own so that nothing in it can be seen. In there,
/// `__api_request` is what the runtime has for expansions.
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

/// The same for all values of these parameters, which are those of the type and maybe more.
pub(crate) fn expand_trait_for(
    generics: &Generics,
    name_of_trait: &TokenStream,
    input: &DeriveInput,
    bounds: &TokenStream,
    items: &TokenStream,
) -> TokenStream {
    let mut name = input.ident.clone();
    // A deprecated type is no news to its own impl.
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

/// The second impl, of requests that can be asked for events.
pub(crate) fn expand_events(
    input: &DeriveInput,
    bounds: &TokenStream,
    events: Option<&Events>,
) -> Option<TokenStream> {
    let Events { item, .. } = events?;
    let items = quote! { type Event = #item; };
    Some(expand_trait(
        &quote! { EventRequest },
        input,
        bounds,
        &items,
    ))
}

pub(crate) fn expand_types(response: Option<&Response>, error: Option<&Type>) -> TokenStream {
    let (response, format) = match response {
        Some(Response::Json(ty)) => (
            quote! { #ty },
            around(ty, quote! { __api_request::Json< }, quote! { > }),
        ),
        Some(Response::Text) => (quote! { ::std::string::String }, format("Text")),
        Some(Response::Bytes) => (quote! { __api_request::Bytes }, format("Raw")),
        Some(Response::Stream) => (quote! { __api_request::ByteStream }, format("Stream")),
        Some(Response::With(ty)) => (
            around(
                ty,
                quote! { < },
                quote! { as __api_request::ResponseFormat>::Output },
            ),
            around(ty, quote! { __api_request::Custom< }, quote! { > }),
        ),
        Some(Response::Empty) | None => (quote! { () }, format("Empty")),
    };
    let error = error.map_or_else(|| quote! { __api_request::ErrorBody }, |ty| quote! { #ty });
    quote! {
        type Response = #response;
        type Error = #error;
        type Format = #format;
    }
}

fn format(name: &str) -> TokenStream {
    let name = Ident::new(name, Span::call_site());
    quote! { __api_request::#name }
}

/// Puts tokens around those of the user, so that errors about the whole point at what the user wrote.
fn around(inner: impl ToTokens, before: TokenStream, after: TokenStream) -> TokenStream {
    let inner = inner.into_token_stream();
    let (first, last) = ends(inner.clone());
    let mut tokens = respan(before, first);
    tokens.extend(inner);
    tokens.extend(respan(after, last));
    tokens
}

/// Puts tokens in the place of others: the first where those begin, the rest where they end.
pub(crate) fn at(place: impl ToTokens, tokens: TokenStream) -> TokenStream {
    let (first, last) = ends(place.into_token_stream());
    let place = |(index, token): (usize, TokenTree)| {
        respan(token.into(), if index == 0 { first } else { last })
    };
    tokens.into_iter().enumerate().flat_map(place).collect()
}

/// Where tokens begin and end.
fn ends(tokens: TokenStream) -> (Span, Span) {
    let mut spans = tokens.into_iter().map(|token| token.span());
    let first = spans.next().unwrap_or_else(Span::call_site);
    (first, spans.last().unwrap_or(first))
}

fn respan(tokens: TokenStream, span: Span) -> TokenStream {
    let respan_token = |mut token: TokenTree| {
        if let TokenTree::Group(group) = &token {
            token = Group::new(group.delimiter(), respan(group.stream(), span)).into();
        }
        // Names mean what they meant before, only their place is another.
        token.set_span(token.span().located_at(span));
        token
    };
    tokens.into_iter().map(respan_token).collect()
}

/// The names of the headers, which are outside the impl.
fn expand_headers(request: &Request<'_>) -> TokenStream {
    let names = header_names(request);
    if names.is_empty() {
        return TokenStream::new();
    }
    quote! {
        static __HEADERS: __api_request::HeaderNames = __api_request::HeaderNames::new(&[#(#names),*]);
    }
}

/// The headers whose names are known: constants, then fields.
fn header_names(request: &Request<'_>) -> Vec<String> {
    let constants = request.constants.iter();
    let constants = constants.filter(|constant| constant.place == Place::Header);
    let fields = request.params.iter();
    let fields = fields.filter(|param| matches!(param.kind, Kind::Header { .. }) && !param.flatten);
    constants
        .map(|constant| constant.name.clone())
        .chain(fields.map(|param| param.name.to_ascii_lowercase()))
        .collect()
}

fn expand_encode(request: &Request<'_>) -> TokenStream {
    let encoder = Ident::new("__encoder", Span::mixed_site());
    let validate = request.validate.map(|function| {
        let call = around(function, TokenStream::new(), quote! { (self) });
        let operation = quote! { <Self as __api_request::ApiRequest>::OPERATION };
        quote! { __api_request::validated(#operation, #call)?; }
    });
    let headers = if header_names(request).is_empty() {
        quote! { &__api_request::NO_HEADERS }
    } else {
        quote! { &__HEADERS }
    };
    let params = request.params.iter();
    let values = params.map(|param| expand_value(&param.field, taken_as(param)));
    let payload = expand_payload(&request.body);
    quote! {
        fn encode(
            &self,
            #encoder: &mut __api_request::Encoder<'_>,
        ) -> __api_request::EncodeResult {
            #validate
            __api_request::Encoder::encode(#encoder, #headers, &[#(#values),*], #payload)
        }
    }
}

/// What the value of a parameter or member is to the runtime: it has a function and a trait of this name.
fn taken_as(param: &Param<'_>) -> &'static str {
    match (&param.kind, param.flatten) {
        (Kind::Json { .. }, _) => "json",
        (Kind::Part { .. }, _) => "part",
        (_, true) => "flatten",
        (_, false) => "param",
    }
}

/// The same for a whole body.
fn body_taken_as(format: BodyFormat) -> &'static str {
    match format {
        BodyFormat::Json => "json",
        BodyFormat::Form => "flatten",
        BodyFormat::Text => "param",
        BodyFormat::Bytes => "bytes",
        BodyFormat::Stream => "stream",
    }
}

/// Hands over a value, with the type in the place of the expression, so that an error is about the type.
fn expand_value(field: &Field<'_>, taken_as: &str) -> TokenStream {
    let Field { member, ty, .. } = field;
    match taken_as {
        "param" | "json" | "part" => at(ty, quote! { &self.#member }),
        taken_as => {
            let function = Ident::new(taken_as, Span::call_site());
            let value = quote! { __api_request::#function::<#ty>(&self.#member) };
            if taken_as == "flatten" {
                quote! { &#value }
            } else {
                value
            }
        }
    }
}

fn expand_payload(body: &Body<'_>) -> TokenStream {
    match body {
        Body::None => quote! { __api_request::Payload::None },
        Body::Whole {
            field,
            format,
            media_type: _,
            secret: _,
        } => {
            let value = expand_value(field, body_taken_as(*format));
            let format = variant(format.word());
            quote! { __api_request::Payload::#format(#value) }
        }
        Body::Members(format, members) => {
            let members = members.iter().map(|member| expand_member(member));
            let kind = variant(&format!("{}_members", format.word()));
            quote! { __api_request::Payload::#kind(&[#(#members),*]) }
        }
    }
}

/// The value of a member, or none if serde's attributes leave it out.
fn expand_member(member: &BodyMember<'_>) -> TokenStream {
    let BodyMember {
        param,
        skip_if,
        with,
    } = member;
    let value = match with {
        Some(with) => expand_with(with, param),
        None => expand_value(&param.field, taken_as(param)),
    };
    let field = &param.field.member;
    if let Some(skip) = skip_if {
        quote! { (!#skip(&self.#field)).then_some(#value) }
    } else {
        quote! { ::core::option::Option::Some(#value) }
    }
}

fn expand_with(with: &ExprPath, param: &Param<'_>) -> TokenStream {
    let field = &param.field.member;
    let serializer = Ident::new("__serializer", Span::mixed_site());
    let (wrapper, ty) = match param.kind {
        Kind::Json { .. } => (quote! { JsonWith }, quote! { JsonSerializer }),
        _ => (quote! { ParamWith }, quote! { Writer }),
    };
    quote! {
        &__api_request::#wrapper(
            |#serializer: __api_request::#ty<'_, '_>| #with(&self.#field, #serializer)
        )
    }
}

/// What the types of the fields have to be, said only where it depends on a type parameter.
fn bounds(request: &Request<'_>) -> Vec<TokenStream> {
    let mut params: Vec<_> = request.params.iter().collect();
    let mut whole = None;
    match &request.body {
        Body::None => {}
        Body::Whole { field, format, .. } => whole = Some((field, body_taken_as(*format))),
        Body::Members(_, members) => {
            let by_us = members.iter().filter(|member| member.with.is_none());
            params.extend(by_us.map(|member| &member.param));
        }
    }
    let params = params.into_iter();
    let taken = params.map(|param| (&param.field, taken_as(param)));
    let type_params = TypeParams::of(&request.input.generics);
    let generic = taken
        .chain(whole)
        .filter(|(field, _)| type_params.are_in(field.ty));
    generic
        .map(|(Field { ty, .. }, taken_as)| {
            let value = variant(&format!("{taken_as}_value"));
            quote! { #ty: __api_request::#value }
        })
        .collect()
}
