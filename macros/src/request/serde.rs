//! Syntax of `#[serde(…)]` on the members of a JSON or form body, as far as serde's keys concern encoding.

use proc_macro2::{Ident, Span, TokenTree};
use syn::{Attribute, Error, ExprPath, LitStr, Result};

use crate::{
    diag::Diag,
    grammar::{Entry, Slot, lists, unknown_word},
    words::{SerdeKey, lookup, words_of},
};

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
            let (owner, known) = ("on a member of the body", words_of(SerdeKey::ALL));
            return Err(unknown_word(&entry.key, "serde key", &word, owner, known));
        };
        match key {
            SerdeKey::Rename if entry.has_list() => self.parse_rename(entry),
            SerdeKey::Rename => entry.fill(&mut self.rename, Entry::parse_string),
            SerdeKey::SkipSerializingIf => entry.fill(&mut self.skip_if, parse_path),
            SerdeKey::SerializeWith => entry.fill(&mut self.with, parse_path),
            SerdeKey::With => entry.fill(&mut self.with, |entry| {
                let mut path = parse_path(entry)?;
                let function = Ident::new("serialize", Span::call_site());
                path.path.segments.push(function.into());
                Ok(path)
            }),
            SerdeKey::Flatten => entry.fill(&mut self.flatten, |_| Ok(())),
            SerdeKey::Skip | SerdeKey::SkipSerializing => entry.fill(&mut self.skip, |_| Ok(())),
            SerdeKey::Default
            | SerdeKey::Alias
            | SerdeKey::DeserializeWith
            | SerdeKey::SkipDeserializing
            | SerdeKey::Borrow
            | SerdeKey::Bound => skip_value(entry),
        }
    }

    fn parse_rename(&mut self, entry: &mut Entry<'_>) -> Result<()> {
        entry.parse_list(", write `rename = \"…\"`", |input, diag| {
            let mut entry = Entry::from_syn(input, diag)?;
            match entry.key.to_string().as_str() {
                "serialize" => entry.fill(&mut self.rename, Entry::parse_string),
                "deserialize" => entry.parse_string().map(|_| ()),
                word => {
                    let known = ["serialize", "deserialize"].into_iter();
                    let owner = "in `rename`";
                    Err(unknown_word(&entry.key, "serde key", word, owner, known))
                }
            }
        })
    }
}

fn parse_path(entry: &Entry<'_>) -> Result<ExprPath> {
    let Entry { key, .. } = entry;
    let literal = entry.parse_string()?;
    let message = format!("`{key}` is a path in quotes, as in `{key} = \"module::name\"`");
    literal
        .parse()
        .map_err(|_| Error::new_spanned(literal, message))
}

fn skip_value(entry: &Entry<'_>) -> Result<()> {
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
