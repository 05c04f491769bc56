//! Turns the model into tokens. Checks nothing and cannot fail.
//!
//! The expansion states facts and hands references to the runtime; it creates no names that a user could meet. One
//! function per emitted item.

use proc_macro2::{Group, Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::{DeriveInput, ExprPath, Generics, LitStr, Path, Type};

use crate::{
    generics::{TypeParams, is_std, may_be_option, where_clause},
    model::{
        Auth, Body, BodyFormat, BodyMember, Constant, Events, Field, Idempotency, Kind, Lists,
        Param, Place, Request, Response,
    },
    names::RenameRule,
    paginate::expand::{expand_paginate, expand_pagination},
    path::Piece,
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

/// Whether only the type knows that there is always a value.
fn asks_required(param: &Param<'_>) -> bool {
    !param.flatten && !matches!(param.kind, Kind::Path { .. }) && may_be_option(param.field.ty)
}

/// Whether only the type knows that the value is a secret.
fn asks_secret(declared: bool, ty: &Type) -> bool {
    !declared && !is_std(ty)
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

/// What is declared; what is not is left to the runtime's default.
fn expand_operation(request: &Request<'_>) -> TokenStream {
    let Request {
        name,
        method,
        path,
        doc,
        auth,
        idempotency,
        route,
        constants,
        params,
        body,
        events,
        runtime: _,
        input: _,
        response: _,
        error: _,
        paginate,
        validate: _,
    } = request;
    let doc = (!doc.is_empty()).then(|| quote! { .with_doc(#doc) });
    let auth = (*auth != Auth::Optional).then(|| {
        let auth = variant(auth.word());
        quote! { .with_auth(__api_request::Auth::#auth) }
    });
    // A path without placeholders is written as it is declared.
    let has_placeholders = !matches!(route.as_slice(), [] | [Piece::Text(_)]);
    let route = has_placeholders.then(|| {
        let route = route.iter().map(|piece| expand_piece(piece, params));
        quote! { .with_route(&[#(#route),*]) }
    });
    let constants = (!constants.is_empty()).then(|| {
        let constants = constants.iter().map(expand_constant);
        quote! { .with_constants(&[#(#constants),*]) }
    });
    let fields = params.iter().map(expand_param);
    let listed = expand_listed(
        params
            .iter()
            .map(|param| (param.flatten, expand_param(param))),
    );
    let content = expand_content(body);
    let events = events.map(expand_event_facts);
    let idempotency = match idempotency {
        Idempotency::OfMethod => None,
        Idempotency::Declared => Some(quote! { Declared }),
        Idempotency::Key(name) => Some(quote! { Key(#name) }),
    };
    let idempotency = idempotency.map(|idempotency| {
        quote! { .with_idempotency(__api_request::Idempotency::#idempotency) }
    });
    let pagination = paginate.as_ref().map(expand_pagination);
    quote! {
        const OPERATION: &'static __api_request::Operation =
            &__api_request::Operation::declare(#name, #method, #path, &[#(#fields),*])
                #route #doc #auth #idempotency #constants #listed #content #events #pagination;
    }
}

/// What is listed, where that is not all.
fn expand_listed(params: impl Iterator<Item = (bool, TokenStream)>) -> Option<TokenStream> {
    let (flattened, listed): (Vec<_>, Vec<_>) = params.partition(|(flatten, _)| *flatten);
    let listed = listed.iter().map(|(_, param)| param);
    (!flattened.is_empty()).then(|| quote! { .with_listed(&[#(#listed),*]) })
}

fn expand_event_facts(events: &Events) -> TokenStream {
    let Events {
        item: _,
        flag,
        done,
    } = events;
    let option = |literal: &Option<LitStr>| {
        if let Some(text) = literal.as_ref().map(LitStr::value) {
            quote! { ::core::option::Option::Some(#text) }
        } else {
            quote! { ::core::option::Option::None }
        }
    };
    let (flag, done) = (option(flag), option(done));
    quote! {
        .with_events(__api_request::Events::declare(#flag, #done))
    }
}

fn expand_constant(constant: &Constant) -> TokenStream {
    let Constant { place, name, value } = constant;
    let kind = variant(place.word());
    quote! { __api_request::Constant::#kind { name: #name, value: #value } }
}

fn expand_piece(piece: &Piece, params: &[Param<'_>]) -> TokenStream {
    match piece {
        Piece::Text(text) => quote! { __api_request::Piece::Text(#text) },
        Piece::Placeholder(name) => {
            let fills =
                |param: &Param<'_>| matches!(param.kind, Kind::Path { .. }) && param.name == *name;
            let index = params.iter().position(fills).unwrap_or_default();
            quote! { __api_request::Piece::Field(#index) }
        }
    }
}

fn expand_param(param: &Param<'_>) -> TokenStream {
    let required = expand_required(asks_required(param), param.field.ty);
    expand_param_facts(param, &required)
}

/// Whether there is always a value: what the type says, or true.
fn expand_required(asks: bool, ty: &Type) -> TokenStream {
    if asks {
        quote! { <__api_request::Probe<#ty>>::REQUIRED }
    } else {
        quote! { true }
    }
}

/// What is said of a member, and whether it is flattened.
fn expand_member_facts(member: &BodyMember<'_>) -> (bool, TokenStream) {
    let BodyMember {
        param,
        skip_if,
        with: _,
    } = member;
    let facts = match (skip_if, &param.kind) {
        (Some(_), _) => expand_param_facts(param, &quote! { false }),
        (None, Kind::Json { null: true }) => expand_param_facts(param, &quote! { true }),
        (None, _) => expand_param(param),
    };
    (param.flatten, facts)
}

fn expand_param_facts(param: &Param<'_>, required: &TokenStream) -> TokenStream {
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
    let required = (!matches!(kind, Kind::Path { .. })).then(|| quote! { , #required });
    let (constructor, kind) = expand_kind(kind);
    let wire = (wire != name).then(|| quote! { .with_wire(#wire) });
    let doc = (!doc.is_empty()).then(|| quote! { .with_doc(#doc) });
    let secret = expand_secret(*secret, ty).map(|secret| quote! { .with_secret(#secret) });
    let flatten = flatten.then(|| quote! { .flattened() });
    quote! {
        __api_request::Param::#constructor(#name, #field #required) #kind #wire #doc #secret #flatten
    }
}

/// Whether the value is a secret: what is declared, or else what the type says.
fn expand_secret(declared: bool, ty: &Type) -> Option<TokenStream> {
    if asks_secret(declared, ty) {
        return Some(quote! { <__api_request::Probe<#ty>>::SECRET });
    }
    declared.then(|| quote! { true })
}

/// The constructor of a place, and the kind where it is not what the constructor makes.
fn expand_kind(kind: &Kind) -> (Ident, TokenStream) {
    let (place, fields, is_default) = match kind {
        Kind::Path {
            explode,
            allow_empty,
        } => (
            "path",
            quote! { { explode: #explode, allow_empty: #allow_empty } },
            !explode && !allow_empty,
        ),
        Kind::Query(lists) => ("query", expand_lists(lists), lists.is_default()),
        Kind::Form(lists) => ("form", expand_lists(lists), lists.is_default()),
        Kind::Header { explode } => ("header", quote! { { explode: #explode } }, !explode),
        Kind::Json { null } => ("json", quote! { { null: #null } }, !null),
        Kind::Cookie => ("cookie", TokenStream::new(), true),
        Kind::Part {
            filename,
            content_type,
        } => {
            let is_default = filename.is_none() && content_type.is_none();
            let filename = filename.as_deref().unwrap_or_default();
            let content_type = content_type.as_deref().unwrap_or_default();
            let fields = quote! { { filename: #filename, content_type: #content_type } };
            ("part", fields, is_default)
        }
    };
    let constructor = Ident::new(place, Span::call_site());
    if is_default {
        return (constructor, TokenStream::new());
    }
    let kind = variant(place);
    let kind = quote! { .with_kind(__api_request::Kind::#kind #fields) };
    (constructor, kind)
}

fn expand_lists(lists: &Lists) -> TokenStream {
    let Lists { style, explode } = lists;
    let style = variant(style.word());
    quote! { { style: __api_request::Style::#style, explode: #explode } }
}

/// The variant that a word of an attribute stands for.
fn variant(word: &str) -> Ident {
    Ident::new(&RenameRule::Pascal.apply(word), Span::call_site())
}

fn expand_content(body: &Body<'_>) -> Option<TokenStream> {
    let content = match body {
        Body::None => return None,
        Body::Whole {
            field,
            format: _,
            media_type,
            secret,
        } => {
            let name = &field.name;
            let ty = field.ty;
            let secret = expand_secret(*secret, ty).unwrap_or_else(|| quote! { false });
            let required = expand_required(may_be_option(ty), ty);
            quote! { whole(#media_type, #name, #required, #secret) }
        }
        Body::Members(format, members) => {
            let media_type = format.media_type();
            let members = || members.iter().map(expand_member_facts);
            let listed = expand_listed(members());
            let members = members().map(|(_, member)| member);
            quote! { of_members(#media_type, &[#(#members),*]) #listed }
        }
    };
    Some(quote! { .with_content(__api_request::Content::#content) })
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
