//! Syntax of `#[serde(…)]` on a request and on its fields, as far as serde's keys concern encoding.

use proc_macro2::{Ident, Span, TokenTree};
use syn::{Attribute, Error, ExprPath, LitStr, Result};

use super::model::SerdeFunctions;
use crate::{
    diag::Diag,
    grammar::{Entry, Slot, lists, parse_rule, unknown_word},
    words::{RenameRule, SerdeKey, SerdeStructKey, lookup, words_of},
};

/// What stands on the struct.
#[derive(Default)]
pub(crate) struct SerdeStructAttrs {
    pub(crate) rename_all: Slot<RenameRule>,
}

impl SerdeStructAttrs {
    pub(crate) fn from_syn(attrs: &[Attribute], diag: &mut Diag) -> Self {
        let mut parsed = Self::default();
        let example = "#[serde(rename_all = \"camelCase\")]";
        lists("serde", attrs, example, diag, |input, diag| {
            parsed.entry(&mut Entry::from_syn(input, diag)?)
        });
        parsed
    }

    fn entry(&mut self, entry: &mut Entry<'_>) -> Result<()> {
        let word = entry.key.to_string();
        let Some(key) = lookup(SerdeStructKey::ALL, &word) else {
            let (owner, known) = ("on a request", words_of(SerdeStructKey::ALL));
            return Err(unknown_word(&entry.key, "serde key", &word, owner, known));
        };
        if let Some(instead) = key.instead() {
            return entry.mistake(format!(
                "serde's `{word}` is not supported on a request\n{instead}"
            ));
        }
        if key == SerdeStructKey::RenameAll {
            return parse_side(Side::Writing, entry, &mut self.rename_all, parse_rule);
        }
        skip_value(entry)
    }
}

/// What stands on a field.
#[derive(Default)]
pub(crate) struct SerdeAttrs {
    pub(crate) rename: Slot<LitStr>,
    pub(crate) skip_if: Slot<ExprPath>,
    pub(crate) with: Slot<ExprPath>,
    pub(crate) flatten: Slot<()>,
    pub(crate) skip: Slot<()>,
}

impl SerdeAttrs {
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
            SerdeKey::Rename => {
                parse_side(Side::Writing, entry, &mut self.rename, parse_name)
            }
            SerdeKey::SkipSerializingIf => entry.fill(&mut self.skip_if, parse_path),
            SerdeKey::SerializeWith => entry.fill(&mut self.with, parse_path),
            SerdeKey::With => entry.fill(&mut self.with, |entry| parse_module(entry, "serialize")),
            SerdeKey::Flatten => entry.fill(&mut self.flatten, |_| Ok(())),
            SerdeKey::Skip | SerdeKey::SkipSerializing => entry.fill(&mut self.skip, |_| Ok(())),
            SerdeKey::Getter => entry.mistake(
                "serde's `getter` is not supported on a request\nwrite `serialize_with = \"…\"`, a function of the field's value",
            ),
            SerdeKey::Default
            | SerdeKey::Alias
            | SerdeKey::DeserializeWith
            | SerdeKey::SkipDeserializing
            | SerdeKey::Borrow
            | SerdeKey::Bound
            | SerdeKey::Crate
            | SerdeKey::DenyUnknownFields => skip_value(entry),
        }
    }

    pub(crate) fn into_functions(self) -> SerdeFunctions {
        SerdeFunctions {
            skip_if: self.skip_if.take(),
            with: self.with.take(),
        }
    }

    /// The keys that say how the field is sent.
    pub(crate) fn keys(&self) -> impl Iterator<Item = &Ident> {
        let Self {
            rename,
            skip_if,
            with,
            flatten,
            skip: _,
        } = self;
        let keys = [rename.key(), skip_if.key(), with.key(), flatten.key()];
        keys.into_iter().flatten()
    }

    /// The key that leaves the field out, always or sometimes.
    pub(crate) fn absence(&self) -> Option<&Ident> {
        self.skip.key().or(self.skip_if.key())
    }
}

/// What a value is for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    Writing,
    Reading,
}

/// Parses `key = value`, or what `key(serialize = value, deserialize = …)` says about the side.
pub(crate) fn parse_side<T>(
    side: Side,
    entry: &mut Entry<'_>,
    slot: &mut Slot<T>,
    parse: fn(&Entry<'_>) -> Result<T>,
) -> Result<()> {
    if !entry.has_list() {
        return entry.fill(slot, parse);
    }
    let key = entry.key.to_string();
    entry.parse_list(&format!(", write `{key} = \"…\"`"), |input, diag| {
        let mut entry = Entry::from_syn(input, diag)?;
        let word = entry.key.to_string();
        let of = match word.as_str() {
            "serialize" => Side::Writing,
            "deserialize" => Side::Reading,
            _ => {
                let known = ["serialize", "deserialize"].into_iter();
                let owner = format!("in `{key}`");
                return Err(unknown_word(&entry.key, "serde key", &word, &owner, known));
            }
        };
        if of == side {
            entry.fill(slot, parse)
        } else {
            entry.parse_string().map(|_| ())
        }
    })
}

pub(crate) fn parse_name(entry: &Entry<'_>) -> Result<LitStr> {
    entry.parse_string()
}

pub(crate) fn parse_path(entry: &Entry<'_>) -> Result<ExprPath> {
    let Entry { key, .. } = entry;
    let literal = entry.parse_string()?;
    let message = format!("`{key}` is a path in quotes, as in `{key} = \"module::name\"`");
    literal
        .parse()
        .map_err(|_| Error::new_spanned(literal, message))
}

/// Parses the path of a module, and adds the function in it.
pub(crate) fn parse_module(entry: &Entry<'_>, function: &str) -> Result<ExprPath> {
    let mut path = parse_path(entry)?;
    let function = Ident::new(function, Span::call_site());
    path.path.segments.push(function.into());
    Ok(path)
}

pub(crate) fn skip_value(entry: &Entry<'_>) -> Result<()> {
    let tokens = match (entry.has_equals(), entry.has_list()) {
        (true, _) => 2,
        (false, true) => 1,
        (false, false) => 0,
    };
    for _ in 0..tokens {
        entry.input.parse::<TokenTree>()?;
    }
    Ok(())
}
