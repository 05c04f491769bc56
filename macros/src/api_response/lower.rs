//! Lowers the input and its attributes into the model: what is about the type, and about each variant.
//!
//! A mistake is reported, and lowering continues without the part that has it: the whole model is used only if there was
//! no mistake. The fields are in `field`.

use proc_macro2::Ident;
use quote::ToTokens as _;
use syn::{Data, DataEnum, DeriveInput, Fields};

use super::{
    attr::Attrs,
    field::Lowering,
    model::{ApiResponse, Variant},
};
use crate::{
    diag::Diag,
    item::{default_runtime, lower_runtime},
    request::lower::check_rename_all,
    response_words::ResponseItem,
    status::StatusClaims,
};

pub(super) fn lower<'a>(input: &'a DeriveInput, diag: &mut Diag) -> ApiResponse<'a> {
    let item = match &input.data {
        Data::Struct(_) => ResponseItem::Struct,
        Data::Enum(_) => ResponseItem::Enum,
        Data::Union(data) => {
            let message = "`ApiResponse` cannot be derived for a union: a response is a struct, or an enum whose variant the status chooses";
            diag.error(data.union_token.to_token_stream(), message);
            return ApiResponse {
                input,
                runtime: default_runtime(),
                variants: Vec::new(),
            };
        }
    };
    let attrs = Attrs::from_syn(&input.attrs, item, diag);
    check_rename_all(&attrs.rename_all, &attrs.serde_rename_all, diag);
    check_lifetimes(input, diag);
    ApiResponse {
        input,
        runtime: lower_runtime(&attrs.runtime, diag),
        variants: lower_variants(input, &attrs, diag),
    }
}

fn check_lifetimes(input: &DeriveInput, diag: &mut Diag) {
    for lifetime in input.generics.lifetimes() {
        let message =
            "what is decoded cannot borrow from the response, write `String` in place of `&str`";
        diag.error(&lifetime.lifetime, message);
    }
}

fn lower_variants<'a>(input: &'a DeriveInput, attrs: &Attrs, diag: &mut Diag) -> Vec<Variant<'a>> {
    let mut claims = StatusClaims::default();
    match &input.data {
        Data::Struct(data) => vec![lower_variant(
            None,
            &data.fields,
            [attrs, attrs],
            &mut claims,
            diag,
        )],
        Data::Enum(data) => lower_enum(input, data, attrs, &mut claims, diag),
        Data::Union(_) => Vec::new(),
    }
}

fn lower_enum<'a>(
    input: &'a DeriveInput,
    data: &'a DataEnum,
    of_enum: &Attrs,
    claims: &mut StatusClaims,
    diag: &mut Diag,
) -> Vec<Variant<'a>> {
    if data.variants.is_empty() {
        let message =
            "the enum has no variants, write one, such as `#[api(status = 200)] Done(Key)`";
        diag.error(&input.ident, message);
    }
    let variants = data.variants.iter().map(|variant| {
        let ident = &variant.ident;
        let attrs = Attrs::from_syn(&variant.attrs, ResponseItem::Variant, diag);
        check_rename_all(&attrs.rename_all, &attrs.serde_rename_all, diag);
        if attrs.statuses.is_empty() && !attrs.broken {
            let message = format!(
                "the variant `{ident}` has no status\nwrite `#[api(status = 200)]`, `#[api(status = \"2xx\")]` or `#[api(other)]`"
            );
            diag.error(ident, message);
        }
        lower_variant(Some(ident), &variant.fields, [&attrs, of_enum], claims, diag)
    });
    variants.collect()
}

/// Lowers a variant, or a struct, by its own attributes and those around it.
fn lower_variant<'a>(
    ident: Option<&'a Ident>,
    fields: &'a Fields,
    [attrs, around]: [&Attrs; 2],
    claims: &mut StatusClaims,
    diag: &mut Diag,
) -> Variant<'a> {
    for (at, status) in &attrs.statuses {
        claims.claim(*status, at, diag);
    }
    let item = match ident {
        Some(_) => ResponseItem::Variant,
        None => ResponseItem::Struct,
    };
    let mut cx = Lowering::new(item, [attrs, around], fields.len() == 1, diag);
    for (field, member) in fields.iter().zip(fields.members()) {
        cx.lower_field(field, member);
    }
    Variant {
        ident,
        statuses: attrs.statuses.iter().map(|(_, status)| *status).collect(),
        fields: cx.finish(),
    }
}
