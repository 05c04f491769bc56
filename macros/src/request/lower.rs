//! Lowers the input and its attributes into the model: all checks that need more than one attribute.
//!
//! A mistake is reported, and lowering continues with something harmless in its place: the model is used only if there
//! was no mistake. The fields are in `field`.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::TokenTree;
use quote::ToTokens as _;
use syn::{Data, DeriveInput, LitStr, Meta, ext::IdentExt as _};

use super::{
    attr::{Method, StructAttrs, has_no_body},
    claims::Claims,
    events::check_events,
    field::Lowering,
    model::{Body, Constant, Idempotency, Request},
    paginate::lower::lower_paginate,
    path::Template,
};
use crate::{
    diag::{Diag, REPORTED, one_of, similar, suggestion},
    generics::TypeParams,
    grammar::Slot,
    item::{deprecation, doc, lower_runtime, member_name},
    wire,
    words::{Location, MemberFormat, Owner, RenameRule},
};

const METHODS: &[&str] = &[
    "GET", "HEAD", "QUERY", "POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH",
];

pub(crate) fn lower<'a>(
    input: &'a DeriveInput,
    attrs: &'a StructAttrs,
    diag: &mut Diag,
) -> Request<'a> {
    let has_url = has_url(input);
    check_required(input, attrs, has_url, diag);
    check_rename_all(&attrs.rename_all, &attrs.serde.rename_all, diag);
    let runtime = lower_runtime(&attrs.runtime, diag);
    let method = lower_method(attrs, diag);
    let name = lower_operation_name(input, attrs, diag);
    let template = lower_path(input, attrs, diag);
    let mut cx = Lowering::new(input, attrs, &template, diag);
    cx.has_url = has_url;
    let constants = lower_constants(&mut cx);
    let idempotency = lower_idempotency(&mut cx);
    lower_fields(input, &mut cx);
    check_url(&mut cx);
    check_bodies(&method, &mut cx);
    check_content_type(&mut cx);
    check_events(&idempotency, &mut cx);
    let paginate = lower_paginate(input, &mut cx);
    Request {
        input,
        runtime,
        name,
        method,
        path: attrs.path.get().map(LitStr::value).unwrap_or_default(),
        doc: doc(&input.attrs),
        deprecated: deprecation(&input.attrs),
        metas: &attrs.metas,
        group: attrs.group.get(),
        auth: attrs.auth.get(),
        idempotency,
        response: attrs.response.get(),
        events: attrs.events.get(),
        paginate,
        error: attrs.error.get(),
        validate: attrs.validate.get(),
        constants,
        body: match (cx.whole, cx.members.first()) {
            (Some(whole), _) => whole,
            (None, None) => Body::None,
            (None, Some(first)) => Body::Members(MemberFormat::of(&first.kind), cx.members),
        },
        params: cx.params,
        route: template.pieces,
    }
}

impl<'a, 'd> Lowering<'a, 'd> {
    pub(crate) fn new(
        input: &DeriveInput,
        attrs: &'a StructAttrs,
        template: &'d Template,
        diag: &'d mut Diag,
    ) -> Self {
        Self {
            attrs,
            type_params: TypeParams::of(&input.generics),
            template,
            claims: Claims::default(),
            params: Vec::new(),
            members: Vec::new(),
            whole: None,
            bodies: Vec::new(),
            urls: Vec::new(),
            content_type: None,
            all: Vec::new(),
            excused: BTreeSet::new(),
            has_url: false,
            is_complete: true,
            diag,
        }
    }
}

/// Whether a field is, or is meant to be, the URL: then a path is not missing.
fn has_url(input: &DeriveInput) -> bool {
    let Data::Struct(data) = &input.data else {
        return false;
    };
    let attrs = data.fields.iter().flat_map(|field| &field.attrs);
    let lists = attrs.filter_map(|attr| match &attr.meta {
        Meta::List(list) if list.path.is_ident("api") => Some(list.tokens.clone()),
        _ => None,
    });
    let is_url = |token| matches!(token, TokenTree::Ident(word) if word == Location::Url.word());
    lists.flatten().any(is_url)
}

fn check_required(input: &DeriveInput, attrs: &StructAttrs, has_url: bool, diag: &mut Diag) {
    let message = match (attrs.tried("method"), attrs.tried("path") || has_url) {
        (true, true) => return,
        (false, true) => "`method` is missing, write `#[api(method = GET)]`",
        (true, false) => "`path` is missing, write `#[api(path = \"/…\")]`",
        (false, false) => {
            "`method` and `path` are missing, write `#[api(method = GET, path = \"/…\")]`"
        }
    };
    let or_url = if attrs.tried("path") {
        None
    } else {
        named_url(input)
    };
    let or_url = or_url.map_or_else(String::new, |name| {
        format!(", or `#[api(url)]` on the field `{name}`")
    });
    diag.error(&input.ident, format!("{message}{or_url}"));
}

/// A field that may have been meant as the URL.
fn named_url(input: &DeriveInput) -> Option<String> {
    let Data::Struct(data) = &input.data else {
        return None;
    };
    let mut names = data.fields.members().map(|member| member_name(&member));
    names.find(|name| name.ends_with("url"))
}

/// The two rules are one where both are given.
pub(crate) fn check_rename_all(
    ours: &Slot<RenameRule>,
    serdes: &Slot<RenameRule>,
    diag: &mut Diag,
) {
    if let (Some(our), Some(serde)) = (ours.get(), serdes.get()) {
        if our != serde {
            let message = format!(
                "serde's `rename_all` is `{}`, keep one of the rules",
                serde.word()
            );
            diag.error(ours.key(), message);
            let message = format!(
                "`rename_all` of `#[api]` is `{}`, keep one of the rules",
                our.word()
            );
            diag.error(serdes.key(), message);
        }
    }
}

fn lower_method(attrs: &StructAttrs, diag: &mut Diag) -> String {
    let Some(method) = attrs.method.get() else {
        return String::new();
    };
    let word = method.word();
    let (at, is_quoted) = match method {
        Method::Known(ident) => (ident.to_token_stream(), false),
        Method::Other(literal) => (literal.to_token_stream(), true),
    };
    let known = METHODS.iter().copied();
    if known.clone().any(|method| method == word) {
        return word;
    }
    let meant = suggestion(&word, known.clone());
    if word.eq_ignore_ascii_case("CONNECT") {
        let message = "`CONNECT` is not supported: it asks a proxy for a tunnel to a host, and has no path\na proxy is configured on the client";
        diag.error(at, message);
    } else if known.clone().any(|known| known.eq_ignore_ascii_case(&word)) {
        diag.error(at, format!("methods are upper case{meant}"));
    } else if !is_quoted {
        let known = one_of(known);
        let message = format!(
            "unknown method `{word}`{meant}\nexpected one of {known}, or a string literal: `method = \"{word}\"`"
        );
        diag.error(at, message);
    } else if word.is_empty() {
        diag.error(at, "the method is empty");
    } else if let Some(c) = wire::not_token_char(&word) {
        diag.error(at, format!("{c:?} is not allowed in a method"));
    }
    word
}

fn lower_operation_name(input: &DeriveInput, attrs: &StructAttrs, diag: &mut Diag) -> String {
    let Some(literal) = attrs.name.get() else {
        return input.ident.unraw().to_string();
    };
    if literal.value().is_empty() {
        diag.error(literal, "the name is empty");
    }
    literal.value()
}

pub(crate) fn lower_path(input: &DeriveInput, attrs: &StructAttrs, diag: &mut Diag) -> Template {
    let Some(literal) = attrs.path.get() else {
        return Template::default();
    };
    let text = literal.value();
    let mut template = Template::parse(&text);
    if attrs.is_group && text.is_empty() {
        diag.error(literal, "the path of the group is empty, leave it out");
    } else if attrs.is_group && text.ends_with('/') {
        let message = "the path of a group has no `/` at its end, because those of its operations start with one";
        diag.error(literal, message);
    }
    if let Data::Struct(data) = &input.data {
        template.check_colons(&data.fields.members().map(|it| member_name(&it)).collect());
    }
    template.keep_words(&text);
    for mistake in template.mistakes.iter().take(REPORTED) {
        diag.error(literal, mistake);
    }
    diag.left_out(literal, template.mistakes.len());
    template
}

pub(crate) fn lower_fields<'a>(input: &'a DeriveInput, cx: &mut Lowering<'a, '_>) {
    let (keyword, kind) = match &input.data {
        Data::Struct(data) => {
            for (field, member) in data.fields.iter().zip(data.fields.members()) {
                cx.lower_field(field, member);
            }
            check_placeholders(cx);
            return;
        }
        Data::Enum(data) => (data.enum_token.to_token_stream(), "an enum"),
        Data::Union(data) => (data.union_token.to_token_stream(), "a union"),
    };
    let (derive, what) = match cx.attrs.owner() {
        Owner::Request => ("ApiRequest", "a request"),
        Owner::Group => ("ApiGroup", "a group"),
    };
    let message = format!(
        "`{derive}` cannot be derived for {kind}: {what} is a struct, all of whose fields are sent"
    );
    cx.diag.error(keyword, message);
}

pub(crate) fn lower_constants(cx: &mut Lowering<'_, '_>) -> Vec<Constant> {
    let mut constants = Vec::new();
    for constant in &cx.attrs.constants {
        let location = constant.location;
        let name = constant.name.value();
        let value = constant.value.as_ref().map(LitStr::value);
        cx.claim(location, &name, constant.name.to_token_stream());
        let (name, value) = if location == Location::Header {
            let text = value.as_deref().unwrap_or_default();
            if !wire::is_header_value(text) {
                let message = "a header value is visible ASCII, with spaces and tabs only inside";
                cx.diag.error(&constant.value, message);
            } else if name.eq_ignore_ascii_case("content-type") && !wire::is_media_type(text) {
                let message = "a content type is written `type/subtype`, in visible ASCII";
                cx.diag.error(&constant.value, message);
            }
            (name.to_ascii_lowercase(), value)
        } else {
            (wire::percent(&name), value.as_deref().map(wire::percent))
        };
        constants.push(Constant {
            location,
            name,
            value,
        });
    }
    constants
}

fn lower_idempotency(cx: &mut Lowering<'_, '_>) -> Idempotency {
    let Some(literal) = cx.attrs.idempotency_key.get() else {
        return if cx.attrs.idempotent.is_on() {
            Idempotency::Declared
        } else {
            Idempotency::OfMethod
        };
    };
    let name = literal.value();
    cx.claim(Location::Header, &name, literal.to_token_stream());
    Idempotency::Key(name.to_ascii_lowercase())
}

/// Every placeholder has its field.
fn check_placeholders(cx: &mut Lowering<'_, '_>) {
    let Some(literal) = cx.attrs.path.get() else {
        return;
    };
    let elsewhere: BTreeMap<&str, Location> = cx
        .all
        .iter()
        .filter(|(_, location)| *location != Location::Path)
        .map(|(field, location)| (field.as_str(), *location))
        .collect();
    let has_field = |name| cx.claims.taken_by(Location::Path, name).is_some();
    let missing = cx.template.placeholders();
    let missing = missing.filter(|name| !has_field(name) && !cx.excused.contains(*name));
    let missing: Vec<&str> = missing.collect();
    for name in missing.iter().copied().take(REPORTED) {
        let suggests = cx.diag.suggests();
        let candidates = if suggests { cx.all.as_slice() } else { &[] };
        let names = candidates.iter().map(|(field, _)| field.as_str());
        let write = format!("`#[api(path = \"{name}\")]`");
        let hint = if let Some(location) = elsewhere.get(name) {
            let noun = location.noun();
            format!(
                ": the field `{name}` is a {noun}\nwrite `#[api(path)]` on it, or {write} on another field"
            )
        } else if let Some(near) = similar(name, names) {
            format!(
                ", did you mean the field `{near}`?\nrename one of them, or write {write} on the field"
            )
        } else {
            format!("\nname a field `{name}`, or write {write} on one")
        };
        let message = format!("the placeholder `{{{name}}}` has no field{hint}");
        cx.diag.error(literal, message);
    }
    cx.diag.left_out(literal, missing.len());
}

/// One URL, and no path beside it.
fn check_url(cx: &mut Lowering<'_, '_>) {
    let Lowering {
        urls, attrs, diag, ..
    } = cx;
    if urls.len() > 1 {
        for at in urls.iter() {
            diag.error(at, "a request has only one `url`");
        }
    }
    if let (Some(at), Some(path)) = (urls.first(), attrs.path.get()) {
        let message =
            "a `url` is the whole URL, which has a path of its own: leave out `path`, or the `url`";
        diag.error(at, message);
        diag.error(
            path,
            "`path` is not allowed beside a field that is the `url`",
        );
    }
}

/// One kind of body, and none where the method has no body.
fn check_bodies(method: &str, cx: &mut Lowering<'_, '_>) {
    let Lowering { bodies, diag, .. } = cx;
    let of = |location| {
        let at_location = bodies.iter().filter(move |(other, _)| *other == location);
        at_location.map(|(_, at)| at)
    };
    if of(Location::Body).count() > 1 {
        for at in of(Location::Body) {
            let message = "a request has only one `body`\nfields that are members of one JSON object are `#[api(json)]`, or write a struct of them";
            diag.error(at, message);
        }
    }
    for kind in Location::MEMBERS {
        if let (Some(whole), Some(member)) = (of(Location::Body).next(), of(*kind).next()) {
            let word = kind.word();
            let message = format!(
                "a whole `body` is not allowed beside a `{word}` member\nwrite `#[api({word})]` here too, or one struct of both as the `body`"
            );
            diag.error(whole, message);
            let message = format!("a `{word}` member is not allowed beside a whole `body`");
            diag.error(member, message);
        }
    }
    let kinds = Location::MEMBERS.iter();
    let first: Vec<_> = kinds.filter_map(|kind| of(*kind).next()).collect();
    if first.len() > 1 {
        let has = |location| of(location).next().is_some();
        let hint = if has(Location::Json) && has(Location::Form) {
            "\nfor JSON text in a form member write `form(json)`"
        } else {
            ""
        };
        for at in first {
            let message =
                format!("the members of a body are all `json`, all `form` or all `part`{hint}");
            diag.error(at, message);
        }
    }
    if let (Some((_, at)), true) = (bodies.first(), has_no_body(method)) {
        let is_text = matches!(
            (bodies.first(), cx.attrs.fields.get()),
            (
                Some((Location::Json, _)),
                Some(Location::Query | Location::Header)
            )
        );
        let hint = if is_text {
            "\n`json` is a member of a JSON body: for JSON text in the query write `query(json)`"
        } else {
            ""
        };
        let message = format!(
            "a `{method}` request has no body: send the field as `query`, or use another method, such as `POST`{hint}"
        );
        diag.error(at, message);
    }
}

/// One source for the type of the body, and none where there is no body.
fn check_content_type(cx: &mut Lowering<'_, '_>) {
    let header = cx.claims.taken_by(Location::Header, "content-type");
    let Some(header) = header.cloned() else {
        return;
    };
    if cx.bodies.is_empty() && cx.is_complete {
        let message = "`Content-Type` needs a body, and the request has none";
        cx.diag.error(&header, message);
    }
    check_multipart_type(cx);
    if let Some(option) = &cx.content_type {
        let message = "the header `Content-Type` is declared too, keep one of the two";
        cx.diag.error(option, message);
        let message = "the body has a `content_type` too, keep one of the two";
        cx.diag.error(&header, message);
    }
}

/// The runtime adds the boundary to a declared type of multipart.
fn check_multipart_type(cx: &mut Lowering<'_, '_>) {
    let constants = cx.attrs.constants.iter();
    let constant = constants.filter(|constant| constant.location == Location::Header);
    let mut constant = constant.filter(|it| it.name.value().eq_ignore_ascii_case("content-type"));
    let has_parts = cx
        .bodies
        .iter()
        .any(|(location, _)| *location == Location::Part);
    let (Some(constant), true) = (constant.next(), has_parts) else {
        return;
    };
    let value = constant.value.as_ref().map(LitStr::value);
    let value = value.unwrap_or_default().to_ascii_lowercase();
    if !value.starts_with("multipart/") || value.contains("boundary=") {
        let message = "the content type of a body of parts is `multipart/…`, without the boundary, which is added to each request";
        cx.diag.error(&constant.value, message);
    }
}
