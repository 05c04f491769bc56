//! Turns `paginate(…)` into the impls of `Paginate` and `PageItems`. Checks nothing and cannot fail.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote};
use syn::{Generics, LitStr, Type, parse_quote};

use super::path::FieldPath;
use crate::{
    block::Target,
    generics::TypeParams,
    request::model::{Counter, NextSource, PageField, Paginate, Paging, Response},
    span::{at, in_parentheses},
};

/// The impls of `Paginate` and `PageItems`.
pub(crate) fn expand_paginate(
    target: &Target<'_>,
    response: Option<&Response>,
    paginate: &Paginate<'_>,
) -> TokenStream {
    let target = page_target(target, paginate);
    let page = Ident::new("__page", Span::mixed_site());
    let ty = page_type();
    let next = expand_next(&page, response, paginate);
    let body = quote! {
        fn next_page(&self, #page: &__api_request::Page<'_, #ty>) -> __api_request::NextPage<Self> {
            #next
        }
    };
    let pages = target.expand(&quote! { Paginate }, &body);
    let items = expand_items(&target, &page, response, paginate);
    quote! {
        use __api_request::{FoundDefaults as _, SlotDefaults as _};
        #pages
        #items
    }
}

/// The pagination in the constant `OPERATION`.
pub(crate) fn expand_pagination(paginate: &Paginate<'_>) -> TokenStream {
    let Paginate {
        paging,
        more,
        missing,
        items,
        item: _,
    } = paginate;
    let more = more.map(|path| {
        let more = path.dotted();
        quote! { .with_more(#more) }
    });
    let with_items = items.map(|path| {
        let items = path.dotted();
        quote! { .with_items(#items) }
    });
    let missing = missing.then(|| quote! { .with_missing(true) });
    let style = match paging {
        Paging::Counted {
            counter,
            field,
            limit,
            short,
            all,
            header: _,
        } => {
            let short = short.then(|| quote! { .with_short(true) });
            let all = all.map(|path| {
                let all = path.dotted();
                match counter {
                    Counter::Offset => quote! { .with_total(#all) },
                    Counter::Page => quote! { .with_pages(#all) },
                }
            });
            let field = field.path.dotted();
            let with_limit = limit.as_ref().map(|limit| {
                let limit = limit.path.dotted();
                quote! { .with_limit(#limit) }
            });
            let style = match counter {
                Counter::Offset => quote! { offset },
                Counter::Page => quote! { page },
            };
            quote! { #style(#field) #with_limit #short #all }
        }
        Paging::Cursor { cursor, next } => {
            let cursor = cursor.path.dotted();
            match next {
                NextSource::Field(next) => {
                    let next = next.dotted();
                    quote! { cursor(#cursor, #next) }
                }
                NextSource::Header(_) => quote! { cursor_of_header(#cursor) },
            }
        }
        Paging::Link => quote! { link() },
        Paging::NextUrl(path) => {
            let next = path.dotted();
            quote! { next_url(#next) }
        }
    };
    quote! { .with_pagination(&__api_request::Pagination::#style #with_items #missing #more) }
}

/// The impls beside compile errors.
pub(crate) fn expand_fallback(target: &Target<'_>, item: Option<&Type>) -> TokenStream {
    let target = clone_target(target);
    let page = page_type();
    let body = quote! {
        fn next_page(&self, _: &__api_request::Page<'_, #page>) -> __api_request::NextPage<Self> {
            ::core::result::Result::Ok(__api_request::Next::End)
        }
    };
    let pages = target.expand(&quote! { Paginate }, &body);
    let (generics, item) = item_type(&target, item);
    let body = quote! {
        fn items(_: #page) -> ::std::vec::Vec<#item> { ::std::vec::Vec::new() }
    };
    let items = target.expand_for(&generics, &quote! { PageItems<#item> }, &body);
    quote! { #pages #items }
}

/// The body of `next_page`.
fn expand_next(page: &Ident, response: Option<&Response>, paginate: &Paginate<'_>) -> TokenStream {
    let more = Ident::new("__more", Span::mixed_site());
    let is_last = paginate.more.map(|path| {
        let found = expand_found(page, path);
        // Its type is checked once.
        let ty = at(
            path,
            quote! { ::core::option::Option<::core::primitive::bool> },
        );
        quote! {
            let #more: #ty = #found;
            if __api_request::is_last(#more) {
                return ::core::result::Result::Ok(__api_request::Next::End);
            }
        }
    });
    let found = |path: &FieldPath| expand_found(page, path);
    let of_header = |name: &LitStr| quote! { __api_request::next_of_header(#page, #name) };
    let next = match &paginate.paging {
        Paging::Counted {
            counter,
            field,
            limit,
            short,
            all,
            header,
        } => {
            let field = number(field);
            let function = match (header, counter) {
                (Some(name), _) => {
                    let next = of_header(name);
                    return quote! { #is_last __api_request::next_given(self, #next, #field) };
                }
                (None, Counter::Offset) => quote! { next_offset },
                (None, Counter::Page) => quote! { next_number },
            };
            let count = expand_count(page, response, paginate);
            let more = paginate.more.map(|_| quote! { .more(#more) });
            let all = all.map(|path| {
                let all = found(path);
                at(path, quote! { .all(#all) })
            });
            let short = limit.as_ref().filter(|_| *short);
            let short = short.map(|limit| {
                let PageField { path, ty: _ } = limit;
                let limit = limit.at(quote! { &self.#path });
                quote! { .short(#limit) }
            });
            quote! {
                __api_request::#function(self, __api_request::Seen::new(#page, #count) #more #all #short, #field)
            }
        }
        Paging::Cursor { cursor, next } => {
            let path = cursor.path;
            let (found, next) = match next {
                NextSource::Field(path) => (found(path), path.to_token_stream()),
                NextSource::Header(name) => (of_header(name), name.to_token_stream()),
            };
            let request = Ident::new("__next", Span::mixed_site());
            let value = Ident::new("__cursor", Span::mixed_site());
            let mut set = at(&next, quote! { __api_request::Slot });
            set.extend(in_parentheses(&next, quote! { &mut #request.#path }));
            set.extend(at(&next, quote! { .set(#value) }));
            let field = cursor.at(quote! { &#request.#path });
            quote! {
                __api_request::next_cursor(self, #found, |#request, #value| #set, |#request| #field)
            }
        }
        Paging::Link => quote! { __api_request::next_link(#page) },
        Paging::NextUrl(path) => {
            let found = found(path);
            quote! { __api_request::next_url(#found) }
        }
    };
    quote! { #is_last #next }
}

/// The value of a field of the response, if there is one.
fn expand_found(page: &Ident, path: &FieldPath) -> TokenStream {
    let mut found = at(path, quote! { __api_request::Found });
    let response = at(path, quote! { __api_request::Page::response(#page) });
    found.extend(in_parentheses(path, path.reference(response)));
    found.extend(at(path, quote! { .value() }));
    if path.may_be_missing() {
        quote! { (|| #found)() }
    } else {
        found
    }
}

/// How many items the page has.
fn expand_count(page: &Ident, response: Option<&Response>, paginate: &Paginate<'_>) -> TokenStream {
    let list = quote! { __api_request::Page::response(#page) };
    let list = match (paginate.items, response) {
        (Some(path), _) if path.may_be_missing() => {
            let list = path.reference(list);
            return quote! {
                ::core::option::Option::unwrap_or(
                    (|| ::core::option::Option::Some(__api_request::count(#list)))(),
                    0,
                )
            };
        }
        (Some(path), _) => path.reference(list),
        (None, Some(Response::Json(ty))) => at(ty, list),
        (None, _) => list,
    };
    quote! { __api_request::count(#list) }
}

/// The impl of `PageItems`, if the request declares items or the response may be a list.
fn expand_items(
    target: &Target<'_>,
    page: &Ident,
    response: Option<&Response>,
    paginate: &Paginate<'_>,
) -> Option<TokenStream> {
    let ty = page_type();
    let (generics, item) = item_type(target, paginate.item);
    let name = quote! { PageItems<#item> };
    if paginate.item.is_some() {
        // An error about the list is an error about the declared type.
        let (function, list) = match paginate.items {
            Some(path) => (quote! { List::into_items }, path.value(&quote! { #page })),
            // A trait without an associated type, so that one mistake is one error.
            None => (
                quote! { ListOf::<#item>::into_items_of },
                at(&item, quote! { #page }),
            ),
        };
        let mut items = at(&item, quote! { __api_request::#function });
        items.extend(in_parentheses(&item, list));
        let items = quote! { fn items(#page: #ty) -> ::std::vec::Vec<#item> { #items } };
        return Some(target.expand_for(&generics, &name, &items));
    }
    let Response::Json(list) = response? else {
        return None;
    };
    // The response may not be a list: only a caller that asks for the items is told.
    let target = target.bounded(quote! { #list: __api_request::ListOf<#item>, });
    let items = quote! {
        fn items(#page: #ty) -> ::std::vec::Vec<#item> {
            __api_request::ListOf::into_items_of(#page)
        }
    };
    Some(target.expand_for(&generics, &name, &items))
}

pub(crate) fn page_type() -> TokenStream {
    quote! { <Self as __api_request::ApiRequest>::Response }
}

impl PageField<'_> {
    /// Puts tokens where the type is, or else where the field is named, so that an error is about that.
    fn at(&self, tokens: TokenStream) -> TokenStream {
        match self.ty {
            Some(ty) => at(ty, tokens),
            None => at(self.path, tokens),
        }
    }
}

/// The field that is counted up, with its tokens where the type is, so that an error is about the type.
fn number(field: &PageField<'_>) -> TokenStream {
    let PageField { path, ty: _ } = field;
    let request = Ident::new("__next", Span::mixed_site());
    let field = field.at(quote! { &mut #request.#path });
    quote! { |#request| #field }
}

/// The type with the bounds of both impls: on fields only where their types mention a type parameter.
pub(crate) fn page_target<'a>(target: &Target<'a>, paginate: &Paginate<'_>) -> Target<'a> {
    let target = clone_target(target);
    let (fields, value) = match &paginate.paging {
        Paging::Counted { field, limit, .. } => ([Some(field), limit.as_ref()], quote! { Number }),
        Paging::Cursor { cursor, .. } => ([Some(cursor), None], quote! { CursorValue }),
        Paging::Link | Paging::NextUrl(_) => return target,
    };
    let type_params = TypeParams::of(&target.input.generics);
    let types = fields.into_iter().flatten().filter_map(|field| field.ty);
    let types = types.filter(|ty| type_params.are_in(ty));
    target.bounded(quote! { #(#types: __api_request::#value,)* })
}

/// The type with the bound `Self: Clone`, where that is known or depends on type parameters.
pub(crate) fn clone_target<'a>(target: &Target<'a>) -> Target<'a> {
    let params = &target.input.generics.params;
    let depends = params.is_empty() || target.input.generics.type_params().next().is_some();
    // Without parameters, the bound is checked at once: one error for both impls, instead of one for each use of `Clone`.
    let clone = depends.then(|| at(&target.input.ident, quote! { Self: ::core::clone::Clone, }));
    target.bounded(clone.unwrap_or_default())
}

/// The declared type of an item, or else a parameter beside those of the type.
pub(crate) fn item_type(target: &Target<'_>, item: Option<&Type>) -> (Generics, TokenStream) {
    let mut generics = target.input.generics.clone();
    if let Some(item) = item {
        return (generics, item.to_token_stream());
    }
    let param = Ident::new("__Item", Span::mixed_site());
    generics.params.push(parse_quote! { #param });
    (generics, param.into_token_stream())
}
