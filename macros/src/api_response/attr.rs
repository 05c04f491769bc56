//! Syntax of `#[api(…)]` on a response and its variants.

use proc_macro2::TokenStream;
use syn::{Attribute, Path, Result};

use crate::{
    diag::Diag,
    elsewhere,
    grammar::{Entry, Slot, lists, parse_rule, unknown_word},
    request::serde_reading::rename_all_of_response,
    response_words::{ResponseItem, ResponseKey, ResponseLocation, ResponseOption},
    status::{Status, StatusOf},
    words::{RenameRule, VariantKey, is_error_key, is_request_key, lookup},
};

/// What stands on the struct, on the enum, or on a variant.
#[derive(Default)]
pub(super) struct Attrs {
    /// Each with where it is.
    pub(super) statuses: Vec<(TokenStream, Status)>,
    pub(super) fields: Slot<ResponseLocation>,
    pub(super) rename_all: Slot<RenameRule>,
    pub(super) serde_rename_all: Slot<RenameRule>,
    pub(super) runtime: Slot<Path>,
    /// `fields` was there, even if something is wrong with it.
    pub(super) tried_fields: bool,
    /// Something in it is reported already.
    pub(super) broken: bool,
}

impl Attrs {
    pub(super) fn from_syn(attrs: &[Attribute], item: ResponseItem, diag: &mut Diag) -> Self {
        let mut parsed = Self::default();
        let before = diag.count();
        let example = match item {
            ResponseItem::Enum => "#[api(fields = json)]",
            ResponseItem::Struct | ResponseItem::Variant => "#[api(status = 200)]",
        };
        lists("api", attrs, example, diag, |input, diag| {
            parsed.entry(item, &mut Entry::from_syn(input, diag)?)
        });
        parsed.broken = diag.count() > before;
        parsed.serde_rename_all = rename_all_of_response(attrs, diag);
        parsed
    }

    /// The rule for names that nothing else declares.
    pub(super) fn rename_rule(&self) -> Option<RenameRule> {
        let rule = self.rename_all.get().or(self.serde_rename_all.get());
        rule.copied()
    }

    fn entry(&mut self, item: ResponseItem, entry: &mut Entry<'_>) -> Result<()> {
        let word = entry.key.to_string();
        let key = lookup(ResponseKey::ALL, &word);
        let Some(key) = key.filter(|key| key.is_of(item)) else {
            return unknown_key(entry, &word, key, item);
        };
        match key {
            ResponseKey::Status | ResponseKey::Other => {
                let key = match key {
                    ResponseKey::Other => VariantKey::Other,
                    _ => VariantKey::Status,
                };
                self.statuses.push(StatusOf::Response.parse(key, entry)?);
                Ok(())
            }
            ResponseKey::Fields => {
                self.tried_fields = true;
                if !entry.has_equals() {
                    return entry.mistake("`fields` needs a value, as in `fields = json`");
                }
                entry.fill(&mut self.fields, |e| {
                    e.parse_choice(ResponseLocation::DEFAULTS)
                })
            }
            ResponseKey::RenameAll => entry.fill(&mut self.rename_all, parse_rule),
            ResponseKey::Crate => {
                entry.fill(&mut self.runtime, |e| e.parse_with(Path::parse_mod_style))
            }
        }
    }
}

/// The error for a key that the item has not; `key` is what it is elsewhere in a response.
fn unknown_key(
    entry: &Entry<'_>,
    word: &str,
    key: Option<ResponseKey>,
    item: ResponseItem,
) -> Result<()> {
    let here = item.on();
    if key.is_some() {
        let there = match item {
            ResponseItem::Variant => ResponseItem::Enum,
            ResponseItem::Enum | ResponseItem::Struct => ResponseItem::Variant,
        };
        let there = there.on();
        return entry.mistake(format!("`{word}` belongs {there}, not {here}"));
    }
    if lookup(ResponseLocation::ALL, word).is_some() || lookup(ResponseOption::ALL, word).is_some()
    {
        return entry.mistake(format!("`{word}` belongs on a field, not {here}"));
    }
    if is_request_key(word) {
        return entry.mistake(format!("`{word}` belongs on a request, not on a response"));
    }
    if is_error_key(word) {
        return entry.mistake(format!("`{word}` belongs on an error, not on a response"));
    }
    if let Some(instead) = elsewhere::option("on a variant", word) {
        return entry.mistake(format!("unknown key `{word}` {here}{instead}"));
    }
    Err(unknown_word(&entry.key, "key", word, here, item.keys()))
}
