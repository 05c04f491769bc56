//! Syntax of `#[serde(…)]` on a type that is read and on its fields, as far as serde's keys concern decoding.

use proc_macro2::Ident;
use syn::{Attribute, ExprPath, LitStr, Result};

use super::serde::{Side, parse_module, parse_name, parse_path, parse_side, skip_value};
use crate::{
    diag::Diag,
    grammar::{Entry, Slot, lists, parse_rule, unknown_word},
    words::{RenameRule, SerdeKey, SerdeStructKey, lookup, words_of},
};

/// Parses what stands on a response, or on a variant of one: the rule for its names.
pub(crate) fn rename_all_of_response(attrs: &[Attribute], diag: &mut Diag) -> Slot<RenameRule> {
    let mut rule = Slot::default();
    let example = "#[serde(rename_all = \"camelCase\")]";
    lists("serde", attrs, example, diag, |input, diag| {
        let mut entry = Entry::from_syn(input, diag)?;
        let word = entry.key.to_string();
        let Some(key) = lookup(SerdeStructKey::ALL, &word) else {
            let (owner, known) = ("on a response", words_of(SerdeStructKey::ALL));
            return Err(unknown_word(&entry.key, "serde key", &word, owner, known));
        };
        if let Some(instead) = key.instead_on_response() {
            return entry.mistake(format!(
                "serde's `{word}` is not supported on a response\n{instead}"
            ));
        }
        if key == SerdeStructKey::RenameAll {
            return parse_side(Side::Reading, &mut entry, &mut rule, parse_rule);
        }
        skip_value(&entry)
    });
    rule
}

/// What is used where a value is absent.
pub(crate) enum Fallback {
    /// That of the trait `Default`.
    OfType,
    /// What a function returns.
    Function(ExprPath),
}

/// What stands on a field.
#[derive(Default)]
pub(crate) struct ReadingAttrs {
    pub(crate) rename: Slot<LitStr>,
    /// Each with its key.
    pub(crate) aliases: Vec<(Ident, LitStr)>,
    pub(crate) default: Slot<Fallback>,
    pub(crate) with: Slot<ExprPath>,
    /// How it is written, by a server.
    pub(crate) write_with: Slot<ExprPath>,
    pub(crate) skip_if: Slot<ExprPath>,
    pub(crate) flatten: Slot<()>,
    pub(crate) skip: Slot<()>,
}

impl ReadingAttrs {
    pub(crate) fn from_syn(attrs: &[Attribute], diag: &mut Diag) -> Self {
        let mut parsed = Self::default();
        let example = "#[serde(rename = \"…\")]";
        lists("serde", attrs, example, diag, |input, diag| {
            parsed.entry(&mut Entry::from_syn(input, diag)?)
        });
        parsed
    }

    fn entry(&mut self, entry: &mut Entry<'_>) -> Result<()> {
        let word = entry.key.to_string();
        let Some(key) = lookup(SerdeKey::ALL, &word) else {
            let (owner, known) = ("on a field", words_of(SerdeKey::ALL));
            return Err(unknown_word(&entry.key, "serde key", &word, owner, known));
        };
        match key {
            SerdeKey::Rename => parse_side(Side::Reading, entry, &mut self.rename, parse_name),
            SerdeKey::Alias => {
                let alias = (entry.key.clone(), entry.parse_string()?);
                self.aliases.push(alias);
                Ok(())
            }
            SerdeKey::Default if entry.has_equals() => entry.fill(&mut self.default, |entry| {
                parse_path(entry).map(Fallback::Function)
            }),
            SerdeKey::Default => entry.fill(&mut self.default, |_| Ok(Fallback::OfType)),
            SerdeKey::DeserializeWith => entry.fill(&mut self.with, parse_path),
            SerdeKey::With => {
                entry.fill(&mut self.with, |entry| parse_module(entry, "deserialize"))
            }
            SerdeKey::SerializeWith => entry.fill(&mut self.write_with, parse_path),
            SerdeKey::SkipSerializingIf => entry.fill(&mut self.skip_if, parse_path),
            SerdeKey::Flatten => entry.fill(&mut self.flatten, |_| Ok(())),
            SerdeKey::Skip | SerdeKey::SkipDeserializing => entry.fill(&mut self.skip, |_| Ok(())),
            SerdeKey::SkipSerializing
            | SerdeKey::Getter
            | SerdeKey::Borrow
            | SerdeKey::Bound
            | SerdeKey::Crate
            | SerdeKey::DenyUnknownFields => skip_value(entry),
        }
    }

    /// The keys that say how the field is read, but those that leave it out.
    pub(crate) fn keys(&self) -> impl Iterator<Item = &Ident> {
        let Self {
            rename,
            aliases,
            default,
            with,
            flatten,
            write_with: _,
            skip_if: _,
            skip: _,
        } = self;
        let keys = [rename.key(), default.key(), with.key(), flatten.key()];
        let aliases = aliases.iter().map(|(key, _)| key);
        keys.into_iter().flatten().chain(aliases)
    }
}
