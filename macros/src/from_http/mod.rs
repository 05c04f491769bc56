//! `#[derive(FromHttp)]`, beside `ApiRequest` or `ApiGroup`: a request that is read back.
//!
//! The declaration is that of the other derive, which reports what is wrong in it; its modules parse and lower it here too.
//! Tokens → `serde` (what concerns reading) → `lower` (what cannot be read) → `expand`
//! (and `pages`, for `paginate`).

mod serde;

mod lower;

mod pages;

mod expand;

use proc_macro2::TokenStream;
use syn::DeriveInput;

use crate::{
    diag::Diag,
    request::{attr::StructAttrs, lower::lower},
    words::Owner,
};

pub(crate) fn derive(input: &DeriveInput) -> TokenStream {
    let attrs = StructAttrs::from_syn(&input.attrs, Owner::Request, &mut Diag::default());
    // The methods of a group are those of its operations.
    if attrs.tried("method") {
        derive_request(input)
    } else {
        derive_group(input)
    }
}

fn derive_request(input: &DeriveInput) -> TokenStream {
    let mut declaration = Diag::default();
    let attrs = StructAttrs::from_syn(&input.attrs, Owner::Request, &mut declaration);
    let request = lower(input, &attrs, &mut declaration);
    let fallback = || expand::fallback_request(input, &attrs);
    if declaration.count() > 0 {
        return fallback();
    }
    let mut diag = Diag::default();
    let reading = serde::Reading::from_syn(input, &mut diag);
    lower::check(&request.params, &request.route, &request.body, &mut diag);
    match diag.propagate() {
        Ok(()) => expand::expand_request(&request, &reading),
        Err(mut errors) => {
            errors.extend(fallback());
            errors
        }
    }
}

fn derive_group(input: &DeriveInput) -> TokenStream {
    let mut declaration = Diag::default();
    let attrs = StructAttrs::from_syn(&input.attrs, Owner::Group, &mut declaration);
    let group = crate::api_group::lower(input, &attrs, &mut declaration);
    let fallback = || expand::fallback_group(input, &attrs);
    if declaration.count() > 0 {
        return fallback();
    }
    let mut diag = Diag::default();
    let reading = serde::Reading::from_syn(input, &mut diag);
    lower::check(
        &group.params,
        &group.route,
        &crate::request::model::Body::None,
        &mut diag,
    );
    match diag.propagate() {
        Ok(()) => expand::expand_group(&group, &reading),
        Err(mut errors) => {
            errors.extend(fallback());
            errors
        }
    }
}
