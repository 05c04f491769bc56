//! The items of a file that is there, each with its lines.

use indexmap::IndexMap;
use syn::spanned::Spanned;

use crate::generate::joined as joined_file;

/// A file, cut at its items.
#[derive(Debug, Clone, Default)]
pub(super) struct Present {
    /// What is before the first item: documentation, imports, modules.
    pub(super) head: String,
    /// The items by name, in their order. An item without a name is part of the one before it.
    pub(super) items: IndexMap<String, String>,
}

impl Present {
    pub(super) fn text(&self) -> String {
        joined_file(&self.head, self.items.values().map(String::as_str))
    }

    /// Cuts a file. An error if it is not Rust.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let file = syn::parse_file(text).map_err(|error| {
            let start = error.span().start();
            format!("line {}: {error}", start.line)
        })?;
        let lines: Vec<&str> = text.lines().collect();
        let mut starts: Vec<(String, usize)> = Vec::new();
        let mut end_of_head = 0;
        for item in &file.items {
            let span = item.span();
            match name(item) {
                Some(name) => starts.push((name, above(&lines, span.start().line - 1))),
                None if starts.is_empty() => end_of_head = span.end().line,
                None => {}
            }
        }
        let first = starts
            .first()
            .map_or(lines.len(), |(_, line)| *line)
            .max(end_of_head);
        let mut present = Self {
            head: joined(&lines[..first]),
            items: IndexMap::new(),
        };
        for (index, (name, start)) in starts.iter().enumerate() {
            let end = starts.get(index + 1).map_or(lines.len(), |(_, line)| *line);
            let text = joined(&lines[(*start).min(end)..end]);
            // A name may be there twice, of an item and its impl.
            present
                .items
                .entry(name.clone())
                .and_modify(|before| {
                    before.push('\n');
                    before.push_str(&text);
                })
                .or_insert(text);
        }
        Ok(present)
    }
}

/// The first line of the comment above a line.
fn above(lines: &[&str], mut line: usize) -> usize {
    while line > 0
        && lines[line - 1].trim_start().starts_with("//")
        && !lines[line - 1].trim_start().starts_with("//!")
    {
        line -= 1;
    }
    line
}

fn joined(lines: &[&str]) -> String {
    let text = lines.join("\n");
    let text = text.trim_end();
    if text.is_empty() {
        String::new()
    } else {
        format!("{text}\n")
    }
}

/// The name of an item that can be generated.
fn name(item: &syn::Item) -> Option<String> {
    match item {
        syn::Item::Struct(item) => Some(item.ident.to_string()),
        syn::Item::Enum(item) => Some(item.ident.to_string()),
        syn::Item::Const(item) => Some(item.ident.to_string()),
        syn::Item::Type(item) => Some(item.ident.to_string()),
        syn::Item::Macro(item) if item.mac.path.segments.last()?.ident == "operations" => {
            Some("OPERATIONS".to_owned())
        }
        _ => None,
    }
}
