//! `#[serde(…)]` on the members of a JSON or form body, as far as it says how they are written.

use proc_macro2::{Ident, Span, TokenTree};
use syn::{Attribute, Error, ExprPath, LitStr, Result};

use crate::{
    diag::Diag,
    syntax::{Entry, Slot, lists, unknown_word},
};

/// The keys that are carried out.
const WRITING: &[&str] = &[
    "rename",
    "skip_serializing_if",
    "serialize_with",
    "with",
    "flatten",
    "skip",
    "skip_serializing",
];
/// The keys that matter to reading only.
const READING: &[&str] = &[
    "default",
    "alias",
    "deserialize_with",
    "skip_deserializing",
    "borrow",
    "bound",
];

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
        match word.as_str() {
            "rename" if entry.has_list() => self.parse_rename(entry),
            "rename" => entry.fill(&mut self.rename, Entry::parse_string),
            "skip_serializing_if" => entry.fill(&mut self.skip_if, parse_path),
            "serialize_with" => entry.fill(&mut self.with, parse_path),
            "with" => entry.fill(&mut self.with, |entry| {
                let mut path = parse_path(entry)?;
                let function = Ident::new("serialize", Span::call_site());
                path.path.segments.push(function.into());
                Ok(path)
            }),
            "flatten" => entry.fill(&mut self.flatten, |_| Ok(())),
            "skip" | "skip_serializing" => entry.fill(&mut self.skip, |_| Ok(())),
            word if READING.contains(&word) => skip_value(entry),
            word => {
                let known = WRITING.iter().chain(READING).copied();
                let place = "on a member of the body";
                Err(unknown_word(&entry.key, "serde key", word, place, known))
            }
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
                    let place = "in `rename`";
                    Err(unknown_word(&entry.key, "serde key", word, place, known))
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
