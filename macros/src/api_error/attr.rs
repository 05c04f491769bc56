//! Syntax of `#[api(…)]` on an error and its variants.

use proc_macro2::TokenStream;
use syn::{Attribute, Path};

use super::rules::{Envelope, Step, parse_envelope, parse_message};
use crate::{
    diag::Diag,
    grammar::{Entry, Slot, lists, unknown_key},
    status::{Status, StatusOf},
    words::{EnumKey, VariantKey, lookup},
};

const AN_ERROR: &str = "an error";
const ON_THE_ENUM: &str = "on the enum";
const ON_A_VARIANT: &str = "on a variant";

/// What stands on the enum.
#[derive(Default)]
pub(super) struct EnumAttrs {
    pub(super) envelope: Slot<Envelope>,
    pub(super) message: Slot<Vec<Step>>,
    pub(super) runtime: Slot<Path>,
}

impl EnumAttrs {
    pub(super) fn from_syn(attrs: &[Attribute], diag: &mut Diag) -> Self {
        let mut parsed = Self::default();
        let example = "#[api(envelope = \"error\")]";
        lists("api", attrs, example, diag, |input, diag| {
            let mut entry = Entry::from_syn(input, diag)?;
            match lookup(EnumKey::ALL, &entry.key.to_string()) {
                Some(EnumKey::Envelope) => match parse_envelope(&mut entry)? {
                    Some(envelope) => entry.fill(&mut parsed.envelope, |_| Ok(envelope)),
                    None => Ok(()),
                },
                Some(EnumKey::Message) => entry.fill(&mut parsed.message, parse_message),
                Some(EnumKey::Crate) => {
                    entry.fill(&mut parsed.runtime, |e| e.parse_with(Path::parse_mod_style))
                }
                None => Err(unknown_key(
                    &entry,
                    AN_ERROR,
                    (ON_THE_ENUM, EnumKey::ALL),
                    (ON_A_VARIANT, VariantKey::ALL),
                )),
            }
        });
        parsed
    }
}

/// What stands on a variant.
#[derive(Default)]
pub(super) struct VariantAttrs {
    /// Each with where it is.
    pub(super) statuses: Vec<(TokenStream, Status)>,
    /// Something in it is reported already.
    pub(super) broken: bool,
}

impl VariantAttrs {
    pub(super) fn from_syn(attrs: &[Attribute], diag: &mut Diag) -> Self {
        let mut parsed = Self::default();
        let before = diag.count();
        lists("api", attrs, "#[api(status = 404)]", diag, |input, diag| {
            let entry = Entry::from_syn(input, diag)?;
            let Some(key) = lookup(VariantKey::ALL, &entry.key.to_string()) else {
                return Err(unknown_key(
                    &entry,
                    AN_ERROR,
                    (ON_A_VARIANT, VariantKey::ALL),
                    (ON_THE_ENUM, EnumKey::ALL),
                ));
            };
            parsed.statuses.push(StatusOf::Error.parse(key, &entry)?);
            Ok(())
        });
        parsed.broken = diag.count() > before;
        parsed
    }
}
