//! Syntax of `#[api(…)]` and `#[serde(…)]` on an open enum and its variants.

use syn::{Attribute, LitStr, Path, Result};

use crate::{
    diag::Diag,
    grammar::{Entry, Slot, lists, parse_rule, unknown_key},
    words::{OpenEnumKey, OpenVariantKey, RenameRule, lookup},
};

const AN_OPEN_ENUM: &str = "an open enum";
const ON_THE_ENUM: &str = "on the enum";
const ON_A_VARIANT: &str = "on a variant";

/// What stands on the enum.
#[derive(Default)]
pub(super) struct EnumAttrs {
    pub(super) rename_all: Slot<RenameRule>,
    pub(super) runtime: Slot<Path>,
}

impl EnumAttrs {
    pub(super) fn from_syn(attrs: &[Attribute], diag: &mut Diag) -> Self {
        let mut parsed = Self::default();
        let example = "#[api(rename_all = \"snake_case\")]";
        lists("api", attrs, example, diag, |input, diag| {
            let mut entry = Entry::from_syn(input, diag)?;
            match lookup(OpenEnumKey::ALL, &entry.key.to_string()) {
                Some(OpenEnumKey::RenameAll) => entry.fill(&mut parsed.rename_all, parse_rule),
                Some(OpenEnumKey::Crate) => {
                    entry.fill(&mut parsed.runtime, |e| e.parse_with(Path::parse_mod_style))
                }
                None => Err(unknown_key(
                    &entry,
                    AN_OPEN_ENUM,
                    (ON_THE_ENUM, OpenEnumKey::ALL),
                    (ON_A_VARIANT, OpenVariantKey::ALL),
                )),
            }
        });
        let example = "#[serde(rename_all = \"snake_case\")]";
        lists("serde", attrs, example, diag, |input, diag| {
            let mut entry = Entry::from_syn(input, diag)?;
            if entry.key != "rename_all" {
                return refuse(
                    &entry,
                    AN_OPEN_ENUM,
                    "leave it out: an open enum is a string",
                );
            }
            if entry.has_list() {
                let instead = "write `rename_all = \"…\"`, which holds for reading and writing";
                return refuse(&entry, AN_OPEN_ENUM, instead);
            }
            entry.fill(&mut parsed.rename_all, parse_rule)
        });
        parsed
    }
}

/// What stands on a variant.
#[derive(Default)]
pub(super) struct VariantAttrs {
    pub(super) name: Slot<LitStr>,
    pub(super) other: Slot<()>,
    /// Something in it is reported already.
    pub(super) broken: bool,
}

impl VariantAttrs {
    pub(super) fn from_syn(attrs: &[Attribute], diag: &mut Diag) -> Self {
        let mut parsed = Self::default();
        let before = diag.count();
        let example = "#[api(name = \"…\")]";
        lists("api", attrs, example, diag, |input, diag| {
            let mut entry = Entry::from_syn(input, diag)?;
            match lookup(OpenVariantKey::ALL, &entry.key.to_string()) {
                Some(OpenVariantKey::Name) => entry.fill(&mut parsed.name, Entry::parse_string),
                Some(OpenVariantKey::Other) if entry.has_list() || entry.has_equals() => {
                    entry.mistake("`other` takes no value: the variant keeps every other text")
                }
                Some(OpenVariantKey::Other) => entry.fill(&mut parsed.other, |_| Ok(())),
                None => Err(unknown_key(
                    &entry,
                    AN_OPEN_ENUM,
                    (ON_A_VARIANT, OpenVariantKey::ALL),
                    (ON_THE_ENUM, OpenEnumKey::ALL),
                )),
            }
        });
        let example = "#[serde(rename = \"…\")]";
        lists("serde", attrs, example, diag, |input, diag| {
            let mut entry = Entry::from_syn(input, diag)?;
            if entry.key == "rename" && !entry.has_list() {
                return entry.fill(&mut parsed.name, Entry::parse_string);
            }
            let instead = "write `#[api(name = \"…\")]` for its one text, or `#[api(other)]` to keep all other texts";
            refuse(&entry, "a variant of an open enum", instead)
        });
        parsed.broken = diag.count() > before;
        parsed
    }
}

/// Reports a key of serde's, all of which concern the impls that this derive writes.
fn refuse(entry: &Entry<'_>, owner: &str, instead: &str) -> Result<()> {
    let key = &entry.key;
    entry.mistake(format!(
        "serde's `{key}` is not supported on {owner}\n{instead}"
    ))
}
