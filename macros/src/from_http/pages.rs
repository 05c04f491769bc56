//! Turns `paginate(…)` into the impl of `CutPages`: what a request asks for, and where a page has what leads to the next
//! one. Checks nothing and cannot fail.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use syn::Type;

use crate::{
    block::Target,
    request::{
        model::{Counter, NextSource, PageField, Paginate, Paging, Request, Response},
        paginate::{
            expand::{clone_target, item_type, page_target, page_type},
            path::FieldPath,
        },
    },
};

/// The impl, if the pages have items.
pub(super) fn expand_pages(request: &Request<'_>, target: &Target<'_>) -> Option<TokenStream> {
    let paginate = request.paginate.as_ref()?;
    let mut target = page_target(target, paginate);
    let (generics, item) = item_type(&target, paginate.item);
    if paginate.item.is_none() {
        let Response::Json(list) = request.response? else {
            return None;
        };
        // The response may not be a list: only a caller that cuts pages is told.
        target = target.bounded(quote! { #list: __api_request::ListOf<#item>, });
    }
    let response = page_type();
    let asked = expand_asked(paginate);
    let (page, fill) = (page(), fill());
    let places = expand_places(paginate);
    let body = quote! {
        fn asked(&self) -> __api_request::Asked { #asked }
        fn fill(#page: &mut #response, #fill: &mut __api_request::PageFill<#item>) { #places }
    };
    let pages = target.expand_for(&generics, &quote! { CutPages<#item> }, &body);
    Some(quote! {
        use __api_request::{NextPlaceDefaults as _, PassedDefaults as _};
        #pages
    })
}

/// The impl beside compile errors.
pub(super) fn expand_fallback(target: &Target<'_>, item: Option<&Type>) -> TokenStream {
    let target = clone_target(target);
    let (generics, item) = item_type(&target, item);
    let response = page_type();
    let body = quote! {
        fn asked(&self) -> __api_request::Asked { __api_request::Asked::link() }
        fn fill(_: &mut #response, _: &mut __api_request::PageFill<#item>) {}
    };
    target.expand_for(&generics, &quote! { CutPages<#item> }, &body)
}

fn page() -> Ident {
    Ident::new("__page", Span::mixed_site())
}

fn fill() -> Ident {
    Ident::new("__fill", Span::mixed_site())
}

/// What the request says about the page.
fn expand_asked(paginate: &Paginate<'_>) -> TokenStream {
    let field = |PageField { path, ty: _ }: &PageField<'_>| quote! { &self.#path };
    match &paginate.paging {
        Paging::Counted {
            counter,
            field: number,
            limit,
            header,
            ..
        } => {
            let style = match counter {
                Counter::Offset => quote! { offset },
                Counter::Page => quote! { page },
            };
            let number = field(number);
            let limit = limit.as_ref().map(|limit| {
                let limit = field(limit);
                quote! { .limit(#limit) }
            });
            let header = header.map(|name| quote! { .header(#name) });
            quote! { __api_request::Asked::#style(#number) #limit #header }
        }
        Paging::Cursor { cursor, next } => {
            let cursor = field(cursor);
            match next {
                NextSource::Header(name) => {
                    quote! { __api_request::Asked::cursor(#cursor).header(#name) }
                }
                NextSource::Field(path) if path.last_item().is_some() => {
                    quote! { __api_request::Asked::after_item(#cursor) }
                }
                NextSource::Field(_) => quote! { __api_request::Asked::cursor(#cursor) },
            }
        }
        Paging::Link => quote! { __api_request::Asked::link() },
        Paging::NextUrl(_) => quote! { __api_request::Asked::url() },
    }
}

/// The parts of a page that are filled: each is a call with a function from the page to the place.
fn expand_places(paginate: &Paginate<'_>) -> TokenStream {
    let (page, fill) = (page(), fill());
    let part = |method: &str, path: Option<&FieldPath>| {
        let place = if let Some(path) = path {
            path.place(&quote! { #page })?
        } else {
            quote! { ::core::option::Option::Some(#page) }
        };
        let method = Ident::new(method, Span::call_site());
        Some(quote! { #fill.#method(#page, |#page| #place); })
    };
    let items = part("items", paginate.items);
    let more = paginate.more.and_then(|path| part("more", Some(path)));
    let all = match &paginate.paging {
        Paging::Counted { all, .. } => all.and_then(|path| part("all", Some(path))),
        _ => None,
    };
    let next = match &paginate.paging {
        Paging::NextUrl(path) => Some(*path),
        Paging::Cursor {
            next: NextSource::Field(path),
            ..
        } => Some(path),
        _ => None,
    };
    let next = next.and_then(|path| path.place(&quote! { #page }));
    let next = next.map(|place| {
        let text = Ident::new("__text", Span::mixed_site());
        quote! {
            #fill.next(#page, |#page, #text| __api_request::NextPlace(#place?).set(#text));
        }
    });
    quote! { #items #more #all #next }
}
