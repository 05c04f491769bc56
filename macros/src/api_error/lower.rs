//! Lowers the enum and its attributes into the model: all checks that need more than one attribute.
//!
//! A mistake is reported, and lowering continues without the part that has it: the whole model is used only if there was
//! no mistake.

use proc_macro2::Ident;
use quote::ToTokens as _;
use syn::{Data, DeriveInput, Member, Type, Variant};

use super::{
    attr::{EnumAttrs, VariantAttrs},
    model::{ApiError, ErrorVariant},
    rules::Envelope,
};
use crate::{
    diag::Diag,
    item::{has_name, lower_runtime},
    status::StatusClaims,
};

pub(super) fn lower<'a>(
    input: &'a DeriveInput,
    attrs: &'a EnumAttrs,
    diag: &mut Diag,
) -> ApiError<'a> {
    let runtime = lower_runtime(&attrs.runtime, diag);
    let envelope = lower_envelope(attrs, diag);
    check_lifetimes(input, diag);
    ApiError {
        input,
        runtime,
        envelope,
        message: attrs.message.get().map_or(&[], Vec::as_slice),
        variants: lower_variants(input, diag),
    }
}

fn lower_envelope<'a>(attrs: &'a EnumAttrs, diag: &mut Diag) -> Option<&'a Envelope> {
    let envelope = attrs.envelope.get()?;
    if envelope.name.value().is_empty() {
        diag.error(&envelope.name, "the name of the envelope is empty");
    }
    Some(envelope)
}

fn check_lifetimes(input: &DeriveInput, diag: &mut Diag) {
    for lifetime in input.generics.lifetimes() {
        let message = "an error cannot borrow from the response, write `String` in place of `&str`";
        diag.error(&lifetime.lifetime, message);
    }
}

fn lower_variants<'a>(input: &'a DeriveInput, diag: &mut Diag) -> Vec<ErrorVariant<'a>> {
    let (keyword, kind, hint) = match &input.data {
        Data::Enum(data) => {
            if data.variants.is_empty() {
                let message =
                    "the enum has no variants, write one, such as `#[api(other)] Other(ErrorBody)`";
                diag.error(&input.ident, message);
            }
            let mut claims = StatusClaims::default();
            let variants = data.variants.iter();
            return variants
                .map(|variant| lower_variant(variant, &mut claims, diag))
                .collect();
        }
        Data::Struct(data) => (
            data.struct_token.to_token_stream(),
            "a struct",
            "\nto decode the body of every status as this struct, derive `Debug` and `serde::Deserialize` instead",
        ),
        Data::Union(data) => (data.union_token.to_token_stream(), "a union", ""),
    };
    let message = format!(
        "`ApiError` cannot be derived for {kind}: the status chooses a variant of an enum{hint}"
    );
    diag.error(keyword, message);
    Vec::new()
}

fn lower_variant<'a>(
    variant: &'a Variant,
    claims: &mut StatusClaims,
    diag: &mut Diag,
) -> ErrorVariant<'a> {
    let ident = &variant.ident;
    let attrs = VariantAttrs::from_syn(&variant.attrs, diag);
    if attrs.statuses.is_empty() && !attrs.broken {
        let message = format!(
            "the variant `{ident}` has no status\nwrite `#[api(status = 404)]`, `#[api(status = \"4xx\")]` or `#[api(other)]`"
        );
        diag.error(ident, message);
    }
    for (at, status) in &attrs.statuses {
        claims.claim(*status, at, diag);
    }
    ErrorVariant {
        ident,
        value: lower_value(variant, diag),
        statuses: attrs.statuses.iter().map(|(_, status)| *status).collect(),
    }
}

/// The only field of a variant, without attributes.
fn lower_value<'a>(variant: &'a Variant, diag: &mut Diag) -> Option<(Member, &'a Type)> {
    for field in &variant.fields {
        has_name(field, diag);
        let attrs = field.attrs.iter();
        for attr in attrs.filter(|attr| attr.path().is_ident("api")) {
            let message = "`#[api(…)]` belongs on the variant, not on its field";
            diag.error(attr.path(), message);
        }
    }
    let mut fields = variant.fields.iter().zip(variant.fields.members());
    let (value, member) = fields.next()?;
    if let Some((second, _)) = fields.next() {
        let (ident, ty) = (&second.ident, &second.ty);
        let at = ident
            .as_ref()
            .map_or_else(|| ty.to_token_stream(), Ident::to_token_stream);
        let message = format!(
            "the variant `{}` has several fields, and the body is decoded as one value\nput the fields into a struct, and the struct into the variant",
            variant.ident
        );
        diag.error(at, message);
    }
    Some((member, &value.ty))
}
