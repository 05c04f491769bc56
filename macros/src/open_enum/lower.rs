//! Lowers the enum and its attributes into the model: all checks that need more than one attribute.
//!
//! A mistake is reported, and lowering continues without the part that has it: the whole model is used only if there was
//! no mistake.

use std::collections::BTreeMap;

use proc_macro2::{Ident, TokenStream};
use quote::ToTokens as _;
use syn::{Data, DataEnum, DeriveInput, Fields, LitStr, Variant, ext::IdentExt as _};

use super::{
    attr::{EnumAttrs, VariantAttrs},
    model::{Declared, OpenEnum, Other},
};
use crate::{
    diag::Diag,
    grammar::given_twice,
    item::{has_name, lower_runtime},
    words::RenameRule,
};

pub(super) fn lower<'a>(
    input: &'a DeriveInput,
    attrs: &EnumAttrs,
    diag: &mut Diag,
) -> OpenEnum<'a> {
    let mut lowering = Lowering {
        rule: attrs.rename_all.get().copied(),
        claims: BTreeMap::new(),
        first_other: None,
        excused: false,
        lowered: OpenEnum {
            input,
            runtime: lower_runtime(&attrs.runtime, diag),
            declared: Vec::new(),
            other: None,
        },
        diag,
    };
    let (keyword, kind) = match &input.data {
        Data::Enum(data) => {
            lowering.variants(data);
            return lowering.lowered;
        }
        Data::Struct(data) => (data.struct_token.to_token_stream(), "a struct"),
        Data::Union(data) => (data.union_token.to_token_stream(), "a union"),
    };
    let message = format!(
        "`OpenEnum` cannot be derived for {kind}: each text that is known is a variant of an enum"
    );
    lowering.diag.error(keyword, message);
    lowering.lowered
}

struct Lowering<'a, 'd> {
    rule: Option<RenameRule>,
    /// The texts that are taken, each with the tokens that took it.
    claims: BTreeMap<String, TokenStream>,
    first_other: Option<Ident>,
    /// Something else is reported of what could be the variant of all other texts.
    excused: bool,
    lowered: OpenEnum<'a>,
    diag: &'d mut Diag,
}

impl<'a> Lowering<'a, '_> {
    fn variants(&mut self, data: &'a DataEnum) {
        for variant in &data.variants {
            let attrs = VariantAttrs::from_syn(&variant.attrs, self.diag);
            let is_broken = self.has_attributes_inside(variant) || attrs.broken;
            match attrs.other.key() {
                Some(key) => self.other(variant, key, &attrs),
                // What it is meant to be is not known.
                None if is_broken => self.excused = true,
                None => self.declared(variant, attrs.name.get()),
            }
        }
        if self.first_other.is_none() && !self.excused {
            let message = "the enum has no variant for the texts that an API adds later, write `#[api(other)] Other(String)`";
            self.diag.error(&self.lowered.input.ident, message);
        }
    }

    /// Whether a field of the variant has attributes, which is reported.
    fn has_attributes_inside(&mut self, variant: &Variant) -> bool {
        let before = self.diag.count();
        for field in &variant.fields {
            has_name(field, self.diag);
            for attr in &field.attrs {
                let path = attr.path();
                if let Some(name) = ["api", "serde"].iter().find(|name| path.is_ident(*name)) {
                    let message =
                        format!("`#[{name}(…)]` belongs on the variant, not on its field");
                    self.diag.error(path, message);
                }
            }
        }
        self.diag.count() > before
    }

    fn other(&mut self, variant: &'a Variant, key: &Ident, attrs: &VariantAttrs) {
        if let Some(first) = &self.first_other {
            self.diag.push(given_twice(key, first));
            return;
        }
        self.first_other = Some(key.clone());
        if let Some(name) = attrs.name.key() {
            let message = "the variant of all other texts has no text of its own";
            self.diag.error(name, message);
        }
        let ident = &variant.ident;
        let mut fields = variant.fields.iter().zip(variant.fields.members());
        match (fields.next(), fields.next()) {
            (Some((field, member)), None) => {
                let ty = &field.ty;
                self.lowered.other = Some(Other { ident, member, ty });
            }
            (first, _) => {
                let fields = if first.is_none() {
                    "no field"
                } else {
                    "several fields"
                };
                let message =
                    format!("the variant `{ident}` has {fields}, write `{ident}(String)`");
                self.diag.error(ident, message);
            }
        }
    }

    fn declared(&mut self, variant: &'a Variant, name: Option<&LitStr>) {
        let ident = &variant.ident;
        if !matches!(variant.fields, Fields::Unit) {
            self.excused = true;
            let message = format!(
                "the variant `{ident}` has a field, which only the variant with `#[api(other)]` has\nwrite `{ident}`, or `#[api(other)] {ident}(String)`"
            );
            self.diag.error(ident, message);
            return;
        }
        let (text, at) = match (name, self.rule) {
            (Some(literal), _) => (literal.value(), literal.to_token_stream()),
            (None, rule) => {
                let name = ident.unraw().to_string();
                let text = rule.map_or_else(|| name.clone(), |rule| rule.apply_to_variant(&name));
                (text, ident.to_token_stream())
            }
        };
        if let Some(first) = self.claims.get(&text) {
            let message = format!("the text `{text}` is declared twice");
            self.diag.error(at, message);
            let message = format!("the text `{text}` is declared here first");
            self.diag.error(first, message);
            return;
        }
        self.claims.insert(text.clone(), at);
        self.lowered.declared.push(Declared { ident, text });
    }
}
