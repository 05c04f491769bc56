//! Turns the model into the constant `OPERATION`. Checks nothing and cannot fail.

use std::collections::BTreeMap;

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens as _, quote};
use syn::{Expr, GenericParam, Generics, LitStr, Type};

use super::{
    model::{
        AuthValue, Body, Constant, Events, Field, Flatten, Idempotency, ListStyle, Notation, Param,
        ParamKind, Request,
    },
    paginate::expand::expand_pagination,
    path::Piece,
};
use crate::{
    block::expand_option,
    generics::{TypeParams, is_std, may_be_option},
    span::{around, at, in_parentheses},
    wire,
    words::Location,
};

/// The constant `OPERATION`. What is not declared is left to the runtime's default.
pub(crate) fn expand_operation(request: &Request<'_>) -> TokenStream {
    let Request {
        name,
        method,
        path,
        doc,
        deprecated,
        metas,
        group,
        auth,
        idempotency,
        route,
        constants,
        params,
        body,
        events,
        runtime: _,
        input,
        response: _,
        error: _,
        paginate,
        validate: _,
    } = request;
    let doc = (!doc.is_empty()).then(|| quote! { .with_doc(#doc) });
    let deprecated = deprecated
        .as_ref()
        .map(|note| quote! { .with_deprecated(#note) });
    let meta = (!metas.is_empty()).then(|| {
        quote! { .with_meta(<Self as __api_request::ApiRequest>::META) }
    });
    let metas = expand_metas(metas);
    let url = params
        .iter()
        .position(|param| matches!(param.kind, ParamKind::Url));
    let is_url = url.is_some();
    let auth = auth.map(expand_auth);
    let (path, auth, in_group) = if let Some(ty) = group {
        let auth = expand_option(auth);
        let path = if is_url {
            quote! { "" }
        } else {
            expand_joined(ty, path, &TypeParams::of(&input.generics))
        };
        let group = of_group(ty, &quote! { GROUP });
        (path, None, Some(quote! { .in_group(#group, #auth) }))
    } else {
        let auth = auth.map(|auth| quote! { .with_auth(#auth) });
        (quote! { #path }, auth, None)
    };
    let url = url.map(|index| quote! { .with_route(&[__api_request::Piece::Url(#index)]) });
    let route = expand_route(route, params);
    let constants = (!constants.is_empty()).then(|| {
        let constants = constants.iter().map(expand_constant);
        quote! { .with_constants(&[#(#constants),*]) }
    });
    let fields = params.iter().map(expand_param);
    let flattened = flattened(params).map(|(index, _)| quote! { .with_flattened(#index) });
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
        #metas
        const OPERATION: &'static __api_request::Operation =
            &__api_request::Operation::declare(#name, #method, #path, &[#(#fields),*])
                #url #route #doc #deprecated #meta #auth #idempotency #constants #content #events #pagination #(#flattened)* #in_group;
    }
}

/// Which of the client's credentials are sent.
pub(crate) fn expand_auth(auth: &AuthValue) -> TokenStream {
    match auth {
        AuthValue::Word(word) => {
            let word = word.ident();
            quote! { __api_request::Auth::#word }
        }
        AuthValue::Named(name) => quote! { __api_request::Auth::Named(#name) },
    }
}

/// The values of `meta`, in a constant of their own: there, a value may have a destructor.
fn expand_metas(metas: &[Expr]) -> Option<TokenStream> {
    if metas.is_empty() {
        return None;
    }
    let values: Vec<_> = metas.iter().map(expand_reference).collect();
    // Each is compared with those before it, in a closure that is compiled and never called.
    let pairs = metas.iter().enumerate().flat_map(|(index, second)| {
        let second_value = &values[index];
        values[..index].iter().map(move |first_value| {
            let pair = at(second, quote! { __api_request::pair });
            let types = at(second, quote! { .__api_request_types() });
            quote! { __api_request::distinct(#pair(#first_value, #second_value) #types); }
        })
    });
    let check = (metas.len() > 1).then(|| {
        quote! {
            let _ = || {
                use __api_request::PairDefaults as _;
                #(#pairs)*
            };
        }
    });
    let values = quote! { &[#(#values),*] };
    let values = match check {
        Some(check) => quote! { { #check #values } },
        None => values,
    };
    Some(quote! { const META: __api_request::Meta = #values; })
}

/// A reference that rustc reports where the value is.
fn expand_reference(value: &Expr) -> TokenStream {
    let mut reference = at(value, quote! { & });
    reference.extend(in_parentheses(value, value.to_token_stream()));
    reference
}

/// The path of the group and that of the operation.
fn expand_joined(group: &Type, path: &str, type_params: &TypeParams) -> TokenStream {
    let prefix = of_group(group, &quote! { GROUP });
    // The length of a generic path is not known here.
    let room = if type_params.are_in(group) {
        quote! { { __api_request::MAX_PATH } }
    } else {
        quote! { { __api_request::joined_len(#prefix, #path) } }
    };
    quote! { __api_request::Joined::<#room>::new(#prefix, #path).as_str() }
}

fn expand_event_facts(events: &Events) -> TokenStream {
    let Events {
        item: _,
        flag,
        done,
        only,
        ignore,
        resume,
    } = events;
    let option = |text: &Option<LitStr>| expand_option(text.as_ref().map(LitStr::value));
    let (flag, done) = (option(flag), option(done));
    let only = (!only.is_empty()).then(|| quote! { .with_only(&[#(#only),*]) });
    let ignore = (!ignore.is_empty()).then(|| quote! { .with_ignore(&[#(#ignore),*]) });
    let resume = resume.as_ref().map(|_| quote! { .with_resume(true) });
    quote! {
        .with_events(__api_request::Events::declare(#flag, #done) #only #ignore #resume)
    }
}

pub(crate) fn expand_constant(constant: &Constant) -> TokenStream {
    let Constant {
        location,
        name,
        value,
    } = constant;
    let Some(value) = value else {
        return quote! { __api_request::Constant::Name(#name) };
    };
    let kind = location.ident();
    quote! { __api_request::Constant::#kind { name: #name, value: #value } }
}

/// The pieces of a path with placeholders, each with the parameter that fills it.
pub(crate) fn expand_route(route: &[Piece], params: &[Param<'_>]) -> Option<TokenStream> {
    // A path without placeholders is written as it is declared.
    if let [] | [Piece::Text(_)] = route {
        return None;
    }
    let of_path = params.iter().zip(0_usize..);
    let of_path = of_path.filter(|(param, _)| matches!(param.kind, ParamKind::Path { .. }));
    let of_path = of_path.map(|(param, index)| (&param.name, index));
    let indices: BTreeMap<_, _> = of_path.collect();
    let pieces = route.iter().map(|piece| match piece {
        Piece::Text(text) => quote! { __api_request::Piece::Text(#text) },
        Piece::Placeholder(name) => {
            let index = indices.get(name).copied().unwrap_or_default();
            quote! { __api_request::Piece::Field(#index) }
        }
    });
    Some(quote! { .with_route(&[#(#pieces),*]) })
}

pub(crate) fn expand_param(param: &Param<'_>) -> TokenStream {
    if let ParamKind::Group = param.kind {
        return expand_group(param);
    }
    let required = match (&param.serde.skip_if, &param.kind, param.notation) {
        (Some(_), ..) | (_, _, Notation::Flag) => quote! { false },
        (None, ParamKind::Json { null: true } | ParamKind::Path { .. } | ParamKind::Url, _) => {
            quote! { true }
        }
        // Only the type knows whether there is always a value.
        (None, ..) => {
            let asks = param.flatten == Flatten::No && may_be_option(param.field.ty);
            expand_required(asks, param.field.ty)
        }
    };
    expand_param_facts(param, &required)
}

/// A group among the parameters. What may be a group is none where it is not one.
fn expand_group(param: &Param<'_>) -> TokenStream {
    let Field {
        name,
        ty,
        member: _,
        doc: _,
    } = &param.field;
    if param.flatten == Flatten::Either {
        return quote! {
            __api_request::Param::group_or_none(#name, <__api_request::Probe<#ty>>::GROUP)
        };
    }
    let group = of_group(ty, &quote! { GROUP });
    quote! { __api_request::Param::group(#name, #group) }
}

/// An item of a group. All such paths are the same to rustc, so that one mistake is one error.
pub(crate) fn of_group(ty: &Type, item: &TokenStream) -> TokenStream {
    let group = quote! { as __api_request::ApiGroup>::#item };
    // A `+` at the end of such a type would take what follows for a bound.
    let ty = match ty {
        Type::TraitObject(_) | Type::ImplTrait(_) => in_parentheses(ty, quote! { #ty }),
        ty => quote! { #ty },
    };
    around(ty, quote! { < }, group)
}

/// The parameters that are groups, or may be, with their indices.
fn flattened<'p, 'a>(params: &'p [Param<'a>]) -> impl Iterator<Item = (usize, &'p Param<'a>)> {
    let may_be_group =
        |param: &Param<'_>| matches!(param.flatten, Flatten::Group | Flatten::Either);
    let params = params.iter().enumerate();
    params.filter(move |(_, param)| may_be_group(param))
}

/// Whether only a use of the type says what its groups are. Otherwise the checks are made where it is declared.
pub(crate) fn has_type_params(generics: &Generics) -> bool {
    let mut params = generics.params.iter();
    params.any(|param| !matches!(param, GenericParam::Lifetime(_)))
}

/// The checks of groups, each at the type of the group.
pub(crate) fn expand_checks(request: &Request<'_>) -> Vec<TokenStream> {
    let input = request.input;
    let is_generic = has_type_params(&input.generics);
    let lifetimes = input.generics.lifetimes().map(|_| quote! { '_ });
    let name = &input.ident;
    let this = if is_generic {
        quote! { Self }
    } else {
        quote! { #name<#(#lifetimes),*> }
    };
    let check = |ty: &Type, function: TokenStream, index: Option<usize>| {
        let operation = quote! { <#this as __api_request::ApiRequest>::OPERATION };
        let index = index.map(|index| quote! { , #index });
        let mut call = at(ty, quote! { __api_request::Operation::#function });
        call.extend(in_parentheses(ty, quote! { #operation #index }));
        if is_generic {
            quote! { const { #call }; }
        } else {
            quote! { const _: () = #call; }
        }
    };
    let fields = flattened(&request.params);
    let fields =
        fields.map(|(index, param)| check(param.field.ty, quote! { check_flattened }, Some(index)));
    let group = request
        .group
        .map(|ty| check(ty, quote! { check_group }, None));
    fields.chain(group).collect()
}

/// Whether there is always a value: what the type says, or `true`.
fn expand_required(asks: bool, ty: &Type) -> TokenStream {
    if asks {
        quote! { <__api_request::Probe<#ty>>::REQUIRED }
    } else {
        quote! { true }
    }
}

fn expand_param_facts(param: &Param<'_>, required: &TokenStream) -> TokenStream {
    let Param {
        field,
        kind,
        name,
        wire: as_written,
        secret,
        flatten,
        notation,
        serde,
    } = param;
    let Field {
        member: _,
        name: field,
        ty,
        doc,
    } = field;
    let is_target = match kind {
        ParamKind::Path { .. } => Some("filled"),
        ParamKind::Url => Some("given"),
        _ => None,
    };
    let required = is_target.is_none().then(|| quote! { , #required });
    // Only the type knows whether there is always a value, and a function may encode a `None`.
    let asks = is_target.filter(|_| serde.with.is_none() && may_be_option(ty));
    let filled = asks.map(|function| {
        let function = Ident::new(function, Span::call_site());
        at(
            ty,
            quote! { .#function(&<__api_request::Probe<#ty>>::IN_PATH) },
        )
    });
    // `null` is for the `None` of an `Option`.
    let is_null = matches!(kind, ParamKind::Json { null: true });
    let nulled = (is_null && !is_std(ty)).then(|| {
        at(
            ty,
            quote! { .nulled(&<__api_request::Probe<#ty>>::AS_NULL) },
        )
    });
    let is_numbered = matches!(kind, ParamKind::Part { .. }) && name.contains(wire::NUMBER);
    let (constructor, kind) = expand_kind(kind);
    let written = (as_written != name).then(|| quote! { .with_wire(#as_written) });
    let doc = (!doc.is_empty()).then(|| quote! { .with_doc(#doc) });
    let secret = expand_secret(*secret, ty).map(|secret| quote! { .with_secret(#secret) });
    let number = is_numbered.then(|| quote! { .numbered() });
    let notation = match notation {
        Notation::Plain => None,
        Notation::Json => Some(quote! { Json }),
        Notation::Flag => Some(quote! { Flag }),
    };
    let notation =
        notation.map(|notation| quote! { .with_notation(__api_request::Notation::#notation) });
    let flatten = match flatten {
        Flatten::No | Flatten::Group => None,
        Flatten::Members => Some(quote! { .flattened() }),
        Flatten::Either => {
            let group = quote! { <__api_request::Probe<#ty>>::GROUP };
            Some(quote! { .flattened_or_group(#group) })
        }
    };
    quote! {
        __api_request::Param::#constructor(#name, #field #required) #filled #kind #nulled #notation #written #number #doc #secret #flatten
    }
}

/// Whether the value is a secret: what is declared, or else what the type says.
fn expand_secret(declared: bool, ty: &Type) -> Option<TokenStream> {
    // Only the type knows whether a value that is not declared a secret is one.
    if !declared && !is_std(ty) {
        return Some(quote! { <__api_request::Probe<#ty>>::SECRET });
    }
    declared.then(|| quote! { true })
}

/// The constructor of a location, and the kind where it is not what the constructor makes.
fn expand_kind(kind: &ParamKind) -> (Ident, TokenStream) {
    let (location, fields, is_default) = match kind {
        ParamKind::Path {
            explode,
            allow_empty,
            segments,
        } => (
            Location::Path,
            quote! { { explode: #explode, allow_empty: #allow_empty, segments: #segments } },
            !explode && !allow_empty && !segments,
        ),
        ParamKind::Url => (Location::Url, TokenStream::new(), true),
        // It has a constructor of its own.
        ParamKind::Group => (Location::Skip, TokenStream::new(), true),
        ParamKind::Query(lists) => (Location::Query, expand_lists(lists), !lists.is_declared),
        ParamKind::Form(lists) => (Location::Form, expand_lists(lists), !lists.is_declared),
        ParamKind::Header { explode } => {
            (Location::Header, quote! { { explode: #explode } }, !explode)
        }
        ParamKind::Json { null } => (Location::Json, quote! { { null: #null } }, !null),
        ParamKind::Cookie { encode } => (Location::Cookie, quote! { { encode: #encode } }, !encode),
        ParamKind::Part {
            filename,
            content_type,
        } => {
            let is_default = filename.is_none() && content_type.is_none();
            let filename = filename.as_deref().unwrap_or_default();
            let content_type = content_type.as_deref().unwrap_or_default();
            let fields = quote! { { filename: #filename, content_type: #content_type } };
            (Location::Part, fields, is_default)
        }
    };
    let constructor = Ident::new(location.word(), Span::call_site());
    if is_default {
        return (constructor, TokenStream::new());
    }
    let kind = location.ident();
    let kind = quote! { .with_kind(__api_request::ParamKind::#kind #fields) };
    (constructor, kind)
}

fn expand_lists(lists: &ListStyle) -> TokenStream {
    let ListStyle {
        style,
        explode,
        is_declared: _,
    } = lists;
    let style = style.ident();
    quote! { { style: __api_request::Style::#style, explode: #explode } }
}

/// A format of the program's own, for the type of the field. It is written the same each time, so that rustc reports a
/// type that is not a format once.
pub(crate) fn expand_format(with: &Type, ty: &Type) -> TokenStream {
    quote! { <__api_request::Probe<#ty>>::BODY.by::<#with>() }
}

fn expand_content(body: &Body<'_>) -> Option<TokenStream> {
    let content = match body {
        Body::None => return None,
        Body::Whole {
            field,
            format: _,
            with,
            media_type,
            secret,
            serde,
        } => {
            let name = &field.name;
            let ty = field.ty;
            let secret = expand_secret(*secret, ty).unwrap_or_else(|| quote! { false });
            let required = match serde.skip_if {
                Some(_) => quote! { false },
                None => expand_required(may_be_option(ty), ty),
            };
            let media_type = match (media_type, with) {
                (Some(media_type), _) => quote! { #media_type },
                (None, with) => {
                    let format = with.as_ref().map(|with| expand_format(with, ty));
                    quote! { #format.content_type() }
                }
            };
            quote! { whole(#media_type, #name, #required, #secret) }
        }
        Body::Members(format, members) => {
            let media_type = format.media_type();
            let members = members.iter().map(expand_param);
            quote! { of_members(#media_type, &[#(#members),*]) }
        }
    };
    Some(quote! { .with_content(__api_request::Content::#content) })
}
