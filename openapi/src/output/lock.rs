//! `api-request.lock`: what was written, so that a later run can tell what the document changed and what a person did.

use std::fmt::Write as _;

use indexmap::IndexMap;
use sha2::{Digest, Sha256};

use crate::Selection;

const FIRST_LINE: &str = "# Written by `api-request generate`: of each item, a hash of what the document says and of what was written. Keep it.";

/// The line of declarations that a server uses.
const SERVER: &str = "server";

/// A file and an item in it.
pub(super) type Key = (String, String);

/// What was written.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Lock {
    pub(super) selection: Selection,
    pub(super) items: IndexMap<Key, Entry>,
}

/// The hashes of an item.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Entry {
    /// Of what the document says.
    pub(super) facts: String,
    /// Of what was written.
    pub(super) text: String,
}

impl Entry {
    pub(super) fn new(facts: &str, text: &str) -> Self {
        Self {
            facts: hash(facts),
            text: hash(text),
        }
    }
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
            } else if line == SERVER {
                lock.selection.server = true;
            } else {
                let words: Vec<&str> = line.split(' ').collect();
                let [file, item, facts, text] = words.as_slice() else {
                    return Err(format!(
                        "line {} is not a file, an item and two hashes: remove the file and the declarations, and generate \
                         them again",
                        index + 1
                    ));
                };
                let entry = Entry {
                    facts: (*facts).to_owned(),
                    text: (*text).to_owned(),
                };
                lock.items
                    .insert(((*file).to_owned(), (*item).to_owned()), entry);
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
        if self.selection.server {
            line(format_args!("{SERVER}"));
        }
        let mut items: Vec<_> = self.items.iter().collect();
        items.sort();
        for ((file, item), Entry { facts, text }) in items {
            line(format_args!("{file} {item} {facts} {text}"));
        }
        text
    }
}

/// The hash of a text, however it is formatted.
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
