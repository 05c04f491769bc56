//! Turns `paginate(…)` into the impls of `Paginate` and `PageItems`. Checks nothing and cannot fail.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote};
use syn::{DeriveInput, Generics, Type, parse_quote};

use crate::{
    block::{expand_trait, expand_trait_for},
    generics::TypeParams,
    item::member_name,
    request::model::{FieldPath, PageField, Paginate, Paging, Response},
    span::{at, in_parentheses},
};

/// What both impls ask of the types is asked of the impl of the request.
pub(crate) fn expand_paginate(
    input: &DeriveInput,
    bounds: &TokenStream,
    response: Option<&Response>,
    paginate: &Paginate<'_>,
) -> TokenStream {
    let pages = expand_pages(input, bounds, response, paginate);
    let items = expand_items(input, bounds, response, paginate);
    quote! {
        use __api_request::{FoundDefaults as _, SlotDefaults as _};
        #pages
        #items
    }
}

/// What the operation says of its pages.
pub(crate) fn expand_pagination(paginate: &Paginate<'_>) -> TokenStream {
    let Paginate {
        paging,
        items,
        item: _,
        assumed_item: _,
    } = paginate;
    let with_items = items.map(|path| {
        let items = dotted(path);
        quote! { .with_items(#items) }
    });
    let style = match paging {
        Paging::Offset { offset, limit } => {
            let offset = member_name(offset.member);
            let with_limit = limit.as_ref().map(|limit| {
                let limit = member_name(limit.member);
                quote! { .with_limit(#limit) }
            });
            quote! { offset(#offset) #with_limit }
        }
        Paging::Page(page) => {
            let page = member_name(page.member);
            quote! { page(#page) }
        }
        Paging::Cursor { cursor, next } => {
            let (cursor, next) = (member_name(cursor.member), dotted(next));
            quote! { cursor(#cursor, #next) }
        }
        Paging::Link => quote! { link() },
        Paging::NextUrl(path) => {
            let next = dotted(path);
            quote! { next_url(#next) }
        }
    };
    quote! { .with_pagination(&__api_request::Pagination::#style #with_items) }
}

/// The fields as text: `meta.next`.
fn dotted(path: &FieldPath) -> String {
    let names: Vec<String> = path.iter().map(member_name).collect();
    names.join(".")
}

/// The impls that stand beside errors.
pub(crate) fn expand_fallback(
    input: &DeriveInput,
    bounds: &TokenStream,
    item: Option<&Type>,
) -> TokenStream {
    let page = page_type();
    let body = quote! {
        fn next_page(&self, _: &__api_request::Page<'_, #page>) -> __api_request::NextPage<Self> {
            ::core::result::Result::Ok(__api_request::Next::End)
        }
    };
    let clone = clone_bound(input, bounds);
    let pages = expand_trait(&quote! { Paginate }, input, &clone, &body);
    let items = |item: TokenStream| {
        quote! {
            fn items(_: #page) -> ::std::vec::Vec<#item> { __api_request::no_items() }
        }
    };
    let items = if let Some(item) = item {
        let items = items(quote! { #item });
        expand_trait(&quote! { PageItems<#item> }, input, &clone, &items)
    } else {
        let item = item_param();
        let generics = with_param(input, &item, &quote! {});
        let items = items(quote! { #item });
        expand_trait_for(
            &generics,
            &quote! { PageItems<#item> },
            input,
            &clone,
            &items,
        )
    };
    quote! { #pages #items }
}

fn expand_pages(
    input: &DeriveInput,
    bounds: &TokenStream,
    response: Option<&Response>,
    paginate: &Paginate<'_>,
) -> TokenStream {
    let page = Ident::new("__page", Span::mixed_site());
    let found = |path: &FieldPath| {
        let mut found = at(path, quote! { __api_request::Found });
        let mut field = at(path, quote! { &__api_request::Page::response(#page). });
        path.to_tokens(&mut field);
        found.extend(in_parentheses(path, field));
        found.extend(at(path, quote! { .value() }));
        found
    };
    let count = || {
        let list = match (paginate.items, response) {
            (Some(path), _) => {
                let response = in_response(&page, path);
                quote! { &#response }
            }
            (None, Some(Response::Json(ty))) => {
                at(ty, quote! { __api_request::Page::response(#page) })
            }
            (None, _) => quote! { __api_request::Page::response(#page) },
        };
        quote! { __api_request::count(#list) }
    };
    let next = match &paginate.paging {
        Paging::Offset { offset, limit } => {
            let count = count();
            let offset = number(offset);
            let limit = if let Some(PageField { member, ty }) = limit {
                let limit = at(ty, quote! { &self.#member });
                quote! { ::core::option::Option::Some(#limit) }
            } else {
                quote! { ::core::option::Option::None }
            };
            quote! { __api_request::next_offset(self, #count, #limit, #offset) }
        }
        Paging::Page(number_of_page) => {
            let count = count();
            let number = number(number_of_page);
            quote! { __api_request::next_number(self, #count, #number) }
        }
        Paging::Cursor { cursor, next } => {
            let PageField { member, ty } = cursor;
            let found = found(next);
            let request = Ident::new("__next", Span::mixed_site());
            let value = Ident::new("__cursor", Span::mixed_site());
            let set = at(
                next,
                quote! { __api_request::Slot(&mut #request.#member).set(#value) },
            );
            let field = at(ty, quote! { &#request.#member });
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
    let ty = page_type();
    let body = quote! {
        fn next_page(&self, #page: &__api_request::Page<'_, #ty>) -> __api_request::NextPage<Self> {
            #next
        }
    };
    let bounds = page_bounds(input, bounds, paginate);
    expand_trait(&quote! { Paginate }, input, &bounds, &body)
}

fn expand_items(
    input: &DeriveInput,
    bounds: &TokenStream,
    response: Option<&Response>,
    paginate: &Paginate<'_>,
) -> Option<TokenStream> {
    let page = Ident::new("__page", Span::mixed_site());
    let ty = page_type();
    let param = item_param();
    let of_param = quote! { PageItems<#param> };
    let bounds = page_bounds(input, bounds, paginate);
    let Some(path) = paginate.items else {
        let Some(Response::Json(list)) = response else {
            return None;
        };
        // Only whoever asks for the items learns that the response is no list.
        let bounds = quote! { #bounds #list: __api_request::ListOf<#param>, };
        let items = quote! {
            fn items(#page: #ty) -> ::std::vec::Vec<#param> {
                __api_request::ListOf::into_items_of(#page)
            }
        };
        let generics = with_param(input, &param, &quote! {});
        return Some(expand_trait_for(
            &generics, &of_param, input, &bounds, &items,
        ));
    };
    let field = quote! { #page.#path };
    // A parameter of the type lives as long as it likes, so it cannot be asked for at run time.
    let type_params = TypeParams::of(&input.generics);
    let assumed = paginate.assumed_item.filter(|ty| type_params.are_in(ty));
    if let Some(item) = paginate.item.or(assumed) {
        // What is said about the whole is about the type.
        let mut list = at(item, quote! { __api_request::List::into_items });
        list.extend(in_parentheses(item, field));
        let items = quote! {
            fn items(#page: #ty) -> ::std::vec::Vec<#item> { #list }
        };
        return Some(expand_trait(
            &quote! { PageItems<#item> },
            input,
            &bounds,
            &items,
        ));
    }
    let items = |item: &dyn ToTokens| {
        quote! {
            fn items(#page: #ty) -> ::std::vec::Vec<#item> {
                __api_request::items_as(#field)
            }
            fn refusal() -> ::core::option::Option<::std::string::String> {
                __api_request::items_refused::<#item, _, _>(|#page: #ty| #field)
            }
        }
    };
    if let Some(item) = paginate.assumed_item {
        return Some(expand_trait(
            &quote! { PageItems<#item> },
            input,
            &bounds,
            &items(item),
        ));
    }
    let items = items(&param);
    let generics = with_param(input, &param, &quote! { 'static });
    Some(expand_trait_for(
        &generics, &of_param, input, &bounds, &items,
    ))
}

fn page_type() -> TokenStream {
    quote! { <Self as __api_request::ApiRequest>::Response }
}

fn in_response(page: &Ident, path: &FieldPath) -> TokenStream {
    quote! { __api_request::Page::response(#page).#path }
}

/// The field that is counted up, with its type in the place of the expression, so that an error is about the type.
fn number(field: &PageField<'_>) -> TokenStream {
    let PageField { member, ty } = field;
    let request = Ident::new("__next", Span::mixed_site());
    let field = at(ty, quote! { &mut #request.#member });
    quote! { |#request| #field }
}

/// What both impls ask for, of the fields only where it depends on a type parameter.
fn page_bounds(input: &DeriveInput, bounds: &TokenStream, paginate: &Paginate<'_>) -> TokenStream {
    let mut bounds = clone_bound(input, bounds);
    let (fields, value) = match &paginate.paging {
        Paging::Offset { offset, limit } => ([Some(offset), limit.as_ref()], quote! { Number }),
        Paging::Page(page) => ([Some(page), None], quote! { Number }),
        Paging::Cursor { cursor, .. } => ([Some(cursor), None], quote! { CursorValue }),
        Paging::Link | Paging::NextUrl(_) => return bounds,
    };
    let type_params = TypeParams::of(&input.generics);
    for PageField { ty, .. } in fields.into_iter().flatten() {
        if type_params.are_in(ty) {
            bounds.extend(quote! { #ty: __api_request::#value, });
        }
    }
    bounds
}

/// The bounds, and that the request can be cloned where only its parameters know.
fn clone_bound(input: &DeriveInput, bounds: &TokenStream) -> TokenStream {
    let depends = input.generics.type_params().next().is_some();
    let clone = depends.then(|| quote! { Self: ::core::clone::Clone, });
    quote! { #bounds #clone }
}

fn item_param() -> Ident {
    Ident::new("__Item", Span::mixed_site())
}

/// The parameters of the type, and one more.
fn with_param(input: &DeriveInput, param: &Ident, bound: &TokenStream) -> Generics {
    let mut generics = input.generics.clone();
    generics.params.push(parse_quote! { #param: #bound });
    generics
}
