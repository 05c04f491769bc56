//! Lowers `paginate(…)`: one way to page, with what it needs, and fields that there are.

use proc_macro2::Ident;
use syn::{Data, DeriveInput, GenericArgument, Member, PathArguments, Type};

use super::attr::PaginateOptions;
use crate::{
    diag::{one_of, suggestion},
    grammar::Slot,
    item::member_name,
    request::{
        attr::StructAttrs,
        field::Lowering,
        model::{PageField, Paginate, Paging, Response},
    },
    words::Location,
};

/// The options that each say how to page.
const WAYS: &[&str] = &["offset", "page", "cursor", "link", "next_url"];

pub(crate) fn lower_paginate<'a>(
    input: &'a DeriveInput,
    cx: &mut Lowering<'a, '_>,
) -> Option<Paginate<'a>> {
    let attrs = cx.attrs;
    let options = attrs.paginate.get()?;
    check_options(options, cx);
    check_response(options, cx);
    let mut field = |slot: &'a Slot<Member>| request_field(input, slot.get()?, cx);
    let (offset, limit) = (field(&options.offset), field(&options.limit));
    let (page, cursor) = (field(&options.page), field(&options.cursor));
    if let (Some(offset), Some(limit)) = (&offset, &limit) {
        if offset.member == limit.member {
            let message = "one field cannot be both the `offset` and the `limit`";
            cx.diag.error(limit.member, message);
        }
    }
    let paging = match (offset, page, cursor, options.next_url.get()) {
        (Some(offset), ..) => Paging::Offset { offset, limit },
        (_, Some(page), ..) => Paging::Page(page),
        (.., Some(cursor), _) => Paging::Cursor {
            cursor,
            next: options.next.get()?,
        },
        (.., Some(url)) => Paging::NextUrl(url),
        _ => Paging::Link,
    };
    Some(Paginate {
        paging,
        items: options.items.get(),
        item: options.item.get(),
        assumed_item: assumed_item(attrs, options),
    })
}

/// The only argument of the response, `Page<Key>`, for items that are in a field of it: whether they are such is asked at
/// run time, because nothing can name the type of a field.
fn assumed_item<'a>(attrs: &'a StructAttrs, options: &PaginateOptions) -> Option<&'a Type> {
    let (Some(Response::Json(Type::Path(response))), 1) =
        (attrs.response.get(), options.items.get()?.len())
    else {
        return None;
    };
    let PathArguments::AngleBracketed(arguments) = &response.path.segments.last()?.arguments else {
        return None;
    };
    let mut arguments = arguments.args.iter();
    match (arguments.next(), arguments.next()) {
        (Some(GenericArgument::Type(ty)), None) => Some(ty),
        _ => None,
    }
}

/// One way to page, and no option of another.
fn check_options(options: &PaginateOptions, cx: &mut Lowering<'_, '_>) {
    let diag = &mut *cx.diag;
    let given = |option: &&str| options.given(option);
    let ways: Vec<&Ident> = WAYS.iter().filter_map(given).collect();
    if ways.is_empty() && !options.broken {
        let message = format!(
            "`paginate` needs a way to the next page, one of {}",
            one_of(WAYS.iter().copied())
        );
        diag.error(cx.attrs.paginate.key(), message);
    }
    if ways.len() > 1 {
        for way in &ways {
            let message = format!(
                "there is one way to the next page, not several: keep one of {}",
                one_of(WAYS.iter().copied().filter(|way| given(way).is_some()))
            );
            diag.error(way, message);
        }
    }
    for (option, owner, example) in [
        ("limit", "offset", "offset = offset, limit = limit"),
        ("next", "cursor", "cursor = after, next = next_cursor"),
        ("item", "items", "items = data, item = Key"),
    ] {
        if let (Some(option), None) = (options.given(option), options.given(owner)) {
            // Without a way at all, that is the mistake.
            if owner == "items" || !ways.is_empty() {
                let message = format!("`{option}` goes with `{owner}`, as in `{example}`");
                diag.error(option, message);
            }
        }
    }
    if let (Some(cursor), None) = (options.given("cursor"), options.given("next")) {
        let message = "`cursor` needs the field of the response that the next one comes from, as in `next = meta.next_cursor`";
        diag.error(cursor, message);
    }
}

/// Where something is looked for in the response, it has fields, or is a list.
fn check_response(options: &PaginateOptions, cx: &mut Lowering<'_, '_>) {
    let kind = match cx.attrs.response.get() {
        Some(Response::Json(_) | Response::With(_)) => return,
        Some(Response::Text) => "text",
        Some(Response::Bytes) => "bytes",
        Some(Response::Stream) => "a stream",
        // What is wrong with it is reported already.
        None if cx.attrs.tried("response") => return,
        Some(Response::Empty) | None => "nothing",
    };
    for option in ["offset", "page", "next", "next_url", "items"] {
        if let Some(option) = options.given(option) {
            let message = format!(
                "`{option}` is about what is in the response, which is {kind}: declare it, as in `response = Keys`"
            );
            cx.diag.error(option, message);
            return;
        }
    }
}

/// The field of the request that a name stands for.
fn request_field<'a>(
    input: &'a DeriveInput,
    member: &'a Member,
    cx: &mut Lowering<'a, '_>,
) -> Option<PageField<'a>> {
    let Data::Struct(data) = &input.data else {
        return None;
    };
    let name = member_name(member);
    let mut known = data.fields.iter().zip(data.fields.members());
    let Some((field, _)) = known.find(|(_, other)| member_name(other) == name) else {
        // A field that is skipped is none of the request.
        let sent = cx.all.iter().filter(|(_, location)| has_value(*location));
        let names: Vec<&str> = sent.map(|(name, _)| name.as_str()).collect();
        let meant = suggestion(&name, names.iter().copied());
        let hint = if names.is_empty() {
            "it has none that could be set for the next page".to_owned()
        } else {
            format!("expected one of {}", one_of(names))
        };
        let message = format!("the request has no field `{name}`{meant}\n{hint}");
        cx.diag.error(member, message);
        return None;
    };
    let location = cx.all.iter().find(|(other, _)| *other == name);
    let members = cx.members.iter().map(|member| &member.param);
    let mut params = cx.params.iter().chain(members);
    let flattened = params.any(|param| param.flatten && param.field.name == name);
    let noun = match location {
        Some((_, location)) if !has_value(*location) => Some(location.noun()),
        _ if flattened => Some("flattened field"),
        _ => None,
    };
    if let Some(noun) = noun {
        let message = format!(
            "`{name}` is a {noun}, so it cannot be set for the next page\nuse a field with a value of its own, such as a `query` parameter or a `json` member"
        );
        cx.diag.error(member, message);
    }
    Some(PageField {
        member,
        ty: &field.ty,
    })
}

fn has_value(location: Location) -> bool {
    !matches!(location, Location::Body | Location::Part | Location::Skip)
}
