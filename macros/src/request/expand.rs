//! Turns the model into tokens. Checks nothing and cannot fail.
//!
//! Invariant: the expansion states facts and hands references to the runtime; it creates no names that a user could
//! meet. One function per emitted item.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};
use syn::{ExprPath, Path, Type};

use super::{
    model::{
        Body, Constant, Events, Field, Flatten, Notation, Param, ParamKind, Request, Response,
        SerdeFunctions,
    },
    operation::{expand_checks, expand_format, expand_operation, has_type_params, of_group},
    paginate::expand::expand_paginate,
};
use crate::{
    block::{Target, hide},
    generics::{TypeParams, in_option},
    span::{around, at, within},
    words::{BodyFormat, Location, words},
};

pub(crate) fn expand(request: &Request<'_>) -> TokenStream {
    let Request { input, runtime, .. } = request;
    let target = Target::new(input, &bounds(request));
    let types = expand_types(request.response, request.error, request.group);
    let mut outside = expand_headers(&request.constants, &request.params);
    outside.extend(expand_imports(&request.params));
    if let Body::Whole { with: Some(_), .. } = &request.body {
        outside.extend(quote! { use __api_request::ProbeBody as _; });
    }
    outside.extend(expand_events(&target, request.events));
    if let Some(paginate) = &request.paginate {
        outside.extend(expand_paginate(&target, request.response, paginate));
    }
    let operation = expand_operation(request);
    let checks = expand_checks(request);
    let (within, beside) = if has_type_params(&input.generics) {
        (checks, Vec::new())
    } else {
        (Vec::new(), checks)
    };
    outside.extend(beside);
    let encode = expand_encode(request, &within);
    let items = quote! { #types #operation #encode };
    expand_impl(&target, runtime, &outside, &items)
}

/// The impl of a request around `items`, and what is beside it.
pub(crate) fn expand_impl(
    target: &Target<'_>,
    runtime: &Path,
    outside: &TokenStream,
    items: &TokenStream,
) -> TokenStream {
    let implementation = target.expand(&quote! { ApiRequest }, items);
    let probe = quote! { use __api_request::ProbeDefaults as _; };
    hide(runtime, &quote! { #probe #outside #implementation })
}

/// The second impl, of requests that declare events.
pub(crate) fn expand_events(target: &Target<'_>, events: Option<&Events>) -> Option<TokenStream> {
    let Events { item, .. } = events?;
    Some(target.expand(&quote! { EventRequest }, &quote! { type Event = #item; }))
}

pub(crate) fn expand_types(
    response: Option<&Response>,
    error: Option<&Type>,
    group: Option<&Type>,
) -> TokenStream {
    let error = match (error, group) {
        (Some(ty), _) => quote! { #ty },
        // One of the bounds that rustc checks on the whole type: a mistake in it is the mistake in the group.
        (None, Some(group)) => within(group, of_group(group, &quote! { Error })),
        (None, None) => quote! { __api_request::ErrorBody },
    };
    let (response, format) = match response {
        Some(Response::Json(ty)) => (quote! { #ty }, quote! { __api_request::json::<#ty>() }),
        Some(Response::Text) => (quote! { ::std::string::String }, format("TEXT")),
        Some(Response::Bytes) => (quote! { __api_request::Bytes }, format("BYTES")),
        Some(Response::Stream) => (quote! { __api_request::ByteStream }, format("STREAM")),
        Some(Response::Lines(ty)) => (
            quote! { __api_request::Lines<#ty, #error> },
            quote! { __api_request::lines::<#ty, #error>() },
        ),
        Some(Response::With(ty)) => (
            around(
                ty,
                quote! { < },
                quote! { as __api_request::ResponseFormat>::Output },
            ),
            around(
                ty,
                quote! { < },
                quote! { as __api_request::ResponseFormat>::FORMAT },
            ),
        ),
        Some(Response::Empty) | None => (quote! { () }, format("EMPTY")),
    };
    let group = group.map_or_else(|| quote! { () }, |ty| quote! { #ty });
    quote! {
        type Response = #response;
        type Error = #error;
        type Group = #group;
        const FORMAT: __api_request::Format<#response> = #format;
    }
}

fn format(name: &str) -> TokenStream {
    let name = Ident::new(name, Span::call_site());
    quote! { __api_request::#name }
}

/// The names of the headers, which are outside the impl.
pub(crate) fn expand_headers(constants: &[Constant], params: &[Param<'_>]) -> TokenStream {
    let names = header_names(constants, params);
    if names.is_empty() {
        return TokenStream::new();
    }
    quote! {
        static __HEADERS: __api_request::HeaderNames = __api_request::HeaderNames::new(&[#(#names),*]);
    }
}

/// The headers whose names are known: constants, then fields.
pub(crate) fn header_names(constants: &[Constant], params: &[Param<'_>]) -> Vec<String> {
    let constants = constants.iter();
    let constants = constants.filter(|constant| constant.location == Location::Header);
    let fields = params.iter();
    let fields = fields.filter(|param| {
        matches!(param.kind, ParamKind::Header { .. }) && param.flatten == Flatten::No
    });
    constants
        .map(|constant| constant.name.clone())
        .chain(fields.map(|param| param.name.to_ascii_lowercase()))
        .collect()
}

/// The trait for what may be a group.
fn expand_imports(params: &[Param<'_>]) -> Option<TokenStream> {
    let mut params = params.iter();
    let may_be_groups = params.any(|param| param.flatten == Flatten::Either);
    may_be_groups.then(|| quote! { use __api_request::FlatDefaults as _; })
}

/// The values of parameters, as the encoder takes them.
pub(crate) fn expand_values(params: &[Param<'_>]) -> impl Iterator<Item = TokenStream> {
    params.iter().map(|param| {
        if param.flatten == Flatten::Either {
            let value = expand_either(param);
            return quote! { &#value };
        }
        let role = Role::of_param(param);
        expand_unless(&param.field, role, &param.serde)
    })
}

/// A value of which only the type says whether it is a group.
fn expand_either(param: &Param<'_>) -> TokenStream {
    let Field { member, ty, .. } = &param.field;
    let method = match param.kind {
        ParamKind::Group => quote! { .group() },
        ParamKind::Header { .. } => quote! { .headers() },
        ParamKind::Form(_) => quote! { .member() },
        _ => quote! { .params() },
    };
    let mut value = quote! { __api_request::Flat::<#ty>(&self.#member) };
    // An error about the type is the error of the call.
    value.extend(at(ty, method));
    value
}

fn expand_encode(request: &Request<'_>, checks: &[TokenStream]) -> TokenStream {
    let encoder = Ident::new("__encoder", Span::mixed_site());
    let validate = request.validate.map(|function| {
        let call = around(function, TokenStream::new(), quote! { (self) });
        let operation = quote! { <Self as __api_request::ApiRequest>::OPERATION };
        quote! { __api_request::validated(#operation, #call)?; }
    });
    let headers = if header_names(&request.constants, &request.params).is_empty() {
        quote! { &__api_request::NO_HEADERS }
    } else {
        quote! { &__HEADERS }
    };
    let values = expand_values(&request.params);
    let payload = expand_payload(&request.body);
    if let Some(group) = request.group {
        let value = Ident::new("__group", Span::mixed_site());
        let headers_of_group = of_group(group, &quote! { headers() });
        let given = of_group(group, &quote! { given(#value) });
        return quote! {
            fn encode(&self, #encoder: &mut __api_request::Encoder<'_>) -> __api_request::EncodeResult {
                __api_request::ApiRequest::encode_in(self, ::core::option::Option::None, #encoder)
            }
            fn encode_in(
                &self,
                #value: ::core::option::Option<&<Self as __api_request::ApiRequest>::Group>,
                #encoder: &mut __api_request::Encoder<'_>,
            ) -> __api_request::EncodeResult {
                #(#checks)*
                #validate
                __api_request::Encoder::encode_in(
                    #encoder,
                    #headers_of_group,
                    #given,
                    #headers,
                    &[#(#values),*],
                    #payload,
                )
            }
        };
    }
    quote! {
        fn encode(
            &self,
            #encoder: &mut __api_request::Encoder<'_>,
        ) -> __api_request::EncodeResult {
            #(#checks)*
            #validate
            __api_request::Encoder::encode(#encoder, #headers, &[#(#values),*], #payload)
        }
    }
}

words! {
    /// How the runtime takes a value: by a trait, such as `ParamValue`, and for some by a function of this name.
    Role {
        Param = "param", Group = "group", Json = "json", Part = "part", Flatten = "flatten", Headers = "headers",
        JsonText = "json_text", Flag = "flag", Url = "url", Bytes = "bytes", Stream = "stream", Lines = "lines",
    }
}

impl Role {
    pub(crate) fn of_param(param: &Param<'_>) -> Self {
        let is_flattened = param.flatten != Flatten::No;
        match (&param.kind, is_flattened) {
            (ParamKind::Group, _) => Self::Group,
            (ParamKind::Json { .. }, _) => Self::Json,
            (ParamKind::Part { .. }, _) => Self::Part,
            (ParamKind::Header { .. }, true) => Self::Headers,
            (ParamKind::Url, _) => Self::Url,
            (_, true) => Self::Flatten,
            (_, false) => match param.notation {
                Notation::Plain => Self::Param,
                Notation::Json => Self::JsonText,
                Notation::Flag => Self::Flag,
            },
        }
    }

    /// The role of a value that serde serializes: what is generic, or has a function of `with`, is not a `HeaderMap`, and
    /// JSON text is JSON.
    fn of_serde(self) -> Self {
        match self {
            Self::Headers => Self::Flatten,
            Self::JsonText => Self::Json,
            Self::Url => Self::Param,
            role => role,
        }
    }

    pub(crate) fn of_body(format: BodyFormat) -> Self {
        match format {
            BodyFormat::Lines => Self::Lines,
            BodyFormat::Json => Self::Json,
            BodyFormat::Form => Self::Flatten,
            BodyFormat::Text => Self::Param,
            // Of a type of the program's own, it is the format that takes the value.
            BodyFormat::Bytes | BodyFormat::With => Self::Bytes,
            BodyFormat::Stream => Self::Stream,
        }
    }
}

/// Hands over a value, with its tokens where the type is, so that an error is about the type.
fn expand_value(field: &Field<'_>, role: Role) -> TokenStream {
    let Field { member, ty, .. } = field;
    let function = Ident::new(role.word(), Span::call_site());
    let value = quote! { __api_request::#function::<#ty>(&self.#member) };
    match role {
        Role::Param | Role::Json | Role::JsonText | Role::Part | Role::Lines => {
            at(ty, quote! { &self.#member })
        }
        Role::Flag => {
            let value = at(ty, quote! { &self.#member });
            quote! { &__api_request::Flag(#value) }
        }
        Role::Flatten => quote! { &#value },
        Role::Group => {
            let value = of_group(ty, &quote! { flattened(&self.#member) });
            quote! { &#value }
        }
        // The second argument tells a `HeaderMap` or an `http::Uri` from what serde knows.
        Role::Headers | Role::Url => quote! { &__api_request::#function::<#ty, _>(&self.#member) },
        Role::Bytes | Role::Stream => value,
    }
}

fn expand_payload(body: &Body<'_>) -> TokenStream {
    match body {
        Body::None => quote! { __api_request::Payload::None },
        Body::Whole {
            field,
            format,
            with,
            media_type: _,
            secret: _,
            serde,
        } => {
            let value = match with {
                Some(with) => expand_formatted(with, field, serde),
                None => expand_unless(field, Role::of_body(*format), serde),
            };
            let format = format.ident();
            quote! { __api_request::Payload::#format(#value) }
        }
        Body::Members(format, members) => {
            let members = members.iter().map(|member| expand_member(member));
            let kind = format_ident!("{}Members", format.ident());
            quote! { __api_request::Payload::#kind(&[#(#members),*]) }
        }
    }
}

/// The body in a format of the program's own; no body if serde's attributes leave it out.
fn expand_formatted(with: &Type, field: &Field<'_>, serde: &SerdeFunctions) -> TokenStream {
    let Field { member, ty, .. } = field;
    let format = expand_format(with, ty);
    let mut value = quote! { <__api_request::Probe<#ty>>::body(&self.#member) };
    if let Some(skip) = &serde.skip_if {
        value = quote! {
            if #skip(&self.#member) { ::core::option::Option::None } else { #value }
        };
    }
    quote! { &#format.given(#value) }
}

/// The value of a member, or `None` if serde's attributes leave it out.
fn expand_member(param: &Param<'_>) -> TokenStream {
    if param.flatten == Flatten::Either {
        let value = expand_either(param);
        return quote! { #value.get() };
    }
    let value = expand_encoded(
        &param.field,
        Role::of_param(param),
        param.serde.with.as_ref(),
    );
    let field = &param.field.member;
    if let Some(skip) = &param.serde.skip_if {
        quote! { (!#skip(&self.#field)).then_some(#value) }
    } else {
        quote! { ::core::option::Option::Some(#value) }
    }
}

/// The value of a parameter or a whole body, which is like a `None` if serde's attributes leave it out.
fn expand_unless(field: &Field<'_>, role: Role, serde: &SerdeFunctions) -> TokenStream {
    let value = expand_encoded(field, role, serde.with.as_ref());
    let Some(skip) = &serde.skip_if else {
        return match role {
            Role::Lines => quote! { ::core::option::Option::Some(#value) },
            _ => value,
        };
    };
    let member = &field.member;
    let skip = quote! { #skip(&self.#member) };
    match role {
        Role::Json => quote! { &__api_request::JsonUnless(#skip, #value) },
        Role::Param
        | Role::Group
        | Role::Flatten
        | Role::Headers
        | Role::Url
        | Role::JsonText
        | Role::Flag
        | Role::Part => {
            quote! { &__api_request::ParamUnless(#skip, #value) }
        }
        Role::Lines => quote! { (!#skip).then_some(#value) },
        Role::Bytes | Role::Stream => {
            quote! { if #skip { ::core::option::Option::None } else { #value } }
        }
    }
}

/// The value, as its own `Serialize` or a function of `with` encodes it.
fn expand_encoded(field: &Field<'_>, role: Role, with: Option<&ExprPath>) -> TokenStream {
    if role == Role::JsonText {
        let json = expand_encoded(field, Role::Json, with);
        return quote! { &__api_request::JsonText(#json) };
    }
    let Some(with) = with else {
        return expand_value(field, role);
    };
    let role = role.of_serde();
    let member = &field.member;
    let serializer = Ident::new("__serializer", Span::mixed_site());
    let wrapper = format_ident!("{}With", role.ident());
    let ty = format_ident!("{}Serializer", role.ident());
    quote! {
        &__api_request::#wrapper(
            |#serializer: __api_request::#ty<'_, '_>| #with(&self.#member, #serializer)
        )
    }
}

/// The bounds on the types of fields, only where they mention a type parameter.
pub(crate) fn bounds(request: &Request<'_>) -> Vec<TokenStream> {
    let type_params = TypeParams::of(&request.input.generics);
    let mut bounds = bounds_of(&request.params, &type_params);
    let group = request.group.filter(|ty| type_params.are_in(ty));
    bounds.extend(group.map(|ty| quote! { #ty: __api_request::ApiGroup }));
    if let Some(Response::With(format)) = request.response {
        // Without type parameters, the bound is checked at once: one error, instead of one for each use of the type.
        bounds.push(around(
            format,
            TokenStream::new(),
            quote! { : __api_request::ResponseFormat },
        ));
    }
    match &request.body {
        Body::None => {}
        Body::Whole {
            field,
            with: Some(with),
            ..
        } => {
            let ty = in_option(field.ty);
            let is_generic = type_params.are_in(with) || type_params.are_in(ty);
            let formatted = is_generic.then(|| quote! { #with: __api_request::BodyFormat<#ty> });
            bounds.extend(formatted);
        }
        Body::Whole { serde, .. } if serde.with.is_some() => {}
        Body::Whole { field, format, .. } => {
            bounds.extend(bound(field, Role::of_body(*format), &type_params));
        }
        Body::Members(_, members) => bounds.extend(bounds_of(members, &type_params)),
    }
    bounds
}

/// The bounds on the types of parameters or members.
pub(crate) fn bounds_of(params: &[Param<'_>], type_params: &TypeParams) -> Vec<TokenStream> {
    let params = params.iter().filter(|param| param.serde.with.is_none());
    params
        .filter_map(|param| bound(&param.field, Role::of_param(param), type_params))
        .collect()
}

fn bound(field: &Field<'_>, role: Role, type_params: &TypeParams) -> Option<TokenStream> {
    let ty = field.ty;
    if !type_params.are_in(ty) {
        return None;
    }
    let value = match role {
        Role::Group => format_ident!("ApiGroup"),
        role => format_ident!("{}Value", role.of_serde().ident()),
    };
    Some(quote! { #ty: __api_request::#value })
}
