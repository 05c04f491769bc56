//! Turns the model into tokens. Checks nothing and cannot fail.
//!
//! Each field is one call of the runtime, with the index by which `OPERATION` has the facts of the field.

use std::collections::BTreeMap;

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};
use syn::{Data, DeriveInput, ExprPath, Member, Type};

use super::{
    pages::{self, expand_pages},
    serde::{FieldReading, Reading},
};
use crate::{
    api_group::Group,
    block::{Target, hide},
    generics::TypeParams,
    item::{default_runtime, member_name, runtime},
    request::{
        attr::StructAttrs,
        expand::{Role, bounds},
        model::{Body, Field, Flatten, Param, ParamKind, Request, Response},
    },
    span::{around, at},
    words::BodyFormat,
};

pub(super) fn expand_request(request: &Request<'_>, reading: &Reading) -> TokenStream {
    let Request {
        input,
        runtime,
        group,
        params,
        body,
        ..
    } = request;
    let mut all = bounds(request);
    let type_params = TypeParams::of(&input.generics);
    all.extend(bounds_of(params, body, &type_params));
    let group = group.map_or_else(
        || quote! { <() as __api_request::FromHttpGroup>::read_fields },
        |ty| {
            around(
                ty,
                quote! { < },
                quote! { as __api_request::FromHttpGroup>::read_fields },
            )
        },
    );
    let is_generic_group = request.group.filter(|ty| type_params.are_in(ty));
    all.extend(is_generic_group.map(|ty| quote! { #ty: __api_request::FromHttpGroup }));
    let target = Target::new(input, &all);
    let decoder = decoder();
    let fields = expand_fields(input, params, body, reading);
    let kind = expand_kind(request.response);
    let items = quote! {
        type Kind = __api_request::#kind;
        #fields
        fn read_group(
            #decoder: &__api_request::Decoder<'_>,
        ) -> __api_request::ReadResult<<Self as __api_request::ApiRequest>::Group> {
            #group(#decoder)
        }
    };
    let implementation = target.expand(&quote! { FromHttp }, &items);
    let imports = expand_imports(params);
    let pages = expand_pages(request, &target);
    hide(runtime, &quote! { #imports #implementation #pages })
}

pub(super) fn expand_group(group: &Group<'_>, reading: &Reading) -> TokenStream {
    let Group {
        input,
        runtime,
        params,
        ..
    } = group;
    let type_params = TypeParams::of(&input.generics);
    let target = Target::new(input, &bounds_of(params, &Body::None, &type_params));
    let fields = expand_fields(input, params, &Body::None, reading);
    let implementation = target.expand(&quote! { FromHttpGroup }, &fields);
    hide(runtime, &implementation)
}

/// The impl beside compile errors, so that code which uses the type has no errors of its own.
pub(super) fn fallback_request(input: &DeriveInput, attrs: &StructAttrs) -> TokenStream {
    let read = quote! {
        type Kind = __api_request::AsAny;
        fn read_group(
            _: &__api_request::Decoder<'_>,
        ) -> __api_request::ReadResult<<Self as __api_request::ApiRequest>::Group> {
            __api_request::not_read()
        }
    };
    let pages = attrs.tried("paginate").then(|| {
        let item = attrs.paginate.get().and_then(|options| options.item.get());
        pages::expand_fallback(&Target::new(input, &[]), item)
    });
    fallback(input, attrs, &quote! { FromHttp }, &read, pages)
}

pub(super) fn fallback_group(input: &DeriveInput, attrs: &StructAttrs) -> TokenStream {
    let name = quote! { FromHttpGroup };
    fallback(input, attrs, &name, &TokenStream::new(), None)
}

fn fallback(
    input: &DeriveInput,
    attrs: &StructAttrs,
    name_of_trait: &TokenStream,
    more: &TokenStream,
    beside: Option<TokenStream>,
) -> TokenStream {
    let runtime = runtime(&attrs.runtime).unwrap_or_else(|_| default_runtime());
    let items = quote! {
        fn read_fields(_: &__api_request::Decoder<'_>) -> __api_request::ReadResult<Self> {
            __api_request::not_read()
        }
        #more
    };
    let target = Target::new(input, &[]);
    let mut all = target.expand(name_of_trait, &items);
    all.extend(beside);
    hide(&runtime, &all)
}

/// What the response is written as.
fn expand_kind(response: Option<&Response>) -> Ident {
    let name = match response {
        Some(Response::Json(_)) => "AsJson",
        Some(Response::Text) => "AsText",
        Some(Response::Bytes) => "AsBytes",
        Some(Response::Stream) => "AsStream",
        Some(Response::Lines(_)) => "AsLines",
        Some(Response::With(_)) => "NotWritten",
        Some(Response::Empty) | None => "AsEmpty",
    };
    Ident::new(name, Span::call_site())
}

fn decoder() -> Ident {
    Ident::new("__decoder", Span::mixed_site())
}

/// The trait for what may be a group.
fn expand_imports(params: &[Param<'_>]) -> Option<TokenStream> {
    let mut params = params.iter();
    let may_be_groups = params.any(|param| param.flatten == Flatten::Either);
    may_be_groups.then(|| quote! { use __api_request::FlatFromDefaults as _; })
}

fn expand_fields(
    input: &DeriveInput,
    params: &[Param<'_>],
    body: &Body<'_>,
    reading: &Reading,
) -> TokenStream {
    let Data::Struct(data) = &input.data else {
        return TokenStream::new();
    };
    let decoder = decoder();
    let in_params = indices(params);
    let in_body = match body {
        Body::Members(_, members) => indices(members),
        Body::None | Body::Whole { .. } => BTreeMap::new(),
    };
    let fields = data.fields.members().zip(&reading.fields);
    let fields = fields.map(|(member, field)| {
        let default = expand_default(&member, field, reading.has_default);
        let value = if field.skip {
            None
        } else {
            let name = member_name(&member);
            let param = in_params.get(&*name).map(|index| (*index, &params[*index]));
            let in_body = in_body.get(&*name).copied();
            expand_field(&member, param, in_body, body, field, default.as_ref())
        };
        let value = value.or(default);
        let value = value.unwrap_or_else(|| quote! { ::core::default::Default::default() });
        quote! { #member: #value }
    });
    let members = matches!(body, Body::Members(..)).then(|| {
        let members = members();
        quote! { let #members = &__api_request::Decoder::members(#decoder); }
    });
    quote! {
        fn read_fields(#decoder: &__api_request::Decoder<'_>) -> __api_request::ReadResult<Self> {
            #members
            ::core::result::Result::Ok(Self { #(#fields),* })
        }
    }
}

/// The index of each parameter, by the name of its field.
fn indices<'p>(params: &'p [Param<'_>]) -> BTreeMap<&'p str, usize> {
    let names = params.iter().map(|param| param.field.name.as_str());
    names.zip(0..).collect()
}

fn members() -> Ident {
    Ident::new("__members", Span::mixed_site())
}

/// What `#[serde(default)]` says that is read in place of a value.
fn expand_default(member: &Member, field: &FieldReading, of_struct: bool) -> Option<TokenStream> {
    match field.default.get() {
        Some(Some(path)) => Some(quote! { #path() }),
        Some(None) => Some(quote! { ::core::default::Default::default() }),
        None => of_struct.then(|| quote! { <Self as ::core::default::Default>::default().#member }),
    }
}

/// The value of a field, which may be a parameter and a member of the body; `None` if nothing is sent for it.
fn expand_field(
    member: &Member,
    param: Option<(usize, &Param<'_>)>,
    in_body: Option<usize>,
    body: &Body<'_>,
    reading: &FieldReading,
    default: Option<&TokenStream>,
) -> Option<TokenStream> {
    let (decoder, index, param) = match (param, in_body, body) {
        // It is among the parameters if it is a group.
        (Some((group, _)), Some(index), Body::Members(_, members)) => {
            let ty = members[index].field.ty;
            return Some(expand_either(
                ty,
                group,
                quote! { .member },
                &quote! { #index },
            ));
        }
        (Some((index, param)), ..) => (decoder(), index, param),
        (None, Some(index), Body::Members(_, own)) => (members(), index, &own[index]),
        (None, None, Body::Whole { field, format, .. }) if field.member == *member => {
            return Some(expand_body(field, *format, reading, default));
        }
        _ => return None,
    };
    if param.flatten == Flatten::Either {
        let method = if let ParamKind::Header { .. } = param.kind {
            quote! { .headers }
        } else {
            quote! { .params }
        };
        return Some(expand_either(
            param.field.ty,
            index,
            method,
            &TokenStream::new(),
        ));
    }
    let aliases = &reading.aliases;
    let decoder = if aliases.is_empty() {
        quote! { #decoder }
    } else {
        quote! { &__api_request::Decoder::or_named(#decoder, #index, &[#(#aliases),*]) }
    };
    let value = expand_value(param, &decoder, index, reading.with.get());
    let is_one = param.flatten == Flatten::No;
    Some(match default.filter(|_| is_one) {
        None => value,
        Some(default) => quote! {
            if __api_request::Decoder::has(#decoder, #index) { #value } else { #default }
        },
    })
}

/// A value of which only the type says whether it is a group.
fn expand_either(
    ty: &Type,
    index: usize,
    method: TokenStream,
    argument: &TokenStream,
) -> TokenStream {
    let decoder = decoder();
    let mut value = quote! { __api_request::FlatFrom::<#ty>::new(#decoder, #index) };
    // An error about the type is the error of the call.
    value.extend(at(ty, method));
    quote! { #value(#argument)? }
}

fn expand_value(
    param: &Param<'_>,
    decoder: &TokenStream,
    index: usize,
    with: Option<&ExprPath>,
) -> TokenStream {
    let is_json = matches!(param.kind, ParamKind::Json { .. });
    let (function, deserializer) = match Role::of_param(param) {
        Role::Group => ("read_group", None),
        Role::Flag => ("read_flag", None),
        Role::Headers if with.is_none() => ("read_headers", None),
        Role::Flatten | Role::Headers => ("read_flatten", Some("FlatDeserializer")),
        Role::JsonText => ("read_json_text", Some("JsonValueDeserializer")),
        Role::Json if param.flatten != Flatten::No && with.is_none() => ("read_flat_json", None),
        Role::Part => ("read_part", Some("PartDeserializer")),
        _ if is_json => ("read_json", Some("JsonValueDeserializer")),
        _ => ("read_param", Some("ParamDeserializer")),
    };
    let arguments = quote! { #decoder, #index };
    expand_call(param.field.ty, function, deserializer.zip(with), &arguments)
}

/// Calls a function of the runtime, or the one that takes what serde's attribute names.
fn expand_call(
    ty: &Type,
    function: &str,
    with: Option<(&str, &ExprPath)>,
    arguments: &TokenStream,
) -> TokenStream {
    if let Some((deserializer, with)) = with {
        let function = format_ident!("{function}_by");
        let ty = Ident::new(deserializer, Span::call_site());
        let value = Ident::new("__deserializer", Span::mixed_site());
        return quote! {
            __api_request::#function(#arguments, |#value: __api_request::#ty<'_>| #with(#value))?
        };
    }
    let function = Ident::new(function, Span::call_site());
    let how = (function == "read_headers").then(|| quote! { , _ });
    quote! { __api_request::#function::<#ty #how>(#arguments)? }
}

fn expand_body(
    field: &Field<'_>,
    format: BodyFormat,
    reading: &FieldReading,
    default: Option<&TokenStream>,
) -> TokenStream {
    let (function, deserializer) = match format {
        BodyFormat::Json => ("read_json_body", Some("JsonValueDeserializer")),
        BodyFormat::Form => ("read_form_body", Some("FlatDeserializer")),
        BodyFormat::Text => ("read_text_body", Some("ParamDeserializer")),
        BodyFormat::Lines => ("read_lines_body", Some("LinesDeserializer")),
        BodyFormat::Stream => ("read_stream_body", None),
        BodyFormat::Bytes | BodyFormat::With => ("read_bytes_body", None),
    };
    let decoder = decoder();
    let with = deserializer.zip(reading.with.get());
    let value = expand_call(field.ty, function, with, &quote! { #decoder });
    match default {
        None => value,
        Some(default) => quote! {
            if __api_request::Decoder::has_body(#decoder) { #value } else { #default }
        },
    }
}

/// The bounds on the types of fields, only where they mention a type parameter.
fn bounds_of(params: &[Param<'_>], body: &Body<'_>, type_params: &TypeParams) -> Vec<TokenStream> {
    let bound = |ty: &Type, role: Role| {
        let name = match role {
            Role::Group => "FromHttpGroup",
            Role::Flag => "FromFlag",
            Role::Bytes => "FromBytes",
            Role::Stream => "FromStream",
            _ => "FromValue",
        };
        let name = Ident::new(name, Span::call_site());
        type_params
            .are_in(ty)
            .then(|| quote! { #ty: __api_request::#name })
    };
    let members = match body {
        Body::Members(_, members) => members.as_slice(),
        _ => &[],
    };
    let params = params.iter().chain(members);
    let params = params.filter(|param| param.serde.with.is_none());
    let mut bounds: Vec<_> = params
        .filter_map(|param| bound(param.field.ty, Role::of_param(param)))
        .collect();
    if let Body::Whole { field, format, .. } = body {
        bounds.extend(bound(field.ty, Role::of_body(*format)));
    }
    bounds
}
