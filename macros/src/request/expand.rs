//! Turns the model into tokens. Checks nothing and cannot fail.
//!
//! Invariant: the expansion states facts and hands references to the runtime; it creates no names that a user could
//! meet. One function per emitted item.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};
use syn::{ExprPath, Path, Type};

use super::{
    model::{Body, Events, Field, Param, ParamKind, Request, Response, SerdeFunctions, ValueForm},
    operation::{expand_format, expand_operation},
    paginate::expand::expand_paginate,
};
use crate::{
    block::{Target, hide},
    generics::{TypeParams, in_option},
    span::{around, at},
    words::{BodyFormat, Location, words},
};

pub(crate) fn expand(request: &Request<'_>) -> TokenStream {
    let Request { input, runtime, .. } = request;
    let target = Target::new(input, &bounds(request));
    let types = expand_types(request.response, request.error);
    let mut outside = expand_headers(request);
    if let Body::Whole { with: Some(_), .. } = &request.body {
        outside.extend(quote! { use __api_request::ProbeBody as _; });
    }
    outside.extend(expand_events(&target, request.events));
    if let Some(paginate) = &request.paginate {
        outside.extend(expand_paginate(&target, request.response, paginate));
    }
    let operation = expand_operation(request);
    let encode = expand_encode(request);
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

pub(crate) fn expand_types(response: Option<&Response>, error: Option<&Type>) -> TokenStream {
    let (response, format) = match response {
        Some(Response::Json(ty)) => (quote! { #ty }, quote! { __api_request::json::<#ty>() }),
        Some(Response::Text) => (quote! { ::std::string::String }, format("TEXT")),
        Some(Response::Bytes) => (quote! { __api_request::Bytes }, format("BYTES")),
        Some(Response::Stream) => (quote! { __api_request::ByteStream }, format("STREAM")),
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
    let error = error.map_or_else(|| quote! { __api_request::ErrorBody }, |ty| quote! { #ty });
    quote! {
        type Response = #response;
        type Error = #error;
        const FORMAT: __api_request::Format<#response> = #format;
    }
}

fn format(name: &str) -> TokenStream {
    let name = Ident::new(name, Span::call_site());
    quote! { __api_request::#name }
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
    let constants = constants.filter(|constant| constant.location == Location::Header);
    let fields = request.params.iter();
    let fields =
        fields.filter(|param| matches!(param.kind, ParamKind::Header { .. }) && !param.flatten);
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
    let values = params.map(|param| {
        let role = Role::of_param(param);
        expand_unless(&param.field, role, &param.serde)
    });
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

words! {
    /// How the runtime takes a value: by a trait, such as `ParamValue`, and for some by a function of this name.
    Role {
        Param = "param", Json = "json", Part = "part", Flatten = "flatten", Headers = "headers",
        JsonText = "json_text", Flag = "flag", Url = "url", Bytes = "bytes", Stream = "stream", Lines = "lines",
    }
}

impl Role {
    fn of_param(param: &Param<'_>) -> Self {
        match (&param.kind, param.flatten) {
            (ParamKind::Json { .. }, _) => Self::Json,
            (ParamKind::Part { .. }, _) => Self::Part,
            (ParamKind::Header { .. }, true) => Self::Headers,
            (ParamKind::Url, _) => Self::Url,
            (_, true) => Self::Flatten,
            (_, false) => match param.form {
                ValueForm::Plain => Self::Param,
                ValueForm::Json => Self::JsonText,
                ValueForm::Flag => Self::Flag,
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

    fn of_body(format: BodyFormat) -> Self {
        match format {
            // The format alone knows.
            BodyFormat::With => Self::Bytes,
            BodyFormat::Lines => Self::Lines,
            BodyFormat::Json => Self::Json,
            BodyFormat::Form => Self::Flatten,
            BodyFormat::Text => Self::Param,
            BodyFormat::Bytes => Self::Bytes,
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
fn bounds(request: &Request<'_>) -> Vec<TokenStream> {
    let mut params: Vec<_> = request.params.iter().collect();
    let type_params = TypeParams::of(&request.input.generics);
    let response = match request.response {
        // Without type parameters, the bound is checked at once: one error, instead of one for each use of the type.
        Some(Response::With(format)) => Some(around(
            format,
            TokenStream::new(),
            quote! { : __api_request::ResponseFormat },
        )),
        _ => None,
    };
    let (mut whole, mut formatted) = (None, None);
    match &request.body {
        Body::None => {}
        Body::Whole {
            field,
            with: Some(with),
            ..
        } => {
            let ty = in_option(field.ty);
            let is_generic = type_params.are_in(with) || type_params.are_in(ty);
            formatted = is_generic.then(|| quote! { #with: __api_request::BodyFormat<#ty> });
        }
        Body::Whole { serde, .. } if serde.with.is_some() => {}
        Body::Whole { field, format, .. } => whole = Some((field, Role::of_body(*format))),
        Body::Members(_, members) => params.extend(members),
    }
    let params = params
        .into_iter()
        .filter(|param| param.serde.with.is_none());
    let values = params.map(|param| (&param.field, Role::of_param(param)));
    let generic = values
        .chain(whole)
        .filter(|(field, _)| type_params.are_in(field.ty));
    generic
        .map(|(Field { ty, .. }, role)| {
            let value = format_ident!("{}Value", role.of_serde().ident());
            quote! { #ty: __api_request::#value }
        })
        .chain(formatted)
        .chain(response)
        .collect()
}
