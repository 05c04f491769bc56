//! Turns the model into tokens. Checks nothing and cannot fail.
//!
//! The expansion states facts and hands references to the runtime; it creates no names that a user could meet. One
//! function per emitted item.

use proc_macro2::{Group, Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::{DeriveInput, ExprPath, Path, Type};

use crate::{
    generics::{TypeParams, where_clause},
    model::{
        Body, BodyFormat, BodyMember, Constant, Field, Kind, Lists, Param, Place, Request, Response,
    },
    names::RenameRule,
    path::Piece,
};

pub(crate) fn expand(request: &Request<'_>) -> TokenStream {
    let Request { input, runtime, .. } = request;
    let bounds = where_clause(&input.generics, &bounds(request));
    let types = expand_types(runtime, request.response, request.error);
    let headers = expand_headers(request);
    let operation = expand_operation(request);
    let encode = expand_encode(request);
    let items = quote! { #types #operation #encode };
    expand_impl(input, runtime, &bounds, &headers, &items)
}

/// The impl around `items`, in an item of its own so that nothing in it can be seen.
pub(crate) fn expand_impl(
    input: &DeriveInput,
    runtime: &Path,
    bounds: &TokenStream,
    outside: &TokenStream,
    items: &TokenStream,
) -> TokenStream {
    let mut name = input.ident.clone();
    // A deprecated type is no news to its own impl.
    name.set_span(name.span().resolved_at(Span::call_site()));
    let (impl_generics, ty_generics, _) = input.generics.split_for_impl();
    quote! {
        const _: () = {
            #outside
            #[automatically_derived]
            #[allow(deprecated)]
            impl #impl_generics #runtime::ApiRequest for #name #ty_generics #bounds {
                #items
            }
        };
    }
}

pub(crate) fn expand_types(
    runtime: &Path,
    response: Option<&Response>,
    error: Option<&Type>,
) -> TokenStream {
    let (response, format) = match response {
        Some(Response::Json(ty)) => (
            quote! { #ty },
            around(ty, quote! { #runtime::__private::Json< }, quote! { > }),
        ),
        Some(Response::Text) => (quote! { ::std::string::String }, format(runtime, "Text")),
        Some(Response::Bytes) => (
            quote! { #runtime::__private::Bytes },
            format(runtime, "Raw"),
        ),
        Some(Response::Stream) => (quote! { #runtime::ByteStream }, format(runtime, "Stream")),
        Some(Response::With(ty)) => (
            around(
                ty,
                quote! { < },
                quote! { as #runtime::ResponseFormat>::Output },
            ),
            around(ty, quote! { #runtime::__private::Custom< }, quote! { > }),
        ),
        Some(Response::Empty) | None => (quote! { () }, format(runtime, "Empty")),
    };
    let error = error.map_or_else(|| quote! { #runtime::ErrorBody }, |ty| quote! { #ty });
    quote! {
        type Response = #response;
        type Error = #error;
        type Format = #format;
    }
}

fn format(runtime: &Path, name: &str) -> TokenStream {
    let name = Ident::new(name, Span::call_site());
    quote! { #runtime::__private::#name }
}

/// Puts tokens around those of the user, so that errors about the whole point at what the user wrote.
fn around(inner: impl ToTokens, before: TokenStream, after: TokenStream) -> TokenStream {
    let inner = inner.into_token_stream();
    let mut spans = inner.clone().into_iter().map(|token| token.span());
    let first = spans.next().unwrap_or_else(Span::call_site);
    let last = spans.last().unwrap_or(first);
    let mut tokens = respan(before, first);
    tokens.extend(inner);
    tokens.extend(respan(after, last));
    tokens
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

/// What is outside the impl: the trait behind `Probe`, and the names of the headers, parsed once.
fn expand_headers(request: &Request<'_>) -> TokenStream {
    let Request {
        runtime,
        params,
        body,
        ..
    } = request;
    let has_values = !params.is_empty() || !matches!(body, Body::None);
    let probes = has_values.then(|| quote! { use #runtime::__private::ProbeDefaults as _; });
    let names = header_names(request);
    let headers = (!names.is_empty()).then(|| {
        let count = names.len();
        quote! {
            static __HEADERS: [#runtime::__private::HeaderName; #count] =
                [#(#runtime::__private::HeaderName::from_static(#names)),*];
        }
    });
    quote! { #probes #headers }
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

fn expand_operation(request: &Request<'_>) -> TokenStream {
    let Request {
        runtime,
        name,
        method,
        path,
        doc,
        auth,
        route,
        constants,
        params,
        body,
        input: _,
        response: _,
        error: _,
        validate: _,
    } = request;
    let auth = variant(auth.word());
    let route = route
        .iter()
        .map(|piece| expand_piece(runtime, piece, params));
    let constants = constants.iter().map(|constant| {
        let Constant { place, name, value } = constant;
        let kind = variant(place.word());
        quote! { #runtime::__private::Constant::#kind { name: #name, value: #value } }
    });
    let all: Vec<_> = params
        .iter()
        .map(|param| expand_param(runtime, param))
        .collect();
    let fields = Ident::new("__fields", Span::mixed_site());
    let listed = if params.iter().any(|param| param.flatten) {
        let listed = all.iter().zip(params).filter(|(_, param)| !param.flatten);
        let listed = listed.map(|(tokens, _)| tokens);
        quote! { &[#(#listed),*] }
    } else {
        // Stated once where both are the same.
        quote! { #fields }
    };
    let content = expand_content(runtime, body);
    quote! {
        const OPERATION: &'static #runtime::Operation = {
            let #fields: &'static [#runtime::Param] = &[#(#all),*];
            &#runtime::Operation {
                name: #name,
                method: #method,
                path: #path,
                doc: #doc,
                auth: #runtime::__private::Auth::#auth,
                route: &[#(#route),*],
                constants: &[#(#constants),*],
                params: #listed,
                fields: #fields,
                content: #content,
            }
        };
    }
}

fn expand_piece(runtime: &Path, piece: &Piece, params: &[Param<'_>]) -> TokenStream {
    match piece {
        Piece::Text(text) => quote! { #runtime::__private::Piece::Text(#text) },
        Piece::Placeholder(name) => {
            let fills =
                |param: &Param<'_>| matches!(param.kind, Kind::Path { .. }) && param.name == *name;
            let index = params.iter().position(fills).unwrap_or_default();
            quote! { #runtime::__private::Piece::Field(#index) }
        }
    }
}

fn expand_param(runtime: &Path, param: &Param<'_>) -> TokenStream {
    let Param {
        field,
        kind,
        name,
        wire,
        secret,
        flatten,
    } = param;
    let Field {
        member: _,
        name: field,
        ty,
        doc,
    } = field;
    let required = matches!(kind, Kind::Path { .. });
    let required = expand_fact(runtime, required, ty, "REQUIRED");
    let secret = expand_fact(runtime, *secret, ty, "SECRET");
    let kind = expand_kind(runtime, kind);
    quote! {
        #runtime::Param {
            kind: #runtime::__private::Kind::#kind,
            name: #name,
            wire: #wire,
            field: #field,
            doc: #doc,
            required: #required,
            secret: #secret,
            flatten: #flatten,
        }
    }
}

/// What is declared, or else what the type says.
fn expand_fact(runtime: &Path, declared: bool, ty: &Type, fact: &str) -> TokenStream {
    if declared {
        return quote! { true };
    }
    let fact = Ident::new(fact, Span::call_site());
    quote! { <#runtime::__private::Probe<#ty>>::#fact }
}

fn expand_kind(runtime: &Path, kind: &Kind) -> TokenStream {
    let lists = |Lists { style, explode }: &Lists| {
        let style = variant(style.word());
        quote! { { style: #runtime::__private::Style::#style, explode: #explode } }
    };
    match kind {
        Kind::Path {
            explode,
            allow_empty,
        } => quote! { Path { explode: #explode, allow_empty: #allow_empty } },
        Kind::Query(how) => {
            let lists = lists(how);
            quote! { Query #lists }
        }
        Kind::Form(how) => {
            let lists = lists(how);
            quote! { Form #lists }
        }
        Kind::Header { explode } => quote! { Header { explode: #explode } },
        Kind::Json { null } => quote! { Json { null: #null } },
        Kind::Cookie => quote! { Cookie },
    }
}

/// The variant that a word of an attribute stands for.
fn variant(word: &str) -> Ident {
    Ident::new(&RenameRule::Pascal.apply(word), Span::call_site())
}

fn expand_content(runtime: &Path, body: &Body<'_>) -> TokenStream {
    let mut params = Vec::new();
    let (media_type, field, secret) = match body {
        Body::None => return quote! { ::core::option::Option::None },
        Body::Whole {
            field,
            format: _,
            media_type,
            secret,
        } => {
            let secret = expand_fact(runtime, *secret, field.ty, "SECRET");
            (media_type.as_str(), field.name.as_str(), secret)
        }
        Body::Members(format, members) => {
            params.extend(
                members
                    .iter()
                    .map(|member| expand_param(runtime, &member.param)),
            );
            (format.media_type(), "", quote! { false })
        }
    };
    quote! {
        ::core::option::Option::Some(#runtime::__private::Content {
            media_type: #media_type,
            field: #field,
            secret: #secret,
            members: &[#(#params),*],
        })
    }
}

fn expand_encode(request: &Request<'_>) -> TokenStream {
    let runtime = &request.runtime;
    let encoder = Ident::new("__encoder", Span::mixed_site());
    let validate = request.validate.map(|function| {
        let call = around(function, TokenStream::new(), quote! { (self) });
        let operation = quote! { <Self as #runtime::ApiRequest>::OPERATION };
        quote! { #runtime::__private::validated(#operation, #call)?; }
    });
    let headers = if header_names(request).is_empty() {
        quote! { &[] }
    } else {
        quote! { &__HEADERS }
    };
    let params = request.params.iter();
    let values = params.map(|param| expand_value(runtime, &param.field, taken_as(param)));
    let payload = expand_payload(runtime, &request.body);
    quote! {
        fn encode(
            &self,
            #encoder: &mut #runtime::__private::Encoder<'_>,
        ) -> ::core::result::Result<(), #runtime::EncodeError> {
            #validate
            #runtime::__private::Encoder::encode(#encoder, #headers, &[#(#values),*], #payload)
        }
    }
}

/// What the value of a parameter or member is to the runtime: it has a function and a trait of this name.
fn taken_as(param: &Param<'_>) -> &'static str {
    match (&param.kind, param.flatten) {
        (Kind::Json { .. }, _) => "json",
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

/// Hands over a value. The type is named, so that an error is about the type.
fn expand_value(runtime: &Path, field: &Field<'_>, taken_as: &str) -> TokenStream {
    let Field { member, ty, .. } = field;
    let function = Ident::new(taken_as, Span::call_site());
    let value = quote! { #runtime::__private::#function::<#ty>(&self.#member) };
    match taken_as {
        "flatten" => quote! { &#value },
        _ => value,
    }
}

fn expand_payload(runtime: &Path, body: &Body<'_>) -> TokenStream {
    match body {
        Body::None => quote! { #runtime::__private::Payload::None },
        Body::Whole {
            field,
            format,
            media_type: _,
            secret: _,
        } => {
            let value = expand_value(runtime, field, body_taken_as(*format));
            let format = variant(format.word());
            quote! { #runtime::__private::Payload::#format(#value) }
        }
        Body::Members(format, members) => {
            let members = members.iter().map(|member| expand_member(runtime, member));
            let kind = variant(&format!("{}_members", format.word()));
            quote! { #runtime::__private::Payload::#kind(&[#(#members),*]) }
        }
    }
}

/// The value of a member, or none if serde's attributes leave it out.
fn expand_member(runtime: &Path, member: &BodyMember<'_>) -> TokenStream {
    let BodyMember {
        param,
        skip_if,
        with,
    } = member;
    let value = match with {
        Some(with) => expand_with(runtime, with, param),
        None => expand_value(runtime, &param.field, taken_as(param)),
    };
    let field = &param.field.member;
    if let Some(skip) = skip_if {
        quote! { (!#skip(&self.#field)).then_some(#value) }
    } else {
        quote! { ::core::option::Option::Some(#value) }
    }
}

fn expand_with(runtime: &Path, with: &ExprPath, param: &Param<'_>) -> TokenStream {
    let field = &param.field.member;
    let serializer = Ident::new("__serializer", Span::mixed_site());
    let closure = |ty: TokenStream| quote! { |#serializer: #runtime::__private::#ty| #with(&self.#field, #serializer) };
    if matches!(param.kind, Kind::Json { .. }) {
        let write = closure(quote! { JsonSerializer<'_, '_> });
        // Asks whether the value is absent, which is another serializer's question.
        let probe = closure(quote! { Absence });
        quote! { &#runtime::__private::JsonWith(#write, #probe) }
    } else {
        let write = closure(quote! { Writer<'_, '_> });
        quote! { &#runtime::__private::ParamWith(#write) }
    }
}

/// What the types of the fields have to be, said only where it depends on a type parameter.
fn bounds(request: &Request<'_>) -> Vec<TokenStream> {
    let runtime = &request.runtime;
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
            quote! { #ty: #runtime::__private::#value }
        })
        .collect()
}
