//! Lowers `paginate(…)`: one way to page, with what it needs, and fields that there are.

use proc_macro2::Ident;
use syn::{Data, DeriveInput, LitStr};

use super::{attr::PaginateOptions, path::FieldPath};
use crate::{
    diag::{Diag, one_of, suggestion},
    grammar::Slot,
    item::member_name,
    request::{
        field::Lowering,
        model::{Counter, Flatten, NextSource, PageField, Paginate, Paging, Response},
    },
    wire,
    words::{Location, PaginateOption},
};

/// The options that each say how to page.
const WAYS: &[PaginateOption] = {
    use PaginateOption::{Cursor, Link, NextUrl, Offset, Page};
    &[Offset, Page, Cursor, Link, NextUrl]
};

/// The options that need one of others.
const OWNERS: &[(PaginateOption, &[PaginateOption], &str)] = {
    use PaginateOption::{Cursor, Limit, Next, Offset, Page, Pages, Short, Total};
    &[
        (Limit, &[Offset, Page], "offset = offset, limit = limit"),
        (Short, &[Limit], "offset = offset, limit = limit, short"),
        (Total, &[Offset], "offset = offset, total = total"),
        (Pages, &[Page], "page = page, pages = total_pages"),
        (Next, &[Cursor], "cursor = after, next = next_cursor"),
    ]
};

impl NextSource {
    fn header(&self) -> Option<&LitStr> {
        match self {
            Self::Header(name) => Some(name),
            Self::Field(_) => None,
        }
    }
}

pub(crate) fn lower_paginate<'a>(
    input: &'a DeriveInput,
    cx: &mut Lowering<'a, '_>,
) -> Option<Paginate<'a>> {
    let options = cx.attrs.paginate.get()?;
    check_options(options, cx);
    check_response(options, cx);
    let mut field = |slot: &'a Slot<FieldPath>| request_field(input, slot.get()?, cx);
    let (offset, limit) = (field(&options.offset), field(&options.limit));
    let (page, cursor) = (field(&options.page), field(&options.cursor));
    for (counter, word) in [(&offset, "offset"), (&page, "page")] {
        if let (Some(counter), Some(limit)) = (counter, &limit) {
            if counter.path.dotted() == limit.path.dotted() {
                let message = format!("one field cannot be both the `{word}` and the `limit`");
                cx.diag.error(limit.path, message);
            }
        }
    }
    let counted = |counter, field, limit, all: &'a Slot<FieldPath>| Paging::Counted {
        counter,
        field,
        limit,
        short: options.short.get().is_some(),
        all: all.get(),
        header: options.next.get().and_then(NextSource::header),
    };
    let paging = match (offset, page, cursor, options.next_url.get()) {
        (Some(offset), ..) => counted(Counter::Offset, offset, limit, &options.total),
        (_, Some(page), ..) => counted(Counter::Page, page, limit, &options.pages),
        (.., Some(cursor), _) => Paging::Cursor {
            cursor,
            next: options.next.get()?,
        },
        (.., Some(url)) => Paging::NextUrl(url),
        _ => Paging::Link,
    };
    Some(Paginate {
        paging,
        more: options.more.get(),
        missing: options.missing.get().is_some(),
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
    for (option, owners, example) in OWNERS {
        let has_owner = owners.iter().any(|owner| given(owner).is_some());
        let is_of_header = *option == PaginateOption::Next
            && options
                .next
                .get()
                .is_some_and(|next| next.header().is_some());
        // Without a way at all, that is the mistake.
        if let (Some(option), false, false, false) =
            (given(option), has_owner, ways.is_empty(), is_of_header)
        {
            let owners = one_of(owners.iter().map(|owner| owner.word()));
            let message = format!("`{option}` needs {owners}, as in `{example}`");
            diag.error(option, message);
        }
    }
    check_header(options, diag);
    if let Some(last) = options.items.get().and_then(FieldPath::last_item) {
        let message =
            "`items` is a list, and `last` an item of one; a field of that name is `r#last`";
        diag.error(last, message);
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

/// A header that there may be, beside what it leads to.
fn check_header(options: &PaginateOptions, diag: &mut Diag) {
    use PaginateOption::{Cursor, Link, NextUrl, Offset, Page};

    let Some(header) = options.next.get().and_then(NextSource::header) else {
        return;
    };
    let name = header.value();
    if name.is_empty() || wire::not_token_char(&name).is_some() {
        let message = format!(
            "the header name `{}` is not a token (RFC 9110)",
            name.escape_debug()
        );
        diag.error(header, message);
    }
    let is_given = |option: &PaginateOption| options.given(*option).is_some();
    if ![Cursor, Page, Offset].iter().any(is_given) && [Link, NextUrl].iter().any(is_given) {
        let message =
            "`next = header(…)` needs `cursor`, `page` or `offset`, which it is the next one of";
        diag.error(header, message);
    }
}

/// What is looked up in the response needs a response that has fields, or is a list.
fn check_response(options: &PaginateOptions, cx: &mut Lowering<'_, '_>) {
    use PaginateOption::{Item, Items, More, Next, NextUrl, Offset, Page, Pages, Total};

    let kind = match cx.attrs.response.get() {
        Some(Response::Json(_) | Response::With(_)) => return,
        Some(Response::Text) => "text",
        Some(Response::Bytes) => "bytes",
        Some(Response::Stream | Response::Lines(_)) => "a stream",
        // What is wrong is reported already.
        None if cx.attrs.tried("response") => return,
        Some(Response::Empty) | None => "empty",
    };
    let is_header = options
        .next
        .get()
        .is_some_and(|next| next.header().is_some());
    for option in [Offset, Page, Next, NextUrl, More, Total, Pages, Items, Item] {
        if is_header && matches!(option, Offset | Page | Next) {
            continue;
        }
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
    path: &'a FieldPath,
    cx: &mut Lowering<'a, '_>,
) -> Option<PageField<'a>> {
    let Data::Struct(data) = &input.data else {
        return None;
    };
    let name = member_name(path.first());
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
        cx.diag.error(path.first(), message);
        return None;
    };
    let location = cx.all.iter().find(|(other, _)| *other == name);
    let mut params = cx.params.iter().chain(&cx.members);
    let flattened = params.any(|param| param.flatten != Flatten::No && param.field.name == name);
    let noun = match location {
        Some((_, Location::Body)) if path.is_nested() => None,
        Some((_, location)) if !has_value(*location) => Some(location.noun()),
        _ if flattened && !path.is_nested() => Some("flattened field"),
        _ => None,
    };
    if let Some(noun) = noun {
        let hint = if flattened {
            format!("name a field in it, as in `{name}.offset`")
        } else {
            "use a `query` parameter or a `json` member".to_owned()
        };
        let message = format!(
            "the field `{name}` is a {noun}, which cannot be set for the next page\n{hint}"
        );
        cx.diag.error(path, message);
    }
    Some(PageField {
        path,
        ty: (!path.is_nested()).then_some(&field.ty),
    })
}

fn has_value(location: Location) -> bool {
    !matches!(location, Location::Body | Location::Part | Location::Skip)
}
