//! `api-request.lock`: what was written, so that a later run can tell what the document changed and what a person did.

use std::fmt::Write as _;

use indexmap::IndexMap;
use sha2::{Digest, Sha256};

use crate::Selection;

const FIRST_LINE: &str =
    "# Written by `api-request generate`, a hash of each item. Keep it under version control.";

/// A file and an item in it.
pub(super) type Key = (String, String);

/// What was written.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Lock {
    pub(super) selection: Selection,
    pub(super) items: IndexMap<Key, String>,
}

impl Lock {
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let mut lock = Self::default();
        for (index, line) in text.lines().enumerate() {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            if let Some(operation) = line.strip_prefix("operation ") {
                lock.selection.operations.push(operation.to_owned());
            } else if let Some(tag) = line.strip_prefix("tag ") {
                lock.selection.tags.push(tag.to_owned());
            } else {
                let words: Vec<&str> = line.split(' ').collect();
                let [file, item, hash] = words.as_slice() else {
                    return Err(format!(
                        "line {} is not a file, an item and a hash",
                        index + 1
                    ));
                };
                let key = ((*file).to_owned(), (*item).to_owned());
                lock.items.insert(key, (*hash).to_owned());
            }
        }
        Ok(lock)
    }

    pub(super) fn text(&self) -> String {
        let mut text = format!("{FIRST_LINE}\n");
        let mut line = |line: std::fmt::Arguments<'_>| {
            // Writing to a `String` does not fail.
            let _ = writeln!(text, "{line}");
        };
        for operation in &self.selection.operations {
            line(format_args!("operation {operation}"));
        }
        for tag in &self.selection.tags {
            line(format_args!("tag {tag}"));
        }
        let mut items: Vec<_> = self.items.iter().collect();
        items.sort();
        for ((file, item), hash) in items {
            line(format_args!("{file} {item} {hash}"));
        }
        text
    }
}

/// The hash of the text of an item, however it is formatted.
pub(super) fn hash(text: &str) -> String {
    let mut hasher = Sha256::new();
    let bare: String = text
        .chars()
        .filter(|c| !c.is_whitespace() && *c != ',')
        .collect();
    hasher.update(bare.as_bytes());
    hasher
        .finalize()
        .iter()
        .take(8)
        .fold(String::new(), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
}
