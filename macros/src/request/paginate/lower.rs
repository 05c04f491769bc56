//! Lowers `paginate(…)`: one way to page, with what it needs, and fields that there are.

use proc_macro2::Ident;
use syn::{Data, DeriveInput, Member};

use super::attr::PaginateOptions;
use crate::{
    diag::{one_of, suggestion},
    grammar::Slot,
    item::member_name,
    request::{
        field::Lowering,
        model::{PageField, Paginate, Paging, Response},
    },
    words::{Location, PaginateOption},
};

/// The options that each say how to page.
const WAYS: &[PaginateOption] = {
    use PaginateOption::{Cursor, Link, NextUrl, Offset, Page};
    &[Offset, Page, Cursor, Link, NextUrl]
};

pub(crate) fn lower_paginate<'a>(
    input: &'a DeriveInput,
    cx: &mut Lowering<'a, '_>,
) -> Option<Paginate<'a>> {
    let options = cx.attrs.paginate.get()?;
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
    })
}

/// One way to the next page, and no option of another.
fn check_options(options: &PaginateOptions, cx: &mut Lowering<'_, '_>) {
    let diag = &mut *cx.diag;
    let given = |option: &PaginateOption| options.given(*option);
    let ways: Vec<&Ident> = WAYS.iter().filter_map(given).collect();
    if ways.is_empty() && !options.broken {
        let ways = one_of(WAYS.iter().map(|way| way.word()));
        let message = format!("`paginate` needs a way to the next page, one of {ways}");
        diag.error(cx.attrs.paginate.key(), message);
    }
    if ways.len() > 1 {
        let given = WAYS.iter().filter(|way| given(way).is_some());
        let message = format!(
            "`paginate` has several ways to the next page, keep one of {}",
            one_of(given.map(|way| way.word()))
        );
        for way in &ways {
            diag.error(way, &message);
        }
    }
    for (option, owner, example) in [
        (
            PaginateOption::Limit,
            PaginateOption::Offset,
            "offset = offset, limit = limit",
        ),
        (
            PaginateOption::Next,
            PaginateOption::Cursor,
            "cursor = after, next = next_cursor",
        ),
    ] {
        // Without a way at all, that is the mistake.
        if let (Some(option), None, false) = (given(&option), given(&owner), ways.is_empty()) {
            let owner = owner.word();
            let message = format!("`{option}` needs `{owner}`, as in `{example}`");
            diag.error(option, message);
        }
    }
    for (option, needed, message) in [
        (
            PaginateOption::Cursor,
            PaginateOption::Next,
            "`cursor` needs `next`, the field of the response that has the next cursor, as in `next = meta.next_cursor`",
        ),
        (
            PaginateOption::Items,
            PaginateOption::Item,
            "`items` needs `item`, the type of an item, as in `items = data, item = Key`",
        ),
    ] {
        if let (Some(option), None) = (given(&option), given(&needed)) {
            diag.error(option, message);
        }
    }
}

/// What is looked up in the response needs a response that has fields, or is a list.
fn check_response(options: &PaginateOptions, cx: &mut Lowering<'_, '_>) {
    use PaginateOption::{Item, Items, Next, NextUrl, Offset, Page};

    let kind = match cx.attrs.response.get() {
        Some(Response::Json(_) | Response::With(_)) => return,
        Some(Response::Text) => "text",
        Some(Response::Bytes) => "bytes",
        Some(Response::Stream) => "a stream",
        // What is wrong is reported already.
        None if cx.attrs.tried("response") => return,
        Some(Response::Empty) | None => "empty",
    };
    for option in [Offset, Page, Next, NextUrl, Items, Item] {
        if let Some(option) = options.given(option) {
            let message = format!(
                "`{option}` needs a JSON response, and this response is {kind}\ndeclare its type, as in `response = Keys`"
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
        // A field that is skipped is not part of the request.
        let sent = cx.all.iter().filter(|(_, location)| has_value(*location));
        let names: Vec<&str> = sent.map(|(name, _)| name.as_str()).collect();
        let meant = suggestion(&name, names.iter().copied());
        let hint = if names.is_empty() {
            "it has no field that can be set for the next page".to_owned()
        } else {
            format!("expected one of {}", one_of(names))
        };
        let message = format!("the request has no field `{name}`{meant}\n{hint}");
        cx.diag.error(member, message);
        return None;
    };
    let location = cx.all.iter().find(|(other, _)| *other == name);
    let mut params = cx.params.iter().chain(&cx.members);
    let flattened = params.any(|param| param.flatten && param.field.name == name);
    let noun = match location {
        Some((_, location)) if !has_value(*location) => Some(location.noun()),
        _ if flattened => Some("flattened field"),
        _ => None,
    };
    if let Some(noun) = noun {
        let message = format!(
            "the field `{name}` is a {noun}, which cannot be set for the next page\nuse a `query` parameter or a `json` member"
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
